// What an example means: the files it gives and the findings it expects.
import type { Example, Expectation, Test } from '../../model/index.ts'
import { FACTS } from '../facts.ts'
import { nearest } from '../nearest.ts'
import type { Expected, Name, TestNode } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'
import { clausesOf, type ExampleDeclaration, type StatementOf } from './declarations.ts'
import { checkCause } from './explains.ts'
import { findingFields } from './fields.ts'
import { fieldsOf, type Scope } from './scope.ts'
import { readTest } from './tests.ts'

export function readExample({ name, clauses, complaints, damaged }: ExampleDeclaration, scope: Scope): Example {
  const given = clausesOf(clauses, 'given')
  const expect = clausesOf(clauses, 'expect')
  if (!damaged && given.length === 0) {
    complaints.error({ code: 'missing-clause', at: name.at, sentence: 'this example gives nothing' })
  }
  if (!damaged && expect.length === 0) {
    complaints.error({ code: 'missing-clause', at: name.at, sentence: 'this example expects nothing' })
  }
  for (const block of given) if (block.file === 'facts') checkFacts(block, scope, complaints)
  return {
    name: name.value,
    given: given.map(({ file, text }) => ({ file, text })),
    expect: expect.map(({ expected }) => readExpected(expected, scope, complaints)),
    position: complaints.position(name.at),
  }
}

function readExpected(expected: Expected, scope: Scope, complaints: Complaints): Expectation {
  switch (expected.kind) {
    case 'nothing-else':
      return { kind: 'nothing-else', cause: '', of: null, where: null }
    case 'no':
      checkCause(expected.cause, scope, complaints)
      return { kind: 'no', cause: expected.cause.text, of: null, where: null }
    case 'finding':
    case 'symptom':
    case 'suspect':
      checkCause(expected.cause, scope, complaints)
      if (expected.of !== null) checkCause(expected.of, scope, complaints)
      return {
        kind: expected.kind,
        cause: expected.cause.text,
        of: expected.of?.text ?? null,
        where: readFindingTests(expected.where, expected.cause, { scope, complaints }),
      }
    default:
      return expected satisfies never
  }
}

function readFindingTests(
  nodes: readonly TestNode[],
  cause: Name,
  { scope, complaints }: { readonly scope: Scope; readonly complaints: Complaints },
): Test | null {
  const key = scope.causes.get(cause.text)
  const fields = findingFields(cause.text, key ?? [])
  const known = key === undefined ? { ...fields, open: true } : fields
  const tests = nodes.map((node) => readTest(node, known, complaints)).flatMap(conjuncts)
  const [first] = tests
  if (first === undefined) return null
  return tests.length === 1 ? first : { kind: 'and', tests }
}

function conjuncts(test: Test): readonly Test[] {
  return test.kind === 'and' ? test.tests.flatMap(conjuncts) : [test]
}

/** Each line of `given facts`: time, kind, `name=value` pairs. */
function checkFacts({ text, at }: StatementOf<'given'>, scope: Scope, complaints: Complaints): void {
  for (const line of text.split('\n').filter((given) => given.trim() !== '')) {
    const [, kind = '', ...pairs] = line.trim().split(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    if (!Object.hasOwn(FACTS, kind)) {
      const sentence = `\`${line.trim()}\` states no known kind of fact: time, kind, \`name=value\` …`
      complaints.error({ code: 'unknown-signal', at, sentence, suggestion: nearest(kind, Object.keys(FACTS)) })
      continue
    }
    const types = fieldsOf(kind, scope)?.types ?? {}
    for (const pair of pairs) {
      const [field = ''] = pair.split('=', 1)
      if (pair.includes('=') && Object.hasOwn(types, field)) continue
      const sentence = `\`${kind}\` has no field \`${field}\``
      complaints.error({ code: 'unknown-field', at, sentence, suggestion: nearest(field, Object.keys(types)) })
    }
  }
}
