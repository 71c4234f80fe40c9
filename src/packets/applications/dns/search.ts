// Search domains: tells a name that does not exist from one that was only tried with a suffix before its own.
import { type Instant, SECOND } from '../../../model/index.ts'

/** A resolver library goes through its search list at once; a person's second try comes later. */
const SEARCH_TIME = 2 * SECOND
/** Within this time another domain is the next of the list, not another host of the same first label. */
const NEXT_TIME = SECOND / 2
const HELD_LIMIT = 4096

interface Held {
  readonly client: string
  readonly labels: readonly string[]
  readonly time: Instant
  /** States the answer; told whether the name was only a try of the search list. */
  readonly release: (wasSearch: boolean) => void
  wasSearch: boolean
}

/** Holds answers `no such name` until it is known whether the client then found the name without, or with a shorter, suffix. */
export class SearchList {
  #held: Held[] = []

  /** `name` of the client does not exist; `release` is called once, within the search time of the capture's clock. */
  hold(answer: { client: string; name: string; time: Instant }, release: (wasSearch: boolean) => void): void {
    const { client, time } = answer
    const labels = answer.name.split('.')
    for (const other of this.#held)
      if (other.client === client && isPrefix(labels, other.labels)) other.wasSearch = true
    const wasSearch = this.#held.some((other) => other.client === client && isPrefix(other.labels, labels))
    this.#held.push({ client, labels, time, release, wasSearch })
    if (this.#held.length > HELD_LIMIT) this.#held.shift()?.release(false)
  }

  /** The client was told at `time` that `name` exists. */
  found(client: string, name: string, time: Instant): void {
    if (this.#held.length === 0) return
    let labels: readonly string[] | null = null
    // With every answer: a loop by index makes no objects.
    for (let at = 0; at < this.#held.length; at++) {
      const held = this.#held[at]
      if (held === undefined || held.client !== client) continue
      labels ??= name.split('.')
      if (isShorter(labels, held.labels)) held.wasSearch = true
      else if (time - held.time <= NEXT_TIME && isElsewhere(labels, held.labels)) held.wasSearch = true
    }
  }

  /** Lets go what was held longer than the search time before `now`. */
  advance(now: Instant): void {
    const first = this.#held[0]
    if (first === undefined || now - first.time <= SEARCH_TIME) return
    let count = 0
    for (const held of this.#held) {
      if (now - held.time <= SEARCH_TIME) break
      count++
    }
    if (count > 0) for (const held of this.#held.splice(0, count)) held.release(held.wasSearch)
  }

  end(): void {
    this.advance(Number.POSITIVE_INFINITY)
  }
}

/** `db.prod` of `db.prod.svc.cluster.local`. */
function isPrefix(name: readonly string[], longer: readonly string[]): boolean {
  return name.length < longer.length && name.every((label, i) => label === longer[i])
}

/** The same first label in two domains: `db.prod.example` for `db.corp.example`. */
function isElsewhere(name: readonly string[], other: readonly string[]): boolean {
  return name.length > 1 && other.length > 1 && name[0] === other[0]
}

/** The same first labels, then nothing or a shorter end of the suffix: `web.svc.local` for `web.default.svc.local`. */
function isShorter(name: readonly string[], longer: readonly string[]): boolean {
  if (name.length >= longer.length) return false
  let same = 0
  while (same < name.length && name[same] === longer[same]) same++
  const rest = name.length - same
  return same > 0 && name.slice(same).every((label, i) => label === longer[longer.length - rest + i])
}
