// Looked at and found clean, looked at without an answer, and what could not be looked at for want of data.
import type { Check } from '../../model/index.ts'
import { type Block, code, type Inline, left, paragraph, right, type Section, strong } from '../document.ts'
import type { Frame } from '../frame.ts'
import { countOf, formatCount } from '../wording.ts'

export function checks({ report }: Frame): Section | null {
  const all = report.analysis.conclusion.checks
  if (all.length === 0) return null
  const [clean, open, without] = [ofState(all, 'clean'), ofState(all, 'open'), ofState(all, 'no-data')]
  const blocks = [cleanTable(clean), openTable(open), noDataLine(without)].filter((block) => block !== null)
  if (blocks.length === 0) return null
  return { kind: 'section', id: 'clean', title: ['Looked at and found clean'], rank: 4, blocks }
}

export function ofState(all: readonly Check[], state: Check['state']): Check[] {
  return all.filter((check) => check.state === state)
}

/** `network.{dns.nxdomain, loss}`-like lists read badly: one row a family, its causes beside it. */
export function families(all: readonly Check[]): Map<string, Check[]> {
  const groups = new Map<string, Check[]>()
  for (const check of all) {
    const family = check.cause.split('.')[0] ?? check.cause
    groups.set(family, [...(groups.get(family) ?? []), check])
  }
  return groups
}

function cleanTable(clean: readonly Check[]): Block | null {
  if (clean.length === 0) return null
  const rows = [...families(clean)].map(([family, members]): Inline[] => {
    const examined = members.reduce((most, { examined }) => Math.max(most, examined), 0)
    return [[strong(family)], causeList(members), [formatCount(examined)]]
  })
  const columns = [...left('Family', 'Causes'), ...right('Events looked at')]
  return { kind: 'table', caption: `${countOf(clean.length, 'cause')} looked for and not found`, columns, rows }
}

function causeList(members: readonly Check[]): Inline {
  return members.flatMap(({ cause }, at) => [at ? ', ' : '', code(cause)]).filter((span) => span !== '')
}

function openTable(open: readonly Check[]): Block | null {
  if (open.length === 0) return null
  const rows = open.map(({ cause, open: why }): Inline[] => [[code(cause)], [why ?? 'not observable in this bundle']])
  return {
    kind: 'table',
    caption: 'Open questions: not observable in this bundle',
    columns: left('Cause', 'Why'),
    rows,
  }
}

function noDataLine(without: readonly Check[]): Block | null {
  if (without.length === 0) return null
  return paragraph(`No data to look at for ${countOf(without.length, 'cause')}: `, ...causeList(without), '.')
}
