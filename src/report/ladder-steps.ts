// The packets of one connection in order, from quoted packets, else from the flags its history remembers.
import type { ConnectionRow, Evidence } from '../model/index.ts'
import type { LadderFigure, LadderStep } from './figure.ts'

const STEP_LIMIT = 40
/** Quoted packets that make a ladder of their own. */
const QUOTED_LEAST = 3

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
  const quoted = quotedSteps([client, server], evidence)
  const steps = quoted.length >= QUOTED_LEAST ? quoted : merged(historySteps(row), quoted)
  if (steps.length === 0) return null
  const drawnFrom = quoted.length === steps.length ? 'packets' : 'history'
  const shown = steps.slice(0, STEP_LIMIT).map((step) => unanswered(step, row))
  return { kind: 'ladder', client, server, steps: shown, drawnFrom }
}

/** The quoted packets in the place of the flags they are; one that the history does not know comes last. */
function merged(history: readonly LadderStep[], quoted: readonly LadderStep[]): LadderStep[] {
  const steps = [...history]
  for (const packet of quoted) {
    const isIt = (step: LadderStep) => step.packet === null && step.from === packet.from && isSameFlag(step, packet)
    const sameTime = steps.findIndex((step) => step.at === packet.at && isIt(step))
    const at = sameTime >= 0 ? sameTime : steps.findLastIndex(isIt)
    if (at < 0) steps.push(packet)
    else steps[at] = packet
  }
  return steps
}

/** A packet says its flags in brackets, as tcpdump does: `[S]`, `[S.]`, `[R]`, `[F.]`. */
function isSameFlag(step: LadderStep, packet: LadderStep): boolean {
  const flags = /^\[([A-Z]+)(\.?)/.exec(packet.label)
  if (flags === null) return false
  const [, letters = '', answer = ''] = flags
  const name = letters.includes('S') ? (answer === '' ? 'SYN' : 'SYN, ACK') : letters.includes('R') ? 'RST' : 'FIN'
  return step.label.startsWith(name) && (name !== 'SYN' || !step.label.startsWith('SYN, ACK'))
}

/** Where no packet ever came back, none that was sent is known to have arrived. */
function unanswered(step: LadderStep, row: ConnectionRow): LadderStep {
  return row.connState === 'S0' && step.from === 'client' ? { ...step, lost: true } : step
}

/** `192.0.2.1:443`, `[2001:db8::1]:443`: as packets are quoted. */
export function endpoint(host: string, port: number): string {
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

/** First and last have the times of the connection; between them only the order is known. */
function historySteps(row: ConnectionRow): LadderStep[] {
  const steps = [...row.history].flatMap((letter, at): LadderStep[] => {
    const isLone = letter === 'T' && row.connState === 'S0'
    const label = isLone ? 'SYN again' : HISTORY[letter.toLowerCase()]
    if (label === undefined) return []
    const from = letter === letter.toUpperCase() ? 'client' : 'server'
    return [
      {
        packet: null,
        at: at === 0 ? row.first : null,
        from,
        label,
        lost: false,
        repeated: letter.toLowerCase() === 't',
      },
    ]
  })
  const again = row.connState === 'S0' && row.retransmissions > 0 && steps.length === 1
  const times = row.retransmissions === 1 ? 'once' : `${row.retransmissions} times`
  const last: LadderStep = {
    packet: null,
    at: row.last,
    from: 'client',
    label: `SYN again, ${times}`,
    lost: true,
    repeated: true,
  }
  return again ? [...steps, last] : steps
}
