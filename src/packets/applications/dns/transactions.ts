// DNS transactions: queries, their repeats and their answers, brought together within bounds.
import { type Instant, SECOND } from '../../../model/index.ts'
import type { Output } from '../../application.ts'
import type { DnsMessage, Question } from './message.ts'
import { type Parties, type Sighting, Statements, type Transaction } from './statements.ts'

/** After this an equal query is another transaction: the number and the port came round again. */
const REUSE_TIME = 60 * SECOND
const OPEN_LIMIT = 20_000
/** Between the two sides of an address translation. */
const TRANSLATION_TIME = 50_000
/** So many of the oldest go where there is no room. */
const EVICTED = OPEN_LIMIT / 8

/** A transaction in the tables. */
interface Entry extends Transaction {
  /** Another transaction of the same place in the table. */
  next: Entry | null
  /** Those opened before and after it. */
  older: Entry | null
  newer: Entry | null
}

export class Transactions {
  readonly #statements: Statements
  /** By id, port of the client and name. */
  readonly #byKey = new Map<number, Entry>()
  /** The latest of each id. */
  readonly #byId = new Map<number, Entry>()
  /** The ends of the list of all: a Map from which the first goes again and again costs twice the time and memory. */
  #oldest: Entry | null = null
  #latest: Entry | null = null
  #count = 0

  constructor(output: Output) {
    this.#statements = new Statements(output)
  }

  get awaiting(): boolean {
    for (let entry = this.#oldest; entry !== null; entry = entry.newer) if (entry.answer === null) return true
    return false
  }

  query(parties: Parties, { id, question }: DnsMessage, sighting: Sighting): void {
    if (question === null) return
    this.#statements.advance(sighting.time)
    const entry = this.#known(parties, id, question, sighting.time) ?? this.#open(parties, id, question, sighting)
    entry.queries++
    entry.last = sighting.time
  }

  response(parties: Parties, message: DnsMessage, sighting: Sighting): void {
    this.#statements.advance(sighting.time)
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
    this.#closeOldest(this.#count, time)
    this.#statements.end()
  }

  /** The transaction that a query repeats. */
  #known(parties: Parties, id: number, question: Question, time: Instant): Entry | null {
    const entry = this.#find(parties, id, question)
    if (entry === null || time - entry.last <= REUSE_TIME) return entry
    this.#close(entry, time)
    return null
  }

  #close(entry: Entry, time: Instant): void {
    this.#unlink(entry)
    this.#statements.close(entry, time)
  }

  #closeOldest(count: number, time: Instant): void {
    for (let left = count; left > 0 && this.#oldest !== null; left--) this.#close(this.#oldest, time)
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
    if (this.#count >= OPEN_LIMIT) this.#closeOldest(EVICTED, time)
    const known = this.#byKey.get(key) ?? null
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
      isTranslated: known !== null && isTranslated(known, parties, question, time),
      next: known,
      older: this.#latest,
      newer: null,
    }
    if (this.#latest === null) this.#oldest = entry
    else this.#latest.newer = entry
    this.#latest = entry
    this.#count++
    this.#byKey.set(key, entry)
    this.#byId.set(id, entry)
    return entry
  }

  #unlink(entry: Entry): void {
    const { id, older, newer } = entry
    if (older === null) this.#oldest = newer
    else older.newer = newer
    if (newer === null) this.#latest = older
    else newer.older = older
    entry.older = null
    entry.newer = null
    this.#count--
    if (this.#byId.get(id) === entry) this.#byId.delete(id)
    this.#unlinkKey(entry, keyOf(entry, id, entry.question))
  }

  #unlinkKey(entry: Entry, key: number): void {
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

/** The client's port, the number and the question stay what they are where its address is translated. */
function isTranslated(
  known: Entry,
  { clientPort, server, proto }: Parties,
  { type, name }: Question,
  time: Instant,
): boolean {
  for (let entry: Entry | null = known; entry !== null; entry = entry.next) {
    const isEqual = entry.clientPort === clientPort && entry.server === server && entry.question.type === type
    const isMeanwhile = Math.abs(time - entry.first) <= TRANSLATION_TIME
    if (isEqual && isMeanwhile && entry.question.name.lower === name.lower) return proto === 'udp'
  }
  return false
}
