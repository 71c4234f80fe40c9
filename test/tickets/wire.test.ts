import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { FaultlineError } from '../../src/model/index.ts'
import type { Request } from '../../src/tickets/request.ts'
import { createWire, mask } from '../../src/tickets/wire.ts'
import { save } from './save.ts'
import { type Fault, startVendor } from './vendor.ts'

interface Case {
  readonly fault: Fault
  readonly times?: number
  readonly request?: Partial<Request>
}

/** What came of it: the answer or the code of the error, how often it was asked, and the pauses. */
async function outcome(context: TestContext, { fault, times = 1, request = {} }: Case) {
  const vendor = await startVendor(
    context,
    ['GET', 'POST', 'DELETE'].map((method) => {
      return { name: `${method} /thing`, answer: () => ({ status: 200, body: { ok: method } }) }
    }),
  )
  vendor.fail(/thing/, fault, times)
  const pauses: number[] = []
  const clock = {
    sleep: async (milliseconds: number) => void pauses.push(milliseconds),
    jitter: () => 0.5,
    now: () => Date.UTC(2025, 2, 1, 10, 0, 0),
  }
  const wire = createWire({ clock, timeoutMs: 200, secrets: ['s3cr3t'], save })
  const whole: Request = {
    method: 'GET',
    url: `${vendor.url}/thing`,
    headers: {},
    body: null,
    carries: 'words',
    doing: 'look',
    rehearsed: null,
    ...request,
  }
  const result = await wire.send(whole).catch((error: unknown) => {
    assert.ok(error instanceof FaultlineError)
    return error.code
  })
  return [result, vendor.asked.length, pauses] as const
}

test('pauses double and shiver, and three tries are enough', async (context) => {
  const check = async (given: Case, expected: unknown) => assert.deepEqual(await outcome(context, given), expected)
  await check({ fault: { kind: 'status', status: 500 }, times: 2 }, [{ ok: 'GET' }, 3, [750, 1500]])
  await check({ fault: { kind: 'status', status: 500 }, times: 3 }, ['ticket-failed', 3, [750, 1500]])
  await check({ fault: { kind: 'stall' }, times: 3 }, ['ticket-unreachable', 3, [750, 1500]])
  await check({ fault: { kind: 'cut' } }, [{ ok: 'GET' }, 2, [750]])
  await check({ fault: { kind: 'status', status: 400 } }, ['ticket-refused', 1, []])
})

test('Retry-After is honoured in seconds and as a date, and refused beyond a minute', async (context) => {
  const check = async (retryAfter: string, status: number, expected: unknown) => {
    assert.deepEqual(await outcome(context, { fault: { kind: 'status', status, retryAfter } }), expected)
  }
  await check('7', 429, [{ ok: 'GET' }, 2, [7000]])
  await check('0', 429, [{ ok: 'GET' }, 2, [750]])
  await check('Sat, 01 Mar 2025 10:00:09 GMT', 503, [{ ok: 'GET' }, 2, [9000]])
  await check('3600', 429, ['ticket-busy', 1, []])
  await check('5', 403, [{ ok: 'GET' }, 2, [5000]])
  await check('soon', 429, [{ ok: 'GET' }, 2, [750]])
})

test('a request that may have arrived is looked for, and not sent again where it did', async (context) => {
  const check = async (given: Case, expected: unknown) => assert.deepEqual(await outcome(context, given), expected)
  const arrived = async () => ({ found: true })
  const post = { method: 'POST', arrived } as const
  await check({ fault: { kind: 'cut' }, request: post }, [{ found: true }, 1, []])
  await check({ fault: { kind: 'status', status: 500 }, request: post }, [{ found: true }, 1, []])
  await check({ fault: { kind: 'status', status: 429 }, request: post }, [{ ok: 'POST' }, 2, [750]])
  await check({ fault: { kind: 'cut' }, request: { ...post, arrived: async () => null } }, [{ ok: 'POST' }, 2, [750]])
  const fails = async () => Promise.reject(new Error('down'))
  await check({ fault: { kind: 'cut' }, request: { ...post, arrived: fails } }, ['ticket-uncertain', 1, []])
})

test('what is gone already is deleted', async (context) => {
  const given: Case = { fault: { kind: 'status', status: 404 }, request: { method: 'DELETE' } }
  assert.deepEqual(await outcome(context, given), [null, 1, []])
})

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('nobody there is said, and never taken for sent', async () => {
  const port = await closedPort()
  const clock = { sleep: async () => undefined, jitter: () => 0, now: () => 0 }
  const wire = createWire({ clock, timeoutMs: 500, secrets: [], save })
  const request: Request = {
    method: 'POST',
    url: `http://127.0.0.1:${port}/`,
    headers: {},
    body: null,
    carries: 'words',
    doing: 'post the comment',
    rehearsed: null,
    arrived: async () => ({ never: 'asked' }),
  }
  await assert.rejects(wire.send(request), {
    code: 'ticket-unreachable',
    message: /127\.0\.0\.1:\d+ cannot be reached \(post the comment\)\.$/,
  })
})

test('a server that speaks no TLS is not there, and nothing was sent to it', async (context) => {
  const vendor = await startVendor(context, [])
  const clock = { sleep: async () => undefined, jitter: () => 0, now: () => 0 }
  const wire = createWire({ clock, timeoutMs: 500, secrets: [], save })
  const request: Request = {
    method: 'POST',
    url: vendor.url.replace('http:', 'https:'),
    headers: { authorization: 'Bearer s3cr3t' },
    body: null,
    carries: 'words',
    doing: 'post the comment',
    rehearsed: null,
    arrived: async () => ({ never: 'asked' }),
  }
  await assert.rejects(wire.send(request), { code: 'ticket-unreachable', message: / cannot be reached / })
  assert.deepEqual(vendor.asked, [])
})

test('secrets become stars', () => {
  assert.equal(mask('Basic YTpi, a:b', ['YTpi', '', 'b']), 'Basic ***, a:***')
})

test('only the exchange opens a connection', () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url))
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  const opening = files.filter((path) => {
    const text = readFileSync(join(src, path), 'utf8')
    return /(?<![.\w])fetch\(|(?:from|import\() ?'(?:node:)?(?:https?|http2|tls|dgram|undici|ws)'|net\.connect/.test(
      text,
    )
  })
  assert.deepEqual(opening, ['tickets/exchange.ts'])
})
