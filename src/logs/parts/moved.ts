// What a part told, with its lines numbered as those of its source.
import type { Event, LinePlace, RequestCountsData, TallyData } from '../../model/index.ts'

export function moved(event: Event, lines: number): Event {
  const { place } = event
  return place.kind !== 'line' || lines === 0 ? event : { ...event, place: movedPlace(place, lines) }
}

function movedPlace(place: LinePlace, lines: number): LinePlace {
  return { ...place, line: place.line + lines, lineEnd: place.lineEnd + lines }
}

export function movedTally(tally: TallyData, lines: number): TallyData {
  const [servers, applications] = [movedCounts(tally.servers, lines), movedCounts(tally.applications, lines)]
  return { ...tally, servers, applications, clients: movedCounts(tally.clients, lines) }
}

function movedCounts(counts: RequestCountsData, lines: number): RequestCountsData {
  const witnesses = counts.witnesses.map((one) => ({ ...one, place: movedPlace(one.place, lines) }))
  return { ...counts, witnesses }
}
