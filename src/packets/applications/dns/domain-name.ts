// Names of questions: read once and remembered by their bytes, for the same few are asked again and again.
import dnsPacket from 'dns-packet'
import { asBuffer, copyOf, u8 } from '../bytes.ts'

/** A name as it was spelled, and as it is compared; `.` is the root. */
export interface DomainName {
  readonly text: string
  readonly lower: string
  /** Of `lower`. */
  readonly hash: number
  /** Bytes of it in the message. */
  readonly length: number
}

interface Known {
  readonly bytes: Uint8Array
  readonly name: DomainName
}

/** Places for names; another name of the same place takes it. */
const PLACES = 4096
const POINTER = 0xc0
const FNV_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193
const known: (Known | undefined)[] = Array(PLACES).fill(undefined)

/** @throws for a name that is cut, too long or points forward */
export function readName(bytes: Uint8Array, at: number): DomainName {
  const end = endOfLabels(bytes, at)
  if (end < 0) return decode(bytes, at)
  const place = hash(bytes, at, end) & (PLACES - 1)
  const one = known[place]
  if (one !== undefined && isSame(one.bytes, bytes, at, end)) return one.name
  const name = decode(bytes, at)
  known[place] = { bytes: copyOf(bytes.subarray(at, end), end - at), name }
  return name
}

function decode(bytes: Uint8Array, at: number): DomainName {
  const text = dnsPacket.name.decode(asBuffer(bytes), at)
  const lower = text.toLowerCase()
  return { text, lower, hash: hashText(lower), length: dnsPacket.name.decode.bytes }
}

/** @returns where a name without pointers ends; -1 for any other */
function endOfLabels(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length) {
    const length = u8(bytes, at)
    if (length >= POINTER) return -1
    at += 1 + length
    if (length === 0) return at
  }
  return -1
}

/** FNV-1a, as below. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = FNV_BASIS
  for (let at = from; at < to; at++) value = Math.imul(value ^ u8(bytes, at), FNV_PRIME)
  return value ^ (value >>> 15)
}

function hashText(text: string): number {
  let value = FNV_BASIS
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), FNV_PRIME)
  return value
}

function isSame(one: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (one.length !== to - from) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== bytes[from + at]) return false
  return true
}
