// DNS transactions: queries, their repeats and their answers, brought together within bounds.
import { type Instant, SECOND } from '../../../model/index.ts'
import type { Output } from '../../application.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { DnsMessage, Question } from './message.ts'
import { type Parties, type Sighting, Statements, type Transaction } from './statements.ts'

/** After this an equal query is another transaction: the number and the port came round again. */
const REUSE_TIME = 60 * SECOND
const OPEN_LIMIT = 20_000

export class Transactions {
  readonly #statements: Statements
  readonly #all: BoundedMap<string, Transaction>
  /** The latest of each number. */
  readonly #byId = new Map<number, Transaction>()
  #now: Instant = 0

  constructor(output: Output) {
    const statements = new Statements(output)
    this.#statements = statements
    this.#all = new BoundedMap(OPEN_LIMIT, (transaction) => statements.close(transaction, this.#now))
  }

  get awaiting(): boolean {
    for (const transaction of this.#all.values()) if (transaction.answer === null) return true
    return false
  }

  query(parties: Parties, message: DnsMessage, sighting: Sighting): void {
    if (message.question === null) return
    this.#advance(sighting.time)
    const key = keyOf(parties, message.id, message.question)
    const known = this.#known(key, sighting)
    const transaction = known ?? this.#open(key, newTransaction(parties, message.id, message.question, sighting))
    transaction.queries++
    transaction.last = sighting.time
  }

  response(parties: Parties, message: DnsMessage, sighting: Sighting): void {
    this.#advance(sighting.time)
    const transaction = this.#find(parties, message, sighting)
    if (transaction === null || transaction.answer !== null) return
    const rtt = transaction.queries === 0 ? null : Math.max(0, sighting.time - transaction.first)
    const answer = { rcode: message.rcode, rtt, answers: message.answers }
    transaction.answer = answer
    this.#statements.answer(transaction, answer, sighting)
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
  #known(key: string, sighting: Sighting): Transaction | null {
    const known = this.#all.get(key)
    if (known === undefined) return null
    if (sighting.time - known.last <= REUSE_TIME) return known
    this.#all.delete(key)
    this.#statements.close(known, sighting.time)
    return null
  }

  /** The transaction that is answered; a response without its query opens one that was never asked. */
  #find(parties: Parties, message: DnsMessage, sighting: Sighting): Transaction | null {
    if (message.question === null) return this.#findById(parties, message.id)
    const key = keyOf(parties, message.id, message.question)
    return this.#all.get(key) ?? this.#open(key, newTransaction(parties, message.id, message.question, sighting))
  }

  /** A server that refuses may leave the question out: number and ends must tell. */
  #findById({ client, clientPort, server }: Parties, id: number): Transaction | null {
    const latest = this.#byId.get(id)
    if (latest === undefined || latest.clientPort !== clientPort) return null
    return latest.client === client && latest.server === server ? latest : null
  }

  #open(key: string, transaction: Transaction): Transaction {
    this.#all.set(key, transaction)
    this.#byId.set(transaction.id, transaction)
    return transaction
  }
}

function newTransaction(parties: Parties, id: number, question: Question, { time, place }: Sighting): Transaction {
  const { client, clientPort, server, serverPort, proto } = parties
  return {
    ...{ client, clientPort, server, serverPort, proto, id, question, place },
    first: time,
    last: time,
    queries: 0,
    answer: null,
  }
}

function keyOf(p: Parties, id: number, { name, type }: Question): string {
  return `${p.client} ${p.clientPort} ${p.server} ${p.serverPort} ${id} ${type} ${name.toLowerCase()}`
}
