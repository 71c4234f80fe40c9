// Sequences that use each event once, as CRE engines do: the earliest unused events first, leftovers stay for the next match.
import type { Duration, Instant } from '../../model/index.ts'
import type { Row } from '../row.ts'
import type { Match } from './match.ts'

export interface Consumption {
  readonly steps: readonly { readonly name: string; readonly count: number; readonly rows: readonly Row[] }[]
  readonly within: Duration
  /** Equal times count as ordered, and what a line says may serve several steps. */
  readonly isLoose: boolean
  /** Of a forbidden match only the first event of this step is given up; null where nothing forbidden happened. */
  readonly givenUp: (match: Match) => number | null
}

/** A row stands for as many events as it counts, up to the largest count a rule may ask. */
const LARGEST_COUNT = 64

/** One event waiting for a step. */
interface Waiting {
  readonly row: Row
  isUsed: boolean
}

export function consume(input: Consumption): Match[] {
  const queues = input.steps.map(({ rows }) => rows.flatMap(waiting))
  const found: Match[] = []
  for (;;) {
    const taken = earliest(input, queues)
    if (taken === null) return found
    const match = matchOf(input, taken)
    const givenUp = input.givenUp(match)
    if (givenUp === null) found.push(match)
    for (const one of givenUp === null ? taken.flat() : (taken[givenUp]?.slice(0, 1) ?? [])) one.isUsed = true
  }
}

function waiting(row: Row): Waiting[] {
  if (row.time === null) return []
  return Array.from({ length: Math.min(row.count, LARGEST_COUNT) }, () => ({ row, isUsed: false }))
}

/** The earliest unused events that make a match; the first event is given up where the window is too short for it. */
function earliest(input: Consumption, queues: readonly Waiting[][]): Waiting[][] | null {
  for (;;) {
    const taken = chain(input, queues)
    const [first, last] = [taken?.[0]?.[0], taken?.at(-1)?.at(-1)]
    if (taken === null || first === undefined || last === undefined) return null
    if (timeOf(last) - timeOf(first) <= input.within) return taken
    first.isUsed = true
  }
}

/** Events of all steps in order, each of which serves one step. */
function chain({ steps, isLoose }: Consumption, queues: readonly Waiting[][]): Waiting[][] | null {
  const taken: Waiting[][] = []
  const served = new Set<Row>()
  let last: Waiting | null = null
  for (const [at, { count }] of steps.entries()) {
    const free = (queues[at] ?? [])
      .filter((one) => !one.isUsed && !served.has(one.row) && isAfter(last, one, isLoose))
      .slice(0, count)
    if (free.length < count) return null
    for (const { row } of free) served.add(row)
    last = free.at(-1) ?? last
    taken.push(free)
  }
  return taken
}

/** Of one source the order of its lines counts where times are equal; where a row stands for several it is not known. */
function isAfter(before: Waiting | null, one: Waiting, isLoose: boolean): boolean {
  if (before === null || timeOf(one) > timeOf(before)) return true
  const [a, b] = [before.row, one.row]
  const isOrdered = !isLoose && a.source === b.source && a.count === 1 && b.count === 1
  return timeOf(one) === timeOf(before) && (!isOrdered || b.offset > a.offset)
}

function timeOf({ row }: Waiting): Instant {
  return row.time ?? 0
}

function matchOf({ steps }: Consumption, taken: readonly Waiting[][]): Match {
  const rows = [...new Set(taken.flat().map(({ row }) => row))]
  const times = new Map(
    steps.map(({ name }, at) => {
      const own = (taken[at] ?? []).map(timeOf)
      return [name, { first: Math.min(...own), last: Math.max(...own) }] as const
    }),
  )
  return { key: rows[0]?.key ?? [], rows, times }
}
