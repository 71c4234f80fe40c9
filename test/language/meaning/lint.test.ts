import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemsOf } from '../problems-of.ts'

const check = async (text: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(text, 'warning'), problems, text)

const tested = 'example "e" given x\nexpect a.b\nexample "f"\ngiven y\nexpect no a.b'.replace(' given x', '\ngiven x')

test('signals that nothing uses and signals without a literal are pointed out', async () => {
  await check('signal s from log where message has "segfault"', '1:8 unused-signal: nothing uses the signal `s`')
  await check(
    `signal s from log where severity == "fatal"\ncause a.b title "t" severity low strong when s\n${tested}`,
    '1:8 no-literal: no text of three letters or more is in every line of `s`: every line must be parsed',
  )
})

test('meters that nothing uses and misspelt fields are pointed out', async () => {
  await check('meter m = rate(tcp.refused) over 1m', '1:7 unused-signal: nothing uses the meter `m`')
  await check(
    `signal s from log where mesage has "segfault" and unit known\ncause a.b title "t" severity low strong when s\n${tested}`,
    '1:25 doubtful-field: no format is known to name a field `mesage` → `message`',
  )
})

test('a cause wants an example and a near miss', async () => {
  const cause = 'cause a.b title "t" severity low strong when tcp.refused\n'
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
  const rule = (where: string) =>
    `cause a.b title "t" severity low strong when tcp.unanswered where ${where}\n${tested}`
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
  await check(`cause a.b title "{server} {client}" severity low key server strong when tcp.refused\n${tested}`)
  await check(
    `cause a.b title "{sever}" severity low key server strong when tcp.refused\n${tested}`,
    '1:17 unknown-title-part: the title names `{sever}`, which neither the key nor its evidence has → `server`',
  )
})

test('a key part that no capture gives is doubted', async () => {
  await check(
    `signal s from log where message has "segfault"\ncause a.b title "t" severity low key service strong when s\n${tested}`,
    '2:58 doubtful-field: `s` captures no `service`: only records that have such a field join → `by …`, with `_` for parts that are unknown here',
  )
})

const rule = (evidence: string, more = '') =>
  `cause a.b title "t" severity low key server, port ${more} ${evidence}\n${tested}`
const never = (column: number, reason: string) => [
  `1:7 never-fires: none of the evidence for \`a.b\` can hold: it can never fire`,
  `1:${column} never-fires: this evidence can never hold: ${reason}`,
]

test('fields that would have to be two texts at once are pointed out', async () => {
  const asks = (where: string) => `cause a.b title "t" severity low strong when dns.response where ${where}\n${tested}`
  const twice = (field: string) =>
    `1:7 never-fires: \`a.b\` asks \`${field}\` for two things at once: it can never be so`
  await check(asks('type == "A" and type == "AAAA"'), twice('type'))
  await check(asks('type in ("A", "MX") and type in ("MX", "NS")'))
  await check(asks('type in ("A", "MX") and type == "NS"'), twice('type'))
  await check(asks('type == "A" and type != "A"'), twice('type'))
  await check(asks('type == "A" and not type in ("A", "NS")'), twice('type'))
  await check(asks('rcode in (2, 5) and rcode > 5'), twice('rcode'))
  await check(asks('rcode in (2, 5) and rcode > 3'))
  await check(asks('name == "db.example" and name ends ".local"'), twice('name'))
  await check(asks('name is "db.example" and name starts "db"'))
  await check(asks('name is any case "X" and name == "x"'))
  await check(asks('not name known and name has "x"'), twice('name'))
  await check(asks('type == "A" or type == "AAAA"'))
})

test('what a signal asks and what a step narrows it to must agree', async () => {
  const narrowed = (where: string) =>
    `signal s from tcp.unanswered where tries >= 3\n${rule(`strong when s where ${where}`)}`
  await check(narrowed('tries > 5'))
  const [all = '', one = ''] = never(52, '`s` itself asks `tries` for something else')
  await check(narrowed('tries < 3'), all.replace('1:', '2:'), one.replace('1:', '2:'))
})

