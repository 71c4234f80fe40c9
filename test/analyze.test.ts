// A mistake of faultline's own costs one source, not the bundle.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { before, mock, type TestContext, test } from 'node:test'
import { type AnalyzeInput, analyze } from '../src/analyze.ts'
import { Log } from '../src/logs/log.ts'
import { type LoadedRules, loadRules } from '../src/rules.ts'
import { scratch } from './run.ts'

let rules: LoadedRules

before(async () => {
  rules = await loadRules({ paths: [], shipped: true })
})

function bundle(context: TestContext): Pick<AnalyzeInput, 'paths' | 'store'> {
  const folder = scratch(context)
  const logs = join(folder, 'logs')
  mkdirSync(logs)
  const line = (second: number, message: string) => `2026-11-20T22:35:${10 + second}Z web1 kernel: ${message}\n`
  const killed = 'Out of memory: Killed process 812 (node) total-vm:81920kB, anon-rss:40960kB'
  for (const name of ['a.log', 'b.log', 'c.log']) {
    const lines = Array.from({ length: 20 }, (_, at) => line(at, at === 9 ? killed : `tick ${at}`))
    writeFileSync(join(logs, name), lines.join(''))
  }
  return { paths: [logs], store: join(folder, 'store.db') }
}

function run(from: Pick<AnalyzeInput, 'paths' | 'store'>) {
  return analyze({
    ...from,
    rules,
    version: '0',
    command: 'faultline',
    zone: null,
    year: null,
    since: null,
    until: null,
    jobs: 1,
    failOn: [],
    allowPartial: false,
    stdin: Readable.from([]),
    progress: () => {},
    interrupt: new AbortController().signal,
    now: () => 0,
  })
}

/** Fails once, with the summary of the second source. */
function failWith(context: TestContext, error: Error): void {
  const { summary } = Log.prototype
  const failing = mock.method(Log.prototype, 'summary', function (this: Log) {
    if (failing.mock.callCount() === 1) throw error
    return summary.call(this)
  })
  context.after(() => failing.mock.restore())
}

test('the other sources are read, and what was read of the failed one stays', async (context) => {
  failWith(context, new RangeError('Maximum call stack size exceeded'))
  const { sources, problems, run: made, conclusion } = await run(bundle(context))
  assert.deepEqual(
    sources.map(({ records, events }) => [records, events]),
    [
      [20, 1],
      [0, 1],
      [20, 1],
    ],
  )
  const [failed] = problems.filter(({ code }) => code === 'reader-failed')
  assert.match(failed?.source ?? '', /b\.log$/)
  assert.match(failed?.detail ?? '', /Maximum call stack size exceeded/)
  assert.equal(made.exit, 4)
  assert.ok(conclusion.findings.length > 0)
})

test('a failure of the surroundings ends the run', async (context) => {
  failWith(context, Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
  await assert.rejects(run(bundle(context)), /no space left/)
})
