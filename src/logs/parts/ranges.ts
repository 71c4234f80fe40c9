// Cuts a file that every thread can read into ranges; where records begin near their ends is told by whoever reads them.
import type { ByteReader, OnDisk } from '../../model/index.ts'
import type { Cuts, Part } from './cuts.ts'
import type { PartSizes } from './part-readers.ts'
import type { RecordPlaces } from './record-places.ts'

/** A range is at most this share of what is left. */
const SHARE = 1 / 8

/** So many are under way: other threads do not wait while this one is at work. */
const AHEAD = 12

export interface RangedInput {
  readonly bytes: ByteReader
  readonly disk: OnDisk
  readonly places: RecordPlaces
  readonly sizes: PartSizes
}

export class Ranges implements Cuts {
  readonly #input: RangedInput
  #cut = 0
  /** Where what comes next from `bytes` lies. */
  #at = 0
  #underWay = 0

  constructor(input: RangedInput) {
    this.#input = input
  }

  hasRoom(): boolean {
    return this.#underWay < AHEAD
  }

  next(): Promise<Part | null> {
    const { disk, sizes } = this.#input
    const left = disk.size - this.#cut
    if (left <= sizes.smallest) return Promise.resolve(null)
    const from = this.#cut
    this.#cut += Math.min(sizes.largest, Math.max(sizes.smallest, Math.floor(left * SHARE)))
    this.#underWay++
    return Promise.resolve(this.#part(from, this.#cut))
  }

  /** With what the file grew by meanwhile. */
  rest(): ByteReader {
    return this.#input.bytes
  }

  #part(from: number, to: number): Part {
    const { descriptor } = this.#input.disk
    return {
      place: { kind: 'range', descriptor, from, to },
      open: () => this.#open(to),
      pass: (bytes, crc) => this.#pass(bytes, crc),
      free: () => void this.#underWay--,
    }
  }

  #pass(bytes: number, crc: number): void {
    this.#at += bytes
    this.#input.disk.pass(bytes, crc)
  }

  #open(to: number): ByteReader | null {
    const { bytes, disk, places } = this.#input
    const end = places.before(disk.descriptor, to)
    if (end === null || end <= this.#at) return null
    return {
      read: async (target) => {
        const length = await bytes.read(target.subarray(0, end - this.#at))
        this.#at += length
        return length
      },
    }
  }
}
