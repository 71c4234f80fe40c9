// A text is found in evidence and events: part of a word, in any script, however short.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Analysis, Evidence } from '../../src/model/index.ts'
import { createStore, openStore } from '../../src/store/index.ts'
import { analysis, event, folder, lineEvidence, root } from './sample.ts'

const quoting = (...excerpts: string[]): Analysis => {
  const evidence: Evidence[] = excerpts.map((excerpt, at) => ({
    ...lineEvidence,
    excerpt,
    place: { kind: 'line', line: at + 1, lineEnd: at + 1, offset: at * 100, length: 10, digest: 1 },
  }))
  return { ...analysis, conclusion: { ...analysis.conclusion, findings: [{ ...root, evidence }], links: [] } }
}

function finder(file: string) {
  return (term: string) => {
    const store = openStore(file)
    const lines = [...store.search(term).rows].map((row) => row[2])
    store.close()
    return lines
  }
}

test('terms of any length and script are found', (t) => {
  const file = join(folder(t), 'a.db')
  createStore(file).finish(
    quoting('connect ECONNREFUSED', '数据库连接被拒绝', '100% of "it"', 'a_b', 'aXb', 'ÄRGER'),
    [],
    [0, 1],
  )
  const find = finder(file)
  const check = (term: string, ...lines: number[]) => assert.deepEqual(find(term), lines, term)
  check('REFUSED', 1)
  check('refused', 1)
  check('连接被', 2)
  check('连接被拒绝', 2)
  check('拒绝', 2)
  check('库', 2)
  check('0%', 3)
  check('of "it"', 3)
  check('"i', 3)
  check('_', 4)
  check('a_b', 4)
  check('ärger', 6)
  check('absent')
  check("'; DROP TABLE evidence; --")
  check('connect OR absent')
})

test('events are found too, and once where they are evidence', (t) => {
  const file = join(folder(t), 'a.db')
  const writer = createStore(file)
  writer.event(event)
  writer.event({
    ...event,
    excerpt: 'pool exhausted',
    body: 'pool',
    detail: 'waiting=7',
    place: { kind: 'line', line: 99, lineEnd: 99, offset: 5000, length: 10, digest: 1 },
  })
  writer.finish(analysis, [], [0, 1])
  const find = finder(file)
  assert.deepEqual(find('exhausted'), [99])
  assert.deepEqual(find('waiting=7'), [99])
  assert.deepEqual(find('TCP.<anonymous>'), [12, 12])
})

test('what a bundle quoted before it was analysed again is not found any more', (t) => {
  const file = join(folder(t), 'a.db')
  createStore(file).finish({ ...quoting('elsewhere'), bundle: { paths: [], sha256: 'bb', kinds: [] } }, [], [0, 1])
  createStore(file).finish(quoting('before'), [], [0, 1])
  createStore(file).finish(quoting('later', 'and more'), [], [0, 1])
  const find = finder(file)
  assert.deepEqual([find('before'), find('later'), find('elsewhere')], [[], [1], [1]])
})
