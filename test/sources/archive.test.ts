import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { BZIP2, cutAt, folderOf, LINE, piecesOf, read, tarOf, XZ, zipOf } from './made.ts'

const LONG = 'long/'.repeat(60)

test('a tar gives its files with label, size and time; folders silently, links and devices as notices', async (t) => {
  const tar = await tarOf(
    { name: './logs/', type: 'directory' },
    { name: './logs/a.log', content: 'a\n' },
    { name: `${LONG}名前.log`, content: 'pax\n', pax: { mtime: '1758895323.250001' } },
    { name: '../../etc/passwd', content: 'root\n' },
    { name: 'link', type: 'symlink', linkname: '/etc/passwd' },
    { name: 'hard', type: 'link', linkname: 'logs/a.log' },
    { name: 'device', type: 'character-device' },
    { name: 'logs/a.log', content: 'again\n' },
    { name: 'bad\x1b[31m\nname', content: 'n\n' },
  )
  const { sources, members, notices } = await read(folderOf(t, { 'b.tar': tar }))
  assert.deepEqual(sources, {
    'b.tar!logs/a.log': 'a\n',
    [`b.tar!${LONG}名前.log`]: 'pax\n',
    'b.tar!../../etc/passwd': 'root\n',
    'b.tar!logs/a.log#2': 'again\n',
    'b.tar!bad\ufffd[31m\ufffdname': 'n\n',
  })
  assert.deepEqual(notices, [
    'b.tar!link not-a-file null',
    'b.tar!hard not-a-file null',
    'b.tar!device not-a-file null',
  ])
  assert.deepEqual(
    members.slice(0, 2).map(({ size, modified }) => [size, modified]),
    [
      [2, 1758844800000000],
      [4, 1758895323250001],
    ],
  )
})

test('names in the set of another system are shown as they were meant', async (t) => {
  const tar = await tarOf({ name: 'XXXX.log', content: LINE })
  Buffer.from('c8d5d6be', 'hex').copy(tar)
  sumUp(tar)
  const zip = zipOf({ name: 'XXXX.log', content: LINE })
  for (let at = zip.indexOf('XXXX'); at >= 0; at = zip.indexOf('XXXX')) Buffer.from('c8d5d6be', 'hex').copy(zip, at)
  const dos = zipOf({ name: 'XX.log', content: LINE })
  for (let at = dos.indexOf('XX'); at >= 0; at = dos.indexOf('XX')) Buffer.from('8294', 'hex').copy(dos, at)
  const { sources } = await read(folderOf(t, { 't.tar': tar, 'z.zip': zip, 'd.zip': dos }))
  assert.deepEqual(sources, { 'd.zip!éö.log': LINE, 't.tar!日志.log': LINE, 'z.zip!日志.log': LINE })
})

test('a tar from before ustar is known by its checksum', async (t) => {
  const tar = await tarOf({ name: 'a.log', content: LINE })
  sumUp(tar.fill(0, 257, 512))
  assert.deepEqual((await read(folderOf(t, { old: tar }))).sources, { 'old!a.log': LINE })
})

test('two tars one behind the other are both read', async (t) => {
  const tar = Buffer.concat([await tarOf({ name: 'a', content: 'a\n' }), await tarOf({ name: 'b', content: 'b\n' })])
  assert.deepEqual((await read(folderOf(t, { t: tar }))).sources, { 't!a': 'a\n', 't!b': 'b\n' })
})

test('a cut tar keeps the beginning of the member it is cut in', async (t) => {
  const tar = (await tarOf({ name: 'a', content: 'a\n' }, { name: 'b', content: LINE.repeat(100) })).subarray(
    0,
    1536 + 990,
  )
  const { sources, notices } = await read(folderOf(t, { 't.tar': tar }))
  assert.deepEqual(sources, { 't.tar!a': 'a\n', 't.tar!b': LINE.repeat(30) })
  assert.deepEqual(notices, ['t.tar!b archive-damaged 990'])
})

test('a tar that is cut between two members says so', async (t) => {
  const tar = (await tarOf({ name: 'a', content: 'a\n' }, { name: 'b', content: 'b\n' })).subarray(0, 1024)
  const { sources, notices } = await read(folderOf(t, { 't.tar': tar }))
  assert.deepEqual(sources, { 't.tar!a': 'a\n' })
  assert.deepEqual(notices, ['t.tar archive-damaged 1024'])
})

test('a damaged header hides one member, not those behind it', async (t) => {
  const tar = await tarOf({ name: 'a', content: 'a\n' }, { name: 'b', content: 'b\n' }, { name: 'c', content: 'c\n' })
  tar.fill(0xee, 1024 + 100, 1024 + 200)
  const { sources, notices } = await read(folderOf(t, { 't.tar': tar }))
  assert.deepEqual(sources, { 't.tar!a': 'a\n', 't.tar!c': 'c\n' })
  assert.deepEqual(notices, ['t.tar archive-damaged 1536'])
})

