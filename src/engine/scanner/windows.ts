// Which four bytes of each literal are looked for: rare ones, shared out so that few places pass by mistake.
import { BUCKETS, Bucket, type Halves, halvesOf, WORD } from './buckets.ts'
import { fitting, type Needle } from './needle.ts'
import type { Rarity } from './rarity.ts'

/** Places in one literal that are weighed: its rarest words. More gain little and cost start-up. */
const CHOICES = 6
/** Windows are sought in this much of a literal: an earlier one may show that many bytes later. */
const FARTHEST = 64

/** Where in a literal its window lies. */
export interface Window {
  readonly needle: Needle
  readonly offset: number
}

interface Choice {
  readonly offset: number
  readonly word: readonly Halves[]
  /** Share of places where the word stands by right. */
  readonly share: number
}

export interface Plan {
  readonly windows: readonly Window[]
  readonly buckets: readonly Bucket[]
  /** The largest offset. */
  readonly reach: number
}

/** The byte values that fit each position of the word; a literal of three bytes leaves the fourth open. */
export function wordAt(needle: Needle, offset: number): readonly (readonly number[])[] {
  return Array.from({ length: WORD }, (_, at) =>
    offset + at < needle.bytes.length ? fitting(needle, offset + at) : [],
  )
}

function choicesFor(needle: Needle, rarity: Rarity): readonly Choice[] {
  const places = Math.max(1, Math.min(FARTHEST, needle.bytes.length - WORD + 1))
  const weighed = Array.from({ length: places }, (_, offset) => {
    const fits = wordAt(needle, offset)
    return { offset, fits, share: rarity.shareOf(fits) }
  })
  const rarest = weighed.toSorted((a, b) => a.share - b.share).slice(0, CHOICES)
  return rarest.map(({ offset, fits, share }) => ({ offset, share, word: fits.map(halvesOf) }))
}

/** The choice and bucket that cost least together. */
function cheapest(choices: readonly Choice[], buckets: readonly Bucket[]): { choice: Choice; bucket: Bucket } | null {
  let best: { choice: Choice; bucket: Bucket } | null = null
  let least = Number.POSITIVE_INFINITY
  for (const choice of choices)
    for (const bucket of buckets) {
      const cost = bucket.growth(choice.word) + choice.share
      if (cost < least) {
        least = cost
        best = { choice, bucket }
      }
    }
  return best
}

/** Chooses greedily, those with the least choice first. */
export function planWindows(needles: readonly Needle[], rarity: Rarity): Plan {
  const buckets = Array.from({ length: BUCKETS }, () => new Bucket(rarity.bytes))
  const windows: Window[] = []
  for (const needle of needles.toSorted((a, b) => a.bytes.length - b.bytes.length)) {
    const best = cheapest(choicesFor(needle, rarity), buckets)
    if (best === null) continue
    best.bucket.add(best.choice.word)
    windows.push({ needle, offset: best.choice.offset })
  }
  return { windows, buckets, reach: Math.max(0, ...windows.map((window) => window.offset)) }
}
