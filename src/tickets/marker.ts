// The marker: by it a comment is known again as ours; and how each flavour writes it and links files.
import { hash } from 'node:crypto'
import type { Attachment, Flavour, StoredFile } from './ticket.ts'

/** Bytes that marker and links may take beyond the comment. */
export const MARKER_BYTES = 1_500

export function marker(runId: string, digest: string): string {
  return `faultline-run-${runId}-${digest}`
}

/** What a comment and its files say, in eight signs. */
export function digestOf(comment: string, files: readonly Attachment[]): string {
  const parts = files.map(({ name, bytes }) => `${name} ${hash('sha256', bytes)}`)
  return hash('sha256', [comment, ...parts].join('\0')).slice(0, 8)
}

/** The digest behind the last marker of this run that ends a text; null where none does. */
export function digestAtEnd(text: string, runId: string): string | null {
  return new RegExp(`faultline-run-${runId}-([0-9a-f]{8})\\W*$`).exec(text.trimEnd())?.[1] ?? null
}

/** The comment with links to its files and the marker: hidden where the flavour can hide, else a last line. */
export function marked(flavour: Flavour, text: string, mark: { sign: string; files: readonly StoredFile[] }): string {
  const linked = mark.files.filter(({ link }) => link !== null)
  const links = linked.map(({ name, link }) => `- [${name}](${link})\n`).join('')
  switch (flavour) {
    case 'markdown':
      return `${text.trimEnd()}\n\n${links === '' ? '' : `${links}\n`}<!-- ${mark.sign} -->`
    case 'jira-wiki':
      return `${text.trimEnd()}\n\n{anchor:${mark.sign}}`
    case 'html':
      return `${text.trimEnd()}\n<p>${mark.sign}</p>`
    case 'text':
      return `${text.trimEnd()}\n\n${mark.sign}`
    case 'adf':
      return text.replace(/\]\}$/, `,${JSON.stringify(small(mark.sign))}]}`)
    default:
      return flavour satisfies never
  }
}

/** The format has nothing that is not shown: a line of small signs. */
function small(text: string) {
  const marks = [{ type: 'subsup', attrs: { type: 'sub' } }]
  return { type: 'paragraph', content: [{ type: 'text', text, marks }] }
}

/** Files that a comment links, as `marked` wrote them. */
export function linkedFiles(text: string): StoredFile[] {
  const links = text.matchAll(/^- \[(faultline-[\w.-]+)\]\((\S+)\)$/gm)
  return [...links].map(([, name = '', link = '']) => ({ id: link, name, size: null, link }))
}
