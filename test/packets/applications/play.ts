// Plays a conversation to an application and collects what it says, for the tests of all analyzers.
import { type DnsRow, type Fields, type HttpRow, Tally, type TlsRow } from '../../../src/model/index.ts'
import type {
  Application,
  Chunk,
  Closing,
  Conversation,
  DatagramApplication,
  Ending,
  Observation,
  Output,
} from '../../../src/packets/application.ts'

/** One packet: `at` in milliseconds; bytes, or text in Latin-1. Packets are numbered from 1. */
export interface Step {
  readonly from: 'client' | 'server'
  readonly data?: Uint8Array | string
  readonly at?: number
  readonly gap?: number
  readonly cut?: number
  readonly closing?: Closing['how']
}

export interface Script {
  readonly ends?: Partial<Conversation>
  readonly how?: Ending
  /** Last time of the capture, milliseconds. */
  readonly until?: number
}

/** A fact with its words. */
interface Told extends Observation {
  readonly excerpt: string
}

export interface Heard {
  readonly facts: readonly Told[]
  readonly dns: readonly DnsRow[]
  readonly tls: readonly TlsRow[]
  readonly http: readonly HttpRow[]
  readonly tally: Tally
  /** Whether the client awaited an answer when all was played. */
  readonly awaiting: boolean
}

export const ENDS: Conversation = {
  client: '192.0.2.1',
  clientPort: 40000,
  server: '198.51.100.2',
  port: 80,
  proto: 'tcp',
  sawStart: true,
}

type More = Omit<Step, 'from' | 'data'>

export const client = (data: Uint8Array | string, more: More = {}): Step => ({ from: 'client', data, ...more })
export const server = (data: Uint8Array | string, more: More = {}): Step => ({ from: 'server', data, ...more })
export const closing = (from: Step['from'], how: Closing['how'], at = 0): Step => ({ from, closing: how, at })

/** Bytes written as hexadecimal digits, with blanks as you like. */
export const hex = (digits: string): Buffer => Buffer.from(digits.replace(/\s+/g, ''), 'hex')

/** Plays to the application, which must recognise the first chunk it is given. */
export function play(application: Application, steps: readonly Step[], script: Script = {}): Heard {
  const { output, heard } = listener()
  const conversation = { ...ENDS, ...script.ends }
  const packets = steps.map(packetOf)
  const analyzer = application.open(conversation, output)
  steps.forEach((step, i) => {
    if (step.closing === undefined) analyzer.chunk(packets[i])
    else analyzer.closing?.({ ...packets[i], how: step.closing })
  })
  const end = (script.until ?? steps.at(-1)?.at ?? 0) * 1000
  const { awaiting } = analyzer
  analyzer.end(end, script.how ?? 'capture')
  application.finish?.(output, end)
  return { ...heard, awaiting }
}

/** The first application that recognises the chunk, by name; null where none does. */
export function recognised(applications: readonly Application[], step: Step, ends: Partial<Conversation> = {}) {
  const found = applications.find((application) => application.recognise(packetOf(step, 0), { ...ENDS, ...ends }))
  return found?.name ?? null
}

export function playDatagrams(application: DatagramApplication, steps: readonly Step[], script: Script = {}): Heard {
  const { output, heard } = listener()
  const conversation = { ...ENDS, proto: 'udp' as const, ...script.ends }
  const analyzer = application.open(output)
  steps.forEach((step, i) => void analyzer.datagram(packetOf(step, i), conversation))
  analyzer.end((script.until ?? steps.at(-1)?.at ?? 0) * 1000)
  return heard
}

/** `kind` and the fields that are not null: what most tests compare. */
export function summary(heard: Heard, ...names: string[]): readonly Fields[] {
  return heard.facts.map(({ kind, fields }) => ({
    kind,
    ...Object.fromEntries(names.filter((name) => fields[name] != null).map((name) => [name, fields[name] ?? null])),
  }))
}

function packetOf({ from, data = '', at = 0, gap = 0, cut = 0 }: Step, index: number): Chunk {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
  const place = { kind: 'packet' as const, packet: index + 1, offset: 0, length: bytes.length, digest: 0 }
  return { from, data: bytes, time: at * 1000, gap, cut, place }
}

function listener(): { output: Output; heard: Heard } {
  const facts: Told[] = []
  const dns: DnsRow[] = []
  const tls: TlsRow[] = []
  const http: HttpRow[] = []
  const tally = new Tally()
  const output: Output = {
    fact: ({ excerpt, ...rest }) => {
      facts.push({ ...rest, excerpt: typeof excerpt === 'string' ? excerpt : excerpt() })
    },
    dns: (row) => dns.push(row),
    tls: (row) => tls.push(row),
    http: (row) => http.push(row),
    tally,
  }
  return { output, heard: { facts, dns, tls, http, tally, awaiting: false } }
}
