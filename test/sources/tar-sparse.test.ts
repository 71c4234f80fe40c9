import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folderOf, LINE, read } from './made.ts'

const BLOCK = 512

interface Made {
  readonly name: string
  readonly type: string
  readonly content: Buffer
  /** Bytes of the header beside the usual ones. */
  readonly more?: (header: Buffer) => void
  /** Blocks between header and content that the size does not count. */
  readonly extensions?: Buffer
}

/** One member as GNU tar lays it out. */
function member({ name, type, content, more, extensions = Buffer.alloc(0) }: Made): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name)
  header.write('0000644\0', 100)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar  \0', 257)
  more?.(header)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  const rest = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)
  return Buffer.concat([header, extensions, content, rest])
}

function pax(records: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(records).map(([name, value]) => {
    const length = name.length + value.length + 3
    const whole = length + String(length + String(length).length).length
    return `${whole} ${name}=${value}\n`
  })
  return member({ name: 'pax', type: 'x', content: Buffer.from(lines.join('')) })
}

const AFTER = Buffer.concat([
  member({ name: 'after.log', type: '0', content: Buffer.from(LINE) }),
  Buffer.alloc(2 * BLOCK),
])

test('a sparse member of the old format is read without its holes, blocks of its map skipped', async (t) => {
  const extensions = Buffer.alloc(2 * BLOCK)
  extensions[504] = 1
  const more = (header: Buffer): void => void header.writeUInt8(1, 482)
  const tar = Buffer.concat([member({ name: 'a.log', type: 'S', content: Buffer.from(LINE), more, extensions }), AFTER])
  const { sources, notices } = await read(folderOf(t, { 'a.tar': tar }))
  assert.deepEqual(sources, { 'a.tar!a.log': LINE, 'a.tar!after.log': LINE })
  assert.deepEqual(notices, [])
})

test('a sparse member of the pax format has its own name, and its map is no content', async (t) => {
  const map = Buffer.alloc(BLOCK)
  map.write(`2\n0\n0\n5242880\n${LINE.length}\n`)
  const header = pax({ 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.name': 'logs/a.log' })
  const content = Buffer.concat([map, Buffer.from(LINE)])
  const tar = Buffer.concat([header, member({ name: 'GNUSparseFile.0/a.log', type: '0', content }), AFTER])
  const { sources, notices } = await read(folderOf(t, { 'a.tar': tar }))
  assert.deepEqual(sources, { 'a.tar!logs/a.log': LINE, 'a.tar!after.log': LINE })
  assert.deepEqual(notices, [])
})
