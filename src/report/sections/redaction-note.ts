// What was taken out of this report before it left the machine, or that nothing was.
import { type Block, left, paragraph, right, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { formatCount } from '../wording.ts'

export function redactionNote({ report }: Frame): Section {
  const { redaction } = report
  const blocks: Block[] = redaction === undefined || redaction.profile === 'none' ? [UNREDACTED] : note(redaction)
  return { kind: 'section', id: 'redaction', title: ['Redaction'], rank: 0, blocks }
}

const UNREDACTED: Block = {
  kind: 'callout',
  tone: 'warning',
  text: ['Not redacted: this report quotes the bundle as it is. Share it only inside, or make it again with --share.'],
}

function note({ profile, counts }: NonNullable<Frame['report']['redaction']>): Block[] {
  const rows = Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => [[name], [formatCount(count)]])
  const identities =
    profile === 'strict'
      ? ' Identities are pseudonyms: the same value has the same one throughout.'
      : ' Identities are as they were.'
  const said = paragraph(
    `Profile ${profile}: secrets are removed.${identities} The key and the mapping stay where the bundle is.`,
  )
  if (rows.length === 0) return [said, paragraph('Nothing had to be taken out.')]
  const columns = [...left('Class'), ...right('Places')]
  return [said, { kind: 'table', caption: 'What was taken out', columns, rows }]
}
