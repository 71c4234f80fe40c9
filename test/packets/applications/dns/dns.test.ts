import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../../../src/model/index.ts'
import { dnsOverTcp, dnsOverUdp, llmnr, multicastDns } from '../../../../src/packets/applications/dns/dns.ts'
import { client, hex, play, playDatagrams, recognised, type Step, server, summary } from '../play.ts'

const ENDS = { port: 53, server: '192.0.2.53' }

/** A message with one question; flags 0x0100 ask, 0x8180 plus a code answers. */
function message(flags: number, name: string, more: { id?: number; type?: number; records?: string } = {}): Buffer {
  const { id = 7, type = 1, records = '' } = more
  const number = (value: number) => value.toString(16).padStart(4, '0')
  const labels = name.split('.').map((label) => String.fromCharCode(label.length) + label)
  const question = Buffer.from(`${labels.join('')}\0`, 'latin1').toString('hex')
  const counts = records === '' ? '000000000000' : '000100000000'
  return hex(`${number(id)} ${number(flags)} 0001 ${counts} ${question} ${number(type)} 0001 ${records}`)
}

const ask = (name: string, at = 0, more = {}) => client(message(0x0100, name, more), { at })
const say = (rcode: number, name: string, at = 0, more = {}) => server(message(0x8180 + rcode, name, more), { at })
/** A record for the name of the question: A 192.0.2.80. */
const ADDRESS = 'c00c 0001 0001 00000e10 0004 c0000250'

function check(steps: readonly Step[], expected: readonly Fields[], until?: number): void {
  const heard = playDatagrams(dnsOverUdp, steps, { ends: ENDS, until: until ?? steps.at(-1)?.at ?? 0 })
  const names = ['name', 'type', 'rcode_name', 'rtt', 'queries', 'answers', 'seconds', 'search']
  assert.deepEqual(summary(heard, ...names), expected)
}

const answered = { kind: 'dns.response', name: 'a.example', type: 'A', rcode_name: 'NOERROR', queries: 1, answers: 0 }

test('a query and its answer', () => {
  const heard = playDatagrams(dnsOverUdp, [ask('a.example'), say(0, 'A.Example', 3, { records: ADDRESS })], {
    ends: ENDS,
  })
  assert.deepEqual(heard.dns, [
    {
      time: 0,
      client: '192.0.2.1',
      clientPort: 40000,
      server: '192.0.2.53',
      serverPort: 53,
      proto: 'udp',
      transId: 7,
      query: 'a.example',
      qtypeName: 'A',
      rcode: 0,
      rcodeName: 'NOERROR',
      rtt: 3000,
      queries: 1,
      answered: true,
      answers: ['192.0.2.80'],
    },
  ])
  assert.equal(heard.facts[0].excerpt, 'DNS answer NOERROR to A a.example from 192.0.2.53 to 192.0.2.1 after 3 ms')
  assert.equal(heard.facts[0].place.packet, 2)
})

test('a slow answer began with its query', () => {
  const late = playDatagrams(dnsOverUdp, [ask('a.example', 5), say(0, 'a.example', 3005)], { ends: ENDS })
  assert.deepEqual(
    late.facts.map(({ time }) => time),
    [5000],
  )
  const unasked = playDatagrams(dnsOverUdp, [say(0, 'a.example', 3005)], { ends: ENDS })
  assert.deepEqual(
    unasked.facts.map(({ time }) => time),
    [3_005_000],
  )
})

test('a repeat belongs to the first query', () =>
  check(
    [ask('a.example'), ask('a.example', 5005), say(0, 'a.example', 5010)],
    [{ ...answered, queries: 2, rtt: 5_010_000 }],
  ))

test('an answer counts once', () =>
  check([ask('a.example'), say(0, 'a.example', 1), say(2, 'a.example', 2)], [{ ...answered, rtt: 1000 }]))

test('other numbers, types and names are other transactions', () => {
  const steps = [ask('a.example'), ask('a.example', 0, { id: 8 }), ask('a.example', 0, { type: 28 }), ask('b.example')]
  assert.equal(playDatagrams(dnsOverUdp, steps, { ends: ENDS }).dns.length, 4)
})

