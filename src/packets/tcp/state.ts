// Connection states and history as Zeek defines them (analyzer/protocol/tcp/TCP.cc, base/protocols/conn/main.zeek).
import type { ConnState } from '../../model/index.ts'
import { ACK, FIN, RST, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Connection } from './connection.ts'
import { CLOSED, ESTABLISHED, INACTIVE, PARTIAL, RESET, SYN_ACK_SENT, SYN_SENT } from './endpoint-state.ts'
import { FAST_RETRANSMISSION, LOST_SEGMENT, RETRANSMISSION, SPURIOUS_RETRANSMISSION, ZERO_WINDOW } from './flags.ts'
import { CAPITAL } from './history.ts'
import type { Side } from './side.ts'
import type { Turn } from './turn.ts'

const SYN_LETTER = 0
const SYN_ACK_LETTER = 1
const ACK_LETTER = 2
const DATA_LETTER = 3
const FIN_LETTER = 4
const RESET_LETTER = 5
const BOTH_LETTER = 6
const RESENT_LETTER = 7
const WINDOW_LETTER = 8
const GAP_LETTER = 9

/** Moves the state of the sender on, and of its peer where a SYN is answered. */
export function moveState(sender: Side, peer: Side, flags: number): void {
  if ((flags & RST) !== 0) sender.state = RESET
  else if ((flags & SYN) !== 0) moveBySyn(sender, peer, flags)
  else if (sender.state === RESET) return
  else if ((flags & FIN) !== 0) sender.state = CLOSED
  else if (sender.state === INACTIVE) sender.state = PARTIAL
  else if (sender.state === SYN_SENT && peer.state === SYN_ACK_SENT) sender.state = ESTABLISHED
}

function moveBySyn(sender: Side, peer: Side, flags: number): void {
  if ((flags & ACK) === 0) {
    if (sender.state === INACTIVE || sender.state === PARTIAL) sender.state = SYN_SENT
    return
  }
  if (sender.state !== INACTIVE && sender.state !== PARTIAL && sender.state !== SYN_SENT) return
  if (peer.state === SYN_SENT) {
    sender.state = ESTABLISHED
    peer.state = ESTABLISHED
  } else sender.state = SYN_ACK_SENT
}

/** Adds the letters of a segment: capital where the originator sent it, each once, but for the counted ones. */
export function writeHistory(turn: Turn, packet: Packet, found: number): void {
  const { flags } = packet
  const isSyn = (flags & SYN) !== 0
  if (isSyn && (flags & (FIN | RST)) !== 0) letter(turn, BOTH_LETTER)
  else if (isSyn) letter(turn, (flags & ACK) !== 0 ? SYN_ACK_LETTER : SYN_LETTER)
  if ((found & LOST_SEGMENT) !== 0) counted(turn, GAP_LETTER)
  if ((found & (RETRANSMISSION | FAST_RETRANSMISSION | SPURIOUS_RETRANSMISSION)) !== 0) {
    counted(turn, RESENT_LETTER)
  }
  if ((found & ZERO_WINDOW) !== 0) counted(turn, WINDOW_LETTER)
  if (packet.payload > 0) letter(turn, DATA_LETTER)
  else if ((flags & (ACK | SYN | FIN | RST)) === ACK) letter(turn, ACK_LETTER)
  if (isSyn) return
  if ((flags & FIN) !== 0) letter(turn, FIN_LETTER)
  if ((flags & RST) !== 0) letter(turn, RESET_LETTER)
}

function letter(turn: Turn, index: number): void {
  const { sender } = turn
  if ((sender.letters & (1 << index)) !== 0) return
  sender.letters |= 1 << index
  write(turn, index)
}

/** Again at the tenth, the hundredth, the thousandth time. */
function counted(turn: Turn, index: number): void {
  const count = turn.sender.count(index - RESENT_LETTER)
  if (count === 1 || count === 10 || count === 100 || count === 1000 || count === 10_000) write(turn, index)
}

function write({ connection, sender }: Turn, index: number): void {
  connection.write(sender.isOrig ? index + CAPITAL : index)
}

export function connState(connection: Connection): ConnState {
  const { orig, resp } = connection
  const isOrigSilent = orig.state === INACTIVE || orig.state === PARTIAL
  const isRespSilent = resp.state === INACTIVE || resp.state === PARTIAL
  if (resp.state === RESET) {
    const isTrying = orig.state === SYN_SENT || orig.state === SYN_ACK_SENT
    if (isTrying || (orig.state === RESET && orig.bytes === 0 && resp.bytes === 0)) return 'REJ'
    return isOrigSilent ? 'RSTRH' : 'RSTR'
  }
  if (orig.state === RESET) return isRespSilent ? 'RSTOS0' : 'RSTO'
  if (resp.state === CLOSED && orig.state === CLOSED) return 'SF'
  if (orig.state === CLOSED) return isRespSilent ? 'SH' : 'S2'
  if (resp.state === CLOSED) return isOrigSilent ? 'SHR' : 'S3'
  if (orig.state === SYN_SENT && resp.state === INACTIVE) return 'S0'
  return orig.state === ESTABLISHED && resp.state === ESTABLISHED ? 'S1' : 'OTH'
}
