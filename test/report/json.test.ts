import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { renderer } from '../../src/report/index.ts'
import { report } from './sample.ts'

const shape = z.looseObject({
  format: z.literal(1),
  kind: z.literal('report'),
  run: z.strictObject({ version: z.string(), grammar: z.string(), exit: z.number(), command: z.string() }),
  findings: z.array(z.looseObject({ evidence: z.array(z.looseObject({})), evidence_omitted: z.number() })),
  links: z.array(
    z.strictObject({ cause: z.string(), effect: z.string(), lag_us: z.number().nullable(), basis: z.string() }),
  ),
  checks: z.array(z.looseObject({ cause: z.string(), open: z.string().nullable() })),
  requests: z.array(z.looseObject({ request_id: z.string(), time: z.string().nullable() })),
  minutes: z.array(z.looseObject({ time: z.string(), requests: z.number() })),
})

const full = shape.parse(JSON.parse(renderer('json').render(report, { maxBytes: null, width: 80, color: 'never' })))

test('it never says how long the run took', () =>
  assert.deepEqual(Object.keys(full.run), ['version', 'grammar', 'exit', 'command']))
test('a quotation has what verify needs', () => {
  assert.deepEqual(full.findings[0]?.evidence[1], {
    source: 'support-0417.tar.gz!net/db.pcap',
    line: null,
    line_end: null,
    packet: 815,
    offset: 73374,
    length: 74,
    time: '2025-03-01T10:00:04.124Z',
    excerpt: '192.0.2.10:40122 > 192.0.2.40:5432 SYN seq 3155820011 len 0 (retransmission)',
    role: 'trigger',
    digest: 0x5e6f7081,
    signal: 'tcp.unanswered',
    request_id: null,
    count: 1,
  })
})
test('links say after how long and why', () => {
  assert.deepEqual(full.links[0], {
    cause: 'nf-01',
    effect: 'du-01',
    lag_us: 1995000,
    basis: 'same server, port within 30 s',
  })
})
test('open checks say why', () => {
  assert.equal(
    full.checks.find(({ cause }) => cause === 'network.loss')?.open,
    'the capture net/old.pcap ends before the incident',
  )
})
test('all buckets are there', () => assert.equal(full.minutes.length, 91))
