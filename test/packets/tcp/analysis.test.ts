import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Packet } from '../../../src/packets/packet.ts'
import { analyse } from '../../../src/packets/tcp/analysis.ts'
import * as A from '../../../src/packets/tcp/flags.ts'
import { Side } from '../../../src/packets/tcp/side.ts'

const NAMES: readonly (readonly [number, string])[] = [
  [A.RETRANSMISSION, 'again'],
  [A.FAST_RETRANSMISSION, 'fast'],
  [A.SPURIOUS_RETRANSMISSION, 'spurious'],
  [A.OUT_OF_ORDER, 'reordered'],
  [A.LOST_SEGMENT, 'lost'],
  [A.ACKED_UNSEEN, 'unseen'],
  [A.DUPLICATE_ACK, 'duplicate'],
  [A.KEEP_ALIVE, 'alive'],
  [A.KEEP_ALIVE_ACK, 'alive-ack'],
  [A.ZERO_WINDOW, 'zero'],
  [A.ZERO_WINDOW_PROBE, 'probe'],
  [A.ZERO_WINDOW_PROBE_ACK, 'probe-ack'],
  [A.WINDOW_UPDATE, 'update'],
  [A.WINDOW_FULL, 'full'],
]
const FLAGS: Record<string, number> = { F: 1, S: 2, R: 4, A: 16 }

/**
 * Segments as `> A 1 1 10 100 @5`: direction, flags, sequence, acknowledgment, length, window, and milliseconds.
 * What is expected follows behind an equals sign.
 */
function check(name: string, text: string, prepare: (client: Side, server: Side) => void = () => undefined): void {
  test(name, () => {
    const client = new Side()
    const server = new Side()
    prepare(client, server)
    const packet = new Packet()
    for (const line of text.trim().split('\n')) {
      const [segment = '', expected = ''] = line.split('=').map((part) => part.trim())
      const [direction, flags = '', sequence, acknowledgment, length, window, at = '@0'] = segment.split(' ')
      packet.flags = [...flags].reduce((bits, flag) => bits | (FLAGS[flag] ?? 0), 0)
      packet.sequence = Number(sequence) | 0
      packet.acknowledgment = Number(acknowledgment) | 0
      packet.payload = Number(length)
      packet.window = Number(window)
      packet.time = 1e15 + Number(at.slice(1)) * 1000
      const found = direction === '>' ? analyse(client, server, packet) : analyse(server, client, packet)
      assert.equal(
        NAMES.filter(([bit]) => (found & bit) !== 0)
          .map(([, word]) => word)
          .join(' '),
        expected,
        line,
      )
    }
  })
}

const OPEN = `> S 100 0 0 1000
< SA 500 101 0 1000
> A 101 501 0 1000`

check(
  'an ordinary exchange says nothing',
  `${OPEN}
> A 101 501 10 1000
< A 501 111 20 1000
> A 111 521 0 1000
> FA 111 521 0 1000
< FA 521 112 0 1000
> A 112 522 0 1000`,
)
check(
  'a SYN sent again',
  `> S 100 0 0 1000
> S 100 0 0 1000 @1000 = again`,
)
check(
  'data sent again',
  `${OPEN}
> A 101 501 10 1000
> A 101 501 10 1000 @300 = again`,
)
check(
  'data sent again although acknowledged',
  `${OPEN}
> A 101 501 10 1000
< A 501 111 0 1000
> A 101 501 10 1000 @300 = spurious`,
)
check(
  'data sent again after two duplicate ACKs, at once',
  `${OPEN}
> A 101 501 10 1000 @1
> A 121 501 10 1000 @2 = lost
< A 501 111 0 1000 @3
< A 501 111 0 1000 @4 = duplicate
< A 501 111 0 1000 @5 = duplicate
> A 111 501 10 1000 @24 = fast`,
)
check(
  'the same after 20 ms',
  `${OPEN}
> A 101 501 10 1000 @1
> A 121 501 10 1000 @2 = lost
< A 501 111 0 1000 @3
< A 501 111 0 1000 @4 = duplicate
< A 501 111 0 1000 @5 = duplicate
> A 111 501 10 1000 @25 = again`,
)
check(
  'a late segment within 3 ms',
  `${OPEN}
> A 111 501 10 1000 @1 = lost
> A 101 501 10 1000 @3 = reordered`,
)
check(
  'a late segment after 3 ms',
  `${OPEN}
> A 111 501 10 1000 @1 = lost
> A 101 501 10 1000 @4 = again`,
)
check(
  'a segment that ends where the last one did is no reordering',
  `${OPEN}
> A 101 501 10 1000 @1
> A 106 501 5 1000 @2 = again`,
)
check(
  'numbers beyond 2^31 and around 2^32',
  `> A 4294967290 1 10 1000
> A 4 1 10 1000
> A 4294967290 1 10 1000 @300 = again
> A 34 1 1 1000 = lost`,
)
check(
  'keep-alive and its ACK',
  `${OPEN}
< A 501 101 0 900 = update
> A 100 501 0 1000 = alive
< A 501 101 0 900 = alive-ack
> A 100 501 1 1000 = alive
< A 501 101 0 900 = alive-ack`,
)
check(
  'a window that closes, a probe and its answer',
  `${OPEN}
> A 101 501 10 1000
< A 501 111 0 0 = zero
> A 111 501 1 1000 = probe
< A 501 111 0 0 = zero probe-ack
< A 501 111 0 500 = update`,
)
check(
  'a closed window in SYN, FIN or RST means nothing',
  `> S 100 0 0 0
< RA 0 101 0 0`,
)
check(
  'data that fills the window, where its scale is known',
  `${OPEN}
> A 101 501 1000 1000 = full
> A 101 501 1000 1000 @300 = again full`,
  (client, server) => {
    client.scale = -2
    server.scale = -2
  },
)
check(
  'a scaled window',
  `${OPEN}
< A 501 101 0 10 = update
> A 101 501 40 1000 = full`,
  (client, server) => {
    client.scale = 2
    server.scale = 2
  },
)
check(
  'an ACK of what was not captured, told once',
  `${OPEN}
> A 101 501 10 1000
< A 501 151 0 1000 = unseen
< A 501 161 0 1000`,
)
check(
  'a duplicate ACK needs the same window',
  `${OPEN}
> A 101 501 10 1000
< A 501 111 0 1000
< A 501 111 0 1001 = update
< A 501 111 0 1001 = duplicate`,
)
check(
  'a RST beyond what was sent is no lost segment',
  `${OPEN}
> R 200 0 0 0`,
)
check(
  'data after a probe starts one below',
  `${OPEN}
> A 101 501 10 1000
> A 110 501 20 1000`,
)
