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
