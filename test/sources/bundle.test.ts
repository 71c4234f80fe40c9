import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { DEFAULT_LIMITS, openBundle } from '../../src/sources/index.ts'
import { folderOf, LINE, noNotice, piecesOf, read, tarOf } from './made.ts'

test('a plain file is read without waiting, into the memory of the reader', async (t) => {
  const folder = folderOf(t, { 'a.log': LINE.repeat(10_000) })
  const bundle = await openBundle([path.join(folder, 'a.log')], {
    limits: DEFAULT_LIMITS,
    notice: noNotice,
    stdin: piecesOf(),
  })
  for await (const source of bundle.members) {
    const target = new Uint8Array(1000)
    const lengths: (number | Promise<number>)[] = []
    for (let length = source.bytes.read(target); length !== 0; length = source.bytes.read(target)) lengths.push(length)
    assert.deepEqual(
      lengths,
      Array.from({ length: 330 }, () => 1000),
    )
    assert.equal(source.size, 330_000)
    assert.equal(source.head.length, 65536)
  }
})

test('a source knows the time of its file, a compressed one too, but not its size', async (t) => {
  const folder = folderOf(t, { 'a.log': LINE, 'b.gz': gzipSync(LINE) })
  for (const name of ['a.log', 'b.gz']) fs.utimesSync(path.join(folder, name), 1758895323.25, 1758895323.25)
  const { members } = await read(folder)
  assert.deepEqual(
    members.map(({ size, modified }) => [size, modified]),
    [
      [33, 1758895323250000],
      [null, 1758895323250000],
    ],
  )
})

test('bytes on disk are known before reading, and counted while reading', async (t) => {
  const folder = folderOf(t, { 'a.log': LINE, 'b.gz': gzipSync(LINE.repeat(99)) })
  let last = 0
  const bundle = await openBundle([folder], {
    limits: DEFAULT_LIMITS,
    notice: noNotice,
    stdin: piecesOf(),
    progress: (bytes) => {
      assert.ok(bytes >= last)
      last = bytes
    },
  })
  const target = new Uint8Array(65536)
  for await (const { bytes } of bundle.members) while ((await bytes.read(target)) > 0);
  assert.equal(last, bundle.totalBytes)
})

test('one file is identified by the hash of its bytes', async (t) => {
  const { identity } = await read(folderOf(t, { abc: 'abc' }), ['abc'])
  assert.equal(identity, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a folder is identified by labels, sizes and checksums, whatever the order and however it is given', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n', 'b.log': 'b\n' })
  const relative = path.relative(process.cwd(), folder)
  const whole = await read(relative)
  assert.equal((await read(relative, ['b.log', 'a.log'])).identity, whole.identity)
  fs.writeFileSync(path.join(folder, 'b.log'), 'c\n')
  assert.notEqual((await read(relative)).identity, whole.identity)
})

test('a file in the folder that nobody reads still counts', async (t) => {
  const tar = await tarOf({ name: 'core', content: '\x7fELF\x01\x02\x03\0' }, { name: 'a.log', content: LINE })
  const other = await tarOf({ name: 'core', content: '\x7fELF\x01\x02\x04\0' }, { name: 'a.log', content: LINE })
  const wants = ({ content }: { content: string }): boolean => content === 'text'
  const folder = folderOf(t, { 'x.tar': tar, 'y.log': LINE })
  const first = await read(folder, [''], { wants })
  fs.writeFileSync(path.join(folder, 'x.tar'), other)
  assert.notEqual((await read(folder, [''], { wants })).identity, first.identity)
})

test('leaving the members early closes what is open', async (t) => {
  const folder = folderOf(t, {
    't.tgz': gzipSync(await tarOf({ name: 'a', content: LINE.repeat(90_000) }, { name: 'b', content: LINE })),
  })
  const before = fs.readdirSync('/proc/self/fd').length
  for (let times = 0; times < 5; times++) {
    const bundle = await openBundle([folder], { limits: DEFAULT_LIMITS, notice: noNotice, stdin: piecesOf() })
    for await (const source of bundle.members) {
      await source.bytes.read(new Uint8Array(10))
      break
    }
  }
  assert.equal(fs.readdirSync('/proc/self/fd').length, before)
})