test('a lone query proves nothing until five seconds passed', () => {
  check([ask('a.example')], [], 4999)
  const silent = { kind: 'dns.unanswered', name: 'a.example', type: 'A' }
  check([ask('a.example')], [{ ...silent, queries: 1, seconds: 5 }], 60_000)
  check([ask('a.example'), ask('a.example', 1000)], [{ ...silent, queries: 2, seconds: 2 }], 2000)
  check([ask('a.example'), ask('a.example', 1)], [], 2000)
  // The clock of the capture went back.
  check([ask('a.example', 9000), ask('a.example', 1000)], [{ ...silent, queries: 2, seconds: 0 }], 1000)
})

test('a server that was slow is given longer than it took before', () => {
  const slow = [ask('a.example'), say(0, 'a.example', 8000), ask('b.example', 8500, { id: 8 })]
  const seen = { ...answered, rtt: 8_000_000 }
  check(slow, [seen], 20_499)
  check(slow, [seen, { kind: 'dns.unanswered', name: 'b.example', type: 'A', queries: 1, seconds: 5 }], 20_500)
})

test('the same number a minute later is another transaction', () =>
  check(
    [ask('a.example'), say(0, 'a.example', 1), ask('a.example', 61_000), say(0, 'a.example', 61_002)],
    [
      { ...answered, rtt: 1000 },
      { ...answered, rtt: 2000 },
    ],
  ))

test('an answer whose query was not captured', () => {
  const { rtt: _, ...rest } = { ...answered, rtt: 0 }
  check([say(3, 'a.example')], [{ ...rest, rcode_name: 'NXDOMAIN', queries: 0 }])
})

test('a refusal that leaves the question out is told by its number', () =>
  check(
    [ask('a.example'), server(hex('0007 8185 0000 0000 0000 0000'), { at: 1 })],
    [{ ...answered, rcode_name: 'REFUSED', rtt: 1000 }],
  ))

test('the upper bits of a code come from EDNS', () => {
  const bytes = message(0x8180, 'a.example')
  bytes.writeUInt16BE(1, 10)
  const options = Buffer.concat([bytes, hex('00 0029 04d0 01000000 0000')])
  check([ask('a.example'), server(options, { at: 1 })], [{ ...answered, rcode_name: 'BADVERS', rtt: 1000 }])
})

test('a name of the search list is marked when the name itself is found', () => {
  const missing = { ...answered, name: 'db.prod.svc.local', rcode_name: 'NXDOMAIN', rtt: 1000 }
  const long = [ask('db.prod.svc.local'), say(3, 'db.prod.svc.local', 1)]
  const found = { ...answered, name: 'db.prod', rtt: 1000 }
  check([...long, ask('db.prod', 2), say(0, 'db.prod', 3)], [found, { ...missing, search: true }])
  check([...long, ask('db.prod', 2500), say(0, 'db.prod', 2501)], [missing, found])
  check([...long, ask('prod.db', 2), say(0, 'prod.db', 3)], [{ ...found, name: 'prod.db' }, missing])
  check(
    [...long, ask('db.svc.local', 2), say(0, 'db.svc.local', 3)],
    [
      { ...found, name: 'db.svc.local' },
      { ...missing, search: true },
    ],
  )
})

test('a name of the search list is marked when the next domain of the list has it', () => {
  const missing = { ...answered, name: 'db.corp.example', rcode_name: 'NXDOMAIN', rtt: 1000 }
  const found = { ...answered, name: 'db.prod.example', rtt: 1000 }
  const first = [ask('db.corp.example'), say(3, 'db.corp.example', 1)]
  const next = (at: number) => [ask('db.prod.example', at), say(0, 'db.prod.example', at + 1)]
  check([...first, ...next(2)], [found, { ...missing, search: true }])
  check([...first, ...next(700)], [found, missing])
})

test('names that fail with and without a suffix are one failure: that of the shorter', () => {
  const failed = { ...answered, name: 'db', rcode_name: 'NXDOMAIN', rtt: 1000 }
  const both = [
    { ...failed, name: 'db.corp.example', search: true },
    { ...failed, name: 'db' },
  ]
  const long = [ask('db.corp.example'), say(3, 'db.corp.example', 1)]
  const short = [ask('db'), say(3, 'db', 1)]
  check([...long, ...short], both)
  check([...short, ...long], both.toReversed())
})

