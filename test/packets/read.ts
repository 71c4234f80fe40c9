// Reads a capture in tests and keeps all that was said of it.
import {
  type ByteReader,
  type ConnectionRow,
  type Event,
  type IcmpRow,
  isLogEvent,
  type Notice,
  type SourceSummary,
} from '../../src/model/index.ts'
import { readCapture } from '../../src/packets/index.ts'

export interface Said {
  readonly summary: SourceSummary
  readonly facts: Event[]
  readonly notices: Notice[]
  readonly connections: ConnectionRow[]
  readonly icmp: IcmpRow[]
  readonly journal: string[]
}

/** Gives `bytes` in pieces of `size`. */
export function readerOf(bytes: Uint8Array, size = Number.POSITIVE_INFINITY): ByteReader {
  let at = 0
  return {
    read(target) {
      const count = Math.min(target.length, bytes.length - at, size)
      target.set(bytes.subarray(at, at + count))
      at += count
      return count
    },
  }
}

export async function read(bytes: Uint8Array, size?: number): Promise<Said> {
  const facts: Event[] = []
  const notices: Notice[] = []
  const connections: ConnectionRow[] = []
  const icmp: IcmpRow[] = []
  const journal: string[] = []
  const none = () => undefined
  const summary = await readCapture(
    readerOf(bytes, size),
    { source: 3, path: 'a.pcap' },
    {
      event: (event) => facts.push(event),
      notice: (notice) => notices.push(notice),
      connection: (row) => connections.push(row),
      icmp: (row) => icmp.push(row),
      journalEntry: (entry, packet) => journal.push(`${packet} ${Buffer.from(entry).toString('latin1')}`),
      dns: none,
      tls: none,
      http: none,
    },
  )
  return { summary, facts, notices, connections, icmp, journal }
}

/** `kind name=value …` of the facts of these kinds, the fields that are asked for. */
export function tell(facts: readonly Event[], kind: string, fields: string): string[] {
  const wanted = facts.filter((fact) => !isLogEvent(fact) && fact.kind === kind)
  return wanted.map((fact) =>
    fields
      .split(' ')
      .map((name) => `${name}=${fact.fields[name]}`)
      .join(' '),
  )
}
