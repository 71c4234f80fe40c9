import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importSigma, parseRules } from '../../../src/language/index.ts'

const rule = (detection: string, source = 'product: any', more = '') => `title: A thing
name: thing
logsource: {${source}}
level: high
${more}
detection:
${detection.replace(/^/gm, '  ')}
`

/** The test of the signal that a detection becomes, as pattern text. */
async function testOf(detection: string, source?: string): Promise<string> {
  const { text, problems } = await importSigma(rule(detection, source), 'a.yml')
  assert.deepEqual(problems, [], detection)
  return /from (log[\s\S]*?)\n\ncause/.exec(text)?.[1]?.replace(/\n {2}where /, ': ') ?? text
}

const check = async (selection: string, expected: string) =>
  assert.equal(await testOf(`s: {${selection}}\ncondition: s`), `log: ${expected}`)

async function refuse(yaml: string, sentence: string, line?: number): Promise<void> {
  const { text, problems } = await importSigma(yaml, 'a.yml')
  assert.equal(text, '')
  assert.deepEqual(
    problems.map((problem) => `${problem.code}: ${problem.sentence}`),
    [`foreign-rule: ${sentence}`],
    yaml,
  )
  if (line !== undefined) assert.equal(problems[0]?.line, line)
}

test('values are blind to case, lists are any of them, all that a mapping asks must hold', async () => {
  await check("a: 'X'", 'a is any case "X"')
  await check("a: ['X', 'Y']", 'a is any (any case "X", any case "Y")')
  await check("a: 'X', b: 3", 'a is any case "X" and b == 3')
  await check('a: null', 'not a known')
  await check("a: ''", 'a == ""')
  await check('a: true', 'a == true')
})

test('wildcards at the ends are plain questions, others regular expressions', async () => {
  await check("a: 'x*'", 'a starts any case "x"')
  await check("a: '*x'", 'a ends any case "x"')
  await check("a: '*x*'", 'a has any case "x"')
  await check("a: '*'", 'a known')
  await check("a: 'x*y?'", 'a ~ /^x[\\s\\S]*y[\\s\\S]$/i')
  await check("a: 'x\\*'", 'a is any case "x*"')
  await check("a: 'C:\\x\\\\*'", 'a starts any case "C:\\\\x\\\\"')
})

test('an aggregation of older rules is a correlation of the one rule', async () => {
  const text = async (aggregation: string) => {
    const yaml = rule(`s: {a: x}\ntimeframe: 5m\ncondition: s | ${aggregation}`)
    const { text, problems } = await importSigma(yaml, 'a.yml')
    assert.deepEqual(problems, [], aggregation)
    assert.deepEqual(text.match(/^(?:signal|cause) .*$/gm), ['signal sigma.thing-event from log', 'cause sigma.thing'])
    return /decisive when (.*)/.exec(text)?.[1]
  }
  assert.equal(await text('count() > 5'), '6 sigma.thing-event within 5m')
  assert.equal(await text('count() by user >= 5'), '5 sigma.thing-event by user within 5m')
  assert.equal(await text('count(ip) by user > 2'), '3 distinct ip of sigma.thing-event by user within 5m')
})

test('modifiers say how', async () => {
  await check("a|contains: 'x'", 'a has any case "x"')
  await check("a|startswith|cased: 'x'", 'a starts "x"')
  await check("a|contains|all: ['x', 'y']", 'a has any case "x" and a has any case "y"')
  await check("a|endswith: ['x', 'y']", 'a ends any (any case "x", any case "y")')
  await check("a|re: 'x.+/y'", 'a ~ /x.+\\/y/')
  await check("a|re|i: 'x'", 'a ~ /x/i')
  await check("a|re|m: '^x[$]$'", 'a ~ /(?:^|\\n)x[$](?:\\n|$)/')
  await check("a|re|s: 'x.y'", 'a ~ /x[\\s\\S]y/')
  await check("a|re|s: 'x.'", 'a ~ /x[\\s\\S]/')
  await check("a|cidr: '10.0.0.0/8'", 'a in cidr ("10.0.0.0/8")')
  await check('a|gte: 5', 'a >= 5')
  await check('a|exists: false', 'not a known')
  await check("a|neq: ['x', 'y']", 'not a is any (any case "x", any case "y")')
  await check('a|fieldref: b', 'a == b')
  await check("a|windash|contains: ' -x '", 'a ~ / [-\\/–—―]x /i')
  await check("a|base64|contains: 'hello'", 'a has any case "aGVsbG8="')
  await check("a|wide|base64offset|contains: 'hi'", 'a has any (any case "aABpA", any case "gAaQ", any case "oAGkA")')
})

test('a list of words is looked for in the whole record', async () => {
  assert.equal(
    await testOf("s: ['one', 'two']\ncondition: s"),
    'log: message has any (any case "one", any case "two") or line has any (any case "one", any case "two")',
  )
})

