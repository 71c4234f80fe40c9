import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aliases } from '../../src/engine/aliases.ts'
import { Engine } from '../../src/engine/index.ts'
import { Tally } from '../../src/model/index.ts'
import { fact, REMEDY, record, rulesOf, START } from './events.ts'

type Answers = readonly (readonly [string, ...string[]])[]

function check(name: string, answers: Answers, asked: string, expected: string): void {
  test(name, () => {
    for (const list of [answers, [...answers].reverse()]) {
      const aliases = new Aliases()
      for (const [host, ...addresses] of list) aliases.tie(host, addresses)
      assert.equal(aliases.resolve(asked), expected)
    }
  })
}

check('a name stands for its address', [['db.internal', '192.0.2.7']], 'db.internal', '192.0.2.7')
check('whatever its letters', [['DB.internal.', '192.0.2.7']], 'Db.Internal', '192.0.2.7')
check('its first label too', [['db.internal', '192.0.2.7']], 'db', '192.0.2.7')
check('aliases on the way are left out', [['db.internal', 'db1.example', '192.0.2.7']], 'db.internal', '192.0.2.7')
check('IPv4 before IPv6', [['db.internal', '2001:db8::7', '192.0.2.7']], 'db.internal', '192.0.2.7')
check('IPv6 alone', [['db.internal', '2001:db8::7']], 'db.internal', '2001:db8::7')
check(
  'one of several addresses is not known',
  [['db.internal', '192.0.2.7', '192.0.2.8']],
  'db.internal',
  'db.internal',
)
check(
  'a first label of two names is none',
  [
    ['db.a', '192.0.2.7'],
    ['db.b', '192.0.2.8'],
  ],
  'db',
  'db',
)
check(
  'two names of one address',
  [
    ['a.x', '192.0.2.7'],
    ['b.x', '192.0.2.7'],
  ],
  'b.x',
  '192.0.2.7',
)
check('an address stays', [['db.internal', '192.0.2.7']], '192.0.2.9', '192.0.2.9')

test('lines that state name and address tie them', () => {
  const aliases = new Aliases()
  aliases.add(record(0, 'connection to server at "pg.internal" (192.0.2.7), port 5432 failed: Connection refused'))
  aliases.add(record(0, 'Connection refused: no further information: kafka-1.internal/192.0.2.9:9092'))
  assert.equal(aliases.resolve('pg.internal'), '192.0.2.7')
  assert.equal(aliases.resolve('kafka-1.internal'), '192.0.2.9')
})

const RULES = `signal refused from log where message has "ECONNREFUSED {server:word}:{port:int}"
signal late from log where message has "late {server:word}:{port:int}"
cause network.refused title "t" severity high key server, port strong when 2 refused within 1m strong when tcp.refused by server, port ${REMEDY}
cause upstream.timeout title "t" severity high key server, port strong when late ${REMEDY}
explain upstream.timeout by network.refused when same server, port within 1m`

test('a finding by name and one by address are one, and explain each other', async () => {
  const engine = new Engine(await rulesOf(RULES))
  const events = [
    record(0, 'ECONNREFUSED db.internal:5432'),
    record(1, 'ECONNREFUSED 192.0.2.7:5432'),
    record(2, 'late db.internal:5432'),
    fact(1, 'tcp.refused', { server: '192.0.2.7', port: 5432 }),
  ]
  for (const event of events) engine.take(event, event.source === 0 ? 'app.log' : 'net.pcap')
  engine.takeAnswer('db.internal', ['192.0.2.7'])
  const cover = { reader: 'text', records: 4, first: START, last: START, tally: new Tally(), shift: 0 }
  const sources = [
    { path: 'app.log', bytes: 0, isCapture: false, ...cover },
    { path: 'net.pcap', bytes: 0, isCapture: true, ...cover },
  ]
  const { findings } = engine.conclude({ sources, ranks: [0, 1] })
  assert.deepEqual(
    findings.map(({ cause, role, key, count }) => `${cause} ${role} ${key.server}:${key.port} x${count}`),
    ['network.refused root 192.0.2.7:5432 x3', 'upstream.timeout symptom 192.0.2.7:5432 x1'],
  )
})
