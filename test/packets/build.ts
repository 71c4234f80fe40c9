// Builds the packets and captures that tests read: addresses of RFC 5737 and RFC 3849 only.

export const CLIENT = '192.0.2.9'
export const SERVER = '198.51.100.7'

export interface TcpOptions {
  readonly from?: string
  readonly to?: string
  readonly sport: number
  readonly dport: number
  readonly flags: string
  readonly seq: number
  readonly ack?: number
  readonly window?: number
  readonly data?: string
  readonly options?: string
  readonly ttl?: number
  readonly id?: number
}

const FLAGS: Record<string, number> = { F: 1, S: 2, R: 4, P: 8, A: 16 }

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))
}

export function ipv4(
  protocol: number,
  payload: Uint8Array,
  { from = CLIENT, to = SERVER, ttl = 64, id = 0 } = {},
): Uint8Array {
  const header = Buffer.alloc(20)
  header[0] = 0x45
  header.writeUInt16BE(20 + payload.length, 2)
  header.writeUInt16BE(id, 4)
  header[8] = ttl
  header[9] = protocol
  header.set(from.split('.').map(Number), 12)
  header.set(to.split('.').map(Number), 16)
  return Buffer.concat([header, payload])
}

/** An IPv4 packet with a TCP segment. */
export function tcp({
  sport,
  dport,
  flags,
  seq,
  ack = 0,
  window = 1000,
  data = '',
  options = '',
  ...ip
}: TcpOptions): Uint8Array {
  const extra = hex(options)
  const header = Buffer.alloc(20)
  header.writeUInt16BE(sport, 0)
  header.writeUInt16BE(dport, 2)
  header.writeUInt32BE(seq, 4)
  header.writeUInt32BE(ack, 8)
  header[12] = ((20 + extra.length) / 4) << 4
  header[13] = [...flags].reduce((bits, flag) => bits | (FLAGS[flag] ?? 0), 0)
  header.writeUInt16BE(window, 14)
  return ipv4(6, Buffer.concat([header, extra, Buffer.from(data, 'latin1')]), ip)
}

/** An IPv4 packet with a UDP datagram. */
export function udp(
  sport: number,
  dport: number,
  data: string | Uint8Array,
  ip: { from?: string; to?: string } = {},
): Uint8Array {
  const payload = Buffer.from(data)
  const header = Buffer.alloc(8)
  header.writeUInt16BE(sport, 0)
  header.writeUInt16BE(dport, 2)
  header.writeUInt16BE(8 + payload.length, 4)
  return ipv4(17, Buffer.concat([header, payload]), ip)
}

export interface Captured {
  /** Microseconds. */
  readonly time: number
  readonly data: Uint8Array
  /** On the wire, where the capture kept less. */
  readonly length?: number
}

/** A little-endian microsecond capture; link type 101 starts with the IP header. */
export function pcap(packets: readonly Captured[], linkType = 101): Uint8Array {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262144, 16)
  header.writeUInt32LE(linkType, 20)
  const records = packets.map(({ time, data, length = data.length }) => {
    const record = Buffer.alloc(16)
    record.writeUInt32LE(Math.floor(time / 1e6), 0)
    record.writeUInt32LE(time % 1e6, 4)
    record.writeUInt32LE(data.length, 8)
    record.writeUInt32LE(length, 12)
    return Buffer.concat([record, data])
  })
  return Buffer.concat([header, ...records])
}

/** A pcapng block; its length at both ends. */
export function block(type: number, body: Uint8Array): Uint8Array {
  const padded = (body.length + 3) & ~3
  const bytes = Buffer.alloc(12 + padded)
  bytes.writeUInt32LE(type, 0)
  bytes.writeUInt32LE(bytes.length, 4)
  bytes.set(body, 8)
  bytes.writeUInt32LE(bytes.length, bytes.length - 4)
  return bytes
}
