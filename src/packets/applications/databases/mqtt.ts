// MQTT 3.1, 3.1.1 and 5: connections and subscriptions that the broker refuses or ends (OASIS MQTT, sections 3.2, 3.9, 3.14).
import type { Application, Chunk, Conversation, Output } from '../../application.ts'
import { latin1, u8 } from '../bytes.ts'
import { Dialogue } from '../dialogue.ts'
import { Frames, type Framing } from '../frames.ts'
import { stateError } from './error.ts'

const CONNECT = 1
const CONNACK = 2
const SUBACK = 9
const DISCONNECT = 14
const KEPT = 256
const FIRST_FAILURE = 0x80

const REFUSALS: Readonly<Record<number, string>> = {
  1: 'unacceptable protocol version',
  2: 'identifier rejected',
  3: 'server unavailable',
  4: 'bad user name or password',
  5: 'not authorized',
  128: 'unspecified error',
  129: 'malformed packet',
  130: 'protocol error',
  131: 'implementation specific error',
  132: 'unsupported protocol version',
  133: 'client identifier not valid',
  134: 'bad user name or password',
  135: 'not authorized',
  136: 'server unavailable',
  137: 'server busy',
  138: 'banned',
  139: 'server shutting down',
  140: 'bad authentication method',
  141: 'keep alive timeout',
  142: 'session taken over',
  143: 'topic filter invalid',
  144: 'topic name invalid',
  147: 'receive maximum exceeded',
  149: 'packet too large',
  150: 'message rate too high',
  151: 'quota exceeded',
  152: 'administrative action',
  153: 'payload format invalid',
  156: 'use another server',
  157: 'server moved',
  159: 'connection rate exceeded',
}

export const mqtt: Application = {
  name: 'mqtt',
  recognise({ data, from }) {
    return (
      from === 'client' &&
      u8(data, 0) === CONNECT << 4 &&
      /\0\x04MQTT[\x03-\x05]|\0\x06MQIsdp\x03/.test(latin1(data, 2, 14))
    )
  },
  open(conversation, output) {
    const packets = new Frames(PACKETS, (packet, length, chunk) => {
      const code = failureOf(packet, length)
      if (code !== null) stateRefusal(code, chunk, { conversation, output })
    })
    return new Dialogue({
      isFarewell: (data) => data.length > 0 && u8(data, 0) >> 4 === DISCONNECT,
      server: (chunk) => packets.push(chunk),
    })
  },
}

/** Type and flags, then the length in groups of seven bits, lowest first. */
const PACKETS: Framing = {
  measure(bytes, at) {
    if (u8(bytes, at) >> 4 === 0) return -1
    const width = lengthWidth(bytes, at)
    if (width === 0) return bytes.length - at > 4 ? -1 : 0
    let length = 0
    for (let i = width; i > 0; i--) length = length * 128 + (u8(bytes, at + i) & 0x7f)
    return 1 + width + length
  },
  wanted(bytes, at, length) {
    const type = u8(bytes, at) >> 4
    return type === CONNACK || type === SUBACK || type === DISCONNECT ? Math.min(length, KEPT) : 0
  },
}

/** Bytes of the length field; 0 where its end is not there. */
function lengthWidth(bytes: Uint8Array, at: number): number {
  for (let i = 1; i <= 4 && at + i < bytes.length; i++) if (u8(bytes, at + i) < 0x80) return i
  return 0
}

function failureOf(packet: Uint8Array, length: number): number | null {
  const at = 1 + lengthWidth(packet, 0)
  switch (u8(packet, 0) >> 4) {
    case CONNACK:
      return u8(packet, at + 1) === 0 ? null : u8(packet, at + 1)
    case DISCONNECT:
      return length > at && u8(packet, at) >= FIRST_FAILURE ? u8(packet, at) : null
    default:
      return u8(packet, packet.length - 1) >= FIRST_FAILURE ? u8(packet, packet.length - 1) : null
  }
}

function stateRefusal(code: number, chunk: Chunk, to: { conversation: Conversation; output: Output }): void {
  stateError({ protocol: 'mqtt', code, message: REFUSALS[code] ?? 'refused' }, chunk, to)
}