test('messages over TCP, cut anywhere', () => {
  const prefixed = (bytes: Buffer) => Buffer.concat([hex(bytes.length.toString(16).padStart(4, '0')), bytes])
  const query = prefixed(message(0x0100, 'a.example'))
  const answer = prefixed(message(0x8182, 'a.example'))
  for (let at = 1; at < query.length; at++) {
    const steps = [client(query.subarray(0, at)), client(query.subarray(at)), server(answer, { at: 2 })]
    const heard = play(dnsOverTcp, steps, { ends: ENDS })
    assert.deepEqual(summary(heard, 'rcode_name', 'rtt'), [{ kind: 'dns.response', rcode_name: 'SERVFAIL', rtt: 2000 }])
    assert.equal(heard.dns[0].proto, 'tcp')
  }
  assert.equal(recognised([dnsOverTcp], client(query), ENDS), 'dns')
  assert.equal(recognised([dnsOverTcp], client(query.subarray(0, 2)), ENDS), 'dns')
  assert.equal(recognised([dnsOverTcp], client(query), { port: 5353 }), null)
  assert.equal(recognised([dnsOverTcp], client('GET / HTTP/1.1\r\n\r\n'), ENDS), null)
})

test('after a loss over TCP a message begins with a packet, its length by itself or not', () => {
  const prefix = (bytes: Buffer) => hex(bytes.length.toString(16).padStart(4, '0'))
  const [query, answer] = [message(0x0100, 'a.example'), message(0x8182, 'a.example')]
  const rest = client(message(0x0100, 'lost.example').subarray(9), { gap: 11 })
  for (const steps of [[client(prefix(query)), client(query)], [client(Buffer.concat([prefix(query), query]))]]) {
    const said = server(Buffer.concat([prefix(answer), answer]), { at: 2 })
    const heard = play(dnsOverTcp, [rest, ...steps, said], { ends: ENDS })
    assert.deepEqual(summary(heard, 'rcode_name', 'rtt'), [{ kind: 'dns.response', rcode_name: 'SERVFAIL', rtt: 2000 }])
  }
})

test('an answer over TCP that was snapped tells its code, and the next one is read', () => {
  const prefixed = (bytes: Buffer) => Buffer.concat([hex(bytes.length.toString(16).padStart(4, '0')), bytes])
  const query = prefixed(message(0x0100, 'a.example'))
  const answer = prefixed(message(0x8182, 'a.example'))
  const [long, rest] = [
    Buffer.concat([hex((answer.length + 98).toString(16).padStart(4, '0')), answer.subarray(2)]),
    100,
  ]
  const steps = [
    client(query),
    server(long, { at: 2, cut: rest }),
    client(prefixed(message(0x0100, 'b.example')), { at: 3 }),
    server(prefixed(message(0x8183, 'b.example')), { at: 4 }),
  ]
  const heard = play(dnsOverTcp, steps, { ends: ENDS })
  assert.deepEqual(summary(heard, 'rcode_name', 'rtt'), [
    { kind: 'dns.response', rcode_name: 'SERVFAIL', rtt: 2000 },
    { kind: 'dns.response', rcode_name: 'NXDOMAIN', rtt: 1000 },
  ])
})

test('any cut length and any loop of names is survived', () => {
  const whole = message(0x8180, 'a.example', { records: ADDRESS })
  for (let length = 0; length <= whole.length; length++) check([server(whole.subarray(0, length))], seenOf(length))
  const loop = hex('0007 8180 0001 0000 0000 0000 c00c 0001 0001')
  check([server(loop)], [])
  check([server(hex('0007 8180 0001 0000 0000 0000 3f'))], [])
})

/** The question ends at byte 27 with class; without the class the type is known. */
function seenOf(length: number): readonly Fields[] {
  const { kind, name, type, rcode_name } = answered
  return length < 25 ? [] : [{ kind, name, type, rcode_name, queries: 0, answers: length === 43 ? 1 : 0 }]
}

test('the names of a local network make no facts', () => {
  for (const application of [multicastDns, llmnr])
    assert.deepEqual(playDatagrams(application, [ask('host'), say(3, 'host', 1)], { until: 99_000 }).facts, [])
})
