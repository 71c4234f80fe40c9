// The systemd journal's export format: `NAME=value` lines or binary fields, entries parted by an empty line.
import type { LogFormat } from '../format.ts'
import { readEntry } from './journald-entry.ts'

/** Longest part of a value that is kept. */
export const VALUE_LIMIT = 1 << 20

export interface ExportEntry {
  readonly fields: Map<string, string>
  /** Whether any field has a value, wanted or not. */
  readonly filled: boolean
  /** Index behind the entry's last field. */
  readonly end: number
  /** Index behind the empty line that ends it. */
  readonly next: number
  /** Byte index of the time, to know equal times by. */
  readonly time: number
  /** A binary field promises more bytes than there are, or is no field at all. */
  readonly damaged: boolean
  readonly complete: boolean
}

/**
 * Reads the entry that begins at `from`; a length may hold 0x0A, so lines are found field by field.
 * @param wanted names of the fields to keep; null: all
 * https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */
export function readExportEntry(bytes: Buffer, from: number, wanted: ReadonlySet<string> | null = null): ExportEntry {
  const fields = new Map<string, string>()
  let damaged = false
  let filled = false
  let time = -1
  let at = from
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at)
    if (end < 0) return { fields, filled, end: at, next: at, time, damaged, complete: false }
    if (end === at) return { fields, filled, end: at, next: end + 1, time, damaged, complete: true }
    const named = nameEnd(bytes, at, end)
    const text = bytes[named] === 61 || (named < end && hasSign(bytes, named, end))
    const first = text ? named + 1 : end + 9
    if (!text && first > bytes.length) return { fields, filled, end: at, next: at, time, damaged, complete: false }
    const last = text ? end : first + binaryLength(bytes, end + 1)
    if (last + 1 > bytes.length && !text) return { fields, filled, end: at, next: at, time, damaged, complete: false }
    const isName = named > at && named - at <= NAME_LIMIT && (bytes[named] === 61 || named === end)
    if (!isName || (!text && bytes[last] !== 10)) {
      damaged = true
      at = end + 1
      continue
    }
    if (last > first) filled = true
    if (wanted === null || MARKS.has(bytes[at] ?? 0)) {
      const name = bytes.toString('latin1', at, named)
      if (name === '__REALTIME_TIMESTAMP') time = first
      if (last > first && (wanted === null || wanted.has(name)) && !fields.has(name))
        fields.set(name, bytes.toString('utf8', first, Math.min(last, first + VALUE_LIMIT)))
    }
    at = last + 1
  }
  return { fields, filled, end: at, next: at, time, damaged, complete: false }
}

const NAME_LIMIT = 64
/** First letters of the names one asks for when not all are wanted: `M`, `P` and `_`. */
const MARKS: ReadonlySet<number> = new Set([77, 80, 95])

/** Index behind the signs of a field's name: capitals, digits and `_`. */
function nameEnd(bytes: Buffer, from: number, end: number): number {
  let at = from
  for (; at < end; at++) {
    const code = bytes[at] ?? 0
    if (!((code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57))) break
  }
  return at
}

function hasSign(bytes: Buffer, from: number, end: number): boolean {
  const sign = bytes.indexOf(61, from)
  return sign > 0 && sign < end
}

/** 64-bit little-endian; beyond what fits into memory it is a promise that cannot be kept. */
function binaryLength(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 4) > 0 ? Number.MAX_SAFE_INTEGER : bytes.readUInt32LE(at)
}

export const journaldExport: LogFormat = {
  name: 'journald-export',
  frame: 'line',
  takes: [
    '__REALTIME_TIMESTAMP=1795214762694290\nPRIORITY=6\n_HOSTNAME=reg-09\nSYSLOG_IDENTIFIER=systemd\n_PID=1\nMESSAGE=Started.\n\n',
  ],
  leaves: ['PATH=/usr/bin'],
  open: () => (record) => {
    if (!record.includes('\n')) return null
    const entry = readExportEntry(Buffer.from(record), 0)
    return entry.time < 0 ? null : readEntry(entry.fields, { start: entry.time, end: entry.time + 16 })
  },
}
