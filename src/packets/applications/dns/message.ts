// A DNS message: its header, its question and what its answer says (RFC 1035 section 4, RFC 6891).
import dnsPacket from 'dns-packet'
import { asBuffer, u16 } from '../bytes.ts'
import { type DomainName, readName } from './domain-name.ts'

export interface DnsMessage {
  readonly id: number
  readonly isResponse: boolean
  /** Null where the message has no readable question. */
  readonly question: Question | null
  /** With the upper bits of EDNS where they could be read. */
  readonly rcode: number
  /** Data of the answer records as text: addresses, names. */
  readonly answers: readonly string[]
}

export interface Question {
  readonly name: DomainName
  readonly type: number
}

const HEADER_LENGTH = 12
/** Opcodes up to 6 are assigned (RFC 8490); a message asks one question, an update names one zone. */
const LAST_OPCODE = 6
const MOST_QUESTIONS = 32
const NO_ANSWERS: readonly string[] = []

/** Whether the bytes from a place on can start a DNS message. */
export function looksLikeDns(bytes: Uint8Array, at = 0): boolean {
  if (bytes.length - at < HEADER_LENGTH) return false
  return ((u16(bytes, at + 2) >> 11) & 15) <= LAST_OPCODE && u16(bytes, at + 4) <= MOST_QUESTIONS
}

/** Reads what is there of a message; null where not even the header is. */
export function readDnsMessage(bytes: Uint8Array): DnsMessage | null {
  if (!looksLikeDns(bytes)) return null
  const id = u16(bytes, 0)
  const flags = u16(bytes, 2)
  const isResponse = flags >= 0x8000
  const question = u16(bytes, 4) === 0 ? null : readQuestion(bytes)
  // Most of what a query or a plain refusal says stands in its header: no record has to be decoded.
  if (!isResponse) return { id, isResponse, question, rcode: 0, answers: NO_ANSWERS }
  if (!hasRecords(bytes)) return { id, isResponse, question, rcode: flags & 15, answers: NO_ANSWERS }
  const { rcode, answers } = readAnswer(bytes, flags & 15)
  return { id, isResponse, question, rcode, answers }
}

function hasRecords(bytes: Uint8Array): boolean {
  return (u16(bytes, 6) | u16(bytes, 8) | u16(bytes, 10)) !== 0
}

function readQuestion(bytes: Uint8Array): Question | null {
  try {
    const name = readName(bytes, HEADER_LENGTH)
    const at = HEADER_LENGTH + name.length
    return at + 2 > bytes.length ? null : { name, type: u16(bytes, at) }
  } catch {
    return null // a cut or looping name: the transaction cannot be told
  }
}

/** The records beyond the damage of a cut or wrong message stay unread; its rcode stands in the header. */
function readAnswer(bytes: Uint8Array, low: number): Pick<DnsMessage, 'rcode' | 'answers'> {
  try {
    const packet = dnsPacket.decode(asBuffer(bytes))
    if (dnsPacket.decode.bytes > bytes.length) return { rcode: low, answers: NO_ANSWERS }
    const high = packet.additionals.find((record) => record.type === 'OPT')?.extendedRcode ?? 0
    const answers = packet.answers.flatMap((record) => (typeof record.data === 'string' ? [record.data] : []))
    return { rcode: high * 16 + low, answers }
  } catch {
    return { rcode: low, answers: NO_ANSWERS }
  }
}
