// Facts without time: inventory such as versions and limits; once is enough.
import type { Condition } from '../../model/index.ts'
import { episodeOf, groupByKey } from '../episode.ts'
import { type Follow, keyFields, type Watch } from '../watch.ts'

export function evaluateFact(
  condition: Extract<Condition, { kind: 'fact' }>,
  key: readonly string[],
  follow: Follow,
): Watch {
  const ledger = follow(condition.select, keyFields(condition.by, key))
  return {
    evaluate: (scene) =>
      [...groupByKey(scene.rows(ledger)).values()].map((rows) => episodeOf(rows[0]?.key ?? [], rows)),
  }
}
