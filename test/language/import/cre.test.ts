import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { importCre, parseRules } from '../../../src/language/index.ts'

const document = (rule: string, more = '') => `rules:
  - cre:
      id: CRE-2025-0001
      severity: 1
      title: A thing is wrong
      impactScore: 8
      mitigation: Restart it.
      references: [https://example.com/a]
    rule:
${rule.replace(/^/gm, '      ')}
${more}`

/** The conditions that a rule becomes, as pattern text. */
async function conditions(rule: string, more = ''): Promise<readonly string[]> {
  const { text, problems } = await importCre(document(rule, more), 'a.yaml')
  assert.deepEqual(problems, [])
  return [...text.matchAll(/decisive when ([\s\S]*?)(?=\n {2}\w)/g)].map(([, condition = '']) =>
    condition.replace(/\s+/g, ' '),
  )
}

const check = async (rule: string, ...expected: readonly string[]) => {
  const found = await conditions(rule)
  assert.deepEqual(
    found.map((condition) => condition.replaceAll('cre-2025-0001.', 't')),
    expected,
    rule,
  )
}

async function refuse(rule: string, sentence: string): Promise<void> {
  const { text, problems } = await importCre(document(rule), 'a.yaml')
  assert.equal(text, '')
  assert.deepEqual(
    problems.map((problem) => `${problem.code}: ${problem.sentence}`),
    [`foreign-rule: ${sentence}`],
    rule,
  )
}

test('a rule becomes a cause with its metadata', async () => {
  const { text } = await importCre(document('set:\n  match:\n    - value: boom "now"'), 'a.yaml')
  const { rules } = await parseRules([{ file: 'a', text }])
  const [cause] = rules.causes
  assert.equal(cause?.id, 'cre.cre-2025-0001')
  assert.equal(cause.title, 'A thing is wrong')
  assert.equal(cause.severity, 'high')
  assert.equal(cause.impact, 8)
  assert.equal(cause.remedy.now, 'Restart it.')
  assert.deepEqual(cause.see, ['https://example.com/a'])
  assert.deepEqual(cause.options, { orderLoose: true, useEachOnce: true, assumeAbsent: true })
  assert.deepEqual(rules.signals[0]?.literals, [
    { text: 'boom "now', anyCase: false },
    { text: 'boom ""', anyCase: false },
    { text: 'boom \\', anyCase: false },
  ])
})

test('sets are counts or any order, sequences keep their order', async () => {
  await check('set:\n  match: [a thing]', 't1')
  await check('set:\n  window: 10s\n  match: [{value: one, count: 3}]', '3 t1 within 10s')
  await check('set:\n  window: 1m30s\n  match: [one, two, one]', 'all within 90s of 2 t1, t2')
  await check(
    'sequence:\n  window: 5s\n  order: [one, {regex: "t.o", count: 2}]',
    'sequence within 5s s1: t1 then s2: 2 t2',
  )
})

test('negations forbid an interval bound to named events', async () => {
  const rule = (options: string) => `sequence:\n  window: 30s\n  order: [one, two]\n  negate: [{value: stop${options}}]`
  const guarded = (bounds: string) => `sequence within 30s s1: t2 then s2: t3 without t1 from ${bounds}`
  await check(rule(''), guarded('s1 to s2'))
  await check(rule(', window: 15s'), guarded('s1 to s2 + 15s'))
  await check(rule(', window: 15s, absolute: true'), guarded('s1 to s1 + 15s'))
  await check(rule(', slide: -9s'), guarded('s1 - 9s to s2 - 9s'))
  await check(rule(', anchor: 1, window: 15s'), guarded('s2 to s2 + span + 15s'))
})

test('a set with a negation is each of its orders', async () => {
  await check(
    'set:\n  window: 5s\n  match: [one, two]\n  negate: [stop]',
    'sequence within 5s s1: t2 then s2: t3 without t1 from s1 to s2',
    'sequence within 5s s1: t3 then s2: t2 without t1 from s1 to s2',
  )
})

test('a line may be all terms of a set, and is one step of a sequence', async () => {
  const options = async (rule: string) => (await importCre(document(rule), 'a')).text.match(/^ *options (.*)$/m)?.[1]
  assert.equal(
    await options('set:\n  window: 5s\n  match: [one, two]'),
    'order loose, use each once, at end assume absent',
  )
  assert.equal(await options('sequence:\n  window: 5s\n  order: [one, two]'), 'use each once, at end assume absent')
})

test('a set of six terms may have a negation', async () => {
  const set = (terms: string) => `set:\n  window: 5s\n  match: [${terms}]\n  negate: [stop]`
  assert.equal((await conditions(set('a, b, c, d, e, f'))).length, 720)
  await refuse(set('a, b, c, d, e, f, g'), 'a negation of so large a set cannot be honoured')
})

