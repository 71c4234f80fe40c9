// Writes edges.fault: examples at the edge of every count and window of the shipped rules, made of lines that other examples show.
import { writeFileSync } from 'node:fs'
import { concludeExample } from '../../src/examples.ts'
import type { Cause, Condition, EvidenceRule, Example, Finding, Step, Test } from '../../src/model/index.ts'
import { SECOND } from '../../src/model/index.ts'
import { readRules } from '../../src/rules.ts'
import { EDGES, EVIDENCE } from './edges.ts'
import { alone, type Mutant, mutantsOf, unitOf } from './mutants.ts'

const { rules } = await readRules({ paths: [EVIDENCE], shipped: true })
const START = Date.UTC(2025, 2, 1, 10)
/** What a time looks like in the lines of examples, and how another one is written there. */
const STAMPS: readonly (readonly [RegExp, (iso: string) => string])[] = [
  [/2025-03-01T\d\d:\d\d:\d\d(?:[.,]\d+)?/g, (iso) => iso],
  [/2025-03-01 \d\d:\d\d:\d\d(?:[.,]\d+)?/g, (iso) => iso.replace('T', ' ')],
  [/2025\/03\/01 \d\d:\d\d:\d\d/g, (iso) => iso.replace('T', ' ').replaceAll('-', '/').slice(0, 19)],
  [/01\/Mar\/2025:\d\d:\d\d:\d\d/g, (iso) => `${iso.slice(8, 10)}/Mar/2025:${iso.slice(11, 19)}`],
  [/Mar {1,2}1 \d\d:\d\d:\d\d/g, (iso) => `Mar  ${iso.slice(9, 10)} ${iso.slice(11, 19)}`],
  [/^\d\d:\d\d:\d\d(?:\.\d+)?/g, (iso) => (iso < '2025-03-02' ? iso.slice(11) : iso)],
]

/** An event of a step as an example shows it: in which file, in which words. */
interface Shown {
  readonly file: string
  readonly text: string
}

/** The events by which examples show a step, plain ones first. */
async function shownOf(cause: Cause, step: Step): Promise<Shown[]> {
  const when: Condition = { kind: 'count', step: { ...step, name: null, count: 1 }, within: null }
  const one: Cause = { ...cause, evidence: [{ strength: 'decisive', when }] }
  const shown: Shown[] = await factsOf(one, step.select.signal)
  for (const example of rules.examples) {
    if (!example.expect.some((expected) => expected.cause === cause.id)) continue
    const files = example.given.map(({ file }) => file).sort()
    const { findings } = await concludeExample(example, alone(rules, one))
    for (const { source, excerpt } of findings.flatMap(({ evidence }) => evidence)) {
      const [file = ''] = files.slice(source, source + 1)
      if (STAMPS.some(([pattern]) => excerpt.search(pattern) >= 0)) shown.push({ file, text: excerpt })
    }
  }
  return shown.sort((a, b) => a.text.length - b.text.length)
}

/** The facts of all examples that show it by themselves. */
async function factsOf(one: Cause, kind: string): Promise<Shown[]> {
  const texts = rules.examples.flatMap(({ given }) => given.filter(({ file }) => file === 'facts'))
  const lines = new Set(texts.flatMap(({ text }) => text.split('\n').filter((line) => line.includes(` ${kind} `))))
  const shown: Shown[] = []
  for (const text of lines) {
    const { findings } = await concludeExample(givenOf('facts', `${text}\n`), alone(rules, one))
    if (findings.length > 0) shown.push({ file: 'facts', text })
  }
  return shown
}

interface Spread {
  readonly count: number
  /** From the first to the last, both included. */
  readonly span: number
  /** After the beginning of the example. */
  readonly from?: number
}

/** So many events over so long, each at its own time. */
function exampleOf({ file, text }: Shown, { count, span, from = 0 }: Spread): Example {
  const lines = Array.from({ length: count }, (_, at) => {
    const after = from + (count < 2 ? 0 : (span * at) / (count - 1))
    const iso = new Date(START + Math.round(after / 1000)).toISOString().slice(0, 23)
    return STAMPS.reduce((line, [pattern, written]) => line.replace(pattern, written(iso)), text)
  })
  return givenOf(file, `${lines.join('\n')}\n`)
}

