// The first stack trace that the root causes quote: how stacks look, and where the text of a record holds one.
import type { Database } from 'better-sqlite3'
import type { StackTrace } from '../../model/index.ts'
import { allRows, number, type Row, text, textOrNull } from '../record.ts'

/** A line of a stack, in the languages that print them. */
const FRAMES: readonly RegExp[] = [
  /^\s+at\s+\S/, // JavaScript, Java, C#, and Rust's backtraces
  /^\s*Caused by: \S/, // Java
  /^\s*File "[^"]+", line \d+/, // Python
  /^\s+\S+\.go:\d+/, // Go
  /^\s+(?:from )?\S+\.rb:\d+:in /, // Ruby
  /^#\d+ \S+\(\d+\): /, // PHP
  /^#\d+ +0x[0-9a-f]+ in /, // gdb
]

const QUOTED = `SELECT path, evidence.line, evidence.line_end, excerpt, body, detail
  FROM evidence JOIN findings ON findings.id = finding_id JOIN sources ON sources.id = evidence.source_id
  LEFT JOIN events ON events.source_id = evidence.source_id AND events.byte_offset = evidence.byte_offset
  WHERE findings.bundle_id = ? AND evidence.line IS NOT NULL AND evidence.role <> 'counter'
  ORDER BY findings.role <> 'root', findings.position, evidence.id`

/** Of the first root cause that quotes one; of its symptoms where no root does. */
export function readFirstStack(db: Database, bundle: number): StackTrace | null {
  for (const row of allRows(db, QUOTED, bundle)) {
    const stack = stackIn(text(row, 'excerpt')) ?? stackIn(recordText(row))
    if (stack === null) continue
    return { source: text(row, 'path'), line: number(row, 'line'), lineEnd: number(row, 'line_end'), text: stack }
  }
  return null
}

/** A structured record is one line of JSON whose stack stands unescaped only in its parsed form. */
function recordText(row: Row): string {
  return [textOrNull(row, 'body'), textOrNull(row, 'detail')].filter((part) => part !== null).join('\n')
}

/** The text up to the last line of a stack; null where it has none, or nothing else. */
function stackIn(record: string): string | null {
  const lines = record.split('\n')
  const last = lines.findLastIndex((line) => FRAMES.some((frame) => frame.test(line)))
  return last < 1 ? null : lines.slice(0, last + 1).join('\n')
}
