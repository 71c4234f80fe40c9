// Messages no rule explains, mined into templates: a fixed-depth tree as in Drain (He et al., ICWS 2017), bounded.
import type { Duration, Instant, LogEvent, Severity, Unexplained } from '../model/index.ts'
import { MINUTE } from '../model/index.ts'
import { HOLE, wordsOf } from './words.ts'

const TEMPLATES_OF_SOURCE = 200
const SHOWN = 10
const SIMILAR = 0.5
const EXCERPT = 300

interface Template {
  words: string[]
  count: number
  first: Instant | null
  last: Instant | null
  readonly severity: Severity | null
  readonly example: Unexplained['example']
}

/** Final ranks, shifts and repeats of the sources, and when the incident began. */
export interface Shown {
  /** By the index events carry. */
  readonly ranks: readonly number[]
  readonly shifts: readonly Duration[]
  /** Ranks that are left out. */
  readonly repeats: { has(rank: number): boolean }
  readonly incident: Instant | null
}

/** One tree a source, in the order of its lines, so that the order of files cannot matter. */
export class TemplateMiner {
  readonly #sources = new Map<number, Map<string, Template[]>>()
  readonly #sizes = new Map<number, number>()

  add(event: LogEvent): void {
    const words = wordsOf(event.body)
    if (words.every((word) => word === HOLE)) return
    const tree = this.#sources.get(event.source) ?? new Map<string, Template[]>()
    this.#sources.set(event.source, tree)
    const branch = `${words.length} ${words[0]}`
    const leaf = tree.get(branch) ?? []
    const known = leaf.find((template) => similarity(template.words, words) >= SIMILAR)
    if (known !== undefined) absorb(known, words, event.time)
    else if (this.#hasRoom(event.source)) {
      leaf.push(templateOf(event, words))
      tree.set(branch, leaf)
    }
  }

  #hasRoom(source: number): boolean {
    const size = this.#sizes.get(source) ?? 0
    this.#sizes.set(source, size + 1)
    return size < TEMPLATES_OF_SOURCE
  }

  /** Errors before warnings, those near the incident before others, of these the rarest first. */
  result({ ranks, shifts, repeats, incident }: Shown): Unexplained[] {
    const merged = new Map<string, Template>()
    const sources = [...this.#sources]
      .map(([source, tree]) => ({ rank: ranks[source] ?? source, shift: shifts[source] ?? 0, tree }))
      .filter(({ rank }) => !repeats.has(rank))
      .sort((a, b) => a.rank - b.rank)
    for (const { rank, shift, tree } of sources)
      for (const found of [...tree.values()].flat()) {
        const template = moved(found, shift, rank)
        const text = template.words.join(' ')
        const known = merged.get(text)
        merged.set(text, known === undefined ? template : joined(known, template))
      }
    return [...merged]
      .sort(
        ([a, one], [b, other]) =>
          rankOf(one, incident) - rankOf(other, incident) || one.count - other.count || (a < b ? -1 : 1),
      )
      .slice(0, SHOWN)
      .map(([template, { count, first, last, example }]) => ({ template, count, first, last, example }))
  }
}

function templateOf(event: LogEvent, words: string[]): Template {
  const { source, place, time, severity } = event
  const example = { source, place, excerpt: event.excerpt.slice(0, EXCERPT) }
  return { words, count: 1, first: time, last: time, severity, example }
}

/** Words that speak of no trouble although they name it, or of one that passes. */
const HARMLESS =
  /\b(?:no|zero|without|<\*>) errors?\b|errors?[=:] ?(?:none|null|false|\[\])|\b(?:retry|retries|retrying|will retry|retried|succeeded|recovered|deprecat\w*|experimental|gracefully?)\b/i

/** Warnings stand behind errors, what is far from the incident behind what is near, what sounds harmless at the end. */
function rankOf({ severity, first, last, words }: Template, incident: Instant | null): number {
  const isError = severity === 'error' || severity === 'fatal'
  return (isError ? 0 : 4) + distance(first, last, incident) + (HARMLESS.test(words.join(' ')) ? 8 : 0)
}

/** 0 within five minutes of the incident, 1 within an hour, 2 beyond, 3 without a time. */
function distance(first: Instant | null, last: Instant | null, incident: Instant | null): number {
  if (incident === null) return 0
  if (first === null || last === null) return 3
  const gap = Math.max(0, first - incident, incident - last)
  return gap <= 5 * MINUTE ? 0 : gap <= 60 * MINUTE ? 1 : 2
}

function similarity(a: readonly string[], b: readonly string[]): number {
  const same = a.filter((word, at) => word === b[at] && word !== HOLE).length
  return same / Math.max(1, a.filter((word) => word !== HOLE).length)
}

function absorb(template: Template, words: readonly string[], time: Instant | null): void {
  template.words = template.words.map((word, at) => common(word, words[at] ?? ''))
  template.count++
  if (time === null) return
  if (template.first === null || time < template.first) template.first = time
  if (template.last === null || time > template.last) template.last = time
}

/** Of `method=GET` and `method=POST` the name is kept. */
function common(word: string, other: string): string {
  if (word === other) return word
  const name = /^[\w.-]+=/.exec(word)?.[0]
  return name !== undefined && other.startsWith(name) ? `${name}${HOLE}` : HOLE
}

function moved(template: Template, shift: Duration, rank: number): Template {
  const later = (time: Instant | null) => (time === null ? null : time + shift)
  const { first, last, example } = template
  return { ...template, first: later(first), last: later(last), example: { ...example, source: rank } }
}

function joined(known: Template, other: Template): Template {
  const pick = (a: Instant | null, b: Instant | null, of: (a: Instant, b: Instant) => Instant) =>
    a === null ? b : b === null ? a : of(a, b)
  const first = pick(known.first, other.first, Math.min)
  return { ...known, count: known.count + other.count, first, last: pick(known.last, other.last, Math.max) }
}