test('facts hold numbers where numbers are', async () => {
  await check(
    `cause a.b title "t" severity low strong when tcp.refused where port == "https"\n${tested}`,
    '1:72 never-fires: this field holds numbers: it never is `"https"`',
  )
  await check(
    `cause a.b title "t" severity low strong when tcp.refused where middlebox == "yes"\n${tested}`,
    '1:77 never-fires: this field holds true or false: it never is `"yes"`',
  )
  await check(`cause a.b title "t" severity low strong when tcp.refused where port == "443"\n${tested}`)
})

test('a sequence that its own steps forbid or end is pointed out', async () => {
  const sequence = (more: string) =>
    rule(`strong when sequence within 1m first: tcp.unanswered then last: tcp.refused ${more}`)
  await check(
    sequence('without tcp.unanswered from first to last'),
    ...never(52, 'its own `tcp.unanswered` is what must be absent'),
  )
  await check(sequence('without tcp.unanswered from first + 1s to last'))
  await check(sequence('without tcp.unanswered where tries > 3 from first to last'))
  await check(sequence('until tcp.refused'), ...never(52, 'its own `tcp.refused` ends it'))
  await check(sequence('until tcp.established'))
})

test('thresholds that no number passes are pointed out', async () => {
  const measured = (condition: string) => rule(`strong when ${condition}`)
  const share = 'share(tcp.refused where middlebox == true) over 1m by server, port, at least 20'
  await check(measured(`${share} > 100%`), ...never(52, '`share` is at least 0 and at most 1 where it is known'))
  await check(measured(`${share} >= 100%`))
  await check(
    measured('count(tcp.refused) over 1m by server, port < 1'),
    ...never(52, '`count` is at least 1 where it is known'),
  )
  await check(measured('count(tcp.refused) over 1m by server, port < 2'))
  await check(
    measured('rate(tcp.refused) over 10s by server, port < 0.1'),
    ...never(52, '`rate` is at least 0.1 where it is known'),
  )
  const jump = (points: number) =>
    measured(
      `rate(tcp.refused) over 10m by server, port > 3 x baseline median over 30m before, at least ${points} points`,
    )
  await check(jump(3))
  await check(jump(4), ...never(52, 'its past holds 3 windows, 4 points are asked'))
  const distinct = (count: number) =>
    measured(`${count} distinct port of tcp.refused where port in (80, 443) within 1m`)
  await check(distinct(2))
  await check(distinct(3), ...never(52, '`port` has 2 values, 3 are asked'))
})

test('one evidence of several that can never hold leaves the others', async () => {
  await check(
    rule('strong when tcp.refused weak when count(tcp.refused) over 1m by server, port < 1'),
    '1:76 never-fires: this evidence can never hold: `count` is at least 1 where it is known',
  )
})

test('a cause that is never sure enough is pointed out', async () => {
  const several = (sure: string, wanted = '0.70') =>
    `1:7 never-reported: \`a.b\` is a root cause only where several files tell of it: one comes to ${sure} at most, \`report from\` wants ${wanted}`
  const none = (sure: string, wanted = '0.70') =>
    `1:7 never-reported: \`a.b\` can never be a root cause: its evidence comes to ${sure} at most, \`report from\` wants ${wanted}`
  await check(rule('weak when tcp.refused'), several('0.56'))
  await check(rule('weak when tcp.refused', 'report from 0.40'))
  await check(rule('weak when tcp.refused weak when tcp.reset'))
  await check(rule('weak when tcp.refused weak when 3 tcp.refused within 1m'), several('0.56'))
  await check(rule('weak when tcp.refused weak when tcp.reset', 'combine strongest'), none('0.56'))
  await check(rule('decisive when tcp.refused', 'report from 0.995'), none('0.99', '0.99'))
  await check(rule('strong when tcp.refused', 'combine noisy or, one source at most 0.60'))
  const bySource = 'cause a.b title "t" severity low key source'
  await check(`${bySource} combine noisy or, one source at most 0.60 strong when tcp.refused\n${tested}`, none('0.60'))
  await check(`${bySource} weak when tcp.refused\n${tested}`, none('0.56'))
  await check(`${bySource} weak when tcp.refused by server\n${tested}`, several('0.56'))
})
