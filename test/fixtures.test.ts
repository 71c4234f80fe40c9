// The fixtures through the real binary: verdict, symptoms, onset, proof.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { faultline, scratch } from './run.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))
const ONSET_WITHIN_MS = 5000

interface Expected {
  readonly root_causes: readonly string[]
  readonly symptoms: readonly string[]
  readonly onset: string | null
}

interface Finding {
  readonly cause: string
  readonly role: string
  readonly first: string
}

for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith('.expected.json'))) {
  const name = file.replace('.expected.json', '')
  const expected: Expected = JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'))

  test(`${name}: ${expected.root_causes.join(', ') || 'no root cause'}`, async (context) => {
    const store = join(scratch(context), 'store.db')
    const { stdout, code } = await faultline(['analyze', join(FIXTURES, `${name}.tar.gz`), '--json', '--store', store])
    assert.ok(code === 0 || code === 4, `exit ${code}`)
    const { verdict, findings }: { verdict: { root_causes: string[] }; findings: Finding[] } = JSON.parse(stdout)
    assert.deepEqual(verdict.root_causes, expected.root_causes)
    const symptoms = new Set(findings.filter(({ role }) => role === 'symptom').map(({ cause }) => cause))
    assert.deepEqual(
      expected.symptoms.filter((cause) => !symptoms.has(cause)),
      [],
    )
    if (expected.onset !== null) {
      const first = Date.parse(findings[0].first)
      assert.ok(
        Math.abs(first - Date.parse(expected.onset)) <= ONSET_WITHIN_MS,
        `${findings[0].first} for ${expected.onset}`,
      )
    }
    const proof = await faultline(['verify', '--store', store])
    assert.equal(proof.code, 0, proof.stdout)
  })
}
