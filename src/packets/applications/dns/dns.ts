// DNS over UDP and over TCP (RFC 1035 section 4.2), and its kin on other ports, told apart by name only.
import type { Instant } from '../../../model/index.ts'
import type {
  Analyzer,
  Application,
  Chunk,
  Conversation,
  DatagramAnalyzer,
  DatagramApplication,
  Output,
} from '../../application.ts'
import { u16 } from '../bytes.ts'
import { Frames, type Framing } from '../frames.ts'
import { looksLikeDns, readDnsMessage } from './message.ts'
import type { Sighting } from './statements.ts'
import { Transactions } from './transactions.ts'

const PORT = 53
const PREFIX_LENGTH = 2
const HEADER_LENGTH = 12

export const dnsOverUdp: DatagramApplication = {
  name: 'dns',
  ports: [PORT],
  open: (output) => new DnsDatagrams(output),
}

class DnsDatagrams implements DatagramAnalyzer {
  readonly #transactions: Transactions

  constructor(output: Output) {
    this.#transactions = new Transactions(output)
  }

  datagram(chunk: Chunk, conversation: Conversation): boolean {
    return settle(this.#transactions, { bytes: chunk.data, from: chunk.from, conversation, sighting: chunk })
  }

  end(time: Instant): void {
    this.#transactions.end(time)
  }
}

/** Two bytes of length before every message; resolvers that write them by themselves send them by themselves. */
const FRAMING: Framing = {
  measure(bytes, at) {
    const left = bytes.length - at - PREFIX_LENGTH
    if (left < 0) return 0
    const length = u16(bytes, at)
    if (length < HEADER_LENGTH) return -1
    return left < HEADER_LENGTH || looksLikeDns(bytes, at + PREFIX_LENGTH) ? PREFIX_LENGTH + length : -1
  },
  wanted: (_bytes, _at, length) => length,
  takesCut: true,
}

export const dnsOverTcp: Application = {
  name: 'dns',
  recognise(chunk, conversation) {
    const isDnsPort = conversation.port === PORT || conversation.clientPort === PORT
    return isDnsPort && FRAMING.measure(chunk.data, 0) > 0
  },
  open: (conversation, output) => new DnsStream(conversation, output),
}

class DnsStream implements Analyzer {
  readonly #transactions: Transactions
  readonly #sides: { readonly client: Frames; readonly server: Frames }

  constructor(conversation: Conversation, output: Output) {
    const transactions = new Transactions(output)
    const side = () =>
      new Frames(FRAMING, (frame, _length, chunk) => {
        const bytes = frame.subarray(PREFIX_LENGTH)
        settle(transactions, { bytes, from: chunk.from, conversation, sighting: chunk })
      })
    this.#transactions = transactions
    this.#sides = { client: side(), server: side() }
  }

  get awaiting(): boolean {
    return this.#transactions.awaiting
  }

  chunk(chunk: Chunk): void {
    this.#sides[chunk.from].push(chunk)
  }

  end(time: Instant): void {
    this.#transactions.end(time)
  }
}

interface Seen {
  readonly bytes: Uint8Array
  readonly from: 'client' | 'server'
  readonly conversation: Conversation
  readonly sighting: Sighting
}

/** The message itself says whether it asks: who is taken for the client of the exchange does not matter. */
function settle(transactions: Transactions, { bytes, from, conversation, sighting }: Seen): boolean {
  const message = readDnsMessage(bytes)
  if (message === null) return false
  const { client, clientPort, server, port, proto } = conversation
  const asAssumed = message.isResponse === (from === 'server')
  const parties = asAssumed
    ? { client, clientPort, server, serverPort: port, proto }
    : { client: server, clientPort: port, server: client, serverPort: clientPort, proto }
  if (message.isResponse) transactions.response(parties, message, sighting)
  else transactions.query(parties, message, sighting)
  return true
}

/** Names of a local network: answers are optional there, so silence and absence prove nothing. */
function named(name: string, port: number): DatagramApplication {
  const analyzer: DatagramAnalyzer = { datagram: (chunk) => looksLikeDns(chunk.data), end: () => {} }
  return { name, ports: [port], open: () => analyzer }
}

export const multicastDns = named('mdns', 5353)
export const llmnr = named('llmnr', 5355)
export const netbiosNames = named('netbios-ns', 137)
