import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemsOf } from '../problems-of.ts'

const check = async (text: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(text, 'warning'), problems, text)

const tested = 'example "e" given x\nexpect a.b\nexample "f"\ngiven y\nexpect no a.b'.replace(' given x', '\ngiven x')

test('signals that nothing uses and signals without a literal are pointed out', async () => {
  await check('signal s from log where message has "segfault"', '1:8 unused-signal: nothing uses the signal `s`')
  await check(
    `signal s from log where severity == "fatal"\ncause a.b title "t" severity low weak when s\n${tested}`,
    '1:8 no-literal: no text of three letters or more is in every line of `s`: every line must be parsed',
  )
})

test('a cause wants an example and a near miss', async () => {
  const cause = 'cause a.b title "t" severity low weak when tcp.refused\n'
  await check(cause + tested)
  await check(
    cause,
    '1:7 no-example: no example shows `a.b`',
    '1:7 no-near-miss: no near miss leaves `a.b` silent → `expect no a.b`',
  )
})

test('what can never fire is pointed out', async () => {
  await check(
    `cause a.b title "t" severity low against when tcp.refused\n${tested}`,
    '1:7 never-fires: nothing is evidence for `a.b`: it can never fire',
  )
})

test('bounds that leave nothing between them are pointed out', async () => {
  const rule = (where: string) => `cause a.b title "t" severity low weak when tcp.unanswered where ${where}\n${tested}`
  await check(rule('tries > 2 and tries <= 3'))
  await check(rule('tries >= 3 and tries <= 3'))
  await check(rule('tries > 5 or tries < 3'))
  await check(rule('tries > 2 and tries >= 3 and tries <= 3'))
  const never = '1:7 never-fires: `a.b` asks `tries` for two things at once: it can never be so'
  await check(rule('tries > 5 and tries < 3'), never)
  await check(rule('tries > 3 and (seconds > 1 and tries <= 3)'), never)
  await check(rule('tries == 4 and tries == 5'), never)
})

test('a title names what the key or the evidence has', async () => {
  await check(`cause a.b title "{server} {client}" severity low key server weak when tcp.refused\n${tested}`)
  await check(
    `cause a.b title "{sever}" severity low key server weak when tcp.refused\n${tested}`,
    '1:17 unknown-title-part: the title names `{sever}`, which neither the key nor its evidence has → `server`',
  )
})

test('a key part that no capture gives is doubted', async () => {
  await check(
    `signal s from log where message has "segfault"\ncause a.b title "t" severity low key service weak when s\n${tested}`,
    '2:56 doubtful-field: `s` captures no `service`: only records that have such a field join → `by …`, with `_` for parts that are unknown here',
  )
})
