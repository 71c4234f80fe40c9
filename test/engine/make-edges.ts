// Writes edges.fault: examples at the edge of every count and window of the shipped rules, made of lines that other examples show.
import { writeFileSync } from 'node:fs'
import { concludeExample } from '../../src/examples.ts'
import type { Cause, Condition, Example, Finding, Step, Test } from '../../src/model/index.ts'
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
  [/01\/Mar\/2025:\d\d:\d\d:\d\d/g, (iso) => `01/Mar/2025:${iso.slice(11, 19)}`],
  [/Mar {1,2}1 \d\d:\d\d:\d\d/g, (iso) => `Mar  1 ${iso.slice(11, 19)}`],
  [/^\d\d:\d\d:\d\d(?:\.\d+)?/g, (iso) => iso.slice(11)],
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

/** So many events over so long, both ends included, each at its own time. */
function exampleOf({ file, text }: Shown, count: number, span: number): Example {
  const lines = Array.from({ length: count }, (_, at) => {
    const after = count < 2 ? 0 : Math.round((span * at) / (count - 1) / 1000)
    const iso = new Date(START + after).toISOString().slice(0, 23)
    return STAMPS.reduce((line, [pattern, written]) => line.replace(pattern, written(iso)), text)
  })
  return givenOf(file, `${lines.join('\n')}\n`)
}

function givenOf(file: string, text: string): Example {
  return { name: '', given: [{ file, text }], expect: [], position: { file: '', line: 0, column: 0 } }
}

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
const EVENTS_TRIED = 3

/** Requests of which all, a third or none have the status that a share counts, as long as it must last and less. */
function requestsOf({ meter, lasting }: Extract<Condition, { kind: 'measure' }>): Example[] {
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

/** Inputs at and beside the edge of a counting rule. */
async function candidates(cause: Cause, when: Condition): Promise<Example[]> {
  if (when.kind === 'measure') return requestsOf(when)
  if (when.kind === 'and') return (await Promise.all(when.conditions.map((part) => candidates(cause, part)))).flat()
  if (when.kind !== 'count' || when.step.distinct !== undefined) return []
  const { step, within } = when
  if (step.count > 40) return []
  const shown = (await shownOf(cause, step)).slice(0, EVENTS_TRIED)
  const spans =
    within === null ? [0] : [within, within + unitOf(within), within - unitOf(within)].filter((span) => span > 0)
  const counts = [step.count, step.count - 1, step.count + 1].filter((count) => count > 0)
  return shown.flatMap((one) => counts.flatMap((count) => spans.map((span) => exampleOf(one, count, span))))
}

interface Edge {
  readonly cause: Cause
  readonly example: Example
  readonly told: Told | null
}

async function edgesOf(cause: Cause): Promise<Edge[]> {
  let left: Mutant[] = mutantsOf(cause)
  const edges: Edge[] = []
  for (const { when } of cause.evidence) {
    for (const example of await candidates(cause, when)) {
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
