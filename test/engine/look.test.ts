// The fields a test may ask of a record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Look } from '../../src/engine/look.ts'
import { Occurrences } from '../../src/engine/occurrences.ts'
import type { LogEvent } from '../../src/model/index.ts'

const RECORD: LogEvent = {
  kind: 'log',
  source: 0,
  time: 0,
  quality: 'exact',
  place: { kind: 'line', line: 1, lineEnd: 1, offset: 0, length: 18, digest: 0 },
  excerpt: 'panic: out of tune',
  fields: { line: 42, 'err.code': 'EIO' },
  reader: 'text',
  severity: 'fatal',
  host: null,
  program: 'organ',
  pid: null,
  requestId: null,
  body: 'out of tune',
  detail: 'key=C',
}

function check(name: string, expected: unknown): void {
  test(name, () => {
    const look = new Look()
    look.aim(RECORD, 'organ.log')
    assert.deepEqual(look.field(name), expected)
  })
}

check('line', 'panic: out of tune')
check('message', 'out of tune\nkey=C')
check('program', 'organ')
check('code', 'EIO')
check('host', null)
check('source', 'organ.log')

test('what a message may hold is told of each event anew, by what its excerpt or it itself holds', () => {
  const occurrences = new Occurrences()
  const [tune, key, panic] = ['out of tune', 'KEY=', 'panic'].map((text, at) => {
    return occurrences.number({ text, anyCase: at === 1 })
  })
  assert.ok(tune !== undefined && key !== undefined && panic !== undefined)
  const look = new Look(occurrences)
  const held = () => [tune, key, panic].map((literal) => look.mayHold(literal))
  look.aim(RECORD, 'organ.log')
  assert.deepEqual(held(), [true, true, false])
  look.aim({ ...RECORD, body: 'a key=D', detail: '' }, 'organ.log')
  assert.deepEqual(held(), [false, true, false])
  look.aim({ ...RECORD, detail: '' }, 'organ.log')
  look.tell(occurrences.of(RECORD.excerpt))
  assert.deepEqual(held(), [true, false, true])
  assert.equal(look.mayHold(null), true)
  assert.equal(look.mayHoldAny([]), true)
  assert.equal(look.mayHoldAny([key]), false)
  assert.equal(look.mayHoldAny([key, tune]), true)
})
