import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weightOf } from '../../src/language/weight.ts'

test('rare words weigh more than longer common ones', () => {
  const check = (heavy: string, light: string) => assert.ok(weightOf(heavy) > weightOf(light), `${heavy} > ${light}`)
  check('exhausted', 'connection')
  check('ECONNREFUSED', 'connect')
  check('服务器繁忙', 'server error')
  check('oom-kill', 'process')
  check('\\u670d\\u52a1', 'error')
})
