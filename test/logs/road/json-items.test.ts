import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isJsonItems } from '../../../src/logs/road/json-items.ts'
import { readText } from '../reading-bench.ts'

function check(text: string, expected: boolean): void {
  test(text.slice(0, 80), () => assert.equal(isJsonItems(Buffer.from(text)), expected))
}

check('{"apiVersion":"v1","items":[{"kind":"Event"}],"kind":"List"}', true)
check(
  '{\n    "kind": "EventList",\n    "apiVersion": "v1",\n    "metadata": {\n        "resourceVersion": "9"\n    },\n    "items": [\n',
  true,
)
check('{"items":[]}', true)
check('[\n  {\n    "a": 1', true)
check(
  '{"apiVersion":"v1","kind":"Pod","spec":{"volumes":[{"downwardAPI":{"items":[{"path":"x"}]}}]}}\n{"kind":"Pod"}',
  false,
)
check('{"level":30,"msg":"items","items":[1,2]}', false)
check('[2025-03-01 10:00:00] started', false)

check('[{"time":"2026-11-20T22:18:02Z","msg":"a"},{"msg":"b"}]\n', true)
check('[\n{"msg":"a"},\n{"msg":"b"}\n]', true)
check('[{"a":1}]\n2026-11-20 22:18:02 ERROR lost', false)
check('{"Records":[{"eventVersion":"1.08","eventTime":"2026-11-20T22:18:02Z"}]}', true)
check('{"events":[{"timestamp":1795214763214,"message":"m"}],"nextForwardToken":"f/1"}', true)
check('{"events":[{"a":1}],"level":"error","msg":"own"}\n{"events":[],"msg":"own"}', false)
check('{"resourceLogs":[{"resource":{},"scopeLogs":[]}]}', true)
check('{"took":3,"hits":{"total":{"value":1,"relation":"eq"},"hits":[{"_index":"a","_source":{"message":"m"}}]}}', true)
check('{"took":3,"msg":"hits"}', false)
check('{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[]}]}}', true)
check('{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[]}]}}', false)

const read = async (text: string) =>
  (await readText(text)).records.map(({ reader, body, program, place }) => [reader, program, body, place.offset])

test('objects of an array are lines of JSON, whatever the layout', async () => {
  const lines = ['{"level":"error","msg":"a","name":"api"}', '{"level":"info","msg":"b"}']
  assert.deepEqual(await read(`[${lines.join(',')}]`), [
    ['json', 'api', 'a', 1],
    ['json', null, 'b', 42],
  ])
  assert.deepEqual(await read(`[\n${lines.join(',\n')}\n]\n`), [
    ['json', 'api', 'a', 2],
    ['json', null, 'b', 44],
  ])
})

test('an object that a document breaks off in is read up to its last whole member', async () => {
  const text = '[{"level":"info","msg":"a"},\n {"level":"error","msg":"b","at":{"id":7,"na'
  const { records, notices } = await readText(`${text}\n\n`)
  assert.deepEqual(
    records.map(({ severity, body, fields, place }) => {
      return [severity, body, fields['at.id'], place.offset, place.kind === 'line' ? place.lineEnd : null]
    }),
    [
      ['info', 'a', undefined, 1, 1],
      ['error', 'b', 7, 30, 2],
    ],
  )
  assert.equal(notices[0]?.detail, 'The JSON document breaks off.')
})

test('an object without a whole member is none', async () => {
  assert.deepEqual(await read('[{"level":"info","msg":"a"},{"level":"err'), [['json', null, 'a', 1]])
})

test('objects of a cluster are known as such', async () => {
  const item = '{"kind":"Pod","metadata":{"name":"web-0","namespace":"shop"}}'
  assert.deepEqual(await read(`{"items":[${item}]}`), [['kubernetes-object', 'kubernetes', 'Pod shop/web-0', 10]])
})

test('every record of a batch of OpenTelemetry comes out, with who sent it', async () => {
  const records = ['{"body":{"stringValue":"a {"}}', '{"severityNumber":9,"body":{"stringValue":"b"}}']
  const batch = `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},"scopeLogs":[{"scope":{"name":"x"},"logRecords":[${records.join(',')}]}]}]}`
  assert.deepEqual(await read(`${batch}\n${batch}\n`), [
    ['otlp', 'api', 'a {', batch.indexOf(records[0] ?? '')],
    ['otlp', 'api', 'b', batch.indexOf(records[1] ?? '')],
    ['otlp', 'api', 'a {', batch.length + 1 + batch.indexOf(records[0] ?? '')],
    ['otlp', 'api', 'b', batch.length + 1 + batch.indexOf(records[1] ?? '')],
  ])
})

test('what a search found are its records', async () => {
  const hits = [
    '{"_index":"a","_source":{"@timestamp":"2026-11-20T22:18:02Z","message":"m","service":{"name":"api"}}}',
    '{"_index":"a","_source":{"message":"n"}}',
  ]
  assert.deepEqual(await read(`{"took":3,"hits":{"hits":[${hits.join(',')}]}}`), [
    ['json', 'api', 'm', 26],
    ['json', null, 'n', 27 + (hits[0]?.length ?? 0)],
  ])
})

test('every line of a stream comes out, with what its labels tell', async () => {
  const values = [
    '["1795214282000000000",\n "level=error msg=\\"a ] b\\""]',
    '["1795214283000000000","[WARN] late \\\\"]',
  ]
  const text = `{"data":{"resultType":"streams","result":[{"stream":{"job":"api","pod":"p-1"},"values":[${values.join(',')}]}]}}`
  const { records, notices } = await readText(text)
  assert.deepEqual(
    records.map(({ time, severity, program, body, fields }) => [time, severity, program, body, fields.pod]),
    [
      [1795214282000000, 'error', 'api', 'level=error msg="a ] b"', 'p-1'],
      [1795214283000000, 'warn', 'api', '[WARN] late \\', 'p-1'],
    ],
  )
  assert.deepEqual(
    records.map(({ place }) => place.kind === 'line' && [place.line, place.lineEnd, place.offset, place.length]),
    [
      [1, 2, text.indexOf('"1795214282'), (values[0]?.length ?? 0) - 2],
      [2, 2, text.indexOf('"1795214283'), (values[1]?.length ?? 0) - 2],
    ],
  )
  assert.deepEqual(notices, [])
})

test('a stream without lines that can be read is told of', async () => {
  const { notices } = await readText('{"data":{"resultType":"streams","result":[{"stream":{},"values":[[1,"a"]]}]}}')
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['record-damaged'],
  )
})
