// Reading without judging: every record of every log, handed out as one line of JSON.
import { readJournalFile, readLog } from './logs/index.ts'
import {
  type Event,
  type EventSink,
  formatInstant,
  isLogEvent,
  isLoss,
  type LogEvent,
  type Notice,
  type Source,
  type SourceSummary,
} from './model/index.ts'
import { DEFAULT_LIMITS, openBundle, unpackXz } from './sources/index.ts'

export interface ParseInput {
  readonly paths: readonly string[]
  readonly zone: string | null
  readonly year: number | null
  readonly stdin: AsyncIterable<Uint8Array>
  readonly write: (line: string) => void
  /** Waited for between sources and blocks, so that a slow reader of the output is not overrun. */
  readonly drained: () => Promise<unknown> | undefined
}

export interface ParseResult {
  readonly problems: readonly Notice[]
  readonly bytes: number
  readonly isPartial: boolean
  /** Records and coverage by reader, in one line. */
  readonly summary: string
}

/** @throws FaultlineError `not-found` */
export async function parseRecords(input: ParseInput): Promise<ParseResult> {
  const problems: Notice[] = []
  const summaries: SourceSummary[] = []
  const notice = (one: Notice) => void problems.push(one)
  const bundle = await openBundle(input.paths, { limits: DEFAULT_LIMITS, notice, stdin: input.stdin })
  for await (const source of bundle.members) {
    const summary = await parseSource(source, { input, notice, index: summaries.length })
    if (summary !== null) summaries.push(summary)
  }
  return {
    problems,
    bytes: summaries.reduce((sum, { bytes }) => sum + bytes, 0),
    isPartial: problems.some(isLoss),
    summary: coverageLine(summaries),
  }
}

function parseSource(
  source: Source,
  job: { input: ParseInput; notice: (one: Notice) => void; index: number },
): Promise<SourceSummary> | null {
  const { zone, year, write, drained } = job.input
  const event = (one: Event) => {
    if (isLogEvent(one)) write(JSON.stringify(recordOf(one, source.path)))
  }
  const sink: EventSink = { event, notice: job.notice }
  const { path, head, modified } = source
  const options = { source: job.index, path, head, modified, scanner: null, zone, year, apart: true }
  const bytes = {
    read(target: Uint8Array) {
      const wait = drained()
      return wait === undefined ? source.bytes.read(target) : wait.then(() => source.bytes.read(target))
    },
  }
  if (source.content === 'text') return readLog(bytes, options, sink)
  return source.content === 'journal' ? readJournalFile(bytes, { ...options, unpackXz }, sink) : null
}

function recordOf(event: LogEvent, source: string) {
  const { place, severity, host, program, pid, body, fields, reader } = event
  if (place.kind !== 'line') throw new Error('a record of a log has lines')
  const { line, lineEnd, offset, length } = place
  return {
    source,
    line,
    line_end: lineEnd,
    offset,
    length,
    time: formatInstant(event.time),
    severity,
    host,
    program,
    pid,
    reader,
    body,
    fields,
  }
}

/** `nginx-access 1200 records (100 % understood), json 40 (97.5 %)` */
function coverageLine(summaries: readonly SourceSummary[]): string {
  const byReader = [...Map.groupBy(summaries, ({ reader }) => reader)].map(([reader, list]) => {
    const records = list.reduce((sum, one) => sum + one.records, 0)
    const understood = list.reduce((sum, one) => sum + one.records * one.coverage, 0)
    return { reader, records, share: records === 0 ? 1 : understood / records }
  })
  const parts = byReader.sort((a, b) => b.records - a.records || (a.reader < b.reader ? -1 : 1))
  return (
    parts.map(({ reader, records, share }) => `${reader} ${records} (${(share * 100).toFixed(1)} %)`).join(', ') ||
    'no log was read'
  )
}
