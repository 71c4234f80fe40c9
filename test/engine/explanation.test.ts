import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conclude, REMEDY, record } from './events.ts'

const RULES = `signal refused from log where message has "refused {server:ip}:{port:int}"
signal gone from log where message has "database gone {server:ip}:{port:int}"
signal busy from log where message has "busy"
cause network.refused title "t" severity high key server, port strong when refused ${REMEDY}
cause database.unreachable title "t" severity critical key server, port strong when gone weak when refused ${REMEDY}
cause overload.server-busy title "t" severity medium key service strong when busy by _ ${REMEDY}
explain network.refused by database.unreachable when same server, port within 10s
explain overload.* by database.* within 10s`

async function check(lines: readonly (readonly [number, string])[], expected: readonly string[]): Promise<void> {
  const { findings } = await conclude(
    RULES,
    lines.map(([at, text]) => record(at, text)),
  )
  assert.deepEqual(
    findings.map(({ cause, role }) => `${cause} ${role}`),
    expected,
  )
}

test('a cascade is one root with its symptoms', () =>
  check(
    [
      [0, 'database gone 192.0.2.7:5432'],
      [1, 'refused 192.0.2.7:5432'],
      [2, 'busy'],
    ],
    ['database.unreachable root', 'network.refused symptom', 'overload.server-busy symptom'],
  ))

test('another key is another story', () =>
  check(
    [
      [0, 'database gone 192.0.2.7:5432'],
      [1, 'refused 192.0.2.8:80'],
    ],
    ['database.unreachable root', 'network.refused root', 'database.unreachable suspect'],
  ))

test('too far apart is no explanation', () =>
  check(
    [
      [0, 'database gone 192.0.2.7:5432'],
      [300, 'busy'],
    ],
    ['database.unreachable root', 'overload.server-busy root'],
  ))

test('an effect that shows long before is none', () =>
  check(
    [
      [0, 'busy'],
      [300, 'database gone 192.0.2.7:5432'],
    ],
    ['database.unreachable root', 'overload.server-busy root'],
  ))

test('a suspect explains nothing', () =>
  check(
    [
      [1, 'refused 192.0.2.7:5432'],
      [2, 'busy'],
    ],
    ['network.refused root', 'overload.server-busy root', 'database.unreachable suspect'],
  ))

test('links carry lag and reason', async () => {
  const { findings, links } = await conclude(RULES, [record(0, 'database gone 192.0.2.7:5432'), record(1.5, 'busy')])
  assert.deepEqual(
    links.map(({ causeFinding, effectFinding, lag, basis }) => [
      findings.findIndex(({ id }) => id === causeFinding),
      findings.findIndex(({ id }) => id === effectFinding),
      lag,
      basis,
    ]),
    [[0, 1, 1_500_000, 'within 10 s']],
  )
})
