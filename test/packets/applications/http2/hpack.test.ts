import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeaderTable } from '../../../../src/packets/applications/http2/hpack.ts'
import { hex } from '../play.ts'

/** Header blocks of one direction, each with the fields it stands for as `name: value`. */
function check(table: HeaderTable, blocks: readonly (readonly [string, readonly string[]])[]): void {
  for (const [block, expected] of blocks)
    assert.deepEqual(
      table.read(hex(block)).map(([name, value]) => `${name}: ${value}`),
      expected,
    )
}

const REQUEST = [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com']

test('requests with Huffman coding (RFC 7541 appendix C.4)', () =>
  check(new HeaderTable(), [
    ['8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff', REQUEST],
    ['8286 84be 5886 a8eb 1064 9cbf', [...REQUEST, 'cache-control: no-cache']],
    [
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      [
        ':method: GET',
        ':scheme: https',
        ':path: /index.html',
        ':authority: www.example.com',
        'custom-key: custom-value',
      ],
    ],
  ]))

test('requests without Huffman coding (RFC 7541 appendix C.3)', () =>
  check(new HeaderTable(), [
    ['8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d', REQUEST],
    ['8286 84be 5808 6e6f 2d63 6163 6865', [...REQUEST, 'cache-control: no-cache']],
  ]))

test('a table of 256 bytes loses its oldest entries (RFC 7541 appendix C.6)', () => {
  const first = [':status: 302', 'cache-control: private', 'date: Mon, 21 Oct 2013 20:13:21 GMT']
  const location = 'location: https://www.example.com'
  check(new HeaderTable(), [
    ['3fe101', []],
    [
      '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b' +
        '97c8 e9ae 82ae 43d3',
      [...first, location],
    ],
    ['4883 640e ffc1 c0bf', [':status: 307', ...first.slice(1), location]],
  ])
})

test('what the lost part of a table named is not guessed', () => {
  const table = new HeaderTable()
  check(table, [['41 01 61', [':authority: a']]])
  table.forget()
  check(table, [['82 be 88', [':method: GET', 'null: null', ':status: 200']]])
})

test('damage ends a block and nothing else', () => {
  check(new HeaderTable(), [
    ['82 80', [':method: GET']],
    ['82 41 8c f1', [':method: GET']],
    ['82 ff ff ff ff ff ff', [':method: GET']],
    ['82 41 81 00', [':method: GET']],
  ])
  const whole = hex('4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff')
  for (let length = 0; length <= whole.length; length++) new HeaderTable().read(whole.subarray(0, length))
})
