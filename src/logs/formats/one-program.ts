// What one program says in several lines of a log of many, each with a header: a trace is one record with its error.
import { SECOND } from '../../model/index.ts'
import type { OpenRecord, Reading } from '../reading.ts'
import { goesOn, mayGoOn } from '../traces.ts'

/** The reading of a line that joins the record before it where the same process, which must be known, goes on in it at once: sudo indents all it says. */
export function asOneProgram(own: Reading): Reading {
  if (own.program === null || own.pid === null || !mayGoOn(own.body)) return own
  return { ...own, joins: (record) => isSame(own, record.reading) && follows(own, record) }
}

function isSame(own: Reading, { host, program, pid }: Reading): boolean {
  return own.program === program && own.pid === pid && own.host === host
}

function follows({ body, stamp }: Reading, { reading, said }: OpenRecord): boolean {
  const passed = (stamp?.at ?? 0) - (reading.stamp?.at ?? 0)
  return passed >= 0 && passed <= SECOND && goesOn({ first: reading.body, last: said, body })
}

/** A message as it was before rsyslog wrote its tabs and line ends as `#011` and `#012`. */
export function withoutEscapes(body: string): string {
  return body.includes('#01') ? body.replaceAll('#011', '\t').replaceAll('#012', '\n') : body
}
