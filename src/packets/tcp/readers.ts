// Brings the payload of connections to the applications that recognise it.

import type { Instant } from '../../model/index.ts'
import type { Addresses } from '../addresses.ts'
import type { Application, Chunk, Closing, Conversation, Ending } from '../application.ts'
import { FIN, RST } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Scribe } from '../scribe.ts'
import type { Connection, Farewell } from './connection.ts'
import { endsOf } from './facts.ts'
import { WITH_SYN } from './side-bits.ts'
import { Stream, type Waiting } from './stream.ts'

/** After so many chunks nobody knows, a connection is left alone; sooner where the first of them were seen. */
const PATIENCE = 24
const PATIENCE_FROM_START = 6

export class Readers {
  readonly waiting: Waiting = { bytes: 0, bounded: 0 }
  readonly #applications: readonly Application[]
  readonly #scribe: Scribe
  readonly #addresses: Addresses

  constructor(applications: readonly Application[], scribe: Scribe, addresses: Addresses) {
    this.#applications = applications
    this.#scribe = scribe
    this.#addresses = addresses
  }

  /** @param from 0 for a segment of the client, 1 for one of the server */
  segment(connection: Connection, packet: Packet, from: 0 | 1): void {
    if (packet.payload > 0) connection.stream ??= this.#open(connection)
    const { stream } = connection
    if (stream === null) return
    stream.segment(packet, from)
    if ((packet.flags & FIN) !== 0 && connection.farewells[from]?.isTold !== true)
      connection.farewells[from] = farewellOf(packet, from)
    if ((packet.flags & RST) !== 0) {
      this.#tell(connection, { ...farewellOf(packet, from), how: 'reset' })
      this.end(connection, packet.time, 'reset')
      return
    }
    this.#takeLeave(connection, stream, connection.farewells[0])
    this.#takeLeave(connection, stream, connection.farewells[1])
    if (connection.farewells[1]?.isTold === true) this.end(connection, packet.time, 'fin')
  }

  /** A FIN counts once all before it was handed out. */
  #takeLeave(connection: Connection, stream: Stream, farewell: Farewell | null): void {
    if (farewell === null || farewell.isTold) return
    if (!stream.isDrained(farewell.from === 'client' ? 0 : 1, farewell.sequence)) return
    farewell.isTold = true
    this.#tell(connection, farewell)
  }

  #tell(connection: Connection, closing: Closing): void {
    const before = this.#scribe.requests
    connection.analyzer?.closing?.(closing)
    connection.requests += this.#scribe.requests - before
  }

  /** Hands out what still waits and tells the application that nothing more will come. */
  end(connection: Connection, time: Instant, how: Ending): void {
    connection.stream?.flush()
    const { analyzer } = connection
    connection.stream = null
    connection.analyzer = null
    connection.ignore()
    if (analyzer === null) return
    const before = this.#scribe.requests
    analyzer.end(time, how)
    connection.requests += this.#scribe.requests - before
  }

  #open(connection: Connection): Stream {
    const stream = new Stream(this.waiting, (chunk) => this.#chunk(connection, chunk))
    const { orig, resp } = connection
    if (orig.has(WITH_SYN)) stream.begin(0, (orig.base + 1) | 0)
    if (resp.has(WITH_SYN)) stream.begin(1, (resp.base + 1) | 0)
    return stream
  }

  #chunk(connection: Connection, chunk: Chunk): void {
    if (connection.lowSide.isIgnored) return
    if (connection.analyzer === null && !this.#recognise(connection, chunk)) return
    const before = this.#scribe.requests
    connection.analyzer?.chunk(chunk)
    connection.requests += this.#scribe.requests - before
  }

  #recognise(connection: Connection, chunk: Chunk): boolean {
    connection.conversation ??= this.#conversation(connection)
    const { conversation } = connection
    for (const application of this.#applications) {
      if (!application.recognise(chunk, conversation)) continue
      connection.service = application.name
      connection.analyzer = application.open(conversation, this.#scribe)
      return true
    }
    connection.unrecognised++
    if (connection.unrecognised >= (conversation.sawStart ? PATIENCE_FROM_START : PATIENCE)) leave(connection)
    return false
  }

  #conversation(connection: Connection): Conversation {
    const { client, server } = endsOf(connection, this.#addresses)
    const sawStart = connection.syns > 0
    return {
      client: client.address,
      clientPort: client.port,
      server: server.address,
      port: server.port,
      proto: 'tcp',
      sawStart,
    }
  }
}

function farewellOf(packet: Packet, from: 0 | 1): Farewell {
  return {
    from: from === 0 ? 'client' : 'server',
    how: 'fin',
    time: packet.time,
    place: packet.place(),
    sequence: (packet.sequence + packet.payload) | 0,
    isTold: false,
  }
}

/** Nobody knows what it says. */
function leave(connection: Connection): void {
  connection.ignore()
  connection.stream?.forget()
  connection.stream = null
}
