// What may happen to the data of one side: most sides never have any of it.
import type { Instant } from '../../model/index.ts'
import type { Mark } from './mark.ts'

export class Trouble {
  /** When its receive window closed; null while it is open. */
  closed: Mark | null = null
  /** Where a hole in what it sent starts and ends, and since when; no hole where `holeSince` is 0. */
  holeStart = 0
  holeEnd = 0
  holeSince = 0
  missed = 0
  /** The segment that it sends again and again: its start and size, how often, and its last copy. */
  stuckAt = 0
  stuckSize = 0
  /** When what was not acknowledged then was sent first. */
  stuckSince: Instant = 0
  tries = 0
  stuck: Mark | null = null
  /** It was sent again in smaller pieces. */
  isShrunk = false
  /** Payload of a segment behind the stuck one that arrived. */
  passedBehind = 0
  /** The other side went on speaking without acknowledging it. */
  isUnheard = false
}

/** Lets trouble go of which nothing is left that a new one would not say: tens of thousands of sides are held at a time. */
export function calm(side: { trouble: Trouble | null }): void {
  const { trouble } = side
  if (trouble === null || trouble.closed !== null || trouble.tries > 0) return
  if (trouble.holeSince === 0 && trouble.missed === 0) side.trouble = null
}
