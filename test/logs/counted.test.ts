import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { createScanner } from '../../src/engine/scanner/index.ts'
import { readText } from './reading-bench.ts'

const LOGS = new URL('../../../shared/corpora/logs/', import.meta.url)
/** Packed logs and journals have readers of their own. */
const OTHERS = /^expected\/|\.(?:gz|xz|zst|bz2|zip|journal)$/
const LARGEST = 1 << 20

function logs(): string[] {
  const all = readdirSync(LOGS, { recursive: true, encoding: 'utf8' }).filter((path) => !OTHERS.test(path))
  return all.filter((path) => {
    const found = statSync(new URL(path, LOGS))
    return found.isFile() && found.size <= LARGEST
  })
}

test('recorded logs of which no line matters are counted as they would be read', {
  skip: existsSync(LOGS) ? false : 'needs ../shared/corpora/logs',
}, async () => {
  const nothing = createScanner([{ text: 'stands nowhere in them', anyCase: false }])
  for (const path of logs()) {
    const bytes = readFileSync(new URL(path, LOGS))
    const { summary: counted } = await readText(bytes, { path, scanner: nothing })
    const { summary: read } = await readText(bytes, { path })
    assert.equal(counted.records, read.records, path)
    assert.equal(counted.reader, read.reader, path)
  }
})
