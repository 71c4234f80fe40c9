// Where settings come from, which one counts, and what is refused.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { faultline, scratch } from '../run.ts'

const LINE = '2025-03-01 10:00:00,000 ERROR [7] app - failed\n'

function prepared(context: TestContext, project: object | null, user: object | null) {
  const home = scratch(context)
  mkdirSync(join(home, 'conf/faultline'), { recursive: true })
  writeFileSync(join(home, 'app.log'), LINE)
  if (project !== null) writeFileSync(join(home, 'faultline.config.json'), JSON.stringify(project))
  if (user !== null) writeFileSync(join(home, 'conf/faultline/config.json'), JSON.stringify(user))
  return { home, env: { XDG_CONFIG_HOME: join(home, 'conf') } }
}

/** The time of the only record, which the zone decides. */
async function timeOf(
  home: string,
  env: Record<string, string>,
  words: readonly string[],
  input = '',
): Promise<string> {
  const { stdout, stderr } = await faultline(['parse', 'app.log', ...words], { cwd: home, env, input })
  assert.notEqual(stdout, '', stderr)
  return JSON.parse(stdout).time.slice(11, 13)
}

test('options count more than the environment, then the project, then the person', async (context) => {
  const { home, env } = prepared(context, { tz: '+01:00' }, { tz: '+02:00', year: 2024 })
  const user = prepared(context, null, { tz: '+02:00' })
  writeFileSync(join(home, 'other.json'), '{"tz": "+05:00"}')
  assert.equal(await timeOf(user.home, user.env, []), '08')
  assert.equal(await timeOf(home, env, []), '09')
  assert.equal(await timeOf(home, { ...env, FAULTLINE_TZ: '+03:00' }, []), '07')
  assert.equal(await timeOf(home, { ...env, FAULTLINE_TZ: '+03:00' }, ['--tz', '+04:00']), '06')
  assert.equal(await timeOf(home, env, ['--config', 'other.json']), '05')
  assert.equal(await timeOf(home, env, ['--config=-'], '{"tz": "+06:00"}'), '04')
  assert.equal(await timeOf(home, { ...env, FAULTLINE_CONFIG: 'other.json' }, []), '05')
})

test('paths of a file are relative to it, lists are added to', async (context) => {
  const { home, env } = prepared(context, null, null)
  mkdirSync(join(home, 'sub'))
  writeFileSync(join(home, 'sub/c.json'), '{"store": "kept.db", "quiet": true}')
  const { code } = await faultline(['app.log', '--config', 'sub/c.json'], { cwd: home, env })
  assert.equal(code, 0)
  assert.ok(existsSync(join(home, 'sub/kept.db')))
})

test('what is not understood is refused with what was meant', async (context) => {
  const check = async (project: unknown, said: RegExp, env: Record<string, string> = {}) => {
    const { home, env: own } = prepared(context, null, null)
    writeFileSync(join(home, 'faultline.config.json'), typeof project === 'string' ? project : JSON.stringify(project))
    const { code, stderr } = await faultline(['parse', 'app.log'], { cwd: home, env: { ...own, ...env } })
    assert.equal(code, 2, stderr)
    assert.match(stderr, said)
  }
  await check({ tzz: 'UTC' }, /no setting “tzz”[\s\S]*Did you mean tz\?/)
  await check({ zzzz: 1 }, /Settings are: store, /)
  await check({ tz: 'Mars/Olympus' }, /a name like Europe\/Berlin/)
  await check({ quiet: 'yes' }, /quiet takes true or false/)
  await check({ store: '../../elsewhere.db' }, /leads out of this folder/)
  await check('[1]', /a configuration is a JSON object/)
  await check('{', /Cannot read the configuration/)
  await check({}, /quiet takes 1 or 0/, { FAULTLINE_QUIET: 'maybe' })
  await check({}, /absent\.json/, { FAULTLINE_CONFIG: 'absent.json' })
})

test('help is given although the configuration is broken', async (context) => {
  const { home, env } = prepared(context, { tzz: 1 }, null)
  assert.equal((await faultline(['--help'], { cwd: home, env })).code, 0)
})