test('a zip gives its files; encrypted and unknown ones, links and folders do not', async (t) => {
  const zip = zipOf(
    { name: 'logs/', content: '', method: 0, packed: Buffer.alloc(0) },
    { name: 'logs\\a.log', content: LINE },
    { name: 'stored.log', content: LINE, method: 0, packed: Buffer.from(LINE) },
    { name: 'bzip2.log', content: LINE, method: 12, packed: BZIP2 },
    { name: 'zstd.log', content: LINE, method: 93, packed: zstdCompressSync(LINE) },
    { name: 'xz.log', content: LINE, method: 95, packed: XZ },
    { name: '日志.log', content: LINE },
    { name: '../../etc/passwd', content: 'root\n' },
    { name: '/absolute', content: 'root\n' },
    { name: 'secret.log', content: LINE, flags: 1 },
    { name: 'implode.log', content: LINE, method: 6 },
    { name: 'link', content: '/etc/passwd', attributes: 0xa1ff0000 },
  )
  const { sources, notices, members } = await read(folderOf(t, { 'b.zip': zip }))
  assert.deepEqual(sources, {
    'b.zip!logs/a.log': LINE,
    'b.zip!stored.log': LINE,
    'b.zip!bzip2.log': LINE,
    'b.zip!zstd.log': LINE,
    'b.zip!xz.log': LINE,
    'b.zip!日志.log': LINE,
    'b.zip!../../etc/passwd': 'root\n',
    'b.zip!/absolute': 'root\n',
  })
  assert.deepEqual(notices, [
    'b.zip!secret.log encrypted null',
    'b.zip!implode.log not-readable null',
    'b.zip!link not-a-file null',
  ])
  assert.equal(members[0]?.modified, Date.UTC(2025, 8, 26, 14, 0, 0) * 1000)
})

test('a member of a zip with a wrong checksum is given and told of, the others are read', async (t) => {
  const zip = zipOf({ name: 'a', content: 'a\n', crc: 1 }, { name: 'b', content: 'b\n' })
  const { sources, notices } = await read(folderOf(t, { 'b.zip': zip }))
  assert.deepEqual(sources, { 'b.zip!a': 'a\n', 'b.zip!b': 'b\n' })
  assert.deepEqual(notices, ['b.zip!a archive-damaged 2'])
})

for (const flags of [0, 8]) {
  test(`a zip cut in its directory is read from its start, sizes ${flags === 8 ? 'behind' : 'before'} the content`, async (t) => {
    const whole = zipOf({ name: 'a', content: LINE.repeat(50), flags }, { name: 'b', content: 'b\n', flags })
    const { sources, notices } = await read(folderOf(t, { 'b.zip': whole.subarray(0, -60) }))
    assert.deepEqual(sources, { 'b.zip!a': LINE.repeat(50), 'b.zip!b': 'b\n' })
    assert.deepEqual(notices, ['b.zip archive-damaged null'])
  })
}

test('a zip from standard input is read from memory', async (t) => {
  const stdin = piecesOf(...cutAt(zipOf({ name: 'a', content: 'a\n' }), [7, 30, 31]))
  assert.deepEqual((await read(folderOf(t, {}), ['-'], { stdin })).sources, { '-!a': 'a\n' })
})

test('standard input is read beside files', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n' })
  const { sources } = await read(folder, ['-', 'a.log'], { stdin: piecesOf(gzipSync('in\n')) })
  assert.deepEqual(sources, { 'a.log': 'a\n', '-': 'in\n' })
})

test('an error of standard input keeps what came before', async (t) => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('before\n')
    throw new Error('EIO: i/o error, read')
  }
  const { sources, notices } = await read(folderOf(t, {}), ['-'], { stdin: broken() })
  assert.deepEqual(sources, { '-': 'before\n' })
  assert.deepEqual(notices, ['- not-readable 7'])
})

test('members that are left unread, or half read, do not disturb the others', async (t) => {
  const tar = await tarOf(
    { name: 'a', content: LINE.repeat(9000) },
    { name: 'b.gz', content: gzipSync(LINE.repeat(90_000)) },
    { name: 'c', content: 'c\n' },
  )
  const folder = folderOf(t, {
    't.tgz': gzipSync(tar),
    't.zip': zipOf({ name: 'a', content: LINE.repeat(9000) }, { name: 'c', content: 'c\n' }),
  })
  const { sources, notices } = await read(folder, [''], { wants: ({ path }) => path.endsWith('c') })
  assert.deepEqual(sources, { 't.tgz!c': 'c\n', 't.zip!c': 'c\n' })
  assert.deepEqual(notices, [])
})

