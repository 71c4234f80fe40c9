import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pcap, tcp } from '../build.ts'
import { read } from '../read.ts'

/** Segments as `> S`: who sends which flags, with how many bytes; then state and history. */
function check(name: string, text: string, expected: string): void {
  test(name, async () => {
    const next: Record<string, number> = { '>': 1000, '<': 5000 }
    const packets = text.split(', ').map((segment, index) => {
      const [direction, flags, length = '0'] = segment.split(' ')
      const isClient = direction === '>'
      const seq = next[direction]
      const ack = flags.includes('A') ? next[isClient ? '<' : '>'] : 0
      next[direction] = seq + Number(length) + (/[SF]/.test(flags) ? 1 : 0)
      const ends = isClient
        ? { sport: 50000, dport: 80 }
        : { from: '198.51.100.7', to: '192.0.2.9', sport: 80, dport: 50000 }
      return { time: 1e15 + index * 1000, data: tcp({ ...ends, flags, seq, ack, data: 'x'.repeat(Number(length)) }) }
    })
    const { connections } = await read(pcap(packets))
    assert.deepEqual(
      connections.map(({ connState, history }) => `${connState} ${history}`),
      [expected],
    )
  })
}

const OPEN = '> S, < SA, > A'
check('a SYN without answer', '> S', 'S0 S')
check('established, not closed', OPEN, 'S1 ShA')
check('closed by both', `${OPEN}, > PA 5, < A, < PA 9, > FA, < FA, > A`, 'SF ShADadFf')
check('refused', '> S, < RA', 'REJ Sr')
check('reset by the client', `${OPEN}, > PA 5, > R`, 'RSTO ShADR')
check('reset by the server', `${OPEN}, > PA 5, < R`, 'RSTR ShADr')
check('SYN then RST by the client', '> S, > R', 'RSTOS0 SR')
check('a SYN-ACK and a RST without SYN', '< SA, < R', 'RSTRH hr')
check('half open: SYN and FIN', '> S, > F', 'SH SF')
check('half open: SYN-ACK and FIN', '< SA, < F', 'SHR hf')
check('closed by the client alone', `${OPEN}, > FA, < A`, 'S2 ShAFa')
check('closed by the server alone', `${OPEN}, < FA, > A`, 'S3 ShAf')
check('from the midst of it', '> PA 5, < PA 9', 'OTH Dd')
