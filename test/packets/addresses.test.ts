import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Addresses, formatIpv4, formatIpv6 } from '../../src/packets/addresses.ts'
import { hex } from './build.ts'

function words(text: string): Int32Array {
  const view = new DataView(hex(text).buffer)
  return Int32Array.from({ length: 4 }, (_, index) => view.getInt32(index * 4))
}

function check(bytes: string, expected: string): void {
  test(`an IPv6 address reads ${expected}`, () => assert.equal(formatIpv6(words(bytes)), expected))
}

check('20010db8 00000000 00000000 00000001', '2001:db8::1')
check('00000000 00000000 00000000 00000000', '::')
check('00000000 00000000 00000000 00000001', '::1')
check('20010db8 00000000 00010000 00000001', '2001:db8::1:0:0:1')
check('20010db8 00000001 00010001 00010001', '2001:db8:0:1:1:1:1:1')
check('20010db8 00010001 00010001 00010000', '2001:db8:1:1:1:1:1:0')
check('20010db8 00010001 00010001 00000000', '2001:db8:1:1:1:1::')
check('fe800000 00000000 0000abcd 00ef0001', 'fe80::abcd:ef:1')

test('an IPv4 address is unsigned', () => assert.equal(formatIpv4(0xc6336407 | 0), '198.51.100.7'))

test('an address has one number, whatever came between', () => {
  const addresses = new Addresses()
  const numbers = Array.from({ length: 5000 }, (_, index) => addresses.intern(Int32Array.of(0x20010db8, 0, 0, index)))
  assert.equal(new Set(numbers).size, 5000)
  assert.equal(addresses.intern(Int32Array.of(0x20010db8, 0, 0, 17)), numbers[17])
  assert.equal(addresses.text(6, numbers[4999]), '2001:db8::1387')
  assert.deepEqual([...addresses.bytes(numbers[1])].slice(0, 4), [0x20, 0x01, 0x0d, 0xb8])
})
