// Sequences: named steps in order of time within a window, what must not have happened, what ends a half match.
import type { Absence, Condition, Duration, Instant, MatchOptions } from '../../model/index.ts'
import { agrees, episodeOf, type Key, unite } from '../episode.ts'
import type { Ledger } from '../ledger.ts'
import { resolution } from '../resolution.ts'
import { between, lowerBound, type Row } from '../row.ts'
import { type Follow, keyFields, type Scene, type Watch } from '../watch.ts'
import { isAbsent } from './absence.ts'
import { merge } from './all.ts'
import { consume } from './consumption.ts'
import type { Match } from './match.ts'

type Sequence = Extract<Condition, { kind: 'sequence' }>

interface FollowedStep {
  readonly name: string
  readonly count: number
  readonly ledger: Ledger
}

export function evaluateSequence(
  condition: Sequence,
  key: readonly string[],
  follow: Follow,
  options: MatchOptions,
): Watch {
  const steps = condition.steps.map((step, at) => ({
    name: step.name ?? String(at),
    count: step.count,
    ledger: follow(step.select, keyFields(step.by, key)),
  }))
  const without = condition.without.map((absence) => ({
    absence,
    ledger: follow(absence.step.select, keyFields(absence.step.by, key)),
  }))
  const gaps = follow({ signal: 'capture.gap', where: null }, [])
  const until = condition.until.map((step) => follow(step.select, keyFields(step.by, key)))
  return {
    evaluate(scene) {
      const ends = until.map((ledger) => scene.rows(ledger))
      const hit = (match: Match) => without.find((one) => !isAbsent(one, match, { scene, options, gaps }))?.absence
      const isLoose = options.orderLoose
      const found = options.useEachOnce
        ? consume({
            steps: steps.map((step) => ({ ...step, rows: scene.rows(step.ledger) })),
            within: condition.within,
            isLoose,
            givenUp(match) {
              if (!isAlive(ends, match)) return 0
              const absence = hit(match)
              return absence === undefined ? null : anchorOf(condition, absence)
            },
          })
        : new Search({ scene, steps, ends, within: condition.within, isLoose })
            .all()
            .filter((match) => hit(match) === undefined)
      return merge(found.map((match) => episodeOf(match.key, match.rows)))
    },
  }
}

/** What ends a half match, by what it is followed for. */
type Ends = readonly (readonly Row[])[]

/** Whether nothing that ends it happened from its first to its last event. */
function isAlive(ends: Ends, { key, times }: Pick<Match, 'key' | 'times'>): boolean {
  const all = [...times.values()]
  const [from, to] = [Math.min(...all.map(({ first }) => first)), Math.max(...all.map(({ last }) => last))]
  return !ends.some((rows) => between(rows, from, to).some((row) => agrees(key, row.key)))
}

interface Searching {
  readonly scene: Scene
  readonly steps: readonly FollowedStep[]
  readonly ends: Ends
  readonly within: Duration
  /** Equal times count as ordered. */
  readonly isLoose: boolean
}

/** Depth-first over the steps; each first row starts at most one match, the earliest that can be completed. */
class Search {
  readonly #steps: readonly { name: string; count: number; rows: readonly Row[] }[]
  readonly #ends: Ends
  readonly #within: Duration
  readonly #isLoose: boolean

  constructor(input: Searching) {
    this.#steps = input.steps.map((step) => ({ ...step, rows: input.scene.rows(step.ledger) }))
    this.#ends = input.ends
    this.#within = input.within
    this.#isLoose = input.isLoose
  }

  all(): Match[] {
    const starts = this.#steps[0]?.rows ?? []
    return starts.flatMap((row) => {
      const found = row.time === null ? null : this.#complete(row.time, row)
      return found === null ? [] : [found]
    })
  }

  #complete(start: Instant, row: Row): Match | null {
    let state = { key: row.key, from: start, rows: [] as Row[] }
    const times = new Map<string, { first: Instant; last: Instant }>()
    for (const step of this.#steps) {
      const taken = take({
        rows: step.rows,
        count: step.count,
        from: state.from,
        to: start + this.#within,
        key: state.key,
        after: state.rows.at(-1) ?? null,
        isLoose: this.#isLoose,
      })
      if (taken === null) return null
      const [first, last] = [taken.rows[0]?.time ?? start, taken.rows.at(-1)?.time ?? start]
      times.set(step.name, { first, last })
      state = { key: taken.key, from: last, rows: [...state.rows, ...taken.rows] }
    }
    return isAlive(this.#ends, { key: state.key, times }) ? { key: state.key, rows: state.rows, times } : null
  }
}

interface Taking {
  readonly rows: readonly Row[]
  readonly count: number
  readonly from: Instant
  readonly to: Instant
  readonly key: Key
  readonly after: Row | null
  readonly isLoose: boolean
}

/** The next rows of a step; equal times count as ordered only within the coarser resolution of the two. */
function take(taking: Taking): { key: Key; rows: Row[] } | null {
  let { key } = taking
  const rows: Row[] = []
  let count = 0
  const slack = taking.after === null ? 0 : resolution(taking.after)
  for (let at = lowerBound(taking.rows, taking.from - slack); at < taking.rows.length; at++) {
    const row = taking.rows[at]
    if (row === undefined || row.time === null || row.time > taking.to) break
    if (!agrees(key, row.key) || !(follows(taking.after, row) || isLooselyAfter(taking, row))) continue
    key = unite(key, row.key)
    rows.push(row)
    count += row.count
    if (count >= taking.count) return { key, rows }
  }
  return null
}

/** Whether `row` may stand after `before`: later, or at the same time as far as their clocks can tell. */
function follows(before: Row | null, row: Row): boolean {
  if (before === null || before.time === null || row.time === null) return before === null
  if (before === row) return false
  if (before.source === row.source && before.time === row.time) return row.offset > before.offset
  return row.time > before.time || before.time - row.time < Math.max(resolution(before), resolution(row))
}

/** As engines count that know no order among equal times. */
function isLooselyAfter({ after, isLoose }: Taking, row: Row): boolean {
  return isLoose && after !== null && after !== row && after.time === row.time
}

/** The step whose event a forbidden match gives up: where the forbidden interval starts. */
function anchorOf({ steps }: Sequence, { from }: Absence): number {
  return Math.max(
    0,
    steps.findIndex((step) => step.name === from.step),
  )
}
