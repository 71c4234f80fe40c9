// The packets of one connection in order, from quoted packets, else from the flags its history remembers.
import type { ConnectionRow, Evidence } from '../model/index.ts'
import type { LadderFigure, LadderStep } from './figure.ts'

const STEP_LIMIT = 40

/** Letters of Zeek's history: upper case is the client's, lower case the server's. */
const HISTORY: Readonly<Record<string, string>> = {
  s: 'SYN',
  h: 'SYN, ACK',
  a: 'ACK',
  d: 'data',
  f: 'FIN',
  r: 'RST',
  t: 'data again (retransmission)',
  w: 'window closed',
  g: 'gap: packets not captured',
}

/** Null where nothing is known of the order of its packets. */
export function ladderFigure(row: ConnectionRow, evidence: readonly Evidence[]): LadderFigure | null {
  const client = endpoint(row.origHost, row.origPort)
  const server = endpoint(row.respHost, row.respPort)
  const quoted = quotedSteps([client, server], evidence).map((step) => unanswered(step, row))
  const steps = quoted.length > 0 ? quoted : historySteps(row)
  if (steps.length === 0) return null
  return {
    kind: 'ladder',
    client,
    server,
    steps: steps.slice(0, STEP_LIMIT),
    drawnFrom: quoted.length > 0 ? 'packets' : 'history',
  }
}

/** Where no packet ever came back, none that was sent is known to have arrived. */
function unanswered(step: LadderStep, row: ConnectionRow): LadderStep {
  return row.connState === 'S0' && step.from === 'client' ? { ...step, lost: true } : step
}

function endpoint(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function quotedSteps(ends: readonly [string, string], evidence: readonly Evidence[]): LadderStep[] {
  const byPacket = new Map<number, LadderStep>()
  for (const item of evidence) {
    const step = quotedStep(ends, item)
    if (step !== null && step.packet !== null && !byPacket.has(step.packet)) byPacket.set(step.packet, step)
  }
  return [...byPacket.values()].sort((a, b) => (a.packet ?? 0) - (b.packet ?? 0))
}

/** An excerpt names both ends; the first named one sent the packet; what stands after both is what it was. */
function quotedStep(
  [client, server]: readonly [string, string],
  { place, excerpt, time }: Evidence,
): LadderStep | null {
  if (place.kind !== 'packet') return null
  const [fromClient, fromServer] = [positionOf(excerpt, client), positionOf(excerpt, server)]
  if (fromClient < 0 || fromServer < 0) return null
  const after = fromClient < fromServer ? fromServer + server.length : fromClient + client.length
  const label =
    excerpt.slice(after).replace(/^[\s:,]+/, '') || excerpt.slice(0, Math.min(fromClient, fromServer)).trim()
  return {
    packet: place.packet,
    at: time,
    from: fromClient < fromServer ? 'client' : 'server',
    label,
    lost: /\b(?:unanswered|no answer|never answered|lost)\b/i.test(excerpt),
    repeated: /\b(?:retransmi\w+|resent|again|repeated)\b/i.test(excerpt),
  }
}

/** Of the whole endpoint, not of the start of a longer port. */
function positionOf(text: string, end: string): number {
  for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) {
    if (!/\d/.test(text[at + end.length] ?? '')) return at
  }
  return -1
}

function historySteps(row: ConnectionRow): LadderStep[] {
  return [...row.history].flatMap((letter): LadderStep[] => {
    const label = HISTORY[letter.toLowerCase()]
    if (label === undefined) return []
    const from = letter === letter.toUpperCase() ? 'client' : 'server'
    const lost = row.connState === 'S0' && letter === 'S'
    return [{ packet: null, at: null, from, label, lost, repeated: letter.toLowerCase() === 't' }]
  })
}
