import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isJsonItems } from '../../../src/logs/road/json-items.ts'

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
