// What one end of a TCP connection sent: the names of the numbers in its row.
import type { Duration, Instant } from '../../model/index.ts'
import type { Link } from './link.ts'
import { Row } from './rows.ts'
import { BASE_KNOWN, FIRST_ACK, IGNORED, ORIG, SHAKING, SPOKE_LAST, TROUBLED } from './side-bits.ts'
import type { Trouble } from './trouble.ts'

/** Numbers of sequence are 32 bits; 0 is unknown, as in Wireshark. */
export class Side extends Row {
  /** It is the end with the smaller address. */
  get isLow(): boolean {
    return this.number % 2 === 0
  }

  get trouble(): Trouble | null {
    return this.has(TROUBLED) ? (this.rows.troubles[this.number] ?? null) : null
  }

  set trouble(trouble: Trouble | null) {
    this.rows.troubles[this.number] = trouble
    if (trouble !== null) this.mark(TROUBLED)
    else this.unmark(TROUBLED)
  }

  /** Of the connection: the port of the server, once data was seen. */
  get link(): Link | null {
    return this.rows.links[this.number >> 1] ?? null
  }

  set link(link: Link | null) {
    this.rows.links[this.number >> 1] = link
  }

  /** Of its last segment whose length is known. */
  get lastTime(): Instant {
    return this.numbers[this.at >> 1] ?? 0
  }

  set lastTime(value: Instant) {
    this.numbers[this.at >> 1] = value
  }

  get nextSequenceTime(): Instant {
    return this.numbers[(this.at >> 1) + 8] ?? 0
  }

  set nextSequenceTime(value: Instant) {
    this.numbers[(this.at >> 1) + 8] = value
  }

  get bytes(): number {
    return this.numbers[(this.at >> 1) + 9] ?? 0
  }

  set bytes(value: number) {
    this.numbers[(this.at >> 1) + 9] = value
  }

  /** Of the connection: last SYN to first ACK; 0 unknown, as in Wireshark. */
  get rtt(): number {
    return this.numbers[(this.at >> 1) + 12] ?? 0
  }

  set rtt(value: number) {
    this.numbers[(this.at >> 1) + 12] = value
  }

  /** Highest sequence number sent, plus one. */
  get nextSequence(): number {
    return this.words[this.at + 2] ?? 0
  }

  set nextSequence(value: number) {
    this.words[this.at + 2] = value
  }

  /** Highest number up to which all was seen (Wireshark's maxseqtobeacked). */
  get edge(): number {
    return this.words[this.at + 3] ?? 0
  }

  set edge(value: number) {
    this.words[this.at + 3] = value
  }

  get lastAck(): number {
    return this.words[this.at + 4] ?? 0
  }

  set lastAck(value: number) {
    this.words[this.at + 4] = value
  }

  /** As in the header, not scaled; -1 before the first segment. */
  get window(): number {
    return this.words[this.at + 5] ?? 0
  }

  set window(value: number) {
    this.words[this.at + 5] = value
  }

  get duplicateAcks(): number {
    return this.words[this.at + 6] ?? 0
  }

  set duplicateAcks(value: number) {
    this.words[this.at + 6] = value
  }

  /** Analysis flags of its last segment. */
  get lastFlags(): number {
    return this.words[this.at + 7] ?? 0
  }

  set lastFlags(value: number) {
    this.words[this.at + 7] = value
  }

  /** Zeek's endpoint state. */
  get state(): number {
    return this.words[this.at + 8] ?? 0
  }

  set state(value: number) {
    this.words[this.at + 8] = value
  }

  /** Letters of the history that were written. */
  get letters(): number {
    return this.words[this.at + 9] ?? 0
  }

  set letters(value: number) {
    this.words[this.at + 9] = value
  }

  /** Of its last segment that was not a reset; 0 unknown. */
  get ttl(): number {
    return this.words[this.at + 10] ?? 0
  }

  set ttl(value: number) {
    this.words[this.at + 10] = value
  }

  get packets(): number {
    return this.words[this.at + 12] ?? 0
  }

  set packets(value: number) {
    this.words[this.at + 12] = value
  }

  /** Number of its last packet. */
  get lastPacket(): number {
    return this.words[this.at + 13] ?? 0
  }

  set lastPacket(value: number) {
    this.words[this.at + 13] = value
  }

  /** Largest payload not yet acknowledged. */
  get flightSize(): number {
    return this.words[this.at + 14] ?? 0
  }

  set flightSize(value: number) {
    this.words[this.at + 14] = value
  }

  get flightEnd(): number {
    return this.words[this.at + 20] ?? 0
  }

  set flightEnd(value: number) {
    this.words[this.at + 20] = value
  }

  /** When the first data was sent that was not acknowledged yet: its low 32 bits, which is enough for an hour. */
  set flightSince(value: Instant) {
    this.words[this.at + 31] = value
  }

  /** Since then, at this time. */
  flightAge(time: Instant): Duration {
    return ((time | 0) - (this.words[this.at + 31] ?? 0)) >>> 0
  }

  /** -1 unknown, -2 not used. */
  get scale(): number {
    return this.words[this.at + 15] ?? 0
  }

  set scale(value: number) {
    this.words[this.at + 15] = value
  }

  /** Payload of its last new segment. */
  get lastSize(): number {
    return this.words[this.at + 21] ?? 0
  }

  set lastSize(value: number) {
    this.words[this.at + 21] = value
  }

  /** IP identification of its last data segment; 0 unknown. */
  get lastIpId(): number {
    return this.words[this.at + 22] ?? 0
  }

  set lastIpId(value: number) {
    this.words[this.at + 22] = value
  }

  get base(): number {
    return this.words[this.at + 23] ?? 0
  }

  set base(value: number) {
    this.words[this.at + 23] = value
  }

  /** Offered in its SYN; 0 unknown. */
  get mss(): number {
    return this.words[this.at + 26] ?? 0
  }

  set mss(value: number) {
    this.words[this.at + 26] = value
  }

  get largestPassed(): number {
    return this.words[this.at + 27] ?? 0
  }

  set largestPassed(value: number) {
    this.words[this.at + 27] = value
  }

  get isBaseKnown(): boolean {
    return this.has(BASE_KNOWN)
  }

  set isBaseKnown(value: boolean) {
    if (value) this.mark(BASE_KNOWN)
    else this.unmark(BASE_KNOWN)
  }

  /** Between SYN and first ACK the window is not scaled yet. */
  get isFirstAck(): boolean {
    return this.has(FIRST_ACK)
  }

  set isFirstAck(value: boolean) {
    if (value) this.mark(FIRST_ACK)
    else this.unmark(FIRST_ACK)
  }

  /** It is the client. */
  get isOrig(): boolean {
    return this.has(ORIG)
  }

  set isOrig(value: boolean) {
    if (value) this.mark(ORIG)
    else this.unmark(ORIG)
  }

  /** Of the connection: nobody reads its payload any more. */
  get isIgnored(): boolean {
    return this.has(IGNORED)
  }

  /** Its data is the latest of the connection. */
  get spokeLast(): boolean {
    return this.has(SPOKE_LAST)
  }

  set spokeLast(value: boolean) {
    if (value) this.mark(SPOKE_LAST)
    else this.unmark(SPOKE_LAST)
  }

  /** Of the connection: a SYN was seen, and no ACK that tells the round-trip time. */
  get isShaking(): boolean {
    return this.has(SHAKING)
  }

  set isShaking(value: boolean) {
    if (value) this.mark(SHAKING)
    else this.unmark(SHAKING)
  }
}
