import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill } from '../../src/engine/fill.ts'

const check = (text: string, values: Parameters<typeof fill>[1], expected: string) =>
  assert.equal(fill(text, values), expected)

const CACHE = 'The cache[ at {server}[:{port}]] cannot be reached'

test('what is known is put in', () => {
  check(CACHE, { server: '192.0.2.7', port: 6379 }, 'The cache at 192.0.2.7:6379 cannot be reached')
  check('Packets to {server}', { server: '2001:db8::1' }, 'Packets to 2001:db8::1')
  check(CACHE, { server: '[2001:db8::1]', port: 1 }, 'The cache at [2001:db8::1]:1 cannot be reached')
})

test('what is in brackets goes with what is unknown in it', () => {
  check(CACHE, { server: 'cache.example', port: null }, 'The cache at cache.example cannot be reached')
  check(CACHE, { port: 6379 }, 'The cache cannot be reached')
  check('[{server}:{port} ]is away', { server: 'a' }, 'is away')
})

test('elsewhere it is left to the reader', () => check('nc -vz {server} {port}', { port: 53 }, 'nc -vz SERVER 53'))

test('brackets that name nothing are text, and so are values', () => {
  check('[WARN] the list [] of {host}', { host: 'a[{port}]' }, '[WARN] the list [] of a[{port}]')
})
