// `faultline report --share`: what leaves the machine, what stays, and what is refused.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { faultline, scratch } from '../run.ts'

const FORMATS = ['markdown', 'html', 'json', 'sarif', 'text', 'eml']
const LINES = Array.from(
  { length: 8 },
  (_, at) =>
    `2025-03-01 10:00:0${at},000 ERROR [7] app - call of anna@planted.cn with password=plantedPw1 failed: connect ECONNREFUSED 8.8.4.4:8080`,
).join('\n')

/** A store whose evidence holds a password, a person and a public address. */
async function stored(context: TestContext): Promise<string> {
  const home = scratch(context)
  writeFileSync(join(home, 'app.log'), `${LINES}\n`)
  const { code } = await faultline(['app.log', '--store', 'f.db', '-q'], { cwd: home })
  assert.equal(code, 0)
  return home
}

test('no planted value leaves in any format, and the key stays beside the store', async (context) => {
  const cwd = await stored(context)
  for (const format of FORMATS) {
    const { code, stdout, stderr } = await faultline(['report', '--store', 'f.db', '--share', '--format', format], {
      cwd,
    })
    assert.equal(code, 0, stderr)
    for (const planted of ['plantedPw1', 'anna', 'planted.cn', '8.8.4.4'])
      assert.ok(!stdout.includes(planted), `${format} still says ${planted}`)
    assert.match(stderr, /redacted \(strict\): .*named-secret/)
    const key = readFileSync(join(cwd, 'f.db.key'))
    for (const encoding of ['hex', 'base64', 'latin1'] as const)
      assert.ok(!(stdout + stderr).includes(key.toString(encoding)))
  }
  assert.equal(statSync(join(cwd, 'f.db.key')).size, 32)
  assert.equal(statSync(join(cwd, 'f.db.key')).mode & 0o777, 0o600)
})

test('the same key gives the same names, and no report says the key', async (context) => {
  const cwd = await stored(context)
  writeFileSync(join(cwd, 'own.key'), 'a key of at least sixteen bytes')
  const share = ['report', '--store', 'f.db', '--share', '--pseudonym-key', 'own.key']
  const [first, second] = [await faultline(share, { cwd }), await faultline(share, { cwd })]
  assert.equal(first.stdout, second.stdout)
  assert.ok(!existsSync(join(cwd, 'f.db.key')))
})

test('profiles: internal keeps identities, none keeps all and says so', async (context) => {
  const cwd = await stored(context)
  const internal = await faultline(['report', '--store', 'f.db', '--profile', 'internal'], { cwd })
  assert.match(internal.stdout, /8\.8\.4\.4/)
  assert.doesNotMatch(internal.stdout, /plantedPw1/)
  const none = ['report', '--store', 'f.db', '--share', '--profile', 'none', '--no-redact', '-o', 'r.md']
  const { code, stderr } = await faultline(none, { cwd })
  assert.equal(code, 0)
  assert.match(stderr, /NOT REDACTED: r-UNREDACTED\.md/)
  assert.deepEqual(
    readdirSync(cwd).filter((name) => name.endsWith('.md')),
    ['r-UNREDACTED.md'],
  )
  assert.match(readFileSync(join(cwd, 'r-UNREDACTED.md'), 'utf8'), /plantedPw1/)
})

test('what contradicts itself is refused, and nothing is written', async (context) => {
  const cwd = await stored(context)
  writeFileSync(join(cwd, 'short.key'), 'short')
  const check = async (args: readonly string[], said: RegExp) => {
    const { code, stderr } = await faultline(['report', '--store', 'f.db', '-o', 'r.md', ...args], { cwd })
    assert.equal(code, 2, stderr)
    assert.match(stderr, said)
    assert.ok(!existsSync(join(cwd, 'r.md')))
  }
  await check(['--share', '--profile', 'none'], /--no-redact/)
  await check(['--no-redact', '--profile', 'strict'], /exclude/)
  await check(['--share', '--pseudonym-key', 'absent.key'], /absent\.key/)
  await check(['--share', '--pseudonym-key', 'short.key'], /16 bytes/)
  await check(['--profile', 'loose'], /loose/)
})
