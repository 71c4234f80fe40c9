import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TemplateMiner } from '../../src/engine/template-miner.ts'
import type { LogEvent } from '../../src/model/index.ts'
import { SECOND } from '../../src/model/index.ts'
import { record, START } from './events.ts'

/** Templates in the order they are shown: `count template`. */
function mined(events: readonly LogEvent[], incident: number | null = null): string[] {
  const miner = new TemplateMiner()
  for (const event of events) miner.add(event)
  const at = incident === null ? null : START + incident * SECOND
  const shown = miner.result({ ranks: [0, 1], shifts: [0, 0], repeats: new Set(), incident: at })
  return shown.map(({ count, template }) => `${count} ${template}`)
}

function check(name: string, events: readonly LogEvent[], expected: readonly string[], incident?: number): void {
  test(name, () => assert.deepEqual(mined(events, incident), expected))
}

check(
  'messages that differ in values alone are one template',
  [record(0, 'order 17 lost after 30 ms'), record(1, 'order 18 lost after 41 ms')],
  ['2 order <*> lost after <*> ms'],
)
check(
  'words that differ become a hole where most agree',
  [record(0, 'cannot open ledger alpha today'), record(1, 'cannot open ledger beta today')],
  ['2 cannot open ledger <*> today'],
)
check(
  'other messages are others',
  [record(0, 'cannot open ledger'), record(1, 'lost all connections')],
  ['1 cannot open ledger', '1 lost all connections'],
)
check(
  'the rare before the frequent',
  [record(0, 'often seen'), record(1, 'often seen'), record(2, 'rarely met')],
  ['1 rarely met', '2 often seen'],
)
check(
  'errors before warnings',
  [record(0, 'a warning', { severity: 'warn' }), record(1, 'bad thing'), record(2, 'bad thing')],
  ['2 bad thing', '1 a warning'],
)
check(
  'near the incident before far from it',
  [record(0, 'long ago'), record(9000, 'just now'), record(9001, 'just now')],
  ['2 just now', '1 long ago'],
  9000,
)
check(
  'what sounds harmless comes last',
  [record(0, 'attempt failed, will retry soon'), record(1, 'bad thing'), record(2, 'bad thing')],
  ['2 bad thing', '1 attempt failed, will retry soon'],
)
check('numbers alone say nothing', [record(0, '17 18 19')], [])
check('of two sources one line', [record(0, 'bad thing'), record(1, 'bad thing', { source: 1 })], ['2 bad thing'])

test('memory is bounded, and ten are shown', () => {
  const word = (at: number) =>
    String.fromCharCode(97 + (at % 26), 97 + (Math.floor(at / 26) % 26), 97 + Math.floor(at / 676))
  const events = Array.from({ length: 2000 }, (_, at) => record(at, `${word(at)} ${word(at + 1)} happened`))
  assert.equal(mined(events).length, 10)
})
