import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Duplicates } from '../../src/packets/duplicates.ts'
import { Fragments } from '../../src/packets/layers/fragments.ts'
import { ofLinkType, walk } from '../../src/packets/layers/index.ts'
import { Packet } from '../../src/packets/packet.ts'
import { type TcpOptions, tcp } from './build.ts'

const SEGMENT = { sport: 50000, dport: 80, flags: 'PA', seq: 7, ack: 9, data: 'abc' }
const TIMESTAMPS = '0101080a 00000001 00000002'

/** Whether the second segment, so many microseconds after the first, is a copy of it. */
function check(
  name: string,
  first: Partial<TcpOptions>,
  second: Partial<TcpOptions>,
  later: number,
  expected: boolean,
): void {
  test(name, () => {
    const duplicates = new Duplicates()
    const said = [first, second].map((options, index) => {
      const packet = new Packet()
      packet.frame = tcp({ ...SEGMENT, ...options })
      packet.captured = packet.frame.length
      packet.length = packet.captured
      packet.time = 1e15 + index * later
      walk(packet, ofLinkType(101), new Fragments())
      return duplicates.isCopy(packet, 1)
    })
    assert.deepEqual(said, [false, expected])
  })
}

check('the same packet behind a router', { id: 5 }, { id: 5, ttl: 63 }, 20, true)
check('the same packet long after', { id: 5 }, { id: 5 }, 60_000, false)
check('another identification', { id: 5 }, { id: 6 }, 20, false)
check('another sequence number', { id: 5 }, { id: 5, seq: 8 }, 20, false)
check('no identification and no timestamp', {}, {}, 20, false)
check('no identification, but the same timestamp', { options: TIMESTAMPS }, { options: TIMESTAMPS }, 20, true)
check(
  'equal pure ACKs are sent on purpose',
  { options: TIMESTAMPS, data: '', flags: 'A' },
  { options: TIMESTAMPS, data: '', flags: 'A' },
  20,
  false,
)
