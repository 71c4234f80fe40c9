import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadQuotations, renderer } from '../../src/report/index.ts'
import { report } from './sample.ts'

test('a JSON report gives its quotations back, in its order', async () => {
  const text = renderer('json').render(report, { maxBytes: null, width: 80, color: 'never' })
  const quoted = await loadQuotations(text)
  assert.equal(quoted.length, 9)
  assert.deepEqual(quoted[1], {
    finding: 'nf-01',
    source: 'support-0417.tar.gz!net/db.pcap',
    line: null,
    packet: 815,
    offset: 73374,
    length: 74,
    excerpt: '192.0.2.10:40122 > 192.0.2.40:5432 SYN seq 3155820011 len 0 (retransmission)',
    digest: 0x5e6f7081,
  })
})

test('anything else is refused', async () => {
  for (const text of ['', '{}', '[1]', '{"format":2}', 'not json'])
    await assert.rejects(loadQuotations(text), { code: 'not-a-report' })
})