test('conditions join selections', async () => {
  const selections = 's1: {a: 1}\ns2: {b: 2}\nother: {c: 3}\n_x: {d: 4}\ncondition: '
  assert.equal(await testOf(`${selections}s1 and not (s2 or other)`), 'log: a == 1 and not (b == 2 or c == 3)')
  assert.equal(await testOf(`${selections}1 of s*`), 'log: a == 1 or b == 2')
  assert.equal(await testOf(`${selections}all of s* and not 1 of oth*`), 'log: a == 1 and b == 2 and not c == 3')
  assert.equal(await testOf(`${selections}all of them`), 'log: a == 1 and b == 2 and c == 3')
  assert.equal(await testOf(`${selections}[s1, other]`), 'log: a == 1 or c == 3')
})

test('log sources confine and rename', async () => {
  const detection = "s: {cs-method: POST, c-uri|contains: '/x'}\ncondition: s"
  assert.equal(
    await testOf(detection, 'category: webserver'),
    'log (nginx-access, proxy-access, json-access, haproxy, w3c): method is any case "POST" and path has any case "/x"',
  )
  assert.equal(
    await testOf('s: {Image: x}\ncondition: s', 'product: windows, category: process_creation'),
    'log: (event_id in (1) or EventID in (1)) and Image is any case "x"',
  )
  assert.equal(
    await testOf('s: [Failed password]\ncondition: s', 'product: linux, service: sshd'),
    'log: program has any case "sshd" and (message has any case "Failed password" or line has any case "Failed password")',
  )
})

const bases = ['failed', 'worked'].map(
  (name) => `title: Logon ${name}
name: ${name}
id: 0e95725d-7320-415d-80f7-0000000000${name.length}0
logsource: {product: any}
detection:
  s: {word|contains: ${name} logon}
  condition: s
`,
)

/** Key and conditions of the cause that a correlation becomes, behind those of rules that are reported by themselves. */
async function correlated(correlation: string): Promise<readonly string[]> {
  const yaml = [...bases, `title: Both\nlevel: high\ncorrelation:\n${correlation.replace(/^/gm, '  ')}`].join('---\n')
  const { text, problems } = await importSigma(yaml, 'a.yml')
  assert.deepEqual(problems, [], correlation)
  const own = text.slice(correlation.includes('generate') ? 0 : text.indexOf('cause sigma.both'))
  return [...own.matchAll(/(?:key {6}|decisive when )([\s\S]*?)(?=\n {2}\w)/g)].map(([, said = '']) =>
    said.replace(/\s+/g, ' '),
  )
}

test('correlations are counts, measures, sets and sequences', async () => {
  const by = 'group-by: [user]\ntimespan: 5m\n'
  assert.deepEqual(await correlated(`type: event_count\nrules: [failed]\n${by}condition: {gte: 10}`), [
    'user',
    '10 sigma.failed by user within 5m',
  ])
  assert.deepEqual(await correlated(`type: event_count\nrules: [failed]\n${by}condition: {gt: 10}`), [
    'user',
    '11 sigma.failed by user within 5m',
  ])
  assert.deepEqual(await correlated(`type: event_count\nrules: [failed]\n${by}condition: {eq: 3}`), [
    'user',
    'count(sigma.failed) over 5m by user == 3',
  ])
  assert.deepEqual(await correlated(`type: value_count\nrules: [failed]\n${by}condition: {gte: 4, field: host}`), [
    'user',
    '4 distinct host of sigma.failed by user within 5m',
  ])
  assert.deepEqual(await correlated(`type: value_avg\nrules: [failed]\n${by}condition: {lt: 4, field: size}`), [
    'user',
    'avg(sigma.failed.size) over 5m by user, at least 1 < 4',
  ])
  assert.deepEqual(await correlated(`type: value_max\nrules: [failed]\n${by}condition: {gte: 4, field: size}`), [
    'user',
    'max(sigma.failed.size) over 5m by user, at least 1 >= 4',
  ])
  assert.deepEqual(
    await correlated(`type: value_percentile\nrules: [failed]\n${by}condition: {gt: 4, field: size, percentile: 95}`),
    ['user', 'p95(sigma.failed.size) over 5m by user, at least 1 > 4'],
  )
  assert.deepEqual(await correlated(`type: temporal\nrules: [failed, worked]\n${by}`), [
    'user',
    'all within 5m of sigma.failed by user, sigma.worked by user',
  ])
  assert.deepEqual(await correlated(`type: temporal_ordered\nrules: [failed, worked]\n${by}`), [
    'user',
    'sequence within 5m s1: sigma.failed by user then s2: sigma.worked by user',
  ])
  assert.deepEqual(await correlated(`type: temporal\nrules: [failed, worked]\n${by}condition: failed or worked`), [
    'user',
    'sigma.failed by user',
    'sigma.worked by user',
  ])
})

test('aliases are the fields of each rule, and what is generated is reported by itself too', async () => {
  assert.deepEqual(
    await correlated(
      'type: temporal\nrules: [failed, worked]\naliases:\n  who: {failed: source_user, worked: target_user}\ngroup-by: [who]\ntimespan: 1h\ngenerate: true',
    ),
    [
      'source',
      'sigma.failed',
      'source',
      'sigma.worked',
      'who',
      'all within 1h of sigma.failed by source_user, sigma.worked by target_user',
    ],
  )
})

