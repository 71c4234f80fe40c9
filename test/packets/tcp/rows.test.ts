import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOST_SEGMENT, RETRANSMISSION, SPURIOUS_RETRANSMISSION } from '../../../src/packets/tcp/flags.ts'
import { Rows } from '../../../src/packets/tcp/rows.ts'
import { Side } from '../../../src/packets/tcp/side.ts'
import { WITH_FIN } from '../../../src/packets/tcp/side-bits.ts'
import { Trouble } from '../../../src/packets/tcp/trouble.ts'

/** All fields of a row that can be set, each to a value of its own. */
const NUMBERS: readonly string[] = [
  ...['lastTime', 'nextSequenceTime', 'bytes', 'rtt', 'nextSequence', 'edge', 'lastAck', 'window', 'duplicateAcks'],
  ...['lastFlags', 'state', 'letters', 'ttl', 'packets', 'lastPacket', 'flightSize', 'flightEnd', 'scale', 'lastSize'],
  ...['lastIpId', 'base', 'mss', 'largestPassed'],
]
const YES_OR_NO = ['isBaseKnown', 'isFirstAck', 'isOrig', 'spokeLast', 'isShaking'] as const

test('no name of a row shares its memory with another', () => {
  const rows = new Rows()
  rows.begin(1)
  const side = new Side(rows, 3)
  for (const [index, name] of NUMBERS.entries()) Reflect.set(side, name, 1000 + index)
  for (const name of YES_OR_NO) Reflect.set(side, name, true)
  side.mark(WITH_FIN)
  assert.equal(side.count(0) + side.count(2) + side.count(2), 4)
  for (const [index, name] of NUMBERS.entries()) assert.equal(Reflect.get(side, name), 1000 + index, name)
  for (const name of YES_OR_NO) {
    Reflect.set(side, name, false)
    assert.deepEqual(
      YES_OR_NO.filter((other) => Reflect.get(side, other) === false),
      [name],
    )
    Reflect.set(side, name, true)
  }
  assert.equal(new Side(rows, 2).packets, 0)
})

test('a row keeps its numbers when the table grows, and loses them when it begins anew', () => {
  const rows = new Rows()
  rows.begin(0)
  new Side(rows, 1).nextSequence = -5
  new Side(rows, 1).countFlags(RETRANSMISSION | LOST_SEGMENT)
  for (let connection = 1; connection < 5000; connection++) rows.begin(connection)
  assert.equal(new Side(rows, 1).nextSequence, -5)
  assert.equal(new Side(rows, 9999).window, -1)
  new Side(rows, 1).trouble = new Trouble()
  rows.begin(0)
  const side = new Side(rows, 1)
  assert.deepEqual([side.nextSequence, side.trouble, side.found(LOST_SEGMENT)], [0, null, 0])
})

test('flags are counted one by one, for both sides', () => {
  const rows = new Rows()
  rows.begin(0)
  new Side(rows, 0).countFlags(RETRANSMISSION | SPURIOUS_RETRANSMISSION)
  new Side(rows, 1).countFlags(SPURIOUS_RETRANSMISSION)
  const found = (flag: number) => new Side(rows, 0).found(flag)
  assert.deepEqual([RETRANSMISSION, SPURIOUS_RETRANSMISSION, LOST_SEGMENT].map(found), [1, 2, 0])
})
