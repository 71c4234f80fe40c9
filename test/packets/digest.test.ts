import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digestOf } from '../../src/packets/digest.ts'

test('the check value of CRC-32', () => assert.equal(digestOf(Buffer.from('xx123456789yy'), 2, 9), 0xcbf43926))
test('nothing has the digest 0', () => assert.equal(digestOf(new Uint8Array(0), 0, 0), 0))
test('short bytes are digested as long ones are', () => {
  assert.equal(digestOf(new Uint8Array(160), 0, 160), 0xaa075363)
  assert.equal(digestOf(new Uint8Array(161), 0, 161), 0x613d83c)
})
