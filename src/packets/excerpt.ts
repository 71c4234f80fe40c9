// One line that says what a packet is, as tcpdump would.
import { ACK, FIN, PSH, RST, SYN } from './layers/tcp.ts'

export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** What is said of a TCP segment. */
export interface SegmentWords {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly flags: number
  /** `seq 123 win 64240`, and what it means. */
  readonly rest: string
}

/** `192.0.2.9:51514`; an IPv6 address in brackets. */
export function formatEndpoint({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** `192.0.2.9:51514 > 10.0.0.7:5432 [S] seq 123 win 64240` */
export function describeSegment({ from, to, flags, rest }: SegmentWords): string {
  return `${formatEndpoint(from)} > ${formatEndpoint(to)} [${flagLetters(flags)}] ${rest}`
}

/** As tcpdump prints them: a dot is ACK. */
function flagLetters(flags: number): string {
  let text = ''
  if ((flags & SYN) !== 0) text += 'S'
  if ((flags & FIN) !== 0) text += 'F'
  if ((flags & RST) !== 0) text += 'R'
  if ((flags & PSH) !== 0) text += 'P'
  if ((flags & ACK) !== 0) text += '.'
  return text === '' ? 'none' : text
}

/** Seconds with one digit, as in `7.0 s`. */
export function seconds(microseconds: number): string {
  return `${(microseconds / 1e6).toFixed(1)} s`
}
