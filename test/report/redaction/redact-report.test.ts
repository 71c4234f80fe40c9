import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertClean, RENDERERS, redactReport, renderTerminal } from '../../../src/report/index.ts'
import { fromQuotedPrintable } from '../../../src/report/mime.ts'
import { report, saying } from '../sample.ts'
import { PLANTED as EVERYWHERE } from './planted.ts'

const key = new Uint8Array(32).fill(9)
const options = { maxBytes: null, width: 100, color: 'never' } as const

const JWT = [
  Buffer.from('{"alg":"HS256"}').toString('base64url'),
  Buffer.from('{"sub":"plantedsubject","exp":1767225600}').toString('base64url'),
  'plantedsignature',
].join('.')

/** A secret or identity of every class, as a log would say it, and the part that must not survive. */
const PLANTED: readonly (readonly [string, string])[] = [
  ...EVERYWHERE,
  [`Authorization: Bearer ${JWT}`, JWT.slice(10, 60)],
  ['Authorization: Basic cGxhbnRlZDpiYXNpYw==', 'cGxhbnRlZDpiYXNpYw'],
  ['db password="planted pass word"', 'planted pass'],
  ['client_secret=plantedClientSecret1', 'plantedClientSecret1'],
  ['refresh_token: plantedRefresh22', 'plantedRefresh22'],
  ['postgres://svc:plantedUrlPw3@db.internal/x', 'plantedUrlPw3'],
  ['Set-Cookie: sid=plantedCookie44; Path=/', 'plantedCookie44'],
  ['GET /s3?X-Amz-Signature=plantedsig555', 'plantedsig555'],
  [`key AKIA${'Q7RW3ZLMK5TNY2XJ'}`, 'Q7RW3ZLMK5TNY2XJ'],
  ['-----BEGIN PRIVATE KEY-----\nplantedPem777\n-----END PRIVATE KEY-----', 'plantedPem777'],
  ['mail planted.person@corp.cn', 'planted.person'],
  ['phone +86 13912345678', '13912345678'],
  ['id 11010519491231002X', '11010519491231002X'],
  ['card 4111111111111111', '4111111111111111'],
  ['Failed password for plantedlogin from', 'plantedlogin'],
  ['open /home/plantedhome/x', 'plantedhome'],
  ['host db-planted.prod.corp.cn', 'db-planted'],
  ['client 8.8.4.4 port 1', '8.8.4.4'],
  ['client 2400:cb00:77::9', '2400:cb00:77'],
  ['mac 00:1a:2b:3c:4d:5e', '3c:4d:5e'],
  ['GET /find?name=plantedquery', 'plantedquery'],
]

test('no planted value survives in any format, and the last look agrees', async () => {
  const text = PLANTED.map(([line]) => line).join('\n')
  const { report: redacted, counts } = await redactReport(saying(text), { profile: 'strict', key })
  const outputs = RENDERERS.map((one) => ({ format: one.format, text: one.render(redacted, options) }))
  outputs.push({ format: 'terminal', text: renderTerminal(redacted, options) })
  for (const { format, text: output } of outputs) {
    const read = format === 'eml' ? fromQuotedPrintable(output) : output
    for (const [, value] of PLANTED) assert.ok(!read.includes(value), `${format} still says ${value}`)
    await assertClean(output, 'strict')
    assert.ok(!read.includes(Buffer.from(key).toString('hex')))
  }
  assert.ok((counts['named-secret'] ?? 0) > 0 && (counts['e-mail'] ?? 0) > 0)
})

test('a token keeps its expiry in every format', async () => {
  const { report: redacted } = await redactReport(saying(`Authorization: Bearer ${JWT}`), { profile: 'strict', key })
  for (const one of RENDERERS) {
    const output =
      one.format === 'eml' ? fromQuotedPrintable(one.render(redacted, options)) : one.render(redacted, options)
    assert.match(output, /exp\\?=2026-01-01T00:00:00Z/, one.format)
  }
})

test('one value has one name in every format', async () => {
  const { report: redacted } = await redactReport(saying('from 8.8.4.4 to 8.8.4.4'), { profile: 'strict', key })
  const [name] = /24\d\.[\d.]+\d|25\d\.[\d.]+\d/.exec(redacted.analysis.conclusion.verdict.sentence) ?? ['']
  assert.equal(redacted.analysis.conclusion.verdict.sentence, `from ${name} to ${name}`)
  for (const one of RENDERERS) assert.ok(one.render(redacted, options).includes(name), one.format)
})

test('what support needs stays', async () => {
  const { report: redacted, counts } = await redactReport(report, { profile: 'strict', key })
  assert.equal(redacted.requests[0]?.requestId, 'req-7f19c2')
  assert.deepEqual(redacted.analysis.conclusion.findings[0]?.key, { server: '192.0.2.40', port: 5432 })
  assert.equal(redacted.analysis.bundle.sha256, report.analysis.bundle.sha256)
  assert.deepEqual(counts, { 'host-name': 1 })
})

test('an altered quotation gives no checksum away, an unaltered one keeps it', async () => {
  const { report: redacted } = await redactReport(report, { profile: 'strict', key })
  const evidence = redacted.analysis.conclusion.findings[0]?.evidence ?? []
  assert.equal(evidence[0]?.place.digest, 0x5e6f7081)
  assert.equal(evidence[5]?.place.digest, 0)
})

test('the report says what was taken out', async () => {
  const { report: redacted } = await redactReport(saying('password=hunter2'), { profile: 'strict', key })
  const [markdown] = RENDERERS
  assert.match(
    markdown?.render(redacted, options) ?? '',
    /Profile strict: secrets are removed[\s\S]*\| named-secret \| \d+ \|/,
  )
})

test('the input is left as it was', async () => {
  const before = structuredClone(report)
  await redactReport(report, { profile: 'strict', key })
  assert.deepEqual(report, before)
})

test('a report that was not redacted is held back, with the rule and without the value', async () => {
  for (const one of RENDERERS) {
    const output = one.render(saying('db password="planted pass"'), options)
    await assert.rejects(assertClean(output, 'internal'), (error) => {
      assert.ok(
        error instanceof Error && /named-secret/.test(error.message) && !/planted/.test(error.message),
        one.format,
      )
      return true
    })
  }
})
