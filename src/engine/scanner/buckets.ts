// Which of Teddy's eight buckets a word goes to: the one whose chance to be taken for something else grows least.

/** Bytes of a word Teddy looks at. */
export const WORD = 4
export const BUCKETS = 8

/** What one position of a word accepts, as sixteen bits for each half of the byte. */
export interface Halves {
  readonly low: number
  readonly high: number
}

/** The halves of the byte values that fit; none given means all do. */
export function halvesOf(fits: readonly number[]): Halves {
  if (fits.length === 0) return { low: 0xffff, high: 0xffff }
  return fits.reduce((sum, byte) => ({ low: sum.low | (1 << (byte & 15)), high: sum.high | (1 << (byte >> 4)) }), {
    low: 0,
    high: 0,
  })
}

/** Share of bytes whose halves are both accepted; kept up to date as halves are added. */
class Position {
  low = 0
  high = 0
  share = 0
  readonly #shares: Float64Array
  /** Share of the accepted bytes by low half, over the accepted high halves; and the other way round. */
  readonly #byLow = new Float64Array(16)
  readonly #byHigh = new Float64Array(16)

  constructor(shares: Float64Array) {
    this.#shares = shares
  }

  /** The share there would be with `more` accepted too. */
  shareWith(more: Halves): number {
    const low = more.low & ~this.low
    const high = more.high & ~this.high
    if ((low | high) === 0) return this.share
    let share = this.share
    for (let half = 0; half < 16; half++) {
      if ((low >> half) & 1) share += this.#byLow[half] ?? 0
      if ((high >> half) & 1) share += (this.#byHigh[half] ?? 0) + this.#crossing(low, half)
    }
    return share
  }

  add(more: Halves): void {
    this.share = this.shareWith(more)
    this.low |= more.low
    this.high |= more.high
    for (let half = 0; half < 16; half++) {
      this.#byHigh[half] = this.#crossing(this.low, half)
      this.#byLow[half] = 0
      for (let high = 0; high < 16; high++)
        if ((this.high >> high) & 1)
          this.#byLow[half] = (this.#byLow[half] ?? 0) + (this.#shares[high * 16 + half] ?? 0)
    }
  }

  #crossing(low: number, high: number): number {
    let share = 0
    for (let half = 0; half < 16; half++) if ((low >> half) & 1) share += this.#shares[high * 16 + half] ?? 0
    return share
  }
}

/** Words that one bit of Teddy's masks stands for. */
export class Bucket {
  readonly positions: readonly Position[]
  #share = 0

  /** @param shares how common each byte value is */
  constructor(shares: Float64Array) {
    this.positions = Array.from({ length: WORD }, () => new Position(shares))
  }

  /** How much more of a text this bucket would stop at with `word` in it. */
  growth(word: readonly Halves[]): number {
    let share = 1
    for (const [at, position] of this.positions.entries()) share *= position.shareWith(word[at] ?? NOTHING)
    return share - this.#share
  }

  add(word: readonly Halves[]): void {
    this.#share += this.growth(word)
    for (const [at, position] of this.positions.entries()) position.add(word[at] ?? NOTHING)
  }
}

const NOTHING: Halves = { low: 0, high: 0 }