/** Both inputs in one, files of one name as one. */
function together(one: Example, other: Example): Example {
  const files = Map.groupBy([...one.given, ...other.given], ({ file }) => file)
  const given = [...files].map(([file, parts]) => ({ file, text: parts.map(({ text }) => text).join('') }))
  return { ...one, given }
}

function givenOf(file: string, text: string): Example {
  return { name: '', given: [{ file, text }], expect: [], position: { file: '', line: 0, column: 0 } }
}

type Measure = Extract<Condition, { kind: 'measure' }>

interface Told {
  readonly role: string
  readonly confidence: number
}

/** What is found of a cause: of several findings the surest. */
async function toldOf(example: Example, cause: Cause): Promise<Told | null> {
  const { findings } = await concludeExample(example, alone(rules, cause))
  const [best] = [...findings].sort((a: Finding, b: Finding) => b.confidence - a.confidence)
  return best === undefined ? null : { role: best.role, confidence: best.confidence }
}

function isOther(a: Told | null, b: Told | null): boolean {
  return a?.role !== b?.role || Math.abs((a?.confidence ?? 0) - (b?.confidence ?? 0)) >= 0.02
}

/** How many different events of a step are tried. */
const EVENTS_TRIED = 5

/** Requests of which all, a third or none have the status that a share counts, as long as it must last and less. */
function requestsOf({ meter, lasting }: Measure): Example[] {
  const status = statusIn(meter.among)
  if (meter.select.signal !== 'http.request' || status === null) return []
  const count = Math.max(meter.atLeast, 20)
  const spans = [meter.over, lasting + meter.over].map((span) => Math.min(span, 60_000_000))
  return [1, 3].flatMap((every) =>
    spans.map((span) => {
      const lines = Array.from({ length: count }, (_, at) => {
        const iso = new Date(START + Math.round((span * at) / count / 1000)).toISOString().slice(11, 23)
        return `${iso} http.request status=${at % every === 0 ? status : 200} duration=20ms`
      })
      return givenOf('facts', `${lines.join('\n')}\n`)
    }),
  )
}

function statusIn(test: Test | null): number | null {
  if (test?.kind === 'in') return Number(test.values[0])
  const isStatus = test?.kind === 'compare' && test.field === 'status' && test.operand.kind === 'value'
  return isStatus ? Number(test.operand.value) : null
}

/** Inputs at and beside the edge of a rule, as far as it counts. */
async function candidates(cause: Cause, { strength, when }: EvidenceRule): Promise<Example[]> {
  return strength === 'against' ? contradicted(cause, when) : candidatesOf(cause, when)
}

async function candidatesOf(cause: Cause, when: Condition): Promise<Example[]> {
  switch (when.kind) {
    case 'count':
      return counted(cause, when.step, spreadsOf(when.step.count, when.within))
    case 'measure':
      return [...requestsOf(when), ...(await measured(cause, when))]
    case 'and':
      return [
        ...(await Promise.all(when.conditions.map((part) => candidatesOf(cause, part)))).flat(),
        ...(await all(cause, when.conditions)),
      ]
    default:
      return []
  }
}

function spreadsOf(least: number, within: number | null): Spread[] {
  const spans =
    within === null ? [0] : [within, within + unitOf(within), within - unitOf(within)].filter((span) => span > 0)
  const counts = [least, least - 1, least + 1].filter((count) => count > 0)
  return counts.flatMap((count) => spans.map((span) => ({ count, span })))
}

async function counted(cause: Cause, step: Step, spreads: readonly Spread[]): Promise<Example[]> {
  if (step.distinct !== undefined || step.count > 40) return []
  const shown = (await shownOf(cause, step)).slice(0, EVENTS_TRIED)
  return shown.flatMap((one) => spreads.map((spread) => exampleOf(one, spread)))
}

