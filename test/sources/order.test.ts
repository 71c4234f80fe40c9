import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inReadingOrder } from '../../src/sources/order.ts'

function check(...expected: readonly string[]): void {
  assert.deepEqual(inReadingOrder([...expected].sort(), String), expected)
  assert.deepEqual(inReadingOrder([...expected].reverse(), String), expected)
}

test('numbered copies come from the oldest to the file itself', () =>
  check('x.log.10.gz', 'x.log.3.gz', 'x.log.2', 'x.log.1', 'x.log'))
test('dated copies come before the file itself', () =>
  check('y.log-20250101.gz', 'y.log-20250102', 'y.log', 'z.log.2025-01-01', 'z.log.2025-01-02.bz2', 'z.log'))
test('parts of a day come in their order', () =>
  check('z.log.2025-01-01.2', 'z.log.2025-01-01.10', 'z.log.2025-01-02.1', 'z.log'))
test('hours of a day come in their order', () => check('z.log.2025-01-01-09', 'z.log.2025-01-01-10', 'z.log'))
test('epochs are dates too', () => check('z.log.1758857462', 'z.log.1758857463', 'z.log'))
test('other names go by their characters, folders apart', () =>
  check('B/x.log', 'a/y.log.1', 'a/y.log', 'b/x.log', 'c'))
test('a date within a name stays where it is', () => check('catalina.2025-01-01.log', 'catalina.2025-01-02.log'))
