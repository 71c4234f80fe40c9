// Where many spans overlap: a sweep over their ends that gives how many hold in each stretch.

export interface Span {
  readonly from: number
  readonly to: number
}

/** Spans of one name; however many of them overlap, at most `most` count. */
export interface Match {
  readonly name: number
  readonly spans: readonly Span[]
  readonly most: number
}

export interface Segment extends Span {
  readonly depth: number
}

interface End {
  readonly at: number
  readonly step: 1 | -1
  readonly match: number
}

/** Stretches between the ends of spans in ascending order, each with the number of spans that cover it. */
export function segmentsOf(matches: readonly Match[]): Segment[] {
  const ends = matches.flatMap(({ spans }, match) =>
    spans.flatMap(({ from, to }): End[] => [
      { at: from, step: 1, match },
      { at: to, step: -1, match },
    ]),
  )
  ends.sort((a, b) => a.at - b.at || b.step - a.step || a.match - b.match)
  const active = matches.map(() => 0)
  const segments: Segment[] = []
  let depth = 0
  for (const [index, { at, step, match }] of ends.entries()) {
    const most = matches[match]?.most ?? 0
    const before = active[match] ?? 0
    active[match] = before + step
    depth += Math.min(most, before + step) - Math.min(most, before)
    const next = ends[index + 1]?.at
    if (next !== undefined && next > at && depth > 0) segments.push({ from: at, to: next, depth })
  }
  return segments
}
