// What a customer's browser recorded, beside the log of the server that answered.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { faultline, scratch } from '../run.ts'

const START = Date.UTC(2026, 10, 20, 10)
/** The browser's clock is ahead by so many milliseconds. */
const SKEW = 184_000
const FAILING = [2, 3, 4, 6, 7, 9, 11, 12]
const IDS = Array.from({ length: 14 }, (_, at) => `0b05b5d9-3795-446d-a5be-b2443943fe${String(at).padStart(2, '0')}`)

const statusOf = (at: number) => (FAILING.includes(at) ? 500 : 200)
const askedAt = (at: number) => START + at * 7000 + (at % 3) * 900
const iso = (time: number) => new Date(time).toISOString()

const archive = {
  log: {
    version: '1.2',
    creator: { name: 'WebInspector', version: '537.36' },
    entries: IDS.map((id, at) => ({
      startedDateTime: iso(askedAt(at) + SKEW),
      time: 240.5,
      request: { method: 'POST', url: 'https://api.example/v1/register', headers: [] },
      response: { status: statusOf(at), statusText: '', headers: [{ name: 'X-Request-Id', value: id }], content: {} },
    })),
  },
}
const access = IDS.map((id, at) =>
  JSON.stringify({
    time: iso(askedAt(at) + 220),
    remote_addr: '203.0.113.9',
    request: 'POST /v1/register HTTP/1.1',
    status: statusOf(at),
    rt: 0.199,
    request_id: id,
  }),
)

test('a recording is put on the clock of the server, and a request is seen on both sides', async (context) => {
  const home = scratch(context)
  mkdirSync(join(home, 'bundle'))
  writeFileSync(join(home, 'bundle/customer.har.gz'), gzipSync(JSON.stringify(archive)))
  writeFileSync(join(home, 'bundle/access.log'), `${access.join('\n')}\n`)
  const { code } = await faultline(['bundle', '--store', 'f.db', '-q'], { cwd: home })
  assert.equal(code, 0)
  const query = async (sql: string) => {
    const { stdout } = await faultline(['query', sql, '--store', 'f.db', '--format', 'json'], { cwd: home })
    return JSON.parse(stdout)
  }
  const clocks = await query('SELECT reader, round(clock_offset_us / 1e6) AS offset FROM sources ORDER BY reader')
  assert.deepEqual(clocks, [
    { reader: 'har', offset: -184 },
    { reader: 'json-access', offset: 0 },
  ])
  const sides = await query(`SELECT DISTINCT path FROM v_requests WHERE request_id = '${IDS[2]}' ORDER BY path`)
  assert.deepEqual(sides, [{ path: 'bundle/access.log' }, { path: 'bundle/customer.har.gz' }])
})

test('what a browser recorded silences no application that tells of what it answered', async (context) => {
  const home = scratch(context)
  const line = (at: number) =>
    JSON.stringify({
      level: at % 2 === 0 ? 30 : 50,
      time: START + at * 1000,
      msg: 'request completed',
      req: { method: 'GET', url: '/a' },
      res: { statusCode: at % 2 === 0 ? 200 : 503 },
      responseTime: 12,
    })
  writeFileSync(join(home, 'app.log'), Array.from({ length: 60 }, (_, at) => `${line(at)}\n`).join(''))
  writeFileSync(join(home, 'customer.har'), JSON.stringify(archive))
  const { stdout } = await faultline(['app.log', 'customer.har', '--store', 'f.db', '--json', '-q'], { cwd: home })
  const { findings } = JSON.parse(stdout)
  const busy = findings.find(({ cause }: { readonly cause: string }) => cause === 'overload.server-busy')
  assert.equal(busy?.role, 'root')
})
