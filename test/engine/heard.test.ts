import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Engine } from '../../src/engine/index.ts'
import { type Fact, SECOND, Tally } from '../../src/model/index.ts'
import { REMEDY, rulesOf, START } from './events.ts'

const RULES = await rulesOf(`cause overload.server-busy title "Busy" severity high
  strong when share(http.request where status == 503) over 10s, at least 10 > 10% ${REMEDY}
cause auth.forbidden title "Forbidden" severity high key path strong when 3 http.request where status == 403 by path within 1m ${REMEDY}`)

interface Told {
  readonly origin: 'log' | 'application'
  readonly status: number
}

/** One source that tells of twenty requests. */
function sourceOf({ origin, status }: Told, path: string) {
  const tally = new Tally()
  const counts = origin === 'log' ? tally.servers : tally.applications
  for (let at = 0; at < 20; at++) counts.add(START + at * SECOND, status, 1000)
  return {
    path,
    tally,
    reader: 'text',
    records: 20,
    first: START,
    last: START + 20 * SECOND,
    shift: 0,
    bytes: 0,
    isCapture: false,
  }
}

function factsOf({ origin, status }: Told, source: number): Fact[] {
  return [0, 1, 2].map((at) => ({
    kind: 'http.request',
    source,
    time: START + at * SECOND,
    quality: 'exact',
    place: { kind: 'line', line: at + 1, lineEnd: at + 1, offset: at * 10, length: 9, digest: at + status },
    excerpt: `GET /x ${status}`,
    fields: { path: '/x', status, origin },
  }))
}

function check(name: string, told: readonly Told[], expected: readonly string[]): void {
  test(name, () => {
    const engine = new Engine(RULES)
    const paths = told.map((_, at) => `${at}.log`)
    for (const [at, one] of told.entries()) for (const fact of factsOf(one, at)) engine.take(fact, `${at}.log`)
    const sources = told.map((one, at) => sourceOf(one, paths[at] ?? ''))
    const { findings } = engine.conclude({ sources, ranks: told.map((_, at) => at) })
    assert.deepEqual(findings.map(({ cause }) => cause).sort(), expected)
  })
}

check(
  'what an application tells is heard where nobody else tells',
  [{ origin: 'application', status: 503 }],
  ['overload.server-busy'],
)
check('so are its single requests', [{ origin: 'application', status: 403 }], ['auth.forbidden'])
check(
  'a server before it is heard alone, whoever comes first',
  [
    { origin: 'application', status: 503 },
    { origin: 'log', status: 200 },
  ],
  [],
)
check(
  'and the other way about',
  [
    { origin: 'log', status: 200 },
    { origin: 'application', status: 403 },
  ],
  [],
)
check(
  'of several applications all are heard',
  [
    { origin: 'application', status: 200 },
    { origin: 'application', status: 503 },
  ],
  ['overload.server-busy'],
)
