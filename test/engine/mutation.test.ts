// Rules with one thing wrong: for every shipped cause some slip of the pen must turn one of its examples red.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runExample } from '../../src/examples.ts'
import type { Cause, Example, Expectation } from '../../src/model/index.ts'
import { readRules } from '../../src/rules.ts'
import { CROWDS } from './crowds.ts'
import { EDGES, EVIDENCE } from './edges.ts'
import { alone, type Mutant, mutantsOf } from './mutants.ts'

const { rules } = await readRules({ paths: [EDGES, EVIDENCE], shipped: true })
const all: readonly Example[] = [...rules.examples, ...CROWDS]

/** Of all slips this share must be seen. All are where make-edges.ts ran after the last change of a rule. */
const SEEN = 0.95

/** What the examples expect of the cause, as far as it holds where the cause stands alone. */
async function examplesOf(cause: Cause): Promise<Example[]> {
  const examples: Example[] = []
  for (const example of all) {
    const expect: Expectation[] = []
    for (const one of example.expect.filter((expectation) => expectation.cause === cause.id))
      expect.push(...(await holding(one, example, cause)))
    if (expect.length > 0) examples.push({ ...example, expect })
  }
  return examples
}

/** A symptom has nothing to be a symptom of: it is a finding or a suspect then. */
async function holding(expectation: Expectation, example: Example, cause: Cause): Promise<Expectation[]> {
  const kinds = expectation.kind === 'symptom' ? (['finding', 'suspect'] as const) : [expectation.kind]
  for (const kind of kinds) {
    const one = { ...expectation, kind, of: null }
    const { failures } = await runExample({ ...example, expect: [one] }, alone(rules, cause))
    if (failures.length === 0) return [one]
  }
  return []
}

async function isSeen(mutant: Mutant, examples: readonly Example[]): Promise<boolean> {
  for (const example of examples) {
    const { failures } = await runExample(example, alone(rules, mutant.cause))
    if (failures.length > 0) return true
  }
  return false
}

for (const example of [...rules.examples.filter(({ position }) => position.file === EVIDENCE), ...CROWDS]) {
  test(example.name, async () => {
    const { failures } = await runExample(example, rules)
    assert.deepEqual(failures, [])
  })
}

const survivors: string[] = []
let made = 0

for (const cause of rules.causes) {
  test(`${cause.id}: an example tells the rule from a slip`, async (context) => {
    const examples = await examplesOf(cause)
    const mutants = mutantsOf(cause)
    const unseen: string[] = []
    for (const mutant of mutants) if (!(await isSeen(mutant, examples))) unseen.push(mutant.name)
    survivors.push(...unseen)
    made += mutants.length
    context.diagnostic(`${mutants.length - unseen.length} of ${mutants.length} slips are seen`)
    assert.ok(unseen.length < mutants.length, `all pass: ${unseen.join('; ')}`)
  })
}

test('most slips of strength, count and evidence are seen', () => {
  assert.ok(made - survivors.length >= SEEN * made, `${survivors.length} of ${made} are not:\n${survivors.join('\n')}`)
})
