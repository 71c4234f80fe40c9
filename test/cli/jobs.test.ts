import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { faultline, scratch } from '../run.ts'

/** What `analyze` says of a path with so many threads: its end, its report without what belongs to the run, its store. */
async function analyzed(path: string, { jobs, store }: { readonly jobs: string; readonly store: string }) {
  const options = ['--year', '2026', '--json', '--jobs', jobs, '--store', store]
  const { stdout, code } = await faultline(['analyze', path, ...options])
  const { run: _, ...rest } = JSON.parse(stdout)
  return { code, rest }
}

/** Lines of two days without a year, some of which tell of a failing name server. */
function log(bytes: number): string {
  const lines: string[] = []
  for (let length = 0, at = 0; length < bytes; at++) {
    const seconds = 86_000 + Math.floor(at / 400)
    const time = new Date(seconds * 1000).toISOString().slice(11, 19)
    const day = seconds < 86_400 ? 'Dec 31' : 'Jan  1'
    const said = at % 997 === 0 ? 'ERROR getaddrinfo EAI_AGAIN idp.example' : `INFO request ${at} took ${at % 89} ms`
    const line = `${day} ${time} reg-01 register[811]: ${said}`
    lines.push(line)
    length += line.length + 1
  }
  return lines.join('\n')
}

test('any number of threads gives the same of many logs', async (t) => {
  const folder = scratch(t)
  for (let at = 0; at < 7; at++)
    writeFileSync(
      join(folder, `register-${at}.log`),
      log((at === 3 ? 17 : at + 1) << 20).replaceAll('reg-01', `reg-0${at}`),
    )
  writeFileSync(join(folder, 'binary'), Buffer.alloc(300, 1))
  const run = async (jobs: string) => {
    const store = join(scratch(t), `${jobs}.db`)
    const { rest } = await analyzed(folder, { jobs, store })
    const { stdout: events } = await faultline(['query', '--store', store, '--json', 'select * from events'])
    return { rest, events: JSON.parse(events) }
  }
  const one = await run('1')
  assert.equal(one.rest.bundle.sources.length, 8)
  assert.deepEqual(await run('3'), one)
})

test('any number of threads gives the same, packed or not', async (t) => {
  const folder = scratch(t)
  const content = log(21 << 20)
  for (const [name, bytes] of [
    ['a.log', content],
    ['b.log.gz', gzipSync(content, { level: 1 })],
  ] as const) {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    const run = async (jobs: string) => {
      const store = join(folder, `${name}-${jobs}.db`)
      const { code, rest } = await analyzed(path, { jobs, store })
      assert.equal(code, 0)
      return rest
    }
    const one = await run('1')
    assert.equal(one.verdict.root_causes.length, 1)
    assert.deepEqual(await run('3'), one)
  }
})
