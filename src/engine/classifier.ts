// Which signals an event matches, and the ledgers that follow them.
import type { Event, LogEvent, RuleSet, Signal } from '../model/index.ts'
import { isLogEvent } from '../model/index.ts'
import { isReader } from './check.ts'
import type { Ledger } from './ledger.ts'
import { Look } from './look.ts'
import { Occurrences } from './occurrences.ts'
import { compileTest, nameGuards, type Question } from './question.ts'

interface CompiledSignal {
  readonly signal: Signal
  /** Compiled when first asked: most signals of a run never are. */
  readonly question: () => Question
}

/** A ledger that follows a signal, perhaps narrowed. */
export interface Route {
  readonly where: Question | null
  readonly ledger: Ledger
}

export class Classifier {
  readonly #logSignals: readonly CompiledSignal[]
  readonly #factSignals: ReadonlyMap<string, readonly CompiledSignal[]>
  readonly #routes: ReadonlyMap<string, readonly Route[]>
  readonly #occurrences = new Occurrences()
  /** By number of a literal the signals that need it. */
  readonly #owners: number[][] = []
  /** Signals without literals, asked of every record. */
  readonly #always: readonly number[]
  readonly #look = new Look(this.#occurrences)

  constructor(rules: RuleSet, routes: ReadonlyMap<string, readonly Route[]>) {
    const followed = rules.signals
      .filter((signal) => routes.has(signal.name))
      .map((signal) => compile(signal, this.#occurrences))
    this.#logSignals = followed.filter(({ signal }) => signal.from === 'log')
    this.#factSignals = Map.groupBy(
      followed.filter(({ signal }) => signal.from !== 'log'),
      ({ signal }) => signal.from,
    )
    this.#routes = routes
    this.#nameAll()
    this.#always = this.#logSignals.flatMap(({ signal }, at) => (signal.literals.length === 0 ? [at] : []))
  }

  /** Some signal is asked of every record. */
  get seesAll(): boolean {
    return this.#always.length > 0
  }

  /** Enters the event into every ledger it belongs to; whether there was one. */
  take(event: Event, source: string): boolean {
    this.#look.aim(event, source)
    return isLogEvent(event) ? this.#takeRecord(event) : this.#takeFact(event)
  }

  #takeRecord(event: LogEvent): boolean {
    let isTaken = false
    for (const at of this.#candidates(event)) {
      const signal = this.#logSignals[at]
      if (signal !== undefined && isFrom(signal.signal, event) && this.#matches(signal)) isTaken = true
    }
    return isTaken
  }

  #nameAll(): void {
    for (const [at, { signal }] of this.#logSignals.entries()) {
      for (const literal of signal.literals) {
        const number = this.#occurrences.number(literal)
        const owners = this.#owners[number] ?? []
        this.#owners[number] = owners
        owners.push(at)
      }
      if (signal.where !== null) nameGuards(signal.where, this.#occurrences)
    }
  }

  /** Literals are looked for in the raw text, and in the message where that was cut. */
  #candidates(event: LogEvent): Set<number> {
    const found = new Set(this.#always)
    const quoted = this.#occurrences.of(event.excerpt)
    this.#addOwners(quoted, found)
    this.#look.tell(quoted)
    if (event.excerpt.length < event.place.length) this.#addOwners(this.#look.found, found)
    return found
  }

  #addOwners(literals: readonly number[], into: Set<number>): void {
    for (const literal of literals) for (const owner of this.#owners[literal] ?? []) into.add(owner)
  }

  #takeFact(event: Event): boolean {
    let isTaken = this.#enter(event.kind)
    const signals = this.#factSignals.get(event.kind)
    if (signals === undefined) return isTaken
    for (let at = 0; at < signals.length; at++) {
      const signal = signals[at]
      if (signal !== undefined && this.#matches(signal)) isTaken = true
    }
    return isTaken
  }

  #matches(signal: CompiledSignal): boolean {
    this.#look.captures = {}
    return signal.question()(this.#look) && this.#enter(signal.signal.name)
  }

  #enter(name: string): boolean {
    const routes = this.#routes.get(name)
    if (routes === undefined) return false
    const captures = this.#look.captures
    let isTaken = false
    // With every event, by index: no iterator. What a route's own test captures is no other's.
    for (let at = 0; at < routes.length; at++) {
      const route = routes[at]
      if (route === undefined) continue
      this.#look.captures = route.where === null ? captures : { ...captures }
      if (route.where !== null && !route.where(this.#look)) continue
      route.ledger.add(this.#look)
      isTaken = true
    }
    return isTaken
  }
}

function compile(signal: Signal, occurrences: Occurrences): CompiledSignal {
  let question: Question | null = null
  return {
    signal,
    question: () => {
      question ??= signal.where === null ? () => true : compileTest(signal.where, occurrences)
      return question
    },
  }
}

function isFrom(signal: Signal, event: LogEvent): boolean {
  return signal.readers.length === 0 || signal.readers.some((reader) => isReader(event.reader, reader))
}
