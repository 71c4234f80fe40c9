// What a line of JSON states under names of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stated } from '../../src/engine/stated.ts'

function check(line: string, name: string, expected: unknown): void {
  test(`${name} in ${line}`, () => assert.equal(new Stated().in(line, name), expected))
}

const LINE = '{"level":"error","pid":7,"ok":false,"a":{"b.c":{"d":1}},"none":null,"list":["x"]}'
check(LINE, 'level', 'error')
check(LINE, 'pid', 7)
check(LINE, 'ok', false)
check(LINE, 'a.b.c.d', 1)
check(LINE, 'a', null)
check(LINE, 'none', null)
check(LINE, 'c', null)
check(`2025-03-01T10:00:00Z stdout F ${LINE}`, 'level', 'error')
check('level "level" {', 'level', null)
check('plain', 'level', null)

test('another line is read anew', () => {
  const stated = new Stated()
  assert.equal(stated.in('{"a":1}', 'a'), 1)
  assert.equal(stated.in('{"a":2}', 'a'), 2)
})
