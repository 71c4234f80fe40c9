import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { folderOf, LINE, read, tarOf, zipOf } from './made.ts'

const ZEROS = Buffer.alloc(64 * 2 ** 20)
const BOMB = gzipSync(ZEROS)
const length = (text: string | undefined): number => text?.length ?? 0

test('a stream that unpacks to too much for its size is cut there', async (t) => {
  const folder = folderOf(t, { 'bomb.gz': BOMB, 'after.log': LINE })
  const { sources, notices } = await read(folder, [''], { limits: { ratio: 100 } })
  assert.equal(sources['after.log'], LINE)
  assert.ok(length(sources['bomb.gz']) >= 10 * 2 ** 20 - 65_536 && length(sources['bomb.gz']) < 11 * 2 ** 20)
  assert.deepEqual(notices, ['bomb.gz binary null', `bomb.gz limit-ratio ${length(sources['bomb.gz'])}`])
})

test('small things may compress as well as they like', async (t) => {
  const text = 'x'.repeat(9 * 2 ** 20)
  const { sources, notices } = await read(folderOf(t, { 'x.zst': zstdCompressSync(text) }), [''], {
    limits: { ratio: 10 },
  })
  assert.equal(length(sources['x.zst']), text.length)
  assert.deepEqual(notices, [])
})

test('members of a zip that lie upon one another are compared with the file', async (t) => {
  const packed = deflateRawSync(Buffer.alloc(4 * 2 ** 20, 'x'))
  const entry = { content: Buffer.alloc(4 * 2 ** 20, 'x'), packed }
  const zip = zipOf(...Array.from({ length: 5 }, (_, at) => ({ ...entry, name: `${at}` })))
  const { sources, notices } = await read(folderOf(t, { 'z.zip': zip }), [''], { limits: { ratio: 500 } })
  const whole = Object.values(sources).filter((text) => text.length === 4 * 2 ** 20)
  assert.equal(whole.length, 2)
  assert.ok(notices.some((notice) => notice.startsWith('z.zip!2 limit-ratio')))
})

test('all streams together give no more than the limit', async (t) => {
  const folder = folderOf(t, {
    'a.gz': gzipSync(LINE.repeat(3000)),
    'b.gz': gzipSync(LINE.repeat(3000)),
    'c.log': LINE,
  })
  const { sources, notices } = await read(folder, [''], { limits: { totalBytes: 150_000 } })
  assert.equal(length(sources['a.gz']), 99_000)
  assert.ok(length(sources['b.gz']) <= 51_000)
  assert.equal(sources['c.log'], LINE)
  assert.deepEqual(notices, [`b.gz limit-size ${length(sources['b.gz'])}`])
})

test('archives within archives are opened down to the limit', async (t) => {
  let bytes: Buffer = Buffer.from(LINE)
  for (let depth = 0; depth < 5; depth++) bytes = gzipSync(await tarOf({ name: `${depth}`, content: bytes }))
  const four = await read(folderOf(t, { 't.tgz': bytes }), [''], { limits: { depth: 5 } })
  assert.deepEqual(four.sources, { 't.tgz!4!3!2!1!0': LINE })
  const { sources, notices } = await read(folderOf(t, { 't.tgz': bytes }))
  assert.deepEqual(sources, {})
  assert.deepEqual(notices, ['t.tgz!4!3!2!1 limit-depth null'])
})

test('compression within compression counts as depth', async (t) => {
  let bytes: Buffer = Buffer.from(LINE)
  for (let depth = 0; depth < 6; depth++) bytes = gzipSync(bytes)
  const { sources, notices } = await read(folderOf(t, { 'x.gz': bytes, 'y.gz': gzipSync(gzipSync(LINE)) }))
  assert.deepEqual(sources, { 'y.gz': LINE })
  assert.deepEqual(notices, ['x.gz limit-depth null'])
})

test('files and members are counted together', async (t) => {
  const tar = await tarOf(...['a', 'b', 'c', 'd'].map((name) => ({ name, content: `${name}\n` })))
  const folder = folderOf(t, { '1.log': '1\n', '2.tar': tar, '3.log': '3\n' })
  const { sources, notices } = await read(folder, [''], { limits: { entries: 4 } })
  assert.deepEqual(sources, { '1.log': '1\n', '2.tar!a': 'a\n', '2.tar!b': 'b\n' })
  assert.deepEqual(notices, ['2.tar limit-entries 2560', '3.log limit-entries null'])
})
