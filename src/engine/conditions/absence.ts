// Absence in an interval bound to steps, with its three values: present, absent, not observable.
import type { Absence, Bound, Duration, Instant, MatchOptions } from '../../model/index.ts'
import { agrees } from '../episode.ts'
import type { Ledger } from '../ledger.ts'
import { between, type Row } from '../row.ts'
import type { Scene } from '../watch.ts'
import type { Match } from './match.ts'

export interface FollowedAbsence {
  readonly absence: Absence
  readonly ledger: Ledger
}

interface Judgement {
  readonly scene: Scene
  readonly options: MatchOptions
  /** Packets that a capture lost. */
  readonly gaps: Ledger
}

/** Three-valued: false both where the event happened and where it could not have been seen; the latter is noted. */
export function isAbsent(one: FollowedAbsence, match: Match, { scene, options, gaps }: Judgement): boolean {
  const [from, to] = [boundOf(one.absence.from, match), boundOf(one.absence.to, match)]
  const rows = scene.rows(one.ledger)
  if (between(rows, from, to).some((row) => agrees(match.key, row.key))) return false
  if (options.assumeAbsent || isObserved(one.ledger.signal, { from, to, rows: match.rows, gaps }, scene)) return true
  scene.open(`${one.ledger.signal} could not have been seen in the whole interval`)
  return false
}

function boundOf(bound: Bound, match: Match): Instant {
  const times = match.times.get(bound.step)
  const span = bound.span === undefined ? 0 : spanOf(match)
  return (times?.first ?? 0) + bound.offset + span
}

interface Span {
  readonly from: Instant
  readonly to: Instant
  readonly rows: readonly Row[]
  readonly gaps: Ledger
}

/** Facts of packets are observed by captures, signals of logs by the logs that tell the other steps. */
function isObserved(signal: string, span: Span, scene: Scene): boolean {
  const isPacketFact = /^(tcp|udp|dns|tls|icmp|db|capture)\./.test(scene.origin(signal))
  const lost = new Set(between(scene.rows(span.gaps), span.from, span.to).map(({ source }) => source))
  const own = new Set(span.rows.map((row) => row.source))
  return scene.sources.some((source, at) => {
    if (source.isCapture !== isPacketFact || source.first === null || source.last === null) return false
    if (!isPacketFact && !own.has(at) && own.size > 0 && [...own].some((index) => !scene.sources[index]?.isCapture))
      return false
    return source.first <= span.from && source.last >= span.to && !lost.has(at)
  })
}

/** From the first to the last event of all steps. */
function spanOf(match: Match): Duration {
  const times = [...match.times.values()]
  return Math.max(...times.map(({ last }) => last)) - Math.min(...times.map(({ first }) => first))
}
