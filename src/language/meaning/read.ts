// From written statements to rules: names resolved, types checked, literals read off, everything frozen.
import type { RuleSet } from '../../model/index.ts'
import type { Problem } from '../problem.ts'
import type { Reading } from '../syntax/read.ts'
import { readCause } from './causes.ts'
import { createComplaints } from './complaints.ts'
import { gather } from './declarations.ts'
import { readExample } from './examples.ts'
import { readExplains } from './explains.ts'
import { lint } from './lint.ts'
import { readMeter } from './meters.ts'
import { createScope } from './scope.ts'
import { readSignal } from './signals.ts'

export interface ReadFile extends Reading {
  readonly file: string
  readonly text: string
}

/** @param formats names of the formats logs are read in; null where they are not known */
export function readRules(
  files: readonly ReadFile[],
  formats: readonly string[] | null = null,
): {
  readonly rules: RuleSet
  readonly problems: readonly Problem[]
} {
  const sources = files.map(({ file, text, statements, mistakes }) => {
    const complaints = createComplaints(file, text)
    for (const mistake of mistakes) complaints.error(mistake)
    return { statements, complaints }
  })
  const declarations = gather(sources)
  const scope = createScope(declarations, formats)
  const rules: RuleSet = {
    meters: declarations.meters.map(
      ({ statement, complaints }) => readMeter(statement.meter, statement.name.text, { scope, complaints }).meter,
    ),
    signals: declarations.signals.map((signal) => readSignal(signal, scope)),
    causes: declarations.causes.map((cause) => readCause(cause, scope)),
    explains: readExplains(declarations.explains, scope),
    examples: declarations.examples.map((example) => readExample(example, scope)),
  }
  lint(declarations, rules, scope)
  return { rules: freeze(rules), problems: sources.flatMap(({ complaints }) => inOrder(complaints.problems)) }
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}
