// Events made by hand for the engine's tests: one call an event, times as offsets from one moment.

import { Engine } from '../../src/engine/index.ts'
import { parseRules } from '../../src/language/index.ts'
import type { Fact, Fields, LogEvent, RuleSet } from '../../src/model/index.ts'
import { SECOND, Tally } from '../../src/model/index.ts'

/** 2025-03-01T10:00:00Z */
export const START = 1_740_823_200_000_000

let offset = 0

export function record(at: number | null, body: string, more: Partial<LogEvent> = {}): LogEvent {
  offset += 100
  return {
    kind: 'log',
    source: 0,
    time: at === null ? null : START + Math.round(at * SECOND),
    quality: 'exact',
    place: { kind: 'line', line: offset / 100, lineEnd: offset / 100, offset, length: body.length, digest: 0 },
    excerpt: body,
    fields: {},
    reader: 'text',
    severity: 'error',
    host: null,
    program: null,
    pid: null,
    requestId: null,
    body,
    detail: '',
    ...more,
  }
}

export function fact(at: number, kind: string, fields: Fields, source = 1): Fact {
  offset += 100
  const place = { kind: 'packet', packet: offset / 100, offset, length: 60, digest: 0 } as const
  const time = START + Math.round(at * SECOND)
  return { kind, source, time, quality: 'exact', place, excerpt: `${kind} ${JSON.stringify(fields)}`, fields }
}

/** Rules of a pattern text; a mistake in it fails the test. */
export async function rulesOf(text: string): Promise<RuleSet> {
  const { rules, problems } = await parseRules([{ file: 'test.fault', text }])
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ line, sentence }) => `${line}: ${sentence}`).join('\n'))
  return rules
}

export const REMEDY = 'remedy now "a" next "b" lasting "c"'

/** What the engine concludes from events of a log (source 0) and a capture (source 1) that cover 0 to `until` seconds. */
export async function conclude(text: string, events: readonly (LogEvent | Fact)[], until = 600) {
  const engine = new Engine(await rulesOf(text))
  for (const event of events) engine.take(event, event.source === 0 ? 'app.log' : 'net.pcap')
  const cover = { records: events.length, first: START, last: START + until * SECOND, tally: new Tally(), shift: 0 }
  const sources = [
    { path: 'app.log', reader: 'text', bytes: 0, isCapture: false, ...cover },
    { path: 'net.pcap', reader: 'pcap', bytes: 0, isCapture: true, ...cover },
  ]
  return engine.conclude({ sources, ranks: [0, 1] })
}

/** Findings in short: `cause role key first-last xcount`. */
export async function found(text: string, events: readonly (LogEvent | Fact)[], until?: number): Promise<string[]> {
  const { findings } = await conclude(text, events, until)
  const at = (time: number | null) => (time === null ? '?' : String((time - START) / SECOND))
  return findings.map(
    ({ cause, role, key, first, last, count }) =>
      `${cause} ${role} ${Object.values(key).join(',')} ${at(first)}-${at(last)} x${count}`,
  )
}
