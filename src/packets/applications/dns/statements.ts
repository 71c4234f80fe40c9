// What is stated of DNS transactions: a row of each, a fact of an answer, a fact of silence.
import {
  type Duration,
  type Fields,
  type Instant,
  MILLISECOND,
  type PacketPlace,
  SECOND,
} from '../../../model/index.ts'
import type { Output } from '../../application.ts'
import type { Question } from './message.ts'
import { rcodeName, typeName } from './names.ts'
import { SearchList } from './search.ts'

/** A query alone proves nothing until this much of the capture followed it. */
const PATIENCE = 5 * SECOND
/** Nobody asks again so soon: the query was captured twice. */
const COPY_TIME = 50 * MILLISECOND
/** An answer is not awaited any longer after this many times what the slowest one took. */
const SLOWER = 1.5
/** Servers remembered for being slow. */
const SLOW_SERVERS = 1000
const NOERROR = 0
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

export interface Answer {
  readonly rcode: number
  /** From the first query; null where none was captured. */
  readonly rtt: number | null
  readonly answers: readonly string[]
}

export interface Transaction extends Parties {
  readonly id: number
  readonly question: Question
  readonly first: Instant
  /** Of the first query; let go with the answer, for only silence is cited by it. */
  place: PacketPlace | null
  last: Instant
  queries: number
  answer: Answer | null
  /** The same query was captured before an address translation too: what comes of it is stated there. */
  readonly isTranslated: boolean
}

export class Statements {
  readonly #output: Output
  readonly #search = new SearchList()
  /** What the slowest answer of each server took, where it took long. */
  readonly #slowest = new Map<string, Duration>()

  constructor(output: Output) {
    this.#output = output
  }

  advance(now: Instant): void {
    this.#search.advance(now)
  }

  end(): void {
    this.#search.end()
  }

  /** Nothing more will come of the transaction. */
  close(transaction: Transaction, now: Instant): void {
    const { client, clientPort, server, serverPort, proto, question, answer, queries } = transaction
    this.#output.dns({
      time: transaction.first,
      client,
      clientPort,
      server,
      serverPort,
      proto,
      queries,
      transId: transaction.id,
      query: question.name.text,
      qtypeName: typeName(question.type),
      rcode: answer?.rcode ?? null,
      rcodeName: answer === null ? null : rcodeName(answer.rcode),
      rtt: answer?.rtt ?? null,
      answered: answer !== null,
      answers: answer?.answers ?? [],
    })
    if (answer === null && !transaction.isTranslated) this.#silence(transaction, now)
  }

  /**
   * A slow answer began with its query, so that is the time of the fact; the packet cited is the answer.
   * A name that does not exist waits: it may have been a try of the search list.
   */
  answer(transaction: Transaction, answer: Answer, { time, place }: Sighting): void {
    const { client, server, question, isTranslated } = transaction
    if (isTranslated) return
    this.#remember(server, answer.rtt ?? 0)
    const name = question.name.lower
    const fields = fieldsOf(transaction, answer)
    const began = answer.rtt === null ? time : transaction.first
    const excerpt = () => sentenceOf(transaction, answer)
    const state = (said: Fields) =>
      this.#output.fact({ kind: 'dns.response', time: began, place, excerpt, fields: said })
    if (answer.rcode === NXDOMAIN) {
      this.#search.hold({ client, name, time }, (wasSearch) => state(wasSearch ? { ...fields, search: true } : fields))
      return
    }
    if (answer.rcode === NOERROR) this.#search.found(client, name, time)
    state(fields)
  }

  #remember(server: string, rtt: Duration): void {
    if (rtt <= SECOND || rtt <= (this.#slowest.get(server) ?? 0)) return
    if (this.#slowest.size < SLOW_SERVERS || this.#slowest.has(server)) this.#slowest.set(server, rtt)
  }

  /**
   * Only the repeat, or enough capture after the query, shows that no answer came; of a server that was slow before only
   * more time than its slowest answer took.
   */
  #silence(transaction: Transaction, now: Instant): void {
    const { client, server, question, queries, first, last, place } = transaction
    const isRepeated = queries > 1 && Math.abs(last - first) > COPY_TIME
    if (place === null || (now - last < PATIENCE && !isRepeated)) return
    const slowest = this.#slowest.get(server)
    if (slowest !== undefined && now - first < SLOWER * slowest) return
    // The capture's clock may have gone back.
    const seconds = Math.max(0, Math.min(now, last + PATIENCE) - first) / SECOND
    const type = typeName(question.type)
    const times = queries === 1 ? 'once' : `${queries} times`
    this.#output.fact({
      kind: 'dns.unanswered',
      time: first,
      place,
      excerpt: `DNS query ${type} ${question.name.text} from ${client} to ${server}: asked ${times}, no answer`,
      fields: { client, server, name: question.name.text, type, queries, seconds },
    })
  }
}

function fieldsOf({ client, server, question, queries }: Transaction, { rcode, rtt, answers }: Answer) {
  const type = typeName(question.type)
  const rcode_name = rcodeName(rcode)
  return { client, server, name: question.name.text, type, rcode, rcode_name, rtt, queries, answers: answers.length }
}

function sentenceOf({ client, server, question }: Transaction, { rcode, rtt }: Answer): string {
  const waited = rtt === null ? '' : ` after ${Math.round(rtt / 100) / 10} ms`
  return `DNS answer ${rcodeName(rcode)} to ${typeName(question.type)} ${question.name.text} from ${server} to ${client}${waited}`
}
