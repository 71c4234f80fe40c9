// The limits against archives that are made to harm: how many entries, how many bytes, how much for how little, how deep.
import { Damage } from './damage.ts'

export interface Limits {
  /** Sources of a bundle, members of archives included. */
  readonly entries: number
  /** Bytes that all archives and compressed files of a bundle may give together. */
  readonly totalBytes: number
  /** Bytes given for one byte taken, by each compressed stream and each zip as a whole. */
  readonly ratio: number
  /** Archives within archives; a compressed archive counts once. */
  readonly depth: number
}

export const DEFAULT_LIMITS: Limits = { entries: 100_000, totalBytes: 64 * 2 ** 30, ratio: 1000, depth: 4 }

/** The ratio is not asked before this many bytes were given: small things compress well. */
const RATIO_FROM = 10 * 2 ** 20

/** What a bundle has used of its limits. */
export class Budget {
  readonly limits: Limits
  #entries = 0
  #bytes = 0

  constructor(limits: Limits) {
    this.limits = limits
  }

  /** Counts a source or an entry of an archive; false when there are too many. */
  admits(): boolean {
    this.#entries++
    return this.#entries <= this.limits.entries
  }

  tooMany(): Damage {
    return new Damage('limit-entries', `more than ${this.limits.entries} files in all: the rest is not read`)
  }

  spend(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes <= this.limits.totalBytes) return
    throw new Damage('limit-size', `unpacked more than ${this.limits.totalBytes} bytes: the rest is not read`)
  }
}

/** Compares what went into one stream with what came out. */
export class Gauge {
  readonly #ratio: number
  #taken = 0
  #given = 0

  constructor(ratio: number) {
    this.#ratio = ratio
  }

  took(bytes: number): void {
    this.#taken += bytes
  }

  gave(bytes: number): void {
    this.#given += bytes
    if (this.#given <= RATIO_FROM || this.#given <= this.#taken * this.#ratio) return
    throw new Damage('limit-ratio', `unpacks to more than ${this.#ratio} times its size: the rest is not read`)
  }
}
