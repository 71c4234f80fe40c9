// Which four bytes of each literal are looked for: rare ones, shared out so that few places pass by mistake.
import { BUCKETS, Buckets, WORD, type Word } from './buckets.ts'
import { lengthOf, type Needles } from './needles.ts'
import { type Rarity, readRarity } from './rarity.ts'

/** Places in one literal that are weighed: its rarest words. More gain little and cost start-up. */
const CHOICES = 3
/** Windows are sought in this much of a literal: an earlier one may show that many bytes later. */
const FARTHEST = 32

/** Where in its literal each needle's window lies, and what Teddy's masks accept. */
export interface Plan {
  readonly offsets: Uint16Array
  readonly buckets: Buckets
  /** The largest offset. */
  readonly reach: number
}

/** The rarest words of a needle, rarest first: their places, and the share of places in a text where they stand by right. */
interface Choices {
  count: number
  readonly offsets: Uint8Array
  readonly shares: Float64Array
}

function insert(choices: Choices, offset: number, share: number): void {
  const { offsets, shares } = choices
  if (choices.count < CHOICES) choices.count++
  else if (share >= (shares[CHOICES - 1] ?? 0)) return
  let place = choices.count - 1
  for (; place > 0 && (shares[place - 1] ?? 0) > share; place--) {
    shares[place] = shares[place - 1] ?? 0
    offsets[place] = offsets[place - 1] ?? 0
  }
  shares[place] = share
  offsets[place] = offset
}

/** A literal of three bytes has one word, whose fourth byte is open. */
function fillChoices(choices: Choices, needles: Needles, needle: number, rarity: Rarity): void {
  const start = needles.starts[needle] ?? 0
  const length = lengthOf(needles, needle)
  const places = Math.max(1, Math.min(FARTHEST, length - WORD + 1))
  choices.count = 0
  for (let offset = 0; offset < places; offset++)
    insert(choices, offset, rarity.shareOf(start + offset, start + Math.min(length, offset + WORD)))
}

/** The choice and bucket that cost least together, as one number. */
function cheapest(choices: Choices, buckets: Buckets, word: Word, start: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let choice = 0; choice < choices.count; choice++) {
    word.at = start + (choices.offsets[choice] ?? 0)
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const cost = buckets.growth(bucket, word) + (choices.shares[choice] ?? 0)
      if (cost >= least) continue
      least = cost
      best = choice * BUCKETS + bucket
    }
  }
  return best
}

/** Chooses greedily, those with the least choice first. */
export function planWindows(needles: Needles): Plan {
  const rarity = readRarity(needles)
  const buckets = new Buckets(rarity.bytes)
  const offsets = new Uint16Array(needles.count)
  const choices: Choices = { count: 0, offsets: new Uint8Array(CHOICES), shares: new Float64Array(CHOICES) }
  const word: Word = { bytes: needles.bytes, fold: needles.fold, at: 0, end: 0 }
  const shortestFirst = [...offsets.keys()].sort((a, b) => lengthOf(needles, a) - lengthOf(needles, b) || a - b)
  for (const needle of shortestFirst) {
    const start = needles.starts[needle] ?? 0
    word.end = start + lengthOf(needles, needle)
    fillChoices(choices, needles, needle, rarity)
    const best = cheapest(choices, buckets, word, start)
    const offset = choices.offsets[Math.floor(best / BUCKETS)] ?? 0
    word.at = start + offset
    buckets.add(best % BUCKETS, word)
    offsets[needle] = offset
  }
  return { offsets, buckets, reach: offsets.reduce((farthest, offset) => Math.max(farthest, offset), 0) }
}
