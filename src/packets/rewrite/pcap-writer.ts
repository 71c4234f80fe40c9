// Writes classic pcap files: microseconds, little endian.

const MAGIC = 0xa1b2c3d4
const SNAP_LENGTH = 262_144
const RECORD_HEADER = 16
const GATHERED = 1 << 18

export class PcapWriter {
  readonly #write: (bytes: Uint8Array) => void
  readonly #buffer = Buffer.alloc(GATHERED + SNAP_LENGTH + RECORD_HEADER)
  #filled = 0

  constructor(linkType: number, write: (bytes: Uint8Array) => void) {
    this.#write = write
    const buffer = this.#buffer
    buffer.writeUInt32LE(MAGIC, 0)
    buffer.writeUInt16LE(2, 4)
    buffer.writeUInt16LE(4, 6)
    buffer.writeUInt32LE(SNAP_LENGTH, 16)
    buffer.writeUInt32LE(linkType, 20)
    this.#filled = 24
  }

  /** @param length on the wire */
  packet(time: number, bytes: Uint8Array, length: number): void {
    const buffer = this.#buffer
    const at = this.#filled
    const seconds = Math.floor(time / 1e6)
    buffer.writeUInt32LE(Math.max(0, seconds) % 2 ** 32, at)
    buffer.writeUInt32LE(Math.floor(time - seconds * 1e6), at + 4)
    buffer.writeUInt32LE(bytes.length, at + 8)
    buffer.writeUInt32LE(Math.max(length, bytes.length), at + 12)
    buffer.set(bytes, at + RECORD_HEADER)
    this.#filled = at + RECORD_HEADER + bytes.length
    if (this.#filled >= GATHERED) this.flush()
  }

  flush(): void {
    if (this.#filled > 0) this.#write(Buffer.from(this.#buffer.subarray(0, this.#filled)))
    this.#filled = 0
  }
}
