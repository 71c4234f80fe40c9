// A DNS message for other eyes: its header, its question under the new name, and the addresses it answers with.
import { isIPv4, isIPv6 } from 'node:net'
import { type DnsMessage, readDnsMessage } from '../applications/dns/message.ts'
import * as L from '../layers/layer.ts'
import type { Packet } from '../packet.ts'
import type { NewNames } from './new-names.ts'
import { type Header, isIp, type Trail } from './trail.ts'

const DNS_PORT = 53
const UDP_LENGTH = 8
const IPV6_LENGTH = 40
const [TYPE_A, TYPE_AAAA, CLASS_IN] = [1, 28, 1] as const
/** To the question's name, which stands behind the header (RFC 1035, 4.1.4). */
const POINTER = 0xc00c
const MOST_ANSWERS = 16
/** Layers whose headers do not say how long what they carry is. */
const WITHOUT_LENGTH = new Set([
  L.ETHERNET,
  L.VLAN,
  L.SLL,
  L.SLL2,
  L.LOOPBACK,
  L.RAW_IP,
  L.IPV4,
  L.IPV6,
  L.UDP_DATAGRAM,
])

/**
 * The message to put behind a packet's UDP header instead of its payload; null where it carries none that can be read whole,
 * or lies in a tunnel or in fragments.
 */
export function messageOf(packet: Packet, { headers, cut }: Trail, names: NewNames): Buffer | null {
  const last = headers.at(-1)
  if (last?.layer !== L.UDP_DATAGRAM || packet.fragmented || cut !== last.at + UDP_LENGTH) return null
  const isPlain = headers.every(({ layer }) => WITHOUT_LENGTH.has(layer))
  if (!isPlain || headers.filter(({ layer }) => isIp(layer)).length !== 1) return null
  const ports = [0, 2].map(
    (field) => ((packet.bytes[last.at + field] ?? 0) << 8) | (packet.bytes[last.at + field + 1] ?? 0),
  )
  if (!ports.includes(DNS_PORT)) return null
  const payload = packet.bytes.subarray(cut, packet.end)
  const message = readDnsMessage(payload)
  return message === null ? null : written(payload, message, names)
}

/** The lengths that IP and UDP state, after something was put behind them. */
export function stateLengths(bytes: Buffer, headers: readonly Header[]): void {
  for (const { layer, at } of headers) {
    if (layer === L.IPV4) bytes.writeUInt16BE(bytes.length - at, at + 2)
    if (layer === L.IPV6) bytes.writeUInt16BE(bytes.length - at - IPV6_LENGTH, at + 4)
    if (layer === L.UDP_DATAGRAM) bytes.writeUInt16BE(bytes.length - at, at + 4)
  }
}

function written(payload: Uint8Array, { question, answers }: DnsMessage, names: NewNames): Buffer | null {
  const name = question === null ? null : labels(names.domain(question.name.text))
  if (question === null || name === null) return null
  const records = answers.slice(0, MOST_ANSWERS).flatMap((answer) => record(answer, names))
  const header = Buffer.from(payload.subarray(0, 12))
  for (const [at, count] of [1, records.length, 0, 0].entries()) header.writeUInt16BE(count, 4 + at * 2)
  const asked = Buffer.alloc(4)
  asked.writeUInt16BE(question.type, 0)
  asked.writeUInt16BE(CLASS_IN, 2)
  return Buffer.concat([header, name, asked, ...records])
}

/** Null for a name that no message can carry. */
function labels(name: string): Buffer | null {
  const parts = name.split('.').filter((part) => part !== '')
  const encoded = Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from([Buffer.byteLength(part)]), Buffer.from(part)]),
    Buffer.from([0]),
  ])
  return encoded.length > 255 || parts.some((part) => Buffer.byteLength(part) > 63) ? null : encoded
}

/** Names among the answers are left out: what counts is where they lead. */
function record(answer: string, names: NewNames): Buffer[] {
  const type = isIPv4(answer) ? TYPE_A : isIPv6(answer) ? TYPE_AAAA : null
  if (type === null) return []
  const address = type === TYPE_A ? names.ipv4Bytes(answer) : names.ipv6Bytes(answer)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(POINTER, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(CLASS_IN, 4)
  head.writeUInt16BE(address.length, 10)
  return [Buffer.concat([head, address])]
}
