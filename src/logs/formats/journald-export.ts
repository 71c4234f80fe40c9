// The systemd journal's export format: `NAME=value` lines or binary fields, entries parted by an empty line.
import type { LogFormat } from '../format.ts'
import { readEntry } from './journald-entry.ts'

/** Longest part of a value that is kept. */
export const VALUE_LIMIT = 1 << 20

export interface ExportEntry {
  readonly fields: Map<string, string>
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

const NAME = /^[A-Z0-9_]{1,64}$/

/**
 * Reads the entry that begins at `from`; a length may hold 0x0A, so lines are found field by field.
 * https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */
export function readExportEntry(bytes: Buffer, from: number): ExportEntry {
  const fields = new Map<string, string>()
  let damaged = false
  let time = -1
  let at = from
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at)
    if (end < 0) return { fields, end: at, next: at, time, damaged, complete: false }
    if (end === at) return { fields, end: at, next: end + 1, time, damaged, complete: true }
    const sign = bytes.indexOf(61, at)
    const text = sign > 0 && sign < end
    const name = bytes.toString('latin1', at, text ? sign : end)
    const first = text ? sign + 1 : end + 9
    if (!text && first > bytes.length) return { fields, end: at, next: at, time, damaged, complete: false }
    const last = text ? end : first + binaryLength(bytes, end + 1)
    if (last + 1 > bytes.length && !text) return { fields, end: at, next: at, time, damaged, complete: false }
    if (!NAME.test(name) || (!text && bytes[last] !== 10)) {
      damaged = true
      at = end + 1
      continue
    }
    if (name === '__REALTIME_TIMESTAMP') time = first
    if (last > first && !fields.has(name))
      fields.set(name, bytes.toString('utf8', first, Math.min(last, first + VALUE_LIMIT)))
    at = last + 1
  }
  return { fields, end: at, next: at, time, damaged, complete: false }
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
