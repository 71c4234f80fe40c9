import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRules } from '../../../src/language/index.ts'
import { problemsOf } from '../problems-of.ts'

const check = async (where: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(`signal s from dns.response where\n${where}`), problems, where)

test('fields of facts are checked, fields of logs are open', async () => {
  await check('rtt > 1s')
  await check('rtx > 1s', '2:1 unknown-field: `s` has no field `rtx` → `rtt`')
  await check('name == serv', '2:9 unknown-field: `s` has no field `serv`; a text stands in quotes → `"serv"`')
  assert.deepEqual(await problemsOf('signal s from log where whatever == 3'), [])
})

test('units fit what a field holds', async () => {
  await check('rtt > 500ms and rcode == 3 and queries >= 2')
  await check('rtt > 5%', '2:7 unit: field `rtt` wants a plain number or a duration (`30s`), not a share')
  await check('rcode == 3s', '2:10 unit: field `rcode` wants a plain number, not a duration')
  await check('rtt > 5sec', '2:7 unit: `sec` is no unit → `s`')
})

test('durations become microseconds, sizes bytes, shares parts of one, addresses text', async () => {
  const value = async (written: string) => {
    const { rules } = await parseRules([{ file: 'a', text: `signal s from log where f == ${written}` }])
    const where = rules.signals[0]?.where
    return where?.kind === 'compare' ? where.operand : null
  }
  assert.deepEqual(await value('1.5ms'), { kind: 'value', value: 1500 })
  assert.deepEqual(await value('2d'), { kind: 'value', value: 172_800_000_000 })
  assert.deepEqual(await value('10Gi'), { kind: 'value', value: 10_737_418_240 })
  assert.deepEqual(await value('1.5k'), { kind: 'value', value: 1500 })
  assert.deepEqual(await value('7%'), { kind: 'value', value: 0.07 })
  assert.deepEqual(await value('-3'), { kind: 'value', value: -3 })
  assert.deepEqual(await value('10.0.0.7'), { kind: 'value', value: '10.0.0.7' })
  assert.deepEqual(await value('3.2.0'), { kind: 'version', text: '3.2.0' })
  assert.deepEqual(await value('v1.18'), { kind: 'version', text: 'v1.18' })
  assert.deepEqual(await value('true'), { kind: 'value', value: true })
  assert.deepEqual(await value('host'), { kind: 'field', name: 'host' })
})

test('captures become fields with their types', async () => {
  assert.deepEqual(await problemsOf('signal s from log where message has "took {t:duration}" and t > 3s'), [])
  assert.deepEqual(await problemsOf('signal s from log where message has "took {n:int}" and n > 3s'), [
    '1:60 unit: field `n` wants a plain number, not a duration',
  ])
  const { rules } = await parseRules([
    {
      file: 'a',
      text: 'signal s from log where message has "{a:ip} {_:int}" or message ~ /(?<b>x+)y/ and not message has "{c:int}z"',
    },
  ])
  assert.deepEqual(rules.signals[0]?.captures, ['a', 'b'])
})

test('a signal is from log or from a kind of fact, and has a name of its own', async () => {
  assert.deepEqual(await problemsOf('signal s from tcp.unansweredd'), [
    '1:15 unknown-signal: `tcp.unansweredd` is neither `log` nor a kind of fact → `tcp.unanswered`',
  ])
  assert.deepEqual(await problemsOf('signal all from log'), [
    '1:8 reserved-name: `all` already means something in conditions: name the signal otherwise',
  ])
  assert.deepEqual(await problemsOf('signal s from log\nsignal s from log'), [
    '2:8 duplicate-name: two signals are named `s`',
  ])
  assert.deepEqual(await problemsOf('signal s from dns.response (nginx)'), [
    '1:29 misplaced: formats in brackets confine `log` only',
  ])
})

test('severities, ranges and lists are looked at', async () => {
  assert.deepEqual(await problemsOf('signal s from log where severity == "eror"'), [
    '1:37 unknown-word: `eror` is no severity: trace debug info warn error fatal critical high medium low → `error`',
  ])
  await check('client in cidr ("10.0.0.0/8", "2001:db8::/32")')
  await check('client in cidr "10.0.0.0/33"', '2:16 value: `10.0.0.0/33` is no address range')
  await check('client in (name)', '2:12 value: `in (…)` lists texts and numbers')
})

test('words on the right that are no known field are doubted', async () => {
  assert.deepEqual(
    await problemsOf(
      'signal s from log where message has "abc" and level == error\ncause a.b title "t" severity low strong when s',
      'warning',
    ),
    [
      '1:56 doubtful-field: `error` is read as a field of the record; a text stands in quotes → `"error"`',
      '2:7 no-example: no example shows `a.b`',
      '2:7 no-near-miss: no near miss leaves `a.b` silent → `expect no a.b`',
    ],
  )
})

test('formats that no log is read in are refused where the formats are known', async () => {
  const text =
    'signal s from log (ngix, kernel) where message has "segfault"\nsignal t from log (nginx) where message has "panic"'
  const { problems } = await parseRules([{ file: 'a', text }], { formats: ['nginx-access', 'nginx-error', 'kernel'] })
  assert.deepEqual(
    problems
      .filter(({ severity }) => severity === 'error')
      .map(({ column, code, sentence, suggestion }) => `${column} ${code}: ${sentence} → ${suggestion}`),
    ['20 unknown-word: no log is read in a format `ngix` → `nginx`'],
  )
})
