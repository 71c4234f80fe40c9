import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { scratch } from '../run.ts'

const BUILT = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))
const SOURCE = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))

/** Times, words and secrets that are told by signs beyond ASCII. */
const LINES = [
  '[GIN] 2026/11/20 - 22:46:03 | 502 |     505.317µs |       192.0.2.3 | POST     "/client"',
  'août 20 22:46:04 reg-09 api[7]: verloren, größer, perdue',
  '2026-11-20 22:46:05 ERROR register - 密码：geheim77 数据库连接超时',
]

function run(program: string, ...given: readonly string[]): string {
  return execFileSync(process.execPath, [program, ...given], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

test('what was built reads signs beyond ASCII as its sources do', {
  skip: existsSync(BUILT) ? false : 'not built: npm run build',
}, (context) => {
  const log = join(scratch(context), 'a.log')
  writeFileSync(log, `${LINES.join('\n')}\n`)
  const read = run(BUILT, 'parse', log)
  assert.equal(read, run(SOURCE, 'parse', log))
  assert.match(read, /"time":"2026-11-20T22:46:03.000Z"/)
  const copy = `${log}.redacted`
  run(BUILT, 'redact', log, '-o', copy)
  assert.doesNotMatch(readFileSync(copy, 'utf8'), /geheim77/)
})
