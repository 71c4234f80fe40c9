import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { renderer } from '../../src/report/index.ts'
import { report } from './sample.ts'

const options = { maxBytes: null, width: 100, color: 'never' } as const

/** The parts of SARIF 2.1.0 that are written, as its schema demands them. */
const message = z.looseObject({ text: z.string().min(1) })
const region = z.looseObject({
  startLine: z.int().min(1).optional(),
  endLine: z.int().min(1).optional(),
  byteOffset: z.int().min(0),
  byteLength: z.int().min(0),
  snippet: z.strictObject({ text: z.string() }),
})
const location = z.looseObject({
  message,
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().regex(/^[A-Za-z0-9%!'()*._~/-]+$/), index: z.int().min(0) }),
    region,
  }),
})
const sarifLog = z.strictObject({
  $schema: z.literal('https://json.schemastore.org/sarif-2.1.0.json'),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.looseObject({
      tool: z.strictObject({
        driver: z.looseObject({ name: z.literal('faultline'), rules: z.array(z.looseObject({ id: z.string() })) }),
      }),
      invocations: z.tuple([
        z.looseObject({
          executionSuccessful: z.literal(true),
          toolExecutionNotifications: z.array(
            z.looseObject({
              level: z.enum(['warning', 'note']),
              message,
              descriptor: z.strictObject({ id: z.string() }),
            }),
          ),
        }),
      ]),
      results: z.array(
        z.looseObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level: z.enum(['error', 'warning', 'note', 'none']),
          kind: z.enum(['fail', 'review']),
          rank: z.number().min(0).max(100),
          message,
          locations: z.array(location).max(100),
          occurrenceCount: z.int().min(1),
        }),
      ),
    }),
  ]),
})

function parsed(one: typeof report) {
  const { runs } = sarifLog.parse(JSON.parse(renderer('sarif').render(one, options)))
  return runs[0]
}

test('one result a finding, with its rule', () => {
  const { results, tool } = parsed(report)
  assert.deepEqual(
    results.map(({ ruleId, level, kind }) => [ruleId, level, kind]),
    [
      ['network.filtered', 'error', 'fail'],
      ['database.unreachable', 'error', 'fail'],
      ['overload.server-busy', 'error', 'fail'],
      ['network.latency', 'none', 'review'],
    ],
  )
  for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId)
})

test('locations are lines of text or bytes of a capture', () => {
  const [packet, , , , line] = parsed(report).results[0]?.locations ?? []
  assert.equal(packet?.physicalLocation.artifactLocation.uri, 'support-0417.tar.gz!net/db.pcap')
  assert.equal(packet?.physicalLocation.region.byteOffset, 73104)
  assert.equal(packet?.physicalLocation.region.startLine, undefined)
  assert.equal(line?.physicalLocation.region.startLine, 1042)
  assert.equal(line?.physicalLocation.region.endLine, 1048)
})

test('what could not be read is a notification', () => {
  const [invocation] = parsed(report).invocations
  assert.deepEqual(
    invocation.toolExecutionNotifications.map(({ level, descriptor }) => [level, descriptor.id]),
    [
      ['note', 'packets-snapped'],
      ['warning', 'capture-cut'],
    ],
  )
})

test('a result has at most a hundred locations', () => {
  const { analysis } = report
  const findings = analysis.conclusion.findings.map((finding) => {
    return { ...finding, evidence: Array.from({ length: 300 }, () => finding.evidence).flat() }
  })
  const many = { ...report, analysis: { ...analysis, conclusion: { ...analysis.conclusion, findings } } }
  assert.equal(parsed(many).results[0]?.locations.length, 100)
})
