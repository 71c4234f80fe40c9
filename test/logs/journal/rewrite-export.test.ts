// Journal exports with other values: lengths of binary fields, texts that rules change together and apart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rewriteJournalExport } from '../../../src/logs/index.ts'

function binary(name: string, text: string): string {
  const length = Buffer.alloc(8)
  length.writeUInt32LE(Buffer.byteLength(text))
  return `${name}\n${length.toString('latin1')}${text}\n`
}

/** The export in blocks of so many bytes, and how often a text was rewritten. */
async function rewritten(text: string, rewrite: (text: string) => string, size = text.length) {
  const bytes = Buffer.from(text, 'latin1')
  async function* blocks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  let times = 0
  const parts: Uint8Array[] = []
  const counted = async (one: string) => {
    times++
    return rewrite(one)
  }
  for await (const part of rewriteJournalExport(blocks(), counted)) parts.push(part)
  return { text: Buffer.concat(parts).toString('latin1'), times }
}

const ENTRY = `_HOSTNAME=web-1\n${binary('MESSAGE', 'failed\nuser=ann')}PRIORITY=3\n\n`

test('lines and binary fields are rewritten together, lengths follow', async () => {
  const shorten = (text: string) => text.replaceAll('ann', 'x').replaceAll('web-1', 'host')
  const expected = `_HOSTNAME=host\n${binary('MESSAGE', 'failed\nuser=x')}PRIORITY=3\n\n`
  for (const size of [1, 7, 1000]) {
    const { text, times } = await rewritten(ENTRY.repeat(3), shorten, size)
    assert.equal(text, expected.repeat(3))
    assert.equal(times, 1)
  }
})

test('where a rule takes out more than one value, each is rewritten by itself', async () => {
  const key = `${binary('MESSAGE', '-----BEGIN KEY-----\nabc')}PRIORITY=3\n\n`
  const { text } = await rewritten(key + ENTRY, (one) => one.replace(/-----BEGIN KEY-----[\s\S]*/, '[key]'))
  assert.equal(text, `${binary('MESSAGE', '[key]')}PRIORITY=3\n\n${ENTRY}`)
})

test('separators of records in a value are its own', async () => {
  const entry = `${binary('MESSAGE', 'a\n\x1e\nb\n\x1e\x1e\n')}PRIORITY=3\n\n`
  const { text, times } = await rewritten(entry.repeat(2), (one) => one)
  assert.equal(text, entry.repeat(2))
  assert.equal(times, 1)
})

test('a field that breaks off is kept as lines', async () => {
  const { text } = await rewritten(ENTRY.slice(0, 40), (one) => one)
  assert.equal(text, ENTRY.slice(0, 40))
})
