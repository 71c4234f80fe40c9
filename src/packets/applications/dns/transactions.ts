// DNS transactions: queries, their repeats and their answers, brought together within bounds.
import { type Instant, SECOND } from '../../../model/index.ts'
import type { Output } from '../../application.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { DnsMessage, Question } from './message.ts'
import { type Parties, type Sighting, Statements, type Transaction } from './statements.ts'

/** After this an equal query is another transaction: the number and the port came round again. */
const REUSE_TIME = 60 * SECOND
const OPEN_LIMIT = 20_000

/** A transaction in the tables. */
interface Entry extends Transaction {
  /** In order of opening. */
  readonly number: number
  /** Another transaction of the same place in the table. */
  next: Entry | null
}

export class Transactions {
  readonly #statements: Statements
  readonly #all: BoundedMap<number, Entry>
  /** By id, port of the client and name. */
  readonly #byKey = new Map<number, Entry>()
  /** The latest of each id. */
  readonly #byId = new Map<number, Entry>()
  #count = 0
  #now: Instant = 0

  constructor(output: Output) {
    const statements = new Statements(output)
    this.#statements = statements
    this.#all = new BoundedMap(OPEN_LIMIT, (entry) => {
      this.#unlink(entry)
      statements.close(entry, this.#now)
    })
  }

  get awaiting(): boolean {
    for (const entry of this.#all.values()) if (entry.answer === null) return true
    return false
  }

  query(parties: Parties, { id, question }: DnsMessage, sighting: Sighting): void {
    if (question === null) return
    this.#advance(sighting.time)
    const entry = this.#known(parties, id, question, sighting.time) ?? this.#open(parties, id, question, sighting)
    entry.queries++
    entry.last = sighting.time
  }

  response(parties: Parties, message: DnsMessage, sighting: Sighting): void {
    this.#advance(sighting.time)
    const entry = this.#answered(parties, message, sighting)
    if (entry === null || entry.answer !== null) return
    const rtt = entry.queries === 0 ? null : Math.max(0, sighting.time - entry.first)
    const answer = { rcode: message.rcode, rtt, answers: message.answers }
    entry.answer = answer
    entry.place = null
    this.#statements.answer(entry, answer, sighting)
  }

  /** @param time of the last packet of the capture */
  end(time: Instant): void {
    this.#now = time
    this.#all.clear()
    this.#statements.end()
  }

  #advance(time: Instant): void {
    this.#now = time
    this.#statements.advance(time)
  }

  /** The transaction that a query repeats. */
  #known(parties: Parties, id: number, question: Question, time: Instant): Entry | null {
    const entry = this.#find(parties, id, question)
    if (entry === null || time - entry.last <= REUSE_TIME) return entry
    this.#all.delete(entry.number)
    this.#unlink(entry)
    this.#statements.close(entry, time)
    return null
  }

  /** The transaction that is answered; a response without its query opens one that was never asked. */
  #answered(parties: Parties, { id, question }: DnsMessage, sighting: Sighting): Entry | null {
    if (question === null) return this.#findById(parties, id)
    return this.#find(parties, id, question) ?? this.#open(parties, id, question, sighting)
  }

  /** A server that refuses may leave the question out: number and ends must tell. */
  #findById({ client, clientPort, server }: Parties, id: number): Entry | null {
    const latest = this.#byId.get(id)
    if (latest === undefined || latest.clientPort !== clientPort) return null
    return latest.client === client && latest.server === server ? latest : null
  }

  #find(parties: Parties, id: number, question: Question): Entry | null {
    let entry = this.#byKey.get(keyOf(parties, id, question)) ?? null
    while (entry !== null && !isSame(entry, parties, question)) entry = entry.next
    return entry
  }

  #open(parties: Parties, id: number, question: Question, { time, place }: Sighting): Entry {
    const { client, clientPort, server, serverPort, proto } = parties
    const key = keyOf(parties, id, question)
    const entry: Entry = {
      client,
      clientPort,
      server,
      serverPort,
      proto,
      id,
      question,
      place,
      first: time,
      last: time,
      queries: 0,
      answer: null,
      number: this.#count++,
      next: null,
    }
    this.#all.set(entry.number, entry)
    entry.next = this.#byKey.get(key) ?? null
    this.#byKey.set(key, entry)
    this.#byId.set(id, entry)
    return entry
  }

  #unlink(entry: Entry): void {
    const { id } = entry
    const key = keyOf(entry, id, entry.question)
    if (this.#byId.get(id) === entry) this.#byId.delete(id)
    const first = this.#byKey.get(key)
    if (first === undefined) return
    if (first === entry) {
      if (entry.next === null) this.#byKey.delete(key)
      else this.#byKey.set(key, entry.next)
      return
    }
    let before = first
    while (before.next !== null && before.next !== entry) before = before.next
    before.next = entry.next
  }
}

function keyOf({ clientPort }: Parties, id: number, { name }: Question): number {
  return ((clientPort << 16) | id) ^ name.hash
}

function isSame(entry: Entry, { client, server, serverPort }: Parties, { name, type }: Question): boolean {
  const { question } = entry
  if (question.type !== type || entry.serverPort !== serverPort || question.name.lower !== name.lower) return false
  return entry.client === client && entry.server === server
}
