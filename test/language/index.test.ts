import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatProblem, parseRules } from '../../src/language/index.ts'

const manual = readFileSync(new URL('../../grammars/README.md', import.meta.url), 'utf8')
const blocks = [...manual.matchAll(/^```\n([\s\S]*?)^```/gm)].map(([, block = '']) => block)

/** What the manual's examples name and do not show. */
const elsewhere = `
signal process_stats from log where message has "rss={rss:size}"
signal process_restarted from log where message has "restarted"
signal helm_version from log where message has "helm {version:word}"
`
const causes = [
  'network.refused key server, port',
  'database.unreachable key server, port',
  'cache.unreachable key server, port',
  'upstream.bad-gateway key server',
  'overload.server-busy key source',
  'process.crash-loop key unit',
  'memory.oom-killed key process',
].map(
  (head) =>
    `cause ${head} title "t" severity low weak when capture.gap by ${head.replace(/.* key /, '').replace(/\w+/g, '_')}\n`,
)

test('every example of the manual is read without a problem', async () => {
  assert.ok(blocks.length >= 6)
  const inCause = blocks.map((block) =>
    /^ {2}\w/.test(block) ? `cause manual.part title "t" severity low key server, port\n${block}` : block,
  )
  const text = [...inCause, elsewhere, ...causes].join('\n')
  const { problems } = await parseRules([{ file: 'README.md', text }])
  const errors = problems.filter(({ severity }) => severity === 'error')
  assert.deepEqual(
    errors.map((problem) => formatProblem(problem, text)),
    [],
  )
})

test('files are read together and each problem names its own', async () => {
  const { rules, problems } = await parseRules([
    { file: 'b.fault', text: 'cause a.b title "t" severity low weak when s' },
    { file: 'a.fault', text: 'signal s from log where message has "segfault"\nsignal t frm log' },
  ])
  assert.equal(rules.signals.length, 1)
  assert.deepEqual(
    problems
      .filter(({ severity }) => severity === 'error')
      .map(({ file, line, column }) => `${file}:${line}:${column}`),
    ['a.fault:2:10'],
  )
})

test('broken text is no second mistake for what names it', async () => {
  const text =
    'signal s from lgo where message hsa "x"\ncause a.b title "t" severity low weak when 2 s\nexplain a.b by a.c within 1m\ncause a.c titel "t"'
  const { problems } = await parseRules([{ file: 'a', text }])
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error').map(({ line, code }) => `${line} ${code}`),
    ['1 syntax', '4 syntax'],
  )
})

const valid = blocks.join('\n')

/** Every problem lies in the text. */
async function readsCalmly(text: string): Promise<void> {
  const { problems } = await parseRules([{ file: 'a', text }])
  const lines = text.split('\n')
  for (const problem of problems) {
    assert.ok(problem.line >= 1 && problem.line <= lines.length, `line ${problem.line} of ${lines.length}`)
    assert.ok(problem.column >= 1 && problem.column <= (lines[problem.line - 1]?.length ?? 0) + 1)
    formatProblem(problem, text)
  }
}

test('no text makes the parser throw', async () => {
  const sign = fc.constantFrom(...'abc {}[]()/\\"\'#~=<>!+-*?.,:_%\n\t0159é服'.split(''))
  const words = fc.constantFrom(
    'signal',
    'from log',
    'where',
    'cause',
    'title',
    '"t{a:int}"',
    'key',
    'weak when',
    '3',
    'given x',
    'by',
    '/a+/',
    'within 1m',
    'explain',
    'and',
    '(',
    ')',
    ',',
    '>',
  )
  const anything = fc.oneof(
    fc.string(),
    fc.array(sign).map((signs) => signs.join('')),
    fc.array(words).map((list) => list.join(' ')),
    fc.array(words).map((list) => list.join('\n')),
  )
  await fc.assert(fc.asyncProperty(anything, readsCalmly), { numRuns: 300 })
})

test('no change of valid text makes the parser throw', async () => {
  const change = fc.record({ at: fc.nat(valid.length), cut: fc.nat(30), insert: fc.string({ maxLength: 6 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) =>
      readsCalmly(
        changes.reduce((text, { at, cut, insert }) => text.slice(0, at) + insert + text.slice(at + cut), valid),
      ),
    ),
    { numRuns: 150 },
  )
})
