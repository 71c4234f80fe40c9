// `faultline grammar` from outside: what fires where it should not, and foreign rules that find what they were written for.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { faultline, scratch } from '../run.ts'

const CONFUSED = `signal a from log where message has "alpha thing"
cause x.one title "t" severity low strong when a
cause x.two title "t" severity low strong when a
example "e"
  given a.log
    2025-03-01 10:00:00 ERROR alpha thing
  expect x.one
`

test('a cause that fires in the example of another fails the test', async (context) => {
  const file = join(scratch(context), 'own.fault')
  writeFileSync(file, CONFUSED)
  const { code, stdout, stderr } = await faultline(['grammar', 'test', '--grammar', file, '--no-shipped'])
  assert.equal(code, 2)
  assert.match(stdout, /also found: x\.two/)
  assert.match(stdout, /x\.one +│ x\.two +│ +1/)
  assert.match(stderr, /0 hold, 1 fail/)
})

const SIGMA = `title: Failed logon
name: failed
logsource: { product: linux, service: sshd }
detection:
  words: ['Failed password for']
  condition: words
level: low
---
title: Many hosts fail to log on
correlation:
  type: value_count
  rules: [failed]
  group-by: [user]
  timespan: 1m
  condition: { field: address, gte: 3 }
level: high
`

test('an imported Sigma correlation finds what it was written for', async (context) => {
  const home = scratch(context)
  const said = (second: number, address: string) =>
    JSON.stringify({
      time: `2025-03-01T10:00:0${second}Z`,
      level: 'info',
      program: 'sshd',
      msg: 'Failed password for root',
      user: 'root',
      address,
    })
  writeFileSync(join(home, 'rule.yml'), SIGMA)
  writeFileSync(
    join(home, 'auth.log'),
    ['192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.3'].map((one, at) => said(at, one)).join('\n'),
  )
  const pack = join(home, 'rule.fault')
  const imported = await faultline(['grammar', 'import', '--from', 'sigma', join(home, 'rule.yml'), '-o', pack])
  assert.equal(imported.code, 0, imported.stderr)
  const args = [
    'analyze',
    join(home, 'auth.log'),
    '--grammar',
    pack,
    '--no-shipped',
    '--json',
    '--store',
    join(home, 'a.db'),
  ]
  const { verdict, findings } = JSON.parse((await faultline(args)).stdout)
  assert.deepEqual(verdict.root_causes, ['sigma.many-hosts-fail-to-log-on'])
  assert.deepEqual(findings[0].key, { user: 'root' })
})

test('a Sigma rule that cannot be honoured is refused with its place', async (context) => {
  const file = join(scratch(context), 'rule.yml')
  writeFileSync(file, SIGMA.replace('gte: 3', 'lt: 3'))
  const { code, stdout, stderr } = await faultline(['grammar', 'import', '--from', 'sigma', file])
  assert.equal(code, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /rule\.yml:11:\d+: error: a count below a number cannot be honoured/)
})

test('a signal without a text to look for is asked of every line', async (context) => {
  const home = scratch(context)
  const [log, grammar] = [join(home, 'a.log'), join(home, 'own.fault')]
  writeFileSync(log, '2025-03-01 10:00:00 INFO all is well\n2025-03-01 10:00:01 INFO it took 5ms\n')
  writeFileSync(
    grammar,
    'signal a from log where message ~ /\\d+ms/\ncause x.one title "t" severity low key source strong when a\n',
  )
  const args = ['--json', '--no-shipped', '--grammar', grammar, '--store', join(home, 'a.db')]
  const { stdout } = await faultline(['analyze', log, ...args])
  const { findings } = JSON.parse(stdout)
  assert.deepEqual(
    findings.map((finding: { cause: string }) => finding.cause),
    ['x.one'],
  )
})

test('a file that cannot be read is named', async (context) => {
  const folder = scratch(context)
  const wanted = [
    [join(folder, 'none.yaml'), 'there is no such file'],
    [folder, 'it is a folder'],
  ] as const
  for (const [path, reason] of wanted) {
    const { code, stderr } = await faultline(['grammar', 'import', '--from', 'cre', path])
    assert.equal(code, 2)
    assert.equal(stderr, `faultline: Cannot read ${path}: ${reason}.\n`)
  }
})
