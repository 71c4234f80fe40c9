// Conditions of a cause, tied to the ledgers that hold their events; which file evaluates which kind.
import type { Condition, Duration, Instant, MatchOptions } from '../model/index.ts'
import { evaluateAll } from './conditions/all.ts'
import { evaluateCount } from './conditions/count.ts'
import { evaluateFact } from './conditions/fact.ts'
import { evaluateMeasure } from './conditions/measure.ts'
import { evaluateSequence } from './conditions/sequence.ts'
import { evaluateTrend } from './conditions/trend.ts'
import { agrees, type Episode, episodeOf, isWithin, unite } from './episode.ts'
import type { Follow, Watch } from './watch.ts'

/** Ties a condition to its ledgers; `key` are the parts of the cause's key. */
export function watch(condition: Condition, key: readonly string[], follow: Follow, options: MatchOptions): Watch {
  switch (condition.kind) {
    case 'count':
      return evaluateCount(condition, key, follow)
    case 'all':
      return evaluateAll(condition, key, follow)
    case 'sequence':
      return evaluateSequence(condition, key, follow, options)
    case 'measure':
      return evaluateMeasure(condition, key, follow)
    case 'trend':
      return evaluateTrend(condition, key, follow)
    case 'fact':
      return evaluateFact(condition, key, follow)
    case 'and':
      return both(
        condition.conditions.map((part) => {
          const whole = watch(part, key, follow, options)
          return part.kind === 'fact' ? timeless(whole) : whole
        }),
        condition.conditions.every((part) => part.kind === 'measure') ? Math.max : Math.min,
      )
    default:
      return condition satisfies never
  }
}

/** What was seen at any time speaks beside every other condition, and says nothing of when. */
function timeless(part: Watch): Watch {
  return { evaluate: (scene) => part.evaluate(scene).map((episode) => ({ ...episode, first: null, last: null })) }
}

type Pick = (...times: Instant[]) => Instant

/** All of them with one key value, close in time. Readings may hold long before: they begin when the last of them does. */
function both(parts: readonly Watch[], begin: Pick): Watch {
  return {
    evaluate(scene) {
      const [head = [], ...rest] = parts.map((part) => part.evaluate(scene))
      return rest.reduce((found, other) => found.flatMap((episode) => joined(episode, other, begin)), head)
    },
  }
}

const BOTH_WITHIN: Duration = 60_000_000

function joined(episode: Episode, others: readonly Episode[], begin: Pick): Episode[] {
  const fitting = others.filter((other) => agrees(episode.key, other.key) && isWithin(BOTH_WITHIN, episode, other))
  if (fitting.length === 0) return []
  const key = fitting.reduce((known, other) => unite(known, other.key), episode.key)
  const parts = [episode, ...fitting]
  const whole = episodeOf(
    key,
    parts.flatMap((part) => part.rows),
    parts.flatMap((part) => part.figures),
  )
  const [firsts, lasts] = [parts.map((part) => part.first), parts.map((part) => part.last)]
  const count = Math.max(whole.count, ...parts.map((part) => part.count))
  return [{ ...whole, first: bound(firsts, begin), last: bound(lasts, Math.max), count }]
}

/** A measured part knows its time although none of its rows was kept. */
function bound(times: readonly (Instant | null)[], pick: Pick): Instant | null {
  const known = times.flatMap((time) => (time === null ? [] : [time]))
  return known.length === 0 ? null : pick(...known)
}
