// The bytes of a source, which end when the run is interrupted.
import type { ByteReader, OnDisk, Source } from './model/index.ts'

export interface Interruptible {
  readonly bytes: ByteReader
  /** Where they lie, if other threads can read them there. */
  readonly disk: OnDisk | null
}

export function interruptible({ bytes, disk }: Source, interrupt: AbortSignal): Interruptible {
  return {
    bytes: { read: (target) => (interrupt.aborted ? 0 : bytes.read(target)) },
    disk: disk === undefined ? null : readUntil(disk, interrupt),
  }
}

function readUntil(disk: OnDisk, interrupt: AbortSignal): OnDisk {
  return {
    descriptor: disk.descriptor,
    get size() {
      return interrupt.aborted ? 0 : disk.size
    },
    pass: (bytes, crc) => disk.pass(bytes, crc),
  }
}
