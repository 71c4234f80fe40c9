// What a cause means: its clauses put together, each once, with what is not said filled in.
import type { Cause, Combination, EvidenceRule, Remedy, RuleSeverity, Strength } from '../../model/index.ts'
import { nearest } from '../nearest.ts'
import type { StatementKind } from '../syntax/tree.ts'
import { amountValue } from './amounts.ts'
import { readCondition } from './conditions.ts'
import { type CauseDeclaration, clausesOf, type StatementOf } from './declarations.ts'
import type { Scope } from './scope.ts'

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const
const DEFAULT_IMPACT = 5
const DEFAULT_REPORT_FROM = 0.7

export function readCause(declaration: CauseDeclaration, scope: Scope): Cause {
  const { name, complaints, options } = declaration
  const key = readKey(declaration)
  refuseDoubles(declaration)
  return {
    id: name.text,
    title: onlyClause(declaration, 'title')?.text.value ?? missing(declaration, 'title', ''),
    severity: readSeverity(declaration),
    key,
    evidence: readEvidence(declaration, { scope, complaints, key }),
    impact: readImpact(declaration),
    remedy: readRemedy(declaration),
    see: clausesOf(declaration.clauses, 'see').flatMap(({ texts }) => texts.map(({ value }) => value)),
    reportFrom: readReportFrom(declaration),
    ...readCombination(declaration),
    options,
    position: complaints.position(name.at),
  }
}

function onlyClause<K extends StatementKind>({ clauses }: CauseDeclaration, kind: K): StatementOf<K> | undefined {
  return clausesOf(clauses, kind)[0]
}

const ONCE = ['title', 'severity', 'key', 'impact', 'remedy', 'combine', 'report'] as const

function refuseDoubles({ clauses, complaints, name }: CauseDeclaration): void {
  for (const kind of ONCE) {
    for (const { at } of clausesOf(clauses, kind).slice(1)) {
      complaints.error({ code: 'duplicate-name', at, sentence: `\`${name.text}\` has two \`${kind}\` clauses` })
    }
  }
}

/** The value to go on with; complains unless the clause may be one that could not be read. */
function missing<T>({ damaged, complaints, name }: CauseDeclaration, clause: string, instead: T): T {
  if (!damaged) {
    const sentence = `\`${name.text}\` has no \`${clause}\``
    complaints.error({ code: 'missing-clause', at: name.at, sentence })
  }
  return instead
}

function readKey({ clauses, complaints }: CauseDeclaration): readonly string[] {
  const parts = clausesOf(clauses, 'key')[0]?.parts ?? []
  parts.forEach((part, at) => {
    if (!parts.slice(0, at).some((other) => other.text === part.text)) return
    complaints.error({ code: 'duplicate-name', at: part.at, sentence: `\`${part.text}\` stands twice in the key` })
  })
  return parts.map((part) => part.text)
}

function readSeverity(declaration: CauseDeclaration): RuleSeverity {
  const name = onlyClause(declaration, 'severity')?.name
  if (name === undefined) return missing(declaration, 'severity', 'medium')
  const known = SEVERITIES.find((word) => word === name.text)
  if (known !== undefined) return known
  const sentence = `\`${name.text}\` is no severity: ${SEVERITIES.join(' ')}`
  const suggestion = nearest(name.text, SEVERITIES)
  declaration.complaints.error({ code: 'unknown-word', at: name.at, sentence, suggestion })
  return 'medium'
}

function readEvidence(
  declaration: CauseDeclaration,
  reading: Parameters<typeof readCondition>[1],
): readonly EvidenceRule[] {
  const evidence = clausesOf(declaration.clauses, 'evidence').map(({ strength, when }) => ({
    strength: strengthOf(strength),
    when: readCondition(when, reading),
  }))
  if (!declaration.damaged && evidence.every(({ strength }) => strength === 'against')) {
    const { complaints, name } = declaration
    const sentence = `nothing is evidence for \`${name.text}\`: it can never fire`
    complaints.warning({ code: 'never-fires', at: name.at, sentence })
  }
  return evidence
}

function strengthOf(word: string): Strength {
  return word === 'decisive' || word === 'strong' || word === 'against' ? word : 'weak'
}

function readImpact(declaration: CauseDeclaration): number {
  const amount = onlyClause(declaration, 'impact')?.amount
  if (amount === undefined) return DEFAULT_IMPACT
  const { complaints } = declaration
  const value = amountValue(amount, { measures: ['number'], what: 'an impact' }, complaints)
  if (value < 0 || value > 10) {
    complaints.error({ code: 'value', at: amount.at, sentence: 'an impact goes from 0 to 10' })
  }
  return value
}

function readReportFrom(declaration: CauseDeclaration): number {
  const amount = onlyClause(declaration, 'report')?.from
  if (amount === undefined) return DEFAULT_REPORT_FROM
  const { complaints } = declaration
  const value = amountValue(amount, { measures: ['number', 'share'], what: 'a confidence' }, complaints)
  if (value < 0 || value >= 1) {
    complaints.error({ code: 'value', at: amount.at, sentence: 'a confidence lies from 0 to below 1' })
  }
  return value
}

/** Left out where nothing else is said than what holds anyway. */
function readCombination(declaration: CauseDeclaration): { readonly combine?: Combination } {
  const clause = onlyClause(declaration, 'combine')
  if (clause === undefined) return {}
  const { how, perSource: amount } = clause
  const { complaints } = declaration
  const wanted = { measures: ['number', 'share'], what: 'a confidence' } as const
  const perSource = amount === null ? 1 : amountValue(amount, wanted, complaints)
  if (amount !== null && (perSource <= 0 || perSource > 1)) {
    complaints.error({ code: 'value', at: amount.at, sentence: 'what one source may say lies above 0 and up to 1' })
  }
  return how === 'noisy-or' && perSource === 1 ? {} : { combine: { how, perSource } }
}

function readRemedy({ clauses, complaints }: CauseDeclaration): Remedy {
  const parts = clausesOf(clauses, 'remedy')[0]?.parts ?? []
  parts.forEach(({ when }, at) => {
    if (!parts.slice(0, at).some((other) => other.when.text === when.text)) return
    complaints.error({ code: 'duplicate-name', at: when.at, sentence: `\`${when.text}\` stands twice in the remedy` })
  })
  const say = (word: string): string => parts.find(({ when }) => when.text === word)?.text.value ?? ''
  return { now: say('now'), next: say('next'), lasting: say('lasting') }
}
