// The bytes of a source, which end when the run is interrupted.
import { setImmediate } from 'node:timers/promises'
import type { ByteReader, OnDisk, Source } from './model/index.ts'

export interface Interruptible {
  readonly bytes: ByteReader
  /** Where they lie, if other threads can read them there. */
  readonly disk: OnDisk | null
}

/** Bytes between two pauses: a thread that never waits, as files never make it, hears no signal and keeps what others left to it. */
const STRETCH = 16 * 1024 * 1024

export function interruptible({ bytes, disk }: Source, interrupt: AbortSignal): Interruptible {
  return {
    bytes: readWithPauses(bytes, interrupt),
    disk: disk === undefined ? null : readUntil(disk, interrupt),
  }
}

function readWithPauses(bytes: ByteReader, interrupt: AbortSignal): ByteReader {
  let left = 0
  const read = (target: Uint8Array): number | Promise<number> => {
    left -= target.length
    return interrupt.aborted ? 0 : bytes.read(target)
  }
  const pause = async (target: Uint8Array): Promise<number> => {
    left = STRETCH
    await setImmediate()
    return read(target)
  }
  return { read: (target) => (left > 0 ? read(target) : pause(target)) }
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
