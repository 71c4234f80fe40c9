// What SYNs and the first ACK tell: window scales, segment sizes, and how long the way is.
import { ACK, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import { eachTcpOption, SEGMENT_SIZE, WINDOW_SCALE } from './options.ts'
import type { Side } from './side.ts'
import { WITH_SYN } from './side-bits.ts'
import type { Turn } from './turn.ts'

const SHORTEST_HEADER = 20
/** RFC 7323, 2.3. */
const LARGEST_SCALE = 14
const UNKNOWN = -1
const UNUSED = -2

/** @returns whether the handshake became complete with this segment */
export function shakeHands(turn: Turn, packet: Packet): boolean {
  const { sender, peer } = turn
  const { flags, headerLength, time } = packet
  if (headerLength < SHORTEST_HEADER) return false
  if ((flags & SYN) !== 0) {
    takeSyn(turn, packet)
    return false
  }
  if ((flags & ACK) === 0) return false
  sender.isFirstAck = false
  // A difference of exactly 0 leaves it unknown, as in Wireshark, and so does a SYN at 0: made-up captures start there.
  if (!sender.isShaking) return false
  const { connection } = turn
  const rtt = connection.synTime === 0 ? 0 : time - connection.synTime
  for (const side of [sender, peer]) {
    side.rtt = rtt
    side.isShaking = rtt === 0
  }
  connection.connectTime = time - connection.firstSynTime
  if (!connection.hasSynAck || connection.isEstablished) return false
  connection.isEstablished = true
  return true
}

function takeSyn({ connection, sender, peer }: Turn, packet: Packet): void {
  const isAnswer = (packet.flags & ACK) !== 0
  if (isAnswer) connection.hasSynAck = true
  else {
    if (connection.syns === 0) connection.firstSynTime = packet.time
    connection.syns++
    connection.synTime = packet.time
    sender.isShaking = sender.rtt === 0
    peer.isShaking = sender.isShaking
  }
  sender.isFirstAck = true
  sender.mark(WITH_SYN)
  readOptions(sender, packet)
  // Scaling is used only where both SYNs offer it (RFC 7323, 2.2); options that were cut off tell nothing of it.
  const isCut = packet.transportAt + packet.headerLength > packet.end
  if (sender.scale === UNKNOWN && !isCut) {
    sender.scale = UNUSED
    peer.scale = UNUSED
  } else if (isAnswer && peer.scale === UNUSED) sender.scale = UNUSED
}

function readOptions(sender: Side, packet: Packet): void {
  const { bytes } = packet
  eachTcpOption(packet, (kind, at, length) => {
    if (kind === SEGMENT_SIZE && length === 2) sender.mss = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    if (kind === WINDOW_SCALE && length === 1) sender.scale = Math.min(bytes[at] ?? 0, LARGEST_SCALE)
  })
}
