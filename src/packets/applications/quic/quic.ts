// QUIC exchanges: the TLS hello inside the client's Initial packets; everything later is encrypted (RFC 9001).
import type { Instant } from '../../../model/index.ts'
import type { Chunk, Conversation, DatagramAnalyzer, DatagramApplication, Output } from '../../application.ts'
import { BoundedMap } from '../bounded-map.ts'
import { u8, u24 } from '../bytes.ts'
import { readClientHello } from '../tls/hello.ts'
import { Session } from '../tls/session.ts'
import { CryptoStream } from './crypto-stream.ts'
import { clientKeys, isLongHeader, type Keys, openPacket, readLongPacket } from './initial.ts'

const OPEN_LIMIT = 4096
const CLIENT_HELLO = 1
const HEADER_LENGTH = 4
/** A client fills every datagram with an Initial packet up to this size (RFC 9000, 14.1): what is smaller is not opened. */
const SMALLEST = 1200

export const quic: DatagramApplication = {
  name: 'quic',
  ports: [443, 853, 4433, 4434, 8443],
  open: (output) => new QuicExchanges(output),
}

interface Exchange {
  readonly session: Session
  readonly stream: CryptoStream
  keys: Keys | null
  hasHello: boolean
}

class QuicExchanges implements DatagramAnalyzer {
  readonly #output: Output
  readonly #open = new BoundedMap<string, Exchange>(OPEN_LIMIT, ({ session }) => session.end())

  constructor(output: Output) {
    this.#output = output
  }

  datagram(chunk: Chunk, conversation: Conversation): boolean {
    const { client, clientPort, server, port } = conversation
    const key = `${client} ${clientPort} ${server} ${port}`
    const known = this.#open.get(key)
    if (isLongHeader(chunk.data)) {
      const exchange = known ?? this.#add(key, conversation)
      const mayGreet = chunk.from === 'client' && chunk.data.length + chunk.cut >= SMALLEST
      if (mayGreet && !exchange.hasHello) readInitials(exchange, chunk)
      return true
    }
    const isShortHeader = known !== undefined && (u8(chunk.data, 0) & 0xc0) === 0x40
    if (isShortHeader && chunk.from === 'client') known.session.establish()
    return isShortHeader
  }

  end(_time: Instant): void {
    this.#open.clear()
  }

  #add(key: string, conversation: Conversation): Exchange {
    const session = new Session(conversation, this.#output)
    const exchange = { session, stream: new CryptoStream(), keys: null, hasHello: false }
    this.#open.set(key, exchange)
    return exchange
  }
}

/** The keys stay those of the client's first packet, whatever connection ID the server chooses later. */
function readInitials(exchange: Exchange, chunk: Chunk): void {
  for (let at = 0; at < chunk.data.length; ) {
    const packet = readLongPacket(chunk.data, at)
    if (packet === null) break
    at += packet.bytes.length
    if (!packet.isInitial) continue
    exchange.keys ??= clientKeys(packet)
    const frames = openPacket(packet, exchange.keys)
    if (frames === null) exchange.keys = null
    else exchange.stream.add(frames)
  }
  stateHello(exchange, chunk)
}

function stateHello(exchange: Exchange, chunk: Chunk): void {
  const bytes = exchange.stream.bytes()
  const end = HEADER_LENGTH + u24(bytes, 1)
  if (bytes.length < end || u8(bytes, 0) !== CLIENT_HELLO) return
  const hello = readClientHello(bytes.subarray(HEADER_LENGTH, end))
  if (hello === null) return
  exchange.hasHello = true
  exchange.session.clientHello(hello, chunk)
}
