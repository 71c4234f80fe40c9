// One TCP connection and its two sides: all that is remembered of them.

import type { Instant } from '../../model/index.ts'
import type { Endpoint } from '../excerpt.ts'
import type { Flow } from '../flows.ts'
import { CLOSED, RESET } from './endpoint-state.ts'
import { following, letterOf, textOf } from './history.ts'
import type { Mark } from './mark.ts'
import { type Rows, TIMES, WHOLES } from './rows.ts'
import { Side } from './side.ts'
import { IGNORED, TRANSLATED } from './side-bits.ts'
import type { Talk } from './talk.ts'

/** Names of the ends, as every fact has them. */
export interface Ends {
  readonly client: Endpoint
  readonly server: Endpoint
}

/** Of the connection that is asked for its end: tables ask all of theirs again and again. */
const low = new Side()
const high = new Side()

/** Columns of its times, and of its whole numbers. */
const [FIRST, SYN, FIRST_SYN, LAST_SYN, CONNECT, ZERO_WINDOW] = [0, 1, 2, 3, 4, 5]
const [BITS, SYNS, TRIES, PORT_REUSED, REQUESTS, HISTORY] = [0, 1, 2, 3, 4, 5]
/** Among the bits. */
const LOW_CLIENT = 1
const WITH_SYN_ACK = 2
const ESTABLISHED = 4
const UNREACHABLE = 8

/** Numbers that most connections have lie in the rows of their table: tens of thousands are held at a time. */
export class Connection implements Flow {
  /** Where the rows of its sides are. */
  readonly rows: Rows
  /** Its place in the table: when another has taken it, these numbers are the other's. */
  index = 0
  readonly low: number
  readonly high: number
  readonly ports: number
  readonly family: number
  readonly number: number
  /** Its payload, while anybody wants it. */
  talk: Talk | null = null
  service: string | null = null
  /** Letters behind the last history that has a number. */
  #beyond = ''
  /** Where the connection is best cited: its end, else its first packet. */
  mark: Mark | null = null
  firstSyn: Mark | null = null
  /** The RST that answered a SYN. */
  refusal: Mark | null = null

  constructor(key: { low: number; high: number; ports: number; family: number }, number: number, rows: Rows) {
    this.rows = rows
    this.low = key.low
    this.high = key.high
    this.ports = key.ports
    this.family = key.family
    this.number = number
  }

  get first(): Instant {
    return this.#time(FIRST)
  }

  set first(value: Instant) {
    this.#setTime(FIRST, value)
  }

  get synTime(): Instant {
    return this.#time(SYN)
  }

  set synTime(value: Instant) {
    this.#setTime(SYN, value)
  }

  get firstSynTime(): Instant {
    return this.#time(FIRST_SYN)
  }

  set firstSynTime(value: Instant) {
    this.#setTime(FIRST_SYN, value)
  }

  get lastSynTime(): Instant {
    return this.#time(LAST_SYN)
  }

  set lastSynTime(value: Instant) {
    this.#setTime(LAST_SYN, value)
  }

  get connectTime(): number {
    return this.#time(CONNECT)
  }

  set connectTime(value: number) {
    this.#setTime(CONNECT, value)
  }

  get zeroWindowTime(): number {
    return this.#time(ZERO_WINDOW)
  }

  set zeroWindowTime(value: number) {
    this.#setTime(ZERO_WINDOW, value)
  }

  /** Whether the low end is the client. */
  get isLowClient(): boolean {
    return this.#has(LOW_CLIENT)
  }

  get hasSynAck(): boolean {
    return this.#has(WITH_SYN_ACK)
  }

  set hasSynAck(value: boolean) {
    this.#setBit(WITH_SYN_ACK, value)
  }

  get isEstablished(): boolean {
    return this.#has(ESTABLISHED)
  }

  set isEstablished(value: boolean) {
    this.#setBit(ESTABLISHED, value)
  }

  /** An ICMP error answered it. */
  get isUnreachable(): boolean {
    return this.#has(UNREACHABLE)
  }

  set isUnreachable(value: boolean) {
    this.#setBit(UNREACHABLE, value)
  }

  get syns(): number {
    return this.#whole(SYNS)
  }

  set syns(value: number) {
    this.#setWhole(SYNS, value)
  }

  /** SYNs without copies. */
  get tries(): number {
    return this.#whole(TRIES)
  }

  set tries(value: number) {
    this.#setWhole(TRIES, value)
  }

  get portReused(): number {
    return this.#whole(PORT_REUSED)
  }

  set portReused(value: number) {
    this.#setWhole(PORT_REUSED, value)
  }

  get requests(): number {
    return this.#whole(REQUESTS)
  }

  set requests(value: number) {
    this.#setWhole(REQUESTS, value)
  }

  /** From here on the end with the smaller address is the client, or is not. */
  setClient(isLow: boolean): void {
    this.#setBit(LOW_CLIENT, isLow)
    this.orig.isOrig = true
    this.resp.isOrig = false
    this.orig.link = null
  }

  get history(): string {
    return textOf(this.#whole(HISTORY)) + this.#beyond
  }

  /** Adds a letter to its history. */
  write(letter: number): void {
    const next = this.#beyond === '' ? following(this.#whole(HISTORY), letter) : -1
    if (next < 0) this.#beyond += letterOf(letter)
    else this.#setWhole(HISTORY, next)
  }

  /** It was captured before an address translation too, as another connection. */
  get isTranslated(): boolean {
    return this.lowSide.has(TRANSLATED)
  }

  translate(): void {
    this.lowSide.mark(TRANSLATED)
    this.highSide.mark(TRANSLATED)
  }

  /** Nobody reads its payload from here on. */
  ignore(): void {
    this.talk = null
    this.lowSide.mark(IGNORED)
    this.highSide.mark(IGNORED)
  }

  /** Its payload is of interest again. */
  heed(): void {
    this.lowSide.unmark(IGNORED)
    this.highSide.unmark(IGNORED)
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

  #time(which: number): number {
    return this.rows.times[this.index * TIMES + which] ?? 0
  }

  #setTime(which: number, value: number): void {
    this.rows.times[this.index * TIMES + which] = value
  }

  #whole(which: number): number {
    return this.rows.wholes[this.index * WHOLES + which] ?? 0
  }

  #setWhole(which: number, value: number): void {
    this.rows.wholes[this.index * WHOLES + which] = value
  }

  #has(bit: number): boolean {
    return (this.#whole(BITS) & bit) !== 0
  }

  #setBit(bit: number, value: boolean): void {
    this.#setWhole(BITS, value ? this.#whole(BITS) | bit : this.#whole(BITS) & ~bit)
  }
}
