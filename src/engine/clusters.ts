// Clusters: what several pieces of evidence say of one key at one time.
import type { Strength } from '../model/index.ts'
import {
  agrees,
  around,
  EPISODE_GAP,
  type Episode,
  isWithin,
  type Key,
  keyText,
  type Stretch,
  unite,
} from './episode.ts'
import { KeyIndex } from './key-index.ts'

/** An episode of one piece of a cause's evidence. */
export interface Judged {
  readonly strength: Strength
  readonly episode: Episode
}

/** Its members follow each other without a gap in which another could lie far from all. */
interface Cluster extends Stretch {
  key: Key
  readonly members: Judged[]
}

/** Known keys first; what knows less joins every cluster it agrees with in time, or stands alone. */
export function cluster(judged: readonly Judged[]): Judged[][] {
  const order = [...judged].sort(
    ({ episode: a }, { episode: b }) => unknown(a.key) - unknown(b.key) || (a.first ?? 0) - (b.first ?? 0),
  )
  const whole = order.filter(({ episode }) => unknown(episode.key) === 0)
  const clusters = wholeClusters(whole)
  if (whole.length < order.length) joinPartial(clusters, order.slice(whole.length))
  return clusters.map(({ members }) => members)
}

function unknown(key: Key): number {
  return key.filter((part) => part === null).length
}

/** In order of time what is far from the latest cluster of its key is far from all of them. */
function wholeClusters(judged: readonly Judged[]): Cluster[] {
  const latest = new Map<string, Cluster>()
  const clusters: Cluster[] = []
  for (const one of judged) {
    const text = keyText(one.episode.key)
    const known = latest.get(text)
    if (known !== undefined && isNear(known, one)) take(known, one)
    else {
      const own = clusterOf(one)
      latest.set(text, own)
      clusters.push(own)
    }
  }
  return clusters
}

function joinPartial(clusters: Cluster[], judged: readonly Judged[]): void {
  const index = new KeyIndex<Cluster>()
  for (const one of clusters) index.add(one.key, one)
  for (const one of judged) {
    const { key } = one.episode
    const text = keyText(key)
    const near = new Set(index.agreeing(key, (other) => isNear(other, one)))
    const agreeing = [...near].filter((other) => agrees(other.key, key))
    const same = agreeing.filter((other) => keyText(other.key) === text)
    const fitting = same.length > 0 ? same : agreeing
    for (const other of fitting) {
      take(other, one)
      const united = unite(other.key, key)
      if (unknown(united) < unknown(other.key)) index.add(united, other)
      other.key = united
    }
    if (fitting.length > 0) continue
    const own = clusterOf(one)
    clusters.push(own)
    index.add(key, own)
  }
}

function clusterOf(one: Judged): Cluster {
  const { key, first, last } = one.episode
  return { key, first, last, members: [one] }
}

function isNear(cluster: Cluster, { episode }: Judged): boolean {
  return isWithin(EPISODE_GAP, cluster, episode)
}

function take(cluster: Cluster, one: Judged): void {
  cluster.members.push(one)
  Object.assign(cluster, around(cluster, one.episode))
}
