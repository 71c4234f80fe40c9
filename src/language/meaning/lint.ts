// What is allowed and yet mostly a mistake: things unused, untested, or named that do not exist.
import type { Cause, Example, RuleSet, Signal } from '../../model/index.ts'
import { nearest } from '../nearest.ts'
import type { Complaints } from './complaints.ts'
import { contradictionIn } from './contradiction.ts'
import { type CauseDeclaration, clausesOf, type Declarations } from './declarations.ts'
import { whyNever } from './never.ts'
import { reachOf } from './reach.ts'
import { fieldsOf, type Scope } from './scope.ts'
import { signalsOf } from './signals-of.ts'

export function lint(declarations: Declarations, rules: RuleSet, scope: Scope): void {
  warnDoubles(declarations)
  warnUnused(declarations, scope)
  warnImpossible(declarations, rules)
  const causes = new Map(rules.causes.map((cause) => [cause.id, cause]))
  const signals = new Map(rules.signals.map((signal) => [signal.name, signal]))
  for (const declaration of declarations.causes) {
    const cause = causes.get(declaration.name.text)
    if (cause === undefined || declaration.damaged) continue
    if (!declarations.examples.some(({ damaged }) => damaged)) warnUntested(declaration, rules.examples)
    warnTitle(declaration, cause, scope)
    if (!warnNever(declaration, cause, signals)) warnReach(declaration, cause)
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

function warnUnused({ signals, meters }: Declarations, { used }: Scope): void {
  for (const { statement, complaints } of [...signals, ...meters]) {
    if (used.has(statement.name.text)) continue
    const { text, at } = statement.name
    const sentence = `nothing uses the ${statement.kind} \`${text}\``
    complaints.warning({ code: 'unused-signal', at, sentence })
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

/** Says which evidence can never hold; whether that is all there is. */
function warnNever(
  { clauses, complaints, name }: CauseDeclaration,
  { evidence }: Cause,
  signals: ReadonlyMap<string, Signal>,
): boolean {
  const reasons = evidence.map(({ when }) => whyNever(when, signals))
  for (const [at, clause] of clausesOf(clauses, 'evidence').entries()) {
    const reason = reasons[at] ?? null
    if (reason === null) continue
    complaints.warning({ code: 'never-fires', at: clause.at, sentence: `this evidence can never hold: ${reason}` })
  }
  const isSilent = evidence.every(({ strength }, at) => strength === 'against' || reasons[at] !== null)
  if (!isSilent || evidence.every(({ strength }) => strength === 'against')) return isSilent
  const sentence = `none of the evidence for \`${name.text}\` can hold: it can never fire`
  complaints.warning({ code: 'never-fires', at: name.at, sentence })
  return true
}

/** What is said from one file alone may never be enough; whoever bounds it means that. */
function warnReach({ complaints, name }: CauseDeclaration, cause: Cause): void {
  const { one, all } = reachOf(cause)
  const { reportFrom, combine } = cause
  const isMeant = combine !== undefined && combine.perSource < 1
  if (one >= reportFrom || (all >= reportFrom && isMeant)) return
  const [sure, wanted] = [one, reportFrom].map((value) => value.toFixed(2))
  const sentence =
    all < reportFrom
      ? `\`${name.text}\` can never be a root cause: its evidence comes to ${sure} at most, \`report from\` wants ${wanted}`
      : `\`${name.text}\` is a root cause only where several files tell of it: one comes to ${sure} at most, \`report from\` wants ${wanted}`
  complaints.warning({
    code: 'never-reported',
    at: name.at,
    sentence,
  })
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
