import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readName } from '../../../../src/packets/applications/dns/domain-name.ts'

/** Labels as `3www7example0`, at byte 2. */
function check(labels: string, text: string, lower: string): void {
  const bytes = Buffer.from(`..${labels.replace(/\d/g, (digit) => String.fromCharCode(Number(digit)))}!`)
  for (const time of ['first', 'second'])
    test(`${text} is read a ${time} time`, () => {
      const name = readName(bytes, 2)
      assert.deepEqual([name.text, name.lower, name.length], [text, lower, bytes.length - 3])
    })
}

check('3www7example0', 'www.example', 'www.example')
check('3WWW7Example0', 'WWW.Example', 'www.example')
check('0', '.', '.')

test('equal names in other letters have one hash', () =>
  assert.equal(readName(Buffer.from('\x01A\x00'), 0).hash, readName(Buffer.from('\x01a\x00'), 0).hash))
test('a cut name is refused, whatever was read before', () => {
  readName(Buffer.from('\x03www\x00'), 0)
  for (const cut of [1, 2, 3, 4]) assert.throws(() => readName(Buffer.from('\x03www\x00').subarray(0, cut), 0))
})
test('a name that points to itself is refused', () =>
  assert.throws(() => readName(Buffer.from('\x01a\xc0\x00', 'latin1'), 0)))
