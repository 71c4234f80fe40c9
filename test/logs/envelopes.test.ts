import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrapped } from '../../src/logs/envelopes.ts'

const check = (name: string, object: Record<string, unknown>, expected: Record<string, unknown>) =>
  test(name, () => assert.deepEqual(unwrapped(object), expected))

check(
  'Elasticsearch',
  { _id: '1', _source: { message: 'm', level: 'warn' } },
  { _id: '1', message: 'm', level: 'warn' },
)
check('Splunk', { preview: false, result: { _raw: 'r', _time: 't' } }, { preview: false, _raw: 'r', _time: 't' })
check(
  'Datadog',
  { id: 'A', attributes: { timestamp: 't', message: 'm', status: 'error' } },
  { id: 'A', timestamp: 't', message: 'm', level: 'error' },
)
check(
  'Loki, line by line',
  { labels: { app: 'api' }, line: 'm', timestamp: 't' },
  { app: 'api', message: 'm', timestamp: 't' },
)

const own = { result: { rows: 3 }, attributes: { status: 500 }, line: 7, message: 'm' }
check('what only shares a name is the record itself', own, own)
