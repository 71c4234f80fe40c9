// Sources that hold the same: a file that lies in a bundle twice is counted once.
import type { Event } from '../model/index.ts'
import type { SourceView } from './watch.ts'

interface Print {
  events: number
  digest: number
}

/** Below this sources without events are too alike to say. */
const LEAST_REQUESTS = 10

/** What the events of each source were, as one number. */
export class Prints {
  readonly #prints = new Map<number, Print>()

  add({ source, place }: Event): void {
    const print = this.#prints.get(source)
    if (print === undefined) {
      this.#prints.set(source, { events: 1, digest: mixed(place.digest, place.offset) })
      return
    }
    print.events++
    print.digest = mixed(print.digest ^ place.digest, place.offset)
  }

  /** By rank of a source that repeats another: the first that holds the same. */
  repeats(sources: readonly SourceView[], ranks: readonly number[]): Map<number, number> {
    const first = new Map<string, number>()
    const repeated = new Map<number, number>()
    if (sources.length < 2) return repeated
    for (const [rank, source] of sources.entries()) {
      const text = this.#textOf(source, ranks.indexOf(rank))
      const known = text === null ? undefined : first.get(text)
      if (known !== undefined) repeated.set(rank, known)
      else if (text !== null) first.set(text, rank)
    }
    return repeated
  }

  #textOf(source: SourceView, reading: number): string | null {
    const { events, digest } = this.#prints.get(reading) ?? { events: 0, digest: 0 }
    const { servers, applications, clients } = source.tally
    const requests = events > 0 ? [] : [servers, applications, clients].flatMap((counts) => counts.cells())
    if (events === 0 && requests.length < LEAST_REQUESTS) return null
    const { reader, bytes, records, first, last } = source
    return JSON.stringify([reader, bytes, records, first, last, events, digest, requests])
  }
}

function mixed(value: number, by: number): number {
  const hash = Math.imul(value ^ by, 2654435761)
  return hash ^ (hash >>> 15)
}
