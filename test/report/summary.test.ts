import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadSummarySchema, summarise } from '../../src/report/index.ts'
import { analysis, HOSTILE, healthy, saying } from './sample.ts'

test('the first finding is the first given, with its links both ways', () => {
  const [root, symptom] = summarise(analysis).findings
  assert.equal(root?.cause, 'network.filtered')
  assert.deepEqual(root?.explains, ['du-01'])
  assert.deepEqual(root?.explained_by, [])
  assert.deepEqual(symptom?.explained_by, ['nf-01'])
  assert.deepEqual(symptom?.explains, ['sb-01'])
})

test('evidence says path, line range or packet, bytes and time', () => {
  const evidence = summarise(analysis).findings[0]?.evidence ?? []
  const { excerpt, ...stack } = evidence[4] ?? { excerpt: '' }
  assert.match(excerpt, /^2025-03-01T18:00:05\.117\+08:00 ERROR/)
  assert.deepEqual(stack, {
    source: 'support-0417.tar.gz!logs/register.log',
    line: 1042,
    line_end: 1048,
    packet: null,
    offset: 118220,
    length: 118,
    time: '2025-03-01T10:00:05.117Z',
    role: 'trigger',
  })
  assert.equal(evidence[0]?.packet, 812)
  assert.equal(evidence[0]?.line, null)
})

test('clocks give their shift in milliseconds', () => {
  const capture = summarise(analysis).bundle.sources[1]
  assert.deepEqual(capture?.clock, { zone: 'UTC', quality: 'exact', offset_ms: 1200 })
})

test('what could not be read and what is clean are listed', () => {
  const { problems, checks } = summarise(analysis)
  assert.deepEqual(problems[1], {
    source: 'support-0417.tar.gz!net/old.pcap',
    code: 'capture-cut',
    offset: 65488,
    detail: 'The capture ends within packet 115; the packets before it were read.',
  })
  assert.deepEqual(checks[0], { cause: 'auth.invalid-client', state: 'clean', examined: 9120 })
})

test('the schema holds for the sample, a healthy bundle and hostile text', async () => {
  const { summarySchema } = await loadSummarySchema()
  const reports = [analysis, healthy.analysis, ...HOSTILE.slice(0, -1).map((text) => saying(text).analysis)]
  for (const one of reports) summarySchema.parse(summarise(one))
})

test('the published schema names every part of the summary', async () => {
  const { jsonSchema } = await loadSummarySchema()
  assert.deepEqual(jsonSchema.required, [
    'format',
    'run',
    'bundle',
    'verdict',
    'findings',
    'checks',
    'problems',
    'unexplained',
  ])
  assert.equal(jsonSchema.$schema, 'https://json-schema.org/draft/2020-12/schema')
  assert.deepEqual(Object.keys(summarise(analysis)), jsonSchema.required)
})
