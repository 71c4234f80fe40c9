// Keeps a text within a number of bytes by leaving out whole sections, the least needed first, and saying which.
import { FaultlineError } from '../model/index.ts'
import { type Block, type Document, paragraph, plain, type Section } from './document.ts'
import { formatCount } from './wording.ts'

/**
 * The document as `render` writes it, in at most `maxBytes` of UTF-8. A block is there as a whole or not at all.
 * @throws FaultlineError `max-bytes` where not even the verdict fits
 */
export function fit(document: Document, maxBytes: number | null, render: (document: Document) => string): string {
  const whole = render(document)
  if (maxBytes === null || Buffer.byteLength(whole) <= maxBytes) return whole
  const order = removalOrder(document.sections)
  const attempt = (count: number) => render(without(document, order.slice(0, count), maxBytes))
  let [kept, removed] = [0, order.length]
  while (removed - kept > 1) {
    const middle = Math.floor((kept + removed) / 2)
    if (Buffer.byteLength(attempt(middle)) <= maxBytes) removed = middle
    else kept = middle
  }
  const text = attempt(removed)
  if (Buffer.byteLength(text) <= maxBytes) return text
  const hint = `The verdict alone takes ${formatCount(Buffer.byteLength(text))} bytes in this format.`
  throw new FaultlineError('max-bytes', `No report fits into ${formatCount(maxBytes)} bytes.`, { hint })
}

interface Removable {
  readonly section: Section
  readonly place: number
}

function removalOrder(sections: readonly Section[]): Section[] {
  const all: Removable[] = []
  const collect = (section: Section) => {
    if (section.rank > 0) all.push({ section, place: all.length })
    for (const block of section.blocks) if (block.kind === 'section') collect(block)
  }
  sections.forEach(collect)
  return all.sort((a, b) => b.section.rank - a.section.rank || b.place - a.place).map(({ section }) => section)
}

function without(document: Document, removed: readonly Section[], maxBytes: number): Document {
  const gone = new Set<Block>(removed)
  const sections = document.sections.filter((section) => !gone.has(section)).map((section) => prune(section, gone))
  return { ...document, sections: [...sections.filter(({ blocks }) => blocks.length > 0), leftOut(removed, maxBytes)] }
}

function prune(section: Section, gone: ReadonlySet<Block>): Section {
  const blocks = section.blocks
    .filter((block) => !gone.has(block))
    .map((block) => (block.kind === 'section' ? prune(block, gone) : block))
  return { ...section, blocks }
}

function leftOut(removed: readonly Section[], maxBytes: number): Section {
  const top = removed.filter(({ id }) => !id.startsWith('finding-')).map(({ title }) => plain(title))
  const findings = removed.length - top.length
  const names = findings === 0 ? top : [...top, `details of ${findings} finding${findings === 1 ? '' : 's'}`]
  const text = `To stay within ${formatCount(maxBytes)} bytes: ${names.join('; ')}. The full report and the store have them.`
  return { kind: 'section', id: 'left-out', title: ['Left out'], rank: 0, blocks: [paragraph(text)] }
}
