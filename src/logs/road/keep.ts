// Which records of a source become events.
import type { Scanner } from '../../model/index.ts'
import type { RecordLines } from '../assemble.ts'
import type { Log } from '../log.ts'

export type Keep = (record: RecordLines) => void

/** With a scanner only records that hold one of its literals become events; the others are counted. */
export function keeper(log: Log, scanner: Scanner | null): Keep {
  if (scanner === null) return (record) => log.record(record)
  return (record) => {
    if (record.lines.some((line) => holds(scanner, line.raw))) log.record(record)
    else log.pass(record)
  }
}

function holds(scanner: Scanner, raw: string): boolean {
  const bytes = Buffer.from(raw, 'latin1')
  return scanner.find(bytes, 0, bytes.length) >= 0
}
