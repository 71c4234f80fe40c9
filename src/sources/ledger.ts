// The ledger: size and CRC-32 of every source as it was read, from which a bundle of many files takes its identity.
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ByteReader } from '../model/index.ts'
import { joinedCrc } from './joined-crc.ts'
import type { Place } from './place.ts'

interface Entry {
  readonly place: Place
  bytes: number
  crc: number
}

export interface Watched extends ByteReader {
  /** Bytes were read elsewhere, with this CRC-32. */
  pass(bytes: number, crc: number): void
}

export class Ledger {
  readonly #entries: Entry[] = []

  /**
   * Passes a source's raw bytes on and sums them up. A source that nobody reads (a program, an image) is known by its
   * head and its size; one that is not read to its end by what was read of it.
   */
  watch(place: Place, head: Uint8Array, bytes: ByteReader): Watched {
    const entry: Entry = { place, bytes: 0, crc: crc32(head) }
    this.#entries.push(entry)
    const sum = (target: Uint8Array, length: number): number => {
      entry.crc = crc32(
        length === target.length ? target : target.subarray(0, length),
        entry.bytes === 0 ? 0 : entry.crc,
      )
      entry.bytes += length
      return length
    }
    return {
      pass(length, crc) {
        entry.crc = entry.bytes === 0 ? crc : joinedCrc(entry.crc, crc, length)
        entry.bytes += length
      },
      read(target) {
        const length = bytes.read(target)
        if (typeof length !== 'number') return length.then((read) => (read === 0 ? 0 : sum(target, read)))
        return length === 0 ? 0 : sum(target, length)
      },
    }
  }

  /** SHA-256 of the sorted lines `label size crc32`. */
  digest(): string {
    const lines = this.#entries.map(
      ({ place, bytes, crc }) => `${place.label} ${place.size ?? bytes} ${crc.toString(16).padStart(8, '0')}\n`,
    )
    return createHash('sha256').update(lines.sort().join('')).digest('hex')
  }
}
