// Messages no rule explains, mined into templates: a fixed-depth tree as in Drain (He et al., ICWS 2017), bounded.
import type { Duration, Instant, LogEvent, Unexplained } from '../model/index.ts'
import { MINUTE } from '../model/index.ts'

const TEMPLATES_OF_SOURCE = 200
const SHOWN = 10
const SIMILAR = 0.5
const TOKENS = 40
const EXCERPT = 300
const HOLE = '<*>'

interface Template {
  tokens: string[]
  count: number
  first: Instant | null
  last: Instant | null
  readonly example: Unexplained['example']
}

/** By the index events carry: final ranks and shifts of the sources; and when the incident began. */
export interface Shown {
  readonly ranks: readonly number[]
  readonly shifts: readonly Duration[]
  readonly incident: Instant | null
}

/** One tree a source, in the order of its lines, so that the order of files cannot matter. */
export class TemplateMiner {
  readonly #sources = new Map<number, Map<string, Template[]>>()
  readonly #sizes = new Map<number, number>()

  add(event: LogEvent): void {
    const tokens = tokenize(event.body)
    if (tokens.length === 0) return
    const tree = this.#sources.get(event.source) ?? new Map<string, Template[]>()
    this.#sources.set(event.source, tree)
    const branch = `${tokens.length} ${tokens[0]}`
    const leaf = tree.get(branch) ?? []
    const known = leaf.find((template) => similarity(template.tokens, tokens) >= SIMILAR)
    if (known !== undefined) absorb(known, tokens, event.time)
    else this.#grow(event, tokens, leaf, branch)
  }

  #grow(event: LogEvent, tokens: string[], leaf: Template[], branch: string): void {
    const size = this.#sizes.get(event.source) ?? 0
    if (size >= TEMPLATES_OF_SOURCE) return
    this.#sizes.set(event.source, size + 1)
    const { source, place } = event
    const example = { source, place, excerpt: event.excerpt.slice(0, EXCERPT) }
    leaf.push({ tokens, count: 1, first: event.time, last: event.time, example })
    this.#sources.get(event.source)?.set(branch, leaf)
  }

  /** The rarest first, those near the incident before all others. */
  result({ ranks, shifts, incident }: Shown): Unexplained[] {
    const merged = new Map<string, Unexplained>()
    const found = [...this.#sources]
      .sort(([a], [b]) => (ranks[a] ?? a) - (ranks[b] ?? b))
      .flatMap(([source, tree]) =>
        [...tree.values()]
          .flat()
          .map((template) => ({ template: moved(template, shifts[source] ?? 0), rank: ranks[source] ?? source })),
      )
    for (const { template, rank } of found) {
      const text = template.tokens.join(' ')
      const known = merged.get(text)
      merged.set(text, known === undefined ? shown(template, text, rank) : joined(known, template))
    }
    const distance = (one: Unexplained) =>
      incident === null || one.first === null ? 0 : Math.floor(Math.abs(one.first - incident) / MINUTE)
    return [...merged.values()]
      .sort((a, b) => distance(a) - distance(b) || a.count - b.count || (a.template < b.template ? -1 : 1))
      .slice(0, SHOWN)
  }
}

/** The first line as words; what has a digit is taken for a value. */
function tokenize(body: string): string[] {
  const line = body.split('\n', 1)[0] ?? ''
  return line
    .trim()
    .split(/\s+/)
    .slice(0, TOKENS)
    .filter((token) => token !== '')
    .map((token) => (/\d/.test(token) ? HOLE : token))
}

function moved(template: Template, shift: Duration): Template {
  const later = (time: Instant | null) => (time === null ? null : time + shift)
  return { ...template, first: later(template.first), last: later(template.last) }
}

function similarity(a: readonly string[], b: readonly string[]): number {
  return a.filter((token, at) => token === b[at]).length / a.length
}

function absorb(template: Template, tokens: readonly string[], time: Instant | null): void {
  template.tokens = template.tokens.map((token, at) => (token === tokens[at] ? token : HOLE))
  template.count++
  if (time === null) return
  if (template.first === null || time < template.first) template.first = time
  if (template.last === null || time > template.last) template.last = time
}

function shown(template: Template, text: string, source: number): Unexplained {
  const { count, first, last, example } = template
  return { template: text, count, first, last, example: { ...example, source } }
}

function joined(known: Unexplained, template: Template): Unexplained {
  const earliest =
    known.first === null || (template.first !== null && template.first < known.first) ? template.first : known.first
  const latest =
    known.last === null || (template.last !== null && template.last > known.last) ? template.last : known.last
  return { ...known, count: known.count + template.count, first: earliest, last: latest }
}
