// The three streams: data on stdout alone, no progress into a file, a closed pipe is no error, an interrupt keeps what was found.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { faultline, scratch } from '../run.ts'

const BINARY = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))
const LINE = '2025-03-01 10:00:00,000 ERROR [7] app - call failed: connect ECONNREFUSED 192.0.2.7:8080\n'

function home(context: TestContext, lines: number): string {
  const folder = scratch(context)
  writeFileSync(join(folder, 'app.log'), LINE.repeat(lines))
  return folder
}

/** Runs a line of shell in which `faultline` is the program; what the pipe's first end says comes last on stdout. */
function shell(line: string, cwd: string) {
  const start = `faultline() { "${process.execPath}" --no-warnings "${BINARY}" "$@"; }; set -o pipefail; ${line}`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', start], { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('each stream goes into a file of its own', (context) => {
  const cwd = home(context, 20)
  const { status } = shell('faultline analyze - --json --store f.db < app.log > out.json 2> err.txt', cwd)
  assert.equal(status, 0)
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')).verdict.root_causes, ['network.refused'])
  assert.equal(readFileSync(join(cwd, 'err.txt'), 'utf8'), '')
})

test('no progress, no colour and no escape goes where no terminal is', async (context) => {
  const cwd = home(context, 20_000)
  const { stdout, stderr } = await faultline(['app.log', '--store', 'f.db'], { cwd })
  assert.equal(stderr, '')
  assert.ok(!stdout.includes('\u001b'))
  const coloured = await faultline(['app.log', '--store', 'f.db', '--color', 'always'], { cwd, env: { NO_COLOR: '1' } })
  assert.ok(coloured.stdout.includes('\u001b['))
})

test('a reader that leaves early is no error', (context) => {
  const cwd = home(context, 20_000)
  shell('faultline app.log --store f.db -q > /dev/null', cwd)
  const check = (line: string) => {
    const { status, stdout, stderr } = shell(`${line} | head -1`, cwd)
    assert.equal(stderr.replace(/^\S+ \d+ \(.*\n/gm, ''), '', line)
    assert.equal(stdout.trimEnd().split('\n').length, 1, line)
    assert.equal(status, 0, line)
  }
  check('faultline parse app.log')
  check('faultline query "select raw from events" --store f.db --format csv')
  check('faultline report --store f.db --format html')
  check('faultline analyze app.log --store g.db --json')
  check('faultline completion bash')
})

test('a closed or full stdout does not end in a stack', (context) => {
  const cwd = home(context, 20)
  const { status, stderr } = shell('faultline grammar list > /dev/full', cwd)
  assert.doesNotMatch(stderr, /\n {4}at /)
  assert.notEqual(status, 0)
})

test('a file that takes only a part is told', (context) => {
  const cwd = home(context, 20)
  shell('faultline app.log --store f.db -q', cwd)
  for (const verb of ['report --store f.db --format html', 'parse app.log', 'manual']) {
    const { status, stderr } = shell(`ulimit -f 1; faultline ${verb} > part`, cwd)
    assert.match(stderr, /faultline: Cannot write the output: EFBIG/, verb)
    assert.equal(status, 2, verb)
    assert.equal(readFileSync(join(cwd, 'part')).length, 1024, verb)
  }
})

test('an interrupt ends with 130 and keeps what was found', async (context) => {
  const cwd = home(context, 50)
  const args = ['--no-warnings', BINARY, 'analyze', 'app.log', '-', '--json', '--store', 'f.db']
  const out = openSync(join(cwd, 'out.json'), 'w')
  const child = spawn(process.execPath, args, { cwd, stdio: ['pipe', out, 'pipe'] })
  // The files before it are read by the time the pipe is: more is then only written when it was.
  child.stdin?.on('error', () => {})
  for (let block = 0; block < 64; block++) if (child.stdin?.write(LINE.repeat(1000)) === false) await drained(child)
  child.kill('SIGINT')
  const pulse = setInterval(() => child.stdin?.write(LINE), 20)
  const [code] = await once(child, 'close')
  clearInterval(pulse)
  closeSync(out)
  assert.equal(code, 130)
  const result = JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))
  assert.deepEqual(result.verdict.root_causes, ['network.refused'])
  assert.ok(result.problems.some((problem: { code: string }) => problem.code === 'interrupted'))
  const { stdout } = await faultline(['query', 'select count(*) from findings', '--store', 'f.db', '--format', 'csv'], {
    cwd,
  })
  assert.match(stdout, /\n[1-9]/)
})

async function drained(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.stdin !== null) await once(child.stdin, 'drain')
}

test('a pipe named as a file takes what is written, and a link keeps its target', (context) => {
  const cwd = home(context, 20)
  const { status, stdout } = shell(
    'faultline app.log --store f.db -q > s.txt; mkfifo p; cat p & faultline report --store f.db --format json -o p; wait; test -p p',
    cwd,
  )
  assert.equal(status, 0)
  assert.equal(JSON.parse(stdout).verdict.root_causes[0], 'network.refused')
  const linked = shell(
    'touch real.txt; ln -s real.txt link.txt; faultline report --store f.db -o link.txt && test -L link.txt',
    cwd,
  )
  assert.equal(linked.status, 0)
  assert.match(readFileSync(join(cwd, 'real.txt'), 'utf8'), /network\.refused/)
  const archive = shell('faultline redact app.log -o >(tar -tz > members.txt) && sleep 0.5 && cat members.txt', cwd)
  assert.deepEqual([archive.status, archive.stdout], [0, 'app.log\n'])
})
