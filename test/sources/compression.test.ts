import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { Chunks } from '../../src/sources/chunks.ts'
import { containerOf } from '../../src/sources/containers.ts'
import { BZIP2, cutAt, folderOf, joined, LINE, piecesOf, read, XZ } from './made.ts'

const TEXT = Array.from(
  { length: 4000 },
  (_, at) => `2025-09-26T14:02:03Z line ${(at * 2654435761) % 4294967296}\n`,
).join('')
const SKIPPABLE = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])

/** The bytes, in pieces as they may come from a pipe. */
async function unpack(packed: Uint8Array, cuts: readonly number[] = []): Promise<string> {
  const container = containerOf(packed.subarray(0, 512))
  assert.ok(container !== null && typeof container !== 'string')
  return (await joined(container.unpack(new Chunks(piecesOf(...cutAt(packed, cuts)))))).toString()
}

const SOUND: Readonly<Record<string, readonly [Uint8Array, string]>> = {
  gzip: [gzipSync(TEXT), TEXT],
  'gzip of several members': [Buffer.concat([gzipSync('a\n'), gzipSync(''), gzipSync(TEXT)]), `a\n${TEXT}`],
  'gzip with padding of zeros': [Buffer.concat([gzipSync(LINE), Buffer.alloc(1000)]), LINE],
  'gzip with every optional field': [gzipWithFields(LINE), LINE],
  bzip2: [BZIP2, LINE],
  'bzip2 of several streams': [Buffer.concat([BZIP2, BZIP2, BZIP2]), LINE.repeat(3)],
  'bzip2 of nothing': [Buffer.from('425a683917724538509000000000', 'hex'), ''],
  xz: [XZ, LINE],
  'xz of several streams, padded': [Buffer.concat([XZ, XZ, Buffer.alloc(4)]), LINE.repeat(2)],
  zstd: [zstdCompressSync(TEXT), TEXT],
  'zstd of several frames in one piece': [
    Buffer.concat([zstdCompressSync(LINE), zstdCompressSync(TEXT), zstdCompressSync('')]),
    LINE + TEXT,
  ],
  'zstd with frames to skip': [Buffer.concat([SKIPPABLE, zstdCompressSync(LINE), SKIPPABLE]), LINE],
}

function gzipWithFields(text: string): Buffer {
  const header = Buffer.from('1f8b081e000000000003', 'hex')
  const fields = Buffer.from('\x04\x00ABCDname\0comment\0HC', 'latin1')
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(text), 0)
  trailer.writeUInt32LE(text.length, 4)
  return Buffer.concat([header, fields, deflateRawSync(text), trailer])
}

for (const [name, [packed, text]] of Object.entries(SOUND)) {
  test(`${name} unpacks to the same bytes in whatever pieces it comes`, async () => {
    assert.equal(await unpack(packed), text)
    const cuts = fc.array(fc.nat({ max: packed.length }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => assert.equal(await unpack(packed, at), text)),
      { numRuns: 20 },
    )
  })
}

test('gzip in pieces of one byte unpacks to the same bytes', async () => {
  const packed = Buffer.concat([gzipSync('a\n'), gzipSync(LINE)])
  assert.equal(await unpack(packed, [...packed.keys()]), `a\n${LINE}`)
})

const GZIP = gzipSync(TEXT)

function changed(bytes: Uint8Array, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}

/** What is damaged, how much of `text` is kept at least, and what is said. */
const DAMAGED: readonly (readonly [name: string, packed: Uint8Array, text: string, least: number, detail: RegExp])[] = [
  ['a gzip cut before its checksum', GZIP.subarray(0, -9), TEXT, TEXT.length - 1, /is cut/],
  ['a gzip cut in its checksum', GZIP.subarray(0, -3), TEXT, TEXT.length, /cut in its checksum/],
  ['a gzip cut in its header', GZIP.subarray(0, 8), '', 0, /cut in its header/],
  [
    'a gzip with a wrong checksum',
    changed(GZIP, (copy) => copy.writeUInt32LE(1, copy.length - 8)),
    TEXT,
    TEXT.length,
    /checksum/,
  ],
  [
    'a gzip with junk behind it',
    Buffer.concat([gzipSync(LINE), Buffer.from('junk')]),
    LINE,
    LINE.length,
    /unknown bytes/,
  ],
  ['a zstd cut at its end', zstdCompressSync(TEXT + TEXT).subarray(0, -8), TEXT + TEXT, 100_000, /cut/],
  [
    'a zstd with junk behind it',
    Buffer.concat([zstdCompressSync(LINE), Buffer.from('more than junk')]),
    LINE,
    LINE.length,
    /unknown/,
  ],
  ['a bzip2 cut in its second stream', Buffer.concat([BZIP2, BZIP2.subarray(0, 50)]), LINE, LINE.length, /cut/],
  [
    'a bzip2 with a wrong checksum',
    Buffer.concat([BZIP2, changed(BZIP2, (copy) => copy.fill(0, 12, 13))]),
    LINE,
    LINE.length,
    /damaged/,
  ],
  ['an xz cut at its end', XZ.subarray(0, -14), LINE, LINE.length, /cut/],
]

for (const [name, packed, text, least, detail] of DAMAGED) {
  test(`${name} keeps what came before, and says so`, async (t) => {
    const { sources, notices, details } = await read(folderOf(t, { x: packed }))
    const kept = sources.x ?? ''
    assert.ok(text.startsWith(kept))
    assert.ok(kept.length >= least, `kept ${kept.length} of ${least}`)
    assert.deepEqual(notices, [`x compression-damaged ${kept.length}`])
    assert.match(details[0] ?? '', detail)
  })
}

test('a gzip broken in its middle keeps all but the last pieces before it', async (t) => {
  const broken = changed(GZIP, (copy) => copy.fill(0xff, 12_000, 12_100))
  const { sources, notices } = await read(folderOf(t, { x: broken }))
  const kept = sources.x ?? ''
  const same = [...kept].findIndex((letter, at) => letter !== TEXT[at])
  assert.ok((same < 0 ? kept.length : same) > (TEXT.length * 12_000) / GZIP.length - 40_000)
  assert.deepEqual(notices, [`x compression-damaged ${kept.length}`])
})

test('a gzip cut anywhere gives a beginning of the text, and says so', async (t) => {
  const packed = gzipSync(TEXT)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 10, max: packed.length - 1 }), async (end) => {
      const { sources, notices } = await read(folderOf(t, { 'x.gz': packed.subarray(0, end) }))
      const text = sources['x.gz'] ?? ''
      assert.ok(TEXT.startsWith(text))
      assert.ok(text.length >= Math.floor((end / packed.length) * TEXT.length) - 2000)
      assert.deepEqual(notices, [`x.gz compression-damaged ${text.length}`])
    }),
    { numRuns: 30 },
  )
})

test('a text that begins like a container is a text', async (t) => {
  const texts = {
    zip: 'PK\x03\x04 is how a zip begins\n'.padEnd(600, 'x'),
    bzip2: 'BZh91 is how a bzip2 begins\n',
    tar: `${'x'.repeat(257)}ustar is the magic of tar\n`.padEnd(600, 'x'),
    gzip: '\x1f\x8b\x08text follows here',
    zstd: '\x28\xb5\x2f\xfd'.concat(' is the magic of zstd, as UTF-8').padEnd(600, 'x'),
    xz: '\xfd7zXZ and so on, as UTF-8, not as bytes\n',
  }
  const { sources, notices } = await read(folderOf(t, texts))
  assert.deepEqual(sources, { ...texts })
  assert.deepEqual(notices, [])
})
