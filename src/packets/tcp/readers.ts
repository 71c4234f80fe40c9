// Brings the payload of connections to the applications that recognise it.

import { type Instant, MILLISECOND, MINUTE } from '../../model/index.ts'
import type { Addresses } from '../addresses.ts'
import type { Application, Chunk, Closing, Conversation, Ending } from '../application.ts'
import { FIN, RST } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Scribe } from '../scribe.ts'
import type { Connection } from './connection.ts'
import { endsOf } from './facts.ts'
import { Partings } from './partings.ts'
import type { Side } from './side.ts'
import { WITH_SYN } from './side-bits.ts'
import { Stream, type Waiting } from './stream.ts'
import { type Farewell, Talk } from './talk.ts'

/** A client that did not close may ask again so long after its server did. */
const CLOSE_DELAY = MINUTE
/** What was on its way when a RST broke the connection arrives within this time. */
const RESET_DELAY = 200 * MILLISECOND
/** After so many chunks nobody knows, a connection whose first bytes were seen is left alone. */
const PATIENCE_FROM_START = 6
/** Of others so many are looked at, which may lie in a long body, and then so many that begin a turn of the talk. */
const PATIENCE = 24
const PATIENCE_AT_TURNS = 24

export class Readers {
  readonly waiting: Waiting = { bytes: 0, bounded: 0 }
  readonly #applications: readonly Application[]
  readonly #scribe: Scribe
  readonly #addresses: Addresses
  readonly #closed = new Partings(CLOSE_DELAY, (connection, { time, how }) => this.end(connection, time, how))
  readonly #broken = new Partings(RESET_DELAY, (connection, { time, how }) => this.end(connection, time, how))

  constructor(applications: readonly Application[], scribe: Scribe, addresses: Addresses) {
    this.#applications = applications
    this.#scribe = scribe
    this.#addresses = addresses
  }

  /** @param from 0 for a segment of the client, 1 for one of the server */
  segment(connection: Connection, packet: Packet, from: 0 | 1): void {
    if (packet.payload > 0) connection.talk ??= this.#open(connection)
    const { talk } = connection
    if (talk === null) return
    talk.stream.segment(packet, from)
    if ((packet.flags & RST) !== 0) {
      this.#takeReset(connection, talk, packet, from)
      return
    }
    if ((packet.flags & FIN) !== 0 && talk.farewells[from]?.isTold !== true)
      talk.farewells[from] = farewellOf(packet, from)
    const [left, leaving] = talk.farewells
    if (left === null && leaving === null) return
    this.#takeLeave(connection, talk, left)
    this.#takeLeave(connection, talk, leaving)
    if (leaving?.isTold !== true) return
    if (left?.isTold === true || connection.orig.packets === 0) this.end(connection, packet.time, 'fin')
    else if (talk.parting === null) this.#closed.add(connection, talk, { time: packet.time, how: 'fin' })
  }

  #takeReset(connection: Connection, talk: Talk, packet: Packet, from: 0 | 1): void {
    const { parting } = talk
    if (parting === null) this.#tell(connection, talk, { ...farewellOf(packet, from), how: 'reset' })
    if (parting?.how !== 'reset') this.#broken.add(connection, talk, { time: packet.time, how: 'reset' })
  }

  /** A FIN counts once all before it was handed out. */
  #takeLeave(connection: Connection, talk: Talk, farewell: Farewell | null): void {
    if (farewell === null || farewell.isTold) return
    if (!talk.stream.isDrained(farewell.from === 'client' ? 0 : 1, farewell.sequence)) return
    farewell.isTold = true
    this.#tell(connection, talk, farewell)
  }

  #tell(connection: Connection, talk: Talk, closing: Closing): void {
    const before = this.#scribe.requests
    talk.analyzer?.closing?.(closing)
    connection.requests += this.#scribe.requests - before
  }

  /** Hands out what still waits and tells the application that nothing more will come: with the end that the sides named, if they did. */
  end(connection: Connection, time: Instant, how: Ending): void {
    const { talk } = connection
    talk?.stream.flush()
    connection.ignore()
    if (talk === null || talk.analyzer === null) return
    const before = this.#scribe.requests
    talk.analyzer.end(talk.parting?.time ?? time, talk.parting?.how ?? how)
    connection.requests += this.#scribe.requests - before
  }

  /** With this SYN-ACK the same ports begin anew. */
  restart(connection: Connection, packet: Packet, from: 0 | 1): void {
    this.end(connection, packet.time, 'capture')
    connection.heed()
    const stream = this.#stream(connection)
    stream.begin(from, (packet.sequence + 1) | 0)
    stream.begin(from === 0 ? 1 : 0, packet.acknowledgment)
    connection.talk = new Talk(stream)
  }

  #stream(connection: Connection): Stream {
    return new Stream(this.waiting, (chunk) => this.#chunk(connection, chunk))
  }

  #open(connection: Connection): Talk {
    const stream = this.#stream(connection)
    const { orig, resp } = connection
    const asked = startOf(orig, resp)
    // Of SYN-ACKs with different numbers the one that was acknowledged counts.
    const answered = connection.portReused > 0 && orig.lastAck !== 0 ? orig.lastAck : startOf(resp, orig)
    if (asked !== null) stream.begin(0, asked)
    if (answered !== null) stream.begin(1, answered)
    if (orig.packets > 0) stream.see(0)
    if (resp.packets > 0) stream.see(1)
    return new Talk(stream)
  }

  #chunk(connection: Connection, chunk: Chunk): void {
    const { talk } = connection
    if (talk === null || (talk.analyzer === null && !this.#recognise(connection, talk, chunk))) return
    const before = this.#scribe.requests
    talk.analyzer?.chunk(chunk)
    connection.requests += this.#scribe.requests - before
  }

  #recognise(connection: Connection, talk: Talk, chunk: Chunk): boolean {
    const isTurn = chunk.from !== talk.speaker
    talk.speaker = chunk.from
    if (talk.unrecognised >= PATIENCE && !isTurn) return false
    talk.conversation ??= this.#conversation(connection)
    const { conversation } = talk
    for (const application of this.#applications) {
      if (!application.recognise(chunk, conversation)) continue
      connection.service = application.name
      talk.analyzer = application.open(conversation, connection.isTranslated ? this.#scribe.rowsOnly : this.#scribe)
      return true
    }
    talk.unrecognised++
    const patience = conversation.sawStart ? PATIENCE_FROM_START : PATIENCE + PATIENCE_AT_TURNS
    if (talk.unrecognised < patience) return false
    // Nobody knows what it says.
    connection.ignore()
    talk.stream.forget()
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

/** Sequence number of the first byte of a side: behind its SYN, else what the other side has of it. */
function startOf(side: Side, other: Side): number | null {
  if (side.has(WITH_SYN)) return (side.base + 1) | 0
  return other.lastAck === 0 ? null : other.lastAck
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
