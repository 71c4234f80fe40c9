import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { closedObject, type Item, ItemSplitter } from '../../../src/logs/road/item-splitter.ts'

interface Split {
  readonly items: readonly (Omit<Item, 'raw'> & { readonly text: string })[]
  readonly beside: string
}

function split(document: Buffer, { level = 1, text, piece = document.length || 1 }: Asked = {}): Split {
  const items: Split['items'][number][] = []
  const beside: Buffer[] = []
  const splitter = new ItemSplitter({
    level,
    found: ({ raw, ...item }) => items.push({ ...item, text: raw.toString() }),
    beside: (bytes) => beside.push(Buffer.from(bytes)),
    ...(text === undefined ? {} : { text }),
  })
  for (let at = 0; at < document.length; at += piece) splitter.take(document.subarray(at, at + piece), at)
  return { items, beside: Buffer.concat(beside).toString() }
}

interface Asked {
  readonly level?: number
  readonly text?: number
  readonly piece?: number
}

test('objects at one depth come out, and what stands beside them', () => {
  const { items, beside } = split(Buffer.from('[{"a":"]}"},\n {"b":[{"c":1}]}, 3]\n'))
  assert.deepEqual(
    items.map(({ text, offset, length, line, lineEnd }) => [text, offset, length, line, lineEnd]),
    [
      ['{"a":"]}"}', 1, 10, 1, 1],
      ['{"b":[{"c":1}]}', 14, 15, 2, 2],
    ],
  )
  assert.equal(beside, '[,\n , 3]\n')
})

test('a text that is too long is kept to its beginning, and the item knows what it was', () => {
  const document = Buffer.from(`[{"a":"${'x'.repeat(900)}","b":1}]`)
  const [item] = split(document, { text: 10 }).items
  assert.deepEqual(item, {
    text: '{"a":"xxxxxxxxxx","b":1}',
    offset: 1,
    length: 914,
    digest: crc32(document.subarray(1, -1)),
    line: 1,
    lineEnd: 1,
  })
})

test('an item whose texts are short has no digest', () => {
  assert.equal(split(Buffer.from('[{"a":"b"}]'), { text: 10 }).items[0]?.digest, null)
})

const sign = fc.constantFrom('a', '7', '\\', '"', '\n', 'é', '漢', '😀', '{', ']', '\u0001', '/')
const long = fc.array(sign, { maxLength: 300 }).map((signs) => signs.join(''))
const ascii = (json: string) =>
  json.replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

test('wherever a text is cut and however the bytes come, an item is JSON and begins as it did', () => {
  fc.assert(
    fc.property(
      fc.array(long, { maxLength: 6 }),
      fc.integer({ min: 0, max: 80 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (texts, limit, piece, isAscii) => {
        const plain = JSON.stringify([{ texts, end: 1 }])
        const document = Buffer.from(isAscii ? ascii(plain) : plain)
        const [item] = split(document, { text: limit, piece }).items
        const read = JSON.parse(item?.text ?? '')
        assert.equal(read.end, 1)
        assert.equal(read.texts.length, texts.length)
        for (const [at, text] of texts.entries()) assert.ok(text.startsWith(wellFormed(read.texts[at])))
        assert.equal(item?.length, document.length - 2)
        assert.ok(item?.digest === null || item?.digest === crc32(document.subarray(1, -1)))
      },
    ),
    { numRuns: 2000 },
  )
})

/** Half of a pair of escapes may stand at the end. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '')
}

test('whole texts come out the same however the bytes come', () => {
  fc.assert(
    fc.property(fc.array(long, { maxLength: 6 }), fc.integer({ min: 1, max: 90 }), (texts, piece) => {
      const document = Buffer.from(JSON.stringify(texts.map((text) => ({ [text]: [text] }))))
      assert.deepEqual(split(document, { piece }), split(document))
      assert.deepEqual(
        split(document).items.map(({ text }) => JSON.parse(text)),
        JSON.parse(document.toString()),
      )
    }),
    { numRuns: 500 },
  )
})

test('wherever an object breaks off, what is whole of it is JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (object, at) => {
      const text = JSON.stringify(object)
      const closed = closedObject(text.slice(0, at % (text.length + 1)))
      if (closed !== '') for (const name of Object.keys(JSON.parse(closed))) assert.ok(name in object)
    }),
  )
  assert.equal(closedObject('{"a":[1,{"b":"x,\\""'), '{"a":[1,{}]}')
  assert.equal(closedObject('{"a":{"b":1},"c'), '{"a":{"b":1}}')
  assert.equal(closedObject('{"a":"b,'), '')
})
