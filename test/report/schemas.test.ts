// What is printed as JSON against the schemas that others go by: ours as published, Atlassian's and that of SARIF.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Draft4 from 'ajv-draft-04'
import formats from 'ajv-formats'
import { renderComment, renderer } from '../../src/report/index.ts'
import { faultline, scratch } from '../run.ts'
import { HOSTILE, healthy, report, saying } from './sample.ts'

const FIXTURE = fileURLToPath(new URL('../../fixtures/filtered-database.tar.gz', import.meta.url))
const SAMPLES = [report, healthy, ...HOSTILE.map(saying)]
const options = { maxBytes: null, width: 100, color: 'never' } as const

async function published(kind: 'analyze' | 'report'): Promise<ValidateFunction> {
  const { stdout } = await faultline(['schema', kind])
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
  formats.default(ajv)
  return ajv.compile(JSON.parse(stdout))
}

function check(holds: ValidateFunction, value: unknown): void {
  assert.ok(holds(value), JSON.stringify(holds.errors?.slice(0, 5), null, 1))
}

test('analyze --json and report --format json follow the schemas that are published', async (context) => {
  const home = scratch(context)
  const { stdout } = await faultline(['analyze', FIXTURE, '--json', '--store', 'f.db'], { cwd: home })
  check(await published('analyze'), JSON.parse(stdout))
  const holds = await published('report')
  for (const share of [[], ['--share']]) {
    const args = ['report', '--format', 'json', '--store', 'f.db', ...share]
    check(holds, JSON.parse((await faultline(args, { cwd: home })).stdout))
  }
})

test('every sample follows the schema of reports', async () => {
  const holds = await published('report')
  for (const one of SAMPLES) check(holds, JSON.parse(renderer('json').render(one, options)))
})

test('a key too many or of another kind is refused', async () => {
  const holds = await published('report')
  const whole = JSON.parse(renderer('json').render(report, options))
  assert.equal(holds({ ...whole, surprise: 1 }), false)
  assert.equal(holds({ ...whole, findings: [{ ...whole.findings[0], confidence: 2 }] }), false)
})

/** json-schema/v1/full.json of @atlaskit/adf-schema 57.7.22, Copyright 2019 Atlassian Pty Ltd, Apache License 2.0. */
const ADF = JSON.parse(readFileSync(new URL('schemas/adf.json', import.meta.url), 'utf8'))

test("documents for Jira follow Atlassian's schema", () => {
  const holds = new Draft4.default({ allErrors: false, strict: false }).compile(ADF)
  for (const one of SAMPLES) {
    check(holds, JSON.parse(renderer('adf').render(one, options)))
    check(holds, JSON.parse(renderComment(one, { flavour: 'adf', maxBytes: 30_000, files: [] })))
  }
  assert.equal(holds({ type: 'doc', version: 1, content: [{ type: 'heading', attrs: { level: 9 } }] }), false)
})

test('SARIF follows the schema of the standard', () => {
  const holds = sarifSchema('full')
  for (const one of [report, healthy]) check(holds, JSON.parse(renderer('sarif').render(one, options)))
  const written = JSON.parse(renderer('sarif').render(report, options))
  assert.equal(holds({ ...written, surprise: 1 }), false)
  assert.equal(holds({ ...written, runs: [{ ...written.runs[0], results: [{ level: 'error' }] }] }), false)
  // The full test of a URI is a regular expression that cannot take one of megabytes.
  const quick = sarifSchema('fast')
  for (const one of SAMPLES) check(quick, JSON.parse(renderer('sarif').render(one, options)))
})

/** SARIF 2.1.0 as the editors of the standard ship it, in draft 2020-12. */
function sarifSchema(mode: 'full' | 'fast'): ValidateFunction {
  const path = new URL('../assets/sarif-2.1.0.schema.json', import.meta.resolve('@microsoft/sarif-multitool-ts'))
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  formats.default(ajv, { mode })
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')))
}
