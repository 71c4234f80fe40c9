// One TCP connection and its two sides: all that is remembered of them.

import type { Instant } from '../../model/index.ts'
import type { Analyzer, Closing, Conversation } from '../application.ts'
import type { Endpoint } from '../excerpt.ts'
import type { Flow } from '../flows.ts'
import { CLOSED, RESET } from './endpoint-state.ts'
import { following, letterOf, textOf } from './history.ts'
import type { Mark } from './mark.ts'
import type { Rows } from './rows.ts'
import { Side } from './side.ts'
import { IGNORED } from './side-bits.ts'
import type { Stream } from './stream.ts'

/** Names of the ends, as every fact has them. */
export interface Ends {
  readonly client: Endpoint
  readonly server: Endpoint
}

/** A FIN: its sequence number, and whether it was told of. */
export interface Farewell extends Closing {
  readonly sequence: number
  isTold: boolean
}

/** Of the connection that is asked for its end: tables ask all of theirs again and again. */
const low = new Side()
const high = new Side()

export class Connection implements Flow {
  /** Where the rows of its sides are. */
  readonly rows: Rows
  index = 0
  /** Whether the low end is the client. */
  isLowClient = true
  syns = 0
  /** Payload in order, while anybody wants it. */
  stream: Stream | null = null

  readonly low: number
  readonly high: number
  readonly ports: number
  readonly family: number
  readonly number: number
  conversation: Conversation | null = null
  first = 0
  synTime = 0
  firstSynTime = 0
  lastSynTime = 0
  connectTime = 0
  /** SYNs without copies. */
  tries = 0
  hasSynAck = false
  isEstablished = false
  /** An ICMP error answered it. */
  isUnreachable = false
  #history = 0
  /** Letters behind the last history that has a number. */
  #beyond = ''
  /** Where the connection is best cited: its end, else its first packet. */
  mark: Mark | null = null
  firstSyn: Mark | null = null
  /** The RST that answered a SYN. */
  refusal: Mark | null = null

  portReused = 0
  zeroWindowTime = 0

  /** Chunks that no application recognised. */
  unrecognised = 0
  /** The first FIN of the client and of the server. */
  readonly farewells: [Farewell | null, Farewell | null] = [null, null]
  analyzer: Analyzer | null = null
  service: string | null = null
  requests = 0

  constructor(key: { low: number; high: number; ports: number; family: number }, number: number, rows: Rows) {
    this.rows = rows
    this.low = key.low
    this.high = key.high
    this.ports = key.ports
    this.family = key.family
    this.number = number
  }

  /** From here on the end with the smaller address is the client, or is not. */
  setClient(isLow: boolean): void {
    this.isLowClient = isLow
    this.orig.isOrig = true
    this.resp.isOrig = false
    this.orig.link = null
  }

  get history(): string {
    return textOf(this.#history) + this.#beyond
  }

  /** Adds a letter to its history. */
  write(letter: number): void {
    const next = this.#beyond === '' ? following(this.#history, letter) : -1
    if (next < 0) this.#beyond += letterOf(letter)
    else this.#history = next
  }

  /** Nobody reads its payload from here on. */
  ignore(): void {
    this.conversation = null
    this.lowSide.mark(IGNORED)
    this.highSide.mark(IGNORED)
  }

  get lowSide(): Side {
    return new Side(this.rows, 2 * this.index)
  }

  get highSide(): Side {
    return new Side(this.rows, 2 * this.index + 1)
  }

  get lastPacket(): number {
    this.#look()
    return Math.max(low.lastPacket, high.lastPacket)
  }

  /** Last SYN to first ACK; 0 unknown, as in Wireshark. */
  get rtt(): number {
    return this.lowSide.rtt
  }

  get isOver(): boolean {
    this.#look()
    return low.state === RESET || high.state === RESET || (low.state === CLOSED && high.state === CLOSED)
  }

  get orig(): Side {
    return this.isLowClient ? this.lowSide : this.highSide
  }

  get resp(): Side {
    return this.isLowClient ? this.highSide : this.lowSide
  }

  get clientPort(): number {
    return this.isLowClient ? this.ports >>> 16 : this.ports & 0xffff
  }

  get serverPort(): number {
    return this.isLowClient ? this.ports & 0xffff : this.ports >>> 16
  }

  get clientAddress(): number {
    return this.isLowClient ? this.low : this.high
  }

  get serverAddress(): number {
    return this.isLowClient ? this.high : this.low
  }

  get last(): Instant {
    this.#look()
    return Math.max(this.first, low.lastTime, high.lastTime)
  }

  /** Turns the two sides that serve all connections here. */
  #look(): void {
    low.move(this.rows, 2 * this.index)
    high.move(this.rows, 2 * this.index + 1)
  }
}
