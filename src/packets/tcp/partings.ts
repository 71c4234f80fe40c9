// Conversations that the server closed or a RST broke off: what was under way then is still read.
import type { Duration, Instant } from '../../model/index.ts'
import type { Connection } from './connection.ts'
import type { Parting, Talk } from './talk.ts'

/** In the order they came, so that only the oldest ones are looked at. */
export class Partings {
  readonly #delay: Duration
  readonly #end: (connection: Connection, parting: Parting) => void
  #queue: Connection[] = []
  #first = 0

  /** @param delay how long they are still read */
  constructor(delay: Duration, end: (connection: Connection, parting: Parting) => void) {
    this.#delay = delay
    this.#end = end
  }

  add(connection: Connection, talk: Talk, parting: Parting): void {
    talk.parting = parting
    this.#queue.push(connection)
    for (let next = this.#queue[this.#first]; next !== undefined; next = this.#queue[this.#first]) {
      if (!this.#isOver(next, parting.time)) break
      this.#first++
    }
    if (this.#first * 2 <= this.#queue.length) return
    this.#queue = this.#queue.slice(this.#first)
    this.#first = 0
  }

  /** Whether it has ended, now at the latest; far ahead is a time before the capture's clock went back. */
  #isOver(connection: Connection, now: Instant): boolean {
    const parting = connection.talk?.parting ?? null
    if (parting === null) return true
    if (Math.abs(now - parting.time) <= this.#delay) return false
    this.#end(connection, parting)
    return true
  }
}
