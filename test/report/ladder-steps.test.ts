import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionRow, Evidence } from '../../src/model/index.ts'
import { ladderFigure } from '../../src/report/ladder-steps.ts'
import { report } from './sample.ts'

const [sample] = report.connections
if (sample === undefined) throw new Error('the sample has a connection')
const row: ConnectionRow = sample

function packet(number: number, excerpt: string): Evidence {
  return {
    source: 1,
    place: { kind: 'packet', packet: number, offset: 0, length: 60, digest: 1 },
    time: number,
    excerpt,
    role: 'trigger',
    signal: 'tcp.unanswered',
    requestId: null,
    count: 1,
  }
}

function check(parts: Partial<ConnectionRow>, excerpts: readonly string[], expected: readonly string[]): void {
  const evidence = excerpts.map((excerpt, at) => packet(at + 1, excerpt))
  const figure = ladderFigure({ ...row, ...parts }, evidence)
  const shown = figure?.steps.map(
    ({ from, label, lost, packet: number }) => `${from} ${label}${lost ? ' lost' : ''} ${number ?? '-'}`,
  )
  assert.deepEqual(shown ?? [], expected)
}

test('without quoted packets the history is drawn', () => {
  check(
    { history: 'ShADaR', connState: 'RSTO' },
    [],
    ['client SYN -', 'server SYN, ACK -', 'client ACK -', 'client data -', 'server ACK -', 'client RST -'],
  )
})

test('a lone SYN that was sent again shows both, unanswered', () => {
  check(
    { history: 'S', connState: 'S0', retransmissions: 2 },
    [],
    ['client SYN lost -', 'client SYN again, 2 times lost -'],
  )
})

test('what is sent again without any answer is a SYN, and a quoted one is the last of them', () => {
  check(
    { history: 'ST', connState: 'S0' },
    ['192.0.2.10:40122 > 192.0.2.40:5432 [S] seq 1, no answer'],
    ['client SYN lost -', 'client [S] seq 1, no answer lost 1'],
  )
})

test('a quoted packet takes the place of its flag', () => {
  check(
    { history: 'ShAr', connState: 'RSTR' },
    ['192.0.2.40:5432 > 192.0.2.10:40122 [R] seq 1 win 0, reset'],
    ['client SYN -', 'server SYN, ACK -', 'client ACK -', 'server [R] seq 1 win 0, reset 1'],
  )
})

test('three quoted packets are a ladder of their own, packets of other connections are none of it', () => {
  const ends = '192.0.2.10:40122 > 192.0.2.40:5432'
  check(
    { history: 'S', connState: 'OTH' },
    [`${ends} a`, `${ends} b`, '192.0.2.10:40122 > 192.0.2.40:54321 x', `${ends} c`],
    ['client a 1', 'client b 2', 'client c 4'],
  )
})

test('IPv6 ends stand in brackets', () => {
  const parts = { origHost: '2001:db8::1', respHost: '2001:db8::2', history: '', connState: 'OTH' } as const
  check(parts, ['[2001:db8::2]:5432 > [2001:db8::1]:40122 [R.] x'], ['server [R.] x 1'])
})
