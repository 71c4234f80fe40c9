// DNS transactions: queries, their repeats and their answers, brought together within bounds.
import { type Instant, type PacketPlace, SECOND } from '../../../model/index.ts'
import type { Output } from '../../application.ts'
import type { DnsMessage, Question } from './message.ts'
import { rcodeName, typeName } from './names.ts'
import { SearchList } from './search.ts'

/** A query alone proves nothing until this much of the capture followed it. */
const PATIENCE = 5 * SECOND
/** After this an equal query is another transaction: the number and the port came round again. */
const REUSE_TIME = 60 * SECOND
const OPEN_LIMIT = 20_000
const NXDOMAIN = 3

/** Who asked whom: addresses and ports of the query, whichever way the message went. */
export interface Parties {
  readonly client: string
  readonly clientPort: number
  readonly server: string
  readonly serverPort: number
  readonly proto: 'udp' | 'tcp'
}

/** When and where a message was seen; `place` is read only to cite. */
export interface Sighting {
  readonly time: Instant
  readonly place: PacketPlace
}

interface Transaction extends Parties {
  readonly id: number
  readonly question: Question
  readonly first: Instant
  readonly place: PacketPlace
  last: Instant
  queries: number
  answer: { readonly rcode: number; readonly rtt: number | null; readonly answers: readonly string[] } | null
}

export class Transactions {
  readonly #output: Output
  readonly #all = new Map<string, Transaction>()
  readonly #search = new SearchList()

  constructor(output: Output) {
    this.#output = output
  }

  get awaiting(): boolean {
    for (const transaction of this.#all.values()) if (transaction.answer === null) return true
    return false
  }

  query(parties: Parties, message: DnsMessage, sighting: Sighting): void {
    if (message.question === null) return
    this.#search.advance(sighting.time)
    const key = keyOf(parties, message.id, message.question)
    const known = this.#all.get(key)
    if (known === undefined || sighting.time - known.last > REUSE_TIME) {
      if (known !== undefined) this.#close(key, known, sighting.time)
      this.#add(key, open(parties, message.id, message.question, sighting), 1)
      return
    }
    known.queries++
    known.last = sighting.time
  }

  response(parties: Parties, message: DnsMessage, sighting: Sighting): void {
    this.#search.advance(sighting.time)
    const transaction = this.#find(parties, message, sighting)
    if (transaction === null || transaction.answer !== null) return
    const rtt = transaction.queries === 0 ? null : Math.max(0, sighting.time - transaction.first)
    transaction.answer = { rcode: message.rcode, rtt, answers: message.answers }
    this.#state(transaction, sighting)
  }

  /** @param time of the last packet of the capture */
  end(time: Instant): void {
    for (const [key, transaction] of this.#all) this.#close(key, transaction, time)
    this.#search.end()
  }

  /** The transaction that is answered; a response without its query opens one that was never asked. */
  #find(parties: Parties, message: DnsMessage, sighting: Sighting): Transaction | null {
    if (message.question === null) return this.#findById(parties, message.id)
    const key = keyOf(parties, message.id, message.question)
    const known = this.#all.get(key)
    if (known !== undefined) return known
    const transaction = open(parties, message.id, message.question, sighting)
    this.#add(key, transaction, 0)
    return transaction
  }

  /** A server that refuses may leave the question out: number and ends must tell. */
  #findById(parties: Parties, id: number): Transaction | null {
    for (const t of this.#all.values()) {
      const isOpen = t.id === id && t.answer === null && t.clientPort === parties.clientPort
      if (isOpen && t.client === parties.client && t.server === parties.server) return t
    }
    return null
  }

  #add(key: string, transaction: Transaction, queries: number): void {
    transaction.queries = queries
    this.#all.set(key, transaction)
    if (this.#all.size <= OPEN_LIMIT) return
    for (const [oldest, value] of this.#all) {
      this.#close(oldest, value, transaction.first)
      break
    }
  }

  #close(key: string, transaction: Transaction, now: Instant): void {
    this.#all.delete(key)
    const { client, clientPort, server, serverPort, proto, question, answer, queries } = transaction
    this.#output.dns({
      time: transaction.first,
      ...{ client, clientPort, server, serverPort, proto, queries },
      transId: transaction.id,
      query: question.name,
      qtypeName: typeName(question.type),
      rcode: answer?.rcode ?? null,
      rcodeName: answer === null ? null : rcodeName(answer.rcode),
      rtt: answer?.rtt ?? null,
      answered: answer !== null,
      answers: answer?.answers ?? [],
    })
    if (answer === null) this.#stateSilence(transaction, now)
  }

  /** Only the repeat, or enough capture after the query, shows that no answer came. */
  #stateSilence(transaction: Transaction, now: Instant): void {
    const { client, server, question, queries, first, last, place } = transaction
    const waited = Math.min(now, last + PATIENCE) - first
    if (now - last < PATIENCE && queries < 2) return
    const type = typeName(question.type)
    const times = queries === 1 ? 'once' : `${queries} times`
    this.#output.fact({
      kind: 'dns.unanswered',
      time: first,
      place,
      excerpt: `DNS query ${type} ${question.name} from ${client} to ${server}: asked ${times}, no answer`,
      fields: { client, server, name: question.name, type, queries, seconds: waited / SECOND },
    })
  }

  #state(transaction: Transaction, sighting: Sighting): void {
    const { client, server, question, answer, queries } = transaction
    if (answer === null) return
    const { rcode, rtt } = answer
    const type = typeName(question.type)
    const name = rcodeName(rcode)
    const waited = rtt === null ? '' : ` after ${Math.round(rtt / 100) / 10} ms`
    const fact = {
      kind: 'dns.response',
      time: sighting.time,
      place: sighting.place,
      excerpt: `DNS answer ${name} to ${type} ${question.name} from ${server} to ${client}${waited}`,
    }
    const fields = {
      ...{ client, server, name: question.name, type, rcode, rcode_name: name, rtt, queries },
      answers: answer.answers.length,
    }
    if (rcode === NXDOMAIN) {
      const tried = { client, name: question.name.toLowerCase(), time: sighting.time }
      const release = (wasSearch: boolean) =>
        this.#output.fact({ ...fact, fields: wasSearch ? { ...fields, search: true } : fields })
      this.#search.hold(tried, release)
      return
    }
    if (rcode === 0) this.#search.found(client, question.name.toLowerCase())
    this.#output.fact({ ...fact, fields })
  }
}

function open(parties: Parties, id: number, question: Question, { time, place }: Sighting): Transaction {
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