test('several rules are counted together', async () => {
  const yaml = [
    ...bases,
    'title: Both\ncorrelation: {type: event_count, rules: [failed, worked], group-by: [user], timespan: 1m, condition: {gte: 5}}',
  ].join('---\n')
  const { text } = await importSigma(yaml, 'a.yml')
  const { rules, problems } = await parseRules([{ file: 'a', text }])
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  assert.match(
    text,
    /signal sigma\.both\.counted from log\n {2}where word has any \(any case "failed logon", any case "worked logon"\)/,
  )
  assert.deepEqual(
    rules.causes.map(({ id, severity }) => `${id} ${severity}`),
    ['sigma.both medium'],
  )
})

test('what stands above a rule is kept', async () => {
  const more =
    'author: A. Nybody\nlicense: DRL-1.1\ndescription: It happens.\nreferences: [https://example.com/x]\nfalsepositives: [Admins, Unknown]'
  const { text } = await importSigma(rule('s: {a: 1}\ncondition: s', 'product: any', more), 'a.yml')
  const { rules } = await parseRules([{ file: 'a', text }])
  assert.match(text, /^# A thing, thing, by A\. Nybody, DRL-1\.1\n/)
  const [cause] = rules.causes
  assert.deepEqual(
    [cause?.id, cause?.severity, cause?.key, cause?.see, cause?.remedy],
    [
      'sigma.thing',
      'high',
      ['source'],
      ['https://example.com/x'],
      { now: 'It happens.', next: 'May be harmless: Admins', lasting: '' },
    ],
  )
})

test('what cannot be honoured is refused with its name and place', async () => {
  const bad = (selection: string, sentence: string) => refuse(rule(`s: {${selection}}\ncondition: s`), sentence, 7)
  await bad("a|expand: '%x%'", 'the modifier `expand` cannot be honoured')
  await bad('a|minute: 5', 'the modifier `minute` cannot be honoured')
  await bad("a|wide: 'x'", '`wide` without `base64` cannot be honoured')
  await bad("a|re: '(?=x)'", 'look-around is outside of what runs in linear time')
  await bad("'a b': x", 'the field `a b` of this log source cannot be honoured')
  await refuse(rule('s: {a: 1}\ncondition: s | count() > 5'), 'an aggregation wants a `timeframe`', 8)
  await refuse(
    rule('s: {a: 1}\ntimeframe: 5m\ncondition: s | near t'),
    'the aggregation `near t` cannot be honoured',
    9,
  )
  await refuse(
    rule('s: {a: 1}\ncondition: [s | count() > 5, s]'),
    'an aggregation behind `|` cannot be honoured beside other conditions',
    8,
  )
  await refuse(rule('s: {a: 1}\ncondition: s and'), 'this condition ends too early')
  await refuse(rule('s: {a: 1}\ncondition: t'), 'there is no selection `t`')
  await refuse(rule('s: {a: 1}\ncondition: 2 of s*'), '`2 of` cannot be honoured')
  await refuse(
    rule('s: {a: 1}\ntimeframe: 5m\ncondition: s'),
    '`timeframe` without a correlation cannot be honoured',
    8,
  )
  await refuse(
    rule('s: {cs-foo: 1}\ncondition: s', 'category: webserver'),
    'the field `cs-foo` of this log source cannot be honoured',
  )
  await refuse('title: x\nlogsource: {product: any}\nfilter: {rules: [a]}', '`filter` cannot be honoured', 3)
  const many = (correlation: string) => [...bases, `title: Both\ncorrelation: {${correlation}}`].join('---\n')
  await refuse(
    many('type: event_count, rules: [failed], timespan: 1m, condition: {lt: 5}'),
    'a count below a number cannot be honoured: the first event of every window would be one',
  )
  await refuse(
    many('type: value_max, rules: [failed], timespan: 1m, condition: {lt: 5, field: size}'),
    'a maximum below a number cannot be honoured: the first event of every window would be one',
  )
  await refuse(many('type: temporal, rules: [failed, absent], timespan: 1m'), 'the rule `absent` is not in this file')
  await refuse(
    many('type: temporal, rules: [failed], timespan: 1m, condition: not failed'),
    '`not` in the condition of a correlation cannot be honoured',
  )
  await refuse(
    many('type: value_percentile, rules: [failed], timespan: 1m, condition: {lte: 1, field: image}'),
    'a `percentile` is 50, 95 or 99',
  )
  await refuse(many('type: near, rules: [failed], timespan: 1m'), 'the correlation `near` cannot be honoured')
  await refuse(
    many('type: temporal, rules: [failed], timespan: 1x'),
    '`timespan` is a number with s, m, h, d, w, M or y',
  )
})

test('broken YAML and other documents are problems with a place', async () => {
  await refuse('', 'the document has no rules')
  await refuse('a: 1', '`logsource` is no mapping')
  const { problems } = await importSigma('title: [', 'a.yml')
  assert.equal(problems[0]?.code, 'foreign-rule')
})
