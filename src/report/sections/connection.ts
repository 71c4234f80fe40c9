// The key connection: its packets as a ladder between client and server, and what was counted of it.
import { type ConnectionRow, type Evidence, formatDuration, MILLISECOND } from '../../model/index.ts'
import { type Block, code, type Inline, left, right, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { endpoint, ladderFigure } from '../ladder-steps.ts'
import { formatClock, formatCount, formatTime } from '../wording.ts'

/** Zeek's meanings of `conn_state` (conn/main.zeek), said shortly. */
const STATES: Readonly<Record<ConnectionRow['connState'], string>> = {
  S0: 'attempt seen, no answer',
  S1: 'established, not closed',
  SF: 'normal establishment and end',
  REJ: 'attempt rejected',
  S2: 'established, close attempt by the client only',
  S3: 'established, close attempt by the server only',
  RSTO: 'established, reset by the client',
  RSTR: 'established, reset by the server',
  RSTOS0: 'client sent SYN then RST, no answer seen',
  RSTRH: 'server answered SYN then RST, client not seen',
  SH: 'client sent SYN then FIN, no answer seen',
  SHR: 'server answered SYN then FIN, client not seen',
  OTH: 'no start seen, midstream traffic',
}

export function connection({ report, roots }: Frame): Section | null {
  if (report.connections.length === 0) return null
  const evidence = roots.flatMap((finding) => finding.evidence)
  const [key] = report.connections
    .map((row) => ({ row, score: mentions(row, evidence) }))
    .sort((a, b) => b.score - a.score)
  const figure = key === undefined ? null : ladderFigure(key.row, evidence)
  const blocks: Block[] = []
  if (figure !== null) {
    const title = `${figure.client} to ${figure.server}, packet by packet`
    const description = 'Two lines for the two ends, time runs down; the table below lists the same packets.'
    blocks.push({ kind: 'figure', title, description, figure })
  }
  blocks.push(connectionTable(report.connections))
  return { kind: 'section', id: 'connection', title: ['Key connections'], rank: 5, blocks }
}

/** How many quoted packets name both ends. */
function mentions(row: ConnectionRow, evidence: readonly Evidence[]): number {
  const ends = [endpoint(row.origHost, row.origPort), endpoint(row.respHost, row.respPort)]
  return evidence.filter(({ place, excerpt }) => place.kind === 'packet' && ends.every((end) => excerpt.includes(end)))
    .length
}

function connectionTable(rows: readonly ConnectionRow[]): Block {
  const columns = [
    ...left('First packet', 'Client', 'Server', 'Outcome', 'Handshake'),
    ...right('Sent', 'Back', 'Resent'),
  ]
  const day = formatTime(rows[0]?.first ?? null).slice(0, 10)
  const caption = `Connections that the root causes name, in packets; first packet on ${day}, UTC`
  return { kind: 'table', caption, columns, rows: rows.map(connectionCells) }
}

function connectionCells(row: ConnectionRow): Inline[] {
  return [
    [formatClock(row.first)],
    [code(endpoint(row.origHost, row.origPort))],
    [code(endpoint(row.respHost, row.respPort))],
    [code(row.connState), ` ${STATES[row.connState]}`],
    [handshake(row)],
    [formatCount(row.origPackets)],
    [formatCount(row.respPackets)],
    [formatCount(row.retransmissions)],
  ]
}

function handshake({ handshakeRtt }: ConnectionRow): string {
  if (handshakeRtt === null) return 'not seen'
  return handshakeRtt < MILLISECOND ? '< 1 ms' : formatDuration(handshakeRtt)
}
