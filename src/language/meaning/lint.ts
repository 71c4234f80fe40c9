// What is allowed and yet mostly a mistake: things unused, untested, or named that do not exist.
import type { Cause, Condition, Example, RuleSet } from '../../model/index.ts'
import { nearest } from '../nearest.ts'
import type { Complaints } from './complaints.ts'
import { contradictionIn } from './contradiction.ts'
import { type CauseDeclaration, clausesOf, type Declarations } from './declarations.ts'
import { fieldsOf, type Scope } from './scope.ts'

export function lint(declarations: Declarations, rules: RuleSet, scope: Scope): void {
  warnDoubles(declarations)
  warnUnused(declarations, scope)
  warnImpossible(declarations, rules)
  const causes = new Map(rules.causes.map((cause) => [cause.id, cause]))
  for (const declaration of declarations.causes) {
    const cause = causes.get(declaration.name.text)
    if (cause === undefined || declaration.damaged) continue
    if (!declarations.examples.some(({ damaged }) => damaged)) warnUntested(declaration, rules.examples)
    warnTitle(declaration, cause, scope)
  }
}

function warnDoubles({ signals, meters, causes, examples }: Declarations): void {
  const named = [
    ...signals.map(({ statement, complaints }) => ({ what: 'signals', ...statement.name, complaints })),
    ...meters.map(({ statement, complaints }) => ({ what: 'meters', ...statement.name, complaints })),
    ...causes.map(({ name, complaints }) => ({ what: 'causes', ...name, complaints })),
    ...examples.map(({ name, complaints }) => ({ what: 'examples', text: name.value, at: name.at, complaints })),
  ]
  const seen = new Map<string, Complaints>()
  for (const { what, text, at, complaints } of named) {
    const double = seen.has(`${what} ${text}`)
    seen.set(`${what} ${text}`, complaints)
    if (double) complaints.error({ code: 'duplicate-name', at, sentence: `two ${what} are named \`${text}\`` })
  }
}

function warnUnused({ signals }: Declarations, { used }: Scope): void {
  for (const { statement, complaints } of signals) {
    if (used.has(statement.name.text)) continue
    const { text, at } = statement.name
    complaints.warning({ code: 'unused-signal', at, sentence: `nothing uses the signal \`${text}\`` })
  }
}

/** What asks one field for two things at once is true of no event. */
function warnImpossible({ signals, causes }: Declarations, rules: RuleSet): void {
  const signalTests = new Map(rules.signals.map(({ name, where }) => [name, contradictionIn(where)]))
  const causeTests = new Map(rules.causes.map(({ id, evidence }) => [id, contradictionIn(evidence)]))
  const named = [
    ...signals.map(({ statement, complaints }) => ({ ...statement.name, complaints, fields: signalTests })),
    ...causes.map(({ name, complaints }) => ({ ...name, complaints, fields: causeTests })),
  ]
  for (const { text, at, complaints, fields } of named) {
    const field = fields.get(text) ?? null
    if (field === null) continue
    const sentence = `\`${text}\` asks \`${field}\` for two things at once: it can never be so`
    complaints.warning({ code: 'never-fires', at, sentence })
  }
}

function warnUntested({ name, complaints }: CauseDeclaration, examples: readonly Example[]): void {
  const expected = examples.flatMap(({ expect }) => expect).filter(({ cause }) => cause === name.text)
  if (!expected.some(({ kind }) => kind !== 'no')) {
    const sentence = `no example shows \`${name.text}\``
    complaints.warning({ code: 'no-example', at: name.at, sentence })
  }
  if (!expected.some(({ kind }) => kind === 'no')) {
    const sentence = `no near miss leaves \`${name.text}\` silent`
    complaints.warning({ code: 'no-near-miss', at: name.at, sentence, suggestion: `\`expect no ${name.text}\`` })
  }
}

/** A title names parts of the key and what its evidence captures. */
function warnTitle({ clauses, complaints }: CauseDeclaration, cause: Cause, scope: Scope): void {
  const text = clausesOf(clauses, 'title')[0]?.text
  if (text === undefined) return
  const fields = signalsOf(cause.evidence.map(({ when }) => when)).map((signal) => fieldsOf(signal, scope))
  const known = new Set([...cause.key, ...fields.flatMap((one) => Object.keys(one?.types ?? {}))])
  for (const [whole, part = ''] of text.value.matchAll(/\{(\w+)\}/g)) {
    if (known.has(part)) continue
    const sentence = `the title names \`${whole}\`, which neither the key nor its evidence has`
    complaints.warning({ code: 'unknown-title-part', at: text.at, sentence, suggestion: nearest(part, known) })
  }
}

/** Signals and kinds of facts that conditions look at. */
export function signalsOf(conditions: readonly Condition[]): readonly string[] {
  return [...new Set(conditions.flatMap(signalsIn))]
}

function signalsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.flatMap(signalsIn)
    case 'count':
      return [condition.step.select.signal]
    case 'all':
      return condition.steps.map(({ select }) => select.signal)
    case 'sequence':
      return [...condition.steps, ...condition.without.map(({ step }) => step)].map(({ select }) => select.signal)
    case 'measure':
    case 'trend':
      return [condition.meter.select.signal]
    case 'fact':
      return [condition.select.signal]
    default:
      return condition satisfies never
  }
}