/** As many events as a number must pass, or one less, in a second, and one more when that must have lasted; or all the time. */
async function measured(cause: Cause, { meter, value, baseline, lasting }: Measure): Promise<Example[]> {
  if (meter.calculate !== 'count' || baseline !== null || meter.select.signal === 'http.request') return []
  const step: Step = { name: null, count: 1, select: meter.select, by: meter.by }
  const span = lasting + meter.over
  const steady = { count: Math.ceil((span / meter.over) * (value + 1)) + 1, span }
  const spreads = [value + 1, value].map((count) => ({ count, span: SECOND }))
  const last = { count: 1, span: 0, from: SECOND + lasting }
  const [always, first, end] = await Promise.all(
    [[steady], spreads, spreads.map(() => last)].map((some) => counted(cause, step, some)),
  )
  const parted = (first ?? []).flatMap((one, at) => (end ?? []).slice(at, at + 1).map((late) => together(one, late)))
  return [...parted, ...(always ?? [])]
}

/** Of each part what it asks for at least, all in one minute. */
async function all(cause: Cause, parts: readonly Condition[]): Promise<Example[]> {
  let whole: Example[] = [givenOf('facts', '')]
  for (const part of parts) {
    if (part.kind !== 'count') return []
    const { step } = part
    const own = await counted(cause, step, [{ count: step.count, span: Math.min(part.within ?? SPAN, SPAN) }])
    whole = whole.flatMap((before) => own.map((one) => together(before, one)))
  }
  return whole.map((one) => ({ ...one, given: one.given.filter(({ text }) => text !== '') }))
}

const SPAN = 30_000_000

/** What speaks for a cause stands before and after what speaks against it. */
async function contradicted(cause: Cause, when: Condition): Promise<Example[]> {
  if (when.kind !== 'count') return []
  const spreads = spreadsOf(when.step.count, when.within).map((spread) => ({ ...spread, from: MARGIN }))
  const span = (when.within ?? 0) + 4 * MARGIN
  const examples: Example[] = []
  for (const { strength, when: other } of cause.evidence) {
    if (strength === 'against' || other.kind !== 'count') continue
    const own = await counted(cause, other.step, [{ count: Math.max(2, other.step.count), span }])
    const counter = await counted(cause, when.step, spreads)
    examples.push(...own.flatMap((one) => counter.map((against) => together(one, against))))
  }
  return examples
}

const MARGIN = SECOND

interface Edge {
  readonly cause: Cause
  readonly example: Example
  readonly told: Told | null
}

async function edgesOf(cause: Cause): Promise<Edge[]> {
  let left: Mutant[] = mutantsOf(cause)
  const edges: Edge[] = []
  for (const rule of cause.evidence) {
    for (const example of left.length === 0 ? [] : await candidates(cause, rule)) {
      if (left.length === 0) break
      const told = await toldOf(example, cause)
      const unseen: Mutant[] = []
      for (const mutant of left) if (!isOther(told, await toldOf(example, mutant.cause))) unseen.push(mutant)
      if (unseen.length < left.length) edges.push({ cause, example, told })
      left = unseen
    }
  }
  return edges
}

function printed({ cause, example, told }: Edge, number: number): string {
  const given = example.given.map(({ file, text }) => `  given ${file}\n${text.replace(/^(?=.)/gm, '    ')}`).join('')
  const least = ((told?.confidence ?? 0) - 0.01).toFixed(2)
  const most = ((told?.confidence ?? 0) + 0.01).toFixed(2)
  const role = told?.role === 'suspect' ? ' as suspect' : ''
  const expected =
    told === null ? `no ${cause.id}` : `${cause.id}${role} with confidence > ${least}, confidence < ${most}`
  return `example "${cause.id}, edge ${number}"\n${given}  expect ${expected}\n`
}

const blocks: string[] = []
for (const cause of rules.causes) blocks.push(...(await edgesOf(cause)).map((edge, at) => printed(edge, at + 1)))
const heading =
  '# Made by make-edges.ts: at the edge of each count and window stands what holds on this side of it. Each cause is looked at alone.\n'
writeFileSync(EDGES, `${heading}\n${blocks.join('\n')}`)
