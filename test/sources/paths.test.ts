import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { FaultlineError } from '../../src/model/index.ts'
import { DEFAULT_LIMITS, openBundle } from '../../src/sources/index.ts'
import { folderOf, noNotice, piecesOf, read } from './made.ts'

test('a folder gives every file in it, hidden ones too, and none that a link points to', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n', 'deep/er/b.log': 'b\n', '.hidden': 'h\n', 'odd\nname': 'o\n' })
  fs.symlinkSync('/etc/passwd', path.join(folder, 'link'))
  const { sources, notices } = await read(folder)
  assert.deepEqual(sources, { '.hidden': 'h\n', 'a.log': 'a\n', 'deep/er/b.log': 'b\n', 'odd\ufffdname': 'o\n' })
  assert.deepEqual(notices, ['link not-a-file null'])
})

test('a link that was typed is followed', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n' })
  fs.symlinkSync('a.log', path.join(folder, 'link'))
  assert.deepEqual((await read(folder, ['link'])).sources, { link: 'a\n' })
})

test('a glob gives what it matches, folders with their content', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n', 'a.txt': 't\n', 'app.log/c': 'c\n' })
  assert.deepEqual((await read(folder, ['*.log'])).sources, { 'a.log': 'a\n', 'app.log/c': 'c\n' })
})

test('a name that exists is no glob', async (t) => {
  const folder = folderOf(t, { '[1].log': 'one\n', '1.log': 'other\n' })
  assert.deepEqual((await read(folder, ['[1].log'])).sources, { '[1].log': 'one\n' })
})

test('a path given twice, in whatever words and order, is read once under one label', async (t) => {
  const folder = folderOf(t, { 'sub/a.log': 'a\n', 'b.log': 'b\n' })
  const expected = { 'b.log': 'b\n', 'sub/a.log': 'a\n' }
  assert.deepEqual((await read(folder, ['', 'sub/a.log', './sub//a.log'])).sources, expected)
  assert.deepEqual((await read(folder, ['sub', 'sub/../b.log', ''])).sources, expected)
})

test('a path that does not exist is refused before anything is read', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n' })
  for (const missing of ['b.log', '*.txt']) {
    await assert.rejects(
      read(folder, ['a.log', missing]),
      (error) => error instanceof FaultlineError && error.code === 'not-found',
    )
  }
})

test('an error of the disk is a notice, and the others are read', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n' })
  fs.symlinkSync('loop', path.join(folder, 'loop'))
  const { sources, notices } = await read(folder, ['a.log', 'loop'])
  assert.deepEqual(sources, { 'a.log': 'a\n' })
  assert.deepEqual(notices, ['loop not-readable null'])
})

test('a file that cannot be read gives what came before the error', {
  skip: !fs.existsSync('/proc/self/mem'),
}, async () => {
  const { sources, notices, details } = await read('/proc/self', ['mem'])
  assert.deepEqual(sources, { mem: '' })
  assert.deepEqual(notices, ['mem not-readable 0'])
  assert.deepEqual(details, ['cannot be read: EIO: i/o error'])
})

test('files and folders without permission are notices', { skip: process.getuid?.() === 0 }, async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n', 'b.log': 'b\n', 'closed/c.log': 'c\n' })
  fs.chmodSync(path.join(folder, 'b.log'), 0)
  fs.chmodSync(path.join(folder, 'closed'), 0)
  const { sources, notices } = await read(folder)
  fs.chmodSync(path.join(folder, 'closed'), 0o700)
  assert.deepEqual(sources, { 'a.log': 'a\n' })
  assert.deepEqual(notices, ['closed not-readable null', 'b.log not-readable null'])
})

test('a pipe with a name is left alone in a folder', { skip: process.platform === 'win32' }, async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n' })
  execFileSync('mkfifo', [path.join(folder, 'pipe')])
  const { sources, notices } = await read(folder)
  assert.deepEqual(sources, { 'a.log': 'a\n' })
  assert.deepEqual(notices, ['pipe not-a-file null'])
})

test('a name in the set of another system is read and shown as it was meant', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const folder = folderOf(t, {})
  for (const name of ['c8d5d6be2e6c6f67', 'e92e6c6f67', '010a2e6c6f67', '020a2e6c6f67']) {
    fs.writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'hex')]), `${name}\n`)
  }
  const { sources, notices } = await read(folder)
  assert.deepEqual(sources, {
    '日志.log': 'c8d5d6be2e6c6f67\n',
    'é.log': 'e92e6c6f67\n',
    '\ufffd\ufffd.log': '010a2e6c6f67\n',
    '\ufffd\ufffd.log#2': '020a2e6c6f67\n',
  })
  assert.deepEqual(notices, [])
})

test('the folder one stands in gives names without a dot', async (t) => {
  const folder = folderOf(t, { 'a.log': 'a\n', 'sub/b.log': 'b\n' })
  const here = process.cwd()
  t.after(() => process.chdir(here))
  process.chdir(folder)
  for (const name of ['.', './', './a.log']) {
    const bundle = await openBundle([name], { limits: DEFAULT_LIMITS, notice: noNotice, stdin: piecesOf() })
    for await (const { path: label } of bundle.members) assert.match(label, /^(?:a|sub\/b)\.log$/)
  }
})