type Wrap = readonly [label: string, wrap: (inner: Buffer) => Promise<Buffer> | Buffer]
const WRAPS: readonly Wrap[] = [
  ['', (inner) => gzipSync(inner)],
  ['', (inner) => zstdCompressSync(inner)],
  [
    '!t',
    (inner) =>
      tarOf({ name: 'first', content: 'f\n' }, { name: 't', content: inner }, { name: 'last', content: 'l\n' }),
  ],
  ['!z', (inner) => zipOf({ name: 'z', content: inner })],
  ['!s', (inner) => zipOf({ name: 's', content: inner, method: 0, packed: inner })],
]

test('containers in containers, in any order, give the innermost bytes', async (t) => {
  const nesting = fc.array(fc.constantFrom(...WRAPS), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(nesting, async (wraps) => {
      let bytes: Buffer = Buffer.from(LINE.repeat(200))
      for (const [, wrap] of wraps) bytes = await wrap(bytes)
      const label = wraps
        .map(([part]) => part)
        .reverse()
        .join('')
      const { sources, notices } = await read(folderOf(t, { 'b.bin': bytes }))
      assert.equal(sources[`b.bin${label}`], LINE.repeat(200))
      assert.deepEqual(notices, [])
    }),
    { numRuns: 40 },
  )
})

test('xz within xz does not wait for itself', { timeout: 20_000 }, async (t) => {
  const xz = storedXz(await tarOf({ name: 'a.xz', content: XZ }, { name: 'b.xz', content: XZ }))
  assert.deepEqual((await read(folderOf(t, { 't.txz': xz }))).sources, { 't.txz!a.xz': LINE, 't.txz!b.xz': LINE })
})

test('no damage throws or hangs', async (t) => {
  const zip = zipOf(
    { name: 'a', content: LINE },
    { name: 'b.bz2', content: BZIP2 },
    { name: 'c.xz', content: XZ, flags: 8 },
  )
  const tar = await tarOf({ name: 'a.zip', content: zip }, { name: 'b.zst', content: zstdCompressSync(LINE) })
  const bundles = [zip, tar, gzipSync(tar), zstdCompressSync(tar)]
  const spots = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bundles), spots, fc.nat(), async (bundle, changes, cut) => {
      const damaged = Buffer.from(bundle)
      for (const [at, byte] of changes) damaged[at % damaged.length] = byte
      await read(folderOf(t, { b: damaged.subarray(0, damaged.length - (cut % 3 === 0 ? cut % damaged.length : 0)) }))
    }),
    { numRuns: 150 },
  )
})

/** Writes the checksum of the first header anew. */
function sumUp(tar: Buffer): void {
  let sum = 8 * 32
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += tar[at]
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
}

/** An xz of stored chunks (LZMA2 control byte 1), without a check, as the tests can write it themselves. */
function storedXz(content: Buffer): Buffer {
  const chunks = cutAt(
    content,
    Array.from({ length: Math.floor(content.length / 60_000) }, (_, at) => (at + 1) * 60_000),
  )
  const lzma2 = Buffer.concat([
    ...chunks.flatMap((chunk, at) => {
      const head = Buffer.from([at === 0 ? 1 : 2, 0, 0])
      head.writeUInt16BE(chunk.length - 1, 1)
      return [head, chunk]
    }),
    Buffer.from([0]),
  ])
  const flags = withCrc(Buffer.from([0, 0]))
  const block = withCrc(Buffer.from([2, 0, 0x21, 1, 0x16, 0, 0, 0]))
  const padding = Buffer.alloc((4 - (lzma2.length % 4)) % 4)
  const record = Buffer.from([0, 1, ...variable(block.length + lzma2.length), ...variable(content.length)])
  const index = withCrc(Buffer.concat([record, Buffer.alloc((4 - (record.length % 4)) % 4)]))
  const backward = Buffer.alloc(6)
  backward.writeUInt32LE(index.length / 4 - 1, 0)
  const footer = Buffer.concat([withCrc(backward).subarray(6), backward, Buffer.from('YZ')])
  return Buffer.concat([Buffer.from('fd377a585a00', 'hex'), flags, block, lzma2, padding, index, footer])
}

function withCrc(bytes: Buffer): Buffer {
  const crc = Buffer.alloc(4)
  crc.writeUInt32LE(crc32(bytes))
  return Buffer.concat([bytes, crc])
}

/** Seven bits a byte, the lowest first. */
function variable(size: number): number[] {
  return size < 128 ? [size] : [128 + (size % 128), ...variable(Math.floor(size / 128))]
}