test('repeated steps with a negation are counted, and the interval goes to the last of them', async () => {
  await check(
    'sequence:\n  window: 30s\n  order: [one, {value: two, count: 9}, two]\n  negate: [stop]',
    'sequence within 30s s1: t2 then s2: 10 t3 without t1 from s1 to s1 + span',
  )
})

test('named terms stand for what they name', async () => {
  const found = await conditions(
    'sequence:\n  window: 5s\n  order: [a, b]',
    'terms:\n  a: {value: one, count: 2}\n  b: {regex: two}',
  )
  assert.deepEqual(found, ['sequence within 5s s1: 2 cre-2025-0001.1 then s2: cre-2025-0001.2'])
})

test('named terms of a negation bring its options', async () => {
  const found = await conditions(
    'sequence:\n  window: 5s\n  order: [a, b]\n  negate: [c]',
    'terms:\n  c: {value: stop, window: 3s, absolute: true}',
  )
  assert.match(found[0] ?? '', /from s1 to s1 \+ 3s$/)
})

test('a file may hold several documents', async () => {
  const { text, problems } = await importCre(
    `${document('set:\n  match: [one]')}---\n${document('set:\n  match: [two]').replace('0001', '0002')}`,
    'a',
  )
  assert.deepEqual(problems, [])
  assert.deepEqual([...text.matchAll(/^cause .*/gm)].map(String), [
    'cause cre.cre-2025-0001',
    'cause cre.cre-2025-0002',
  ])
})

test('what cannot be honoured is refused with its name', async () => {
  await refuse('set:\n  match: [one, two]', 'several terms want a `window`')
  await refuse('set:\n  window: 5s\n  match: [one]', 'one term alone has no `window`')
  await refuse('sequence:\n  window: 5s\n  order: [one]', 'a sequence has two steps or more')
  await refuse('sequence:\n  window: 5s\n  match: [one, two]', '`match` cannot be honoured')
  await refuse('set:\n  match: [{set: {match: [one]}}]', '`set` cannot be honoured')
  await refuse('set:\n  match: [{jq: ".a | length"}]', 'this jq filter cannot be honoured')
  await refuse('set:\n  window: 5x\n  match: [one, two]', '`5x` is no duration')
  await refuse('set:\n  window: 5d\n  match: [one, two]', '`5d` is no duration')
  await refuse('set:\n  match: [{regex: "a\\\\pL"}]', '`\\p` is not read alike everywhere')
  await refuse(
    'sequence:\n  window: 5s\n  order: [one, two]\n  negate: [{value: x, anchor: 2}]',
    '`anchor: 2` is none of the 2 events',
  )
})

test('broken YAML and other documents are problems with a place', async () => {
  const { problems } = await importCre('rules:\n  - [', 'a.yaml')
  assert.equal(problems[0]?.code, 'foreign-rule')
  assert.equal(problems[0]?.line, 2)
  assert.equal((await importCre('text', 'a.yaml')).problems[0]?.sentence, 'a CRE document is no mapping')
  assert.equal((await importCre('', 'a.yaml')).problems[0]?.sentence, 'there is no CRE document')
  assert.equal((await importCre('a: 1', 'a.yaml')).problems[0]?.sentence, 'the document has no rules')
})

const corpus = new URL('../../../../shared/corpora/cre/', import.meta.url)
const skip = existsSync(corpus) ? false : 'the corpus of CRE rules is not here'

test('every rule of the corpus is taken, and the literals of its signals are in the lines they match', {
  skip,
}, async () => {
  for (const folder of readdirSync(corpus).filter((name) => name.startsWith('cre-'))) {
    const [yaml = ''] = readdirSync(new URL(`${folder}/`, corpus)).filter((name) => /\.ya?ml$/.test(name))
    const { text, problems } = await importCre(readFileSync(new URL(`${folder}/${yaml}`, corpus), 'utf8'), yaml)
    assert.deepEqual(problems, [], folder)
    const { rules } = await parseRules([{ file: folder, text }])
    const lines = readFileSync(new URL(`${folder}/test.log`, corpus), 'utf8')
      .split('\n')
      .slice(0, 200)
    for (const { where, literals } of rules.signals) {
      const [asked] = where?.kind === 'or' ? where.tests : []
      if (asked?.kind !== 'pattern') continue
      const matching = lines.filter((line) => new RegExp(asked.source, asked.anyCase ? 'i' : '').test(line))
      for (const line of matching) {
        const has = literals.some(({ text, anyCase }) =>
          anyCase ? line.toLowerCase().includes(text.toLowerCase()) : line.includes(text),
        )
        assert.ok(has, `${folder}: ${line.slice(0, 200)}`)
      }
    }
  }
})
