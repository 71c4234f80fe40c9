// What faultline is measured against itself for: memory that does not grow, a quick start, workers that pay.

import { fileURLToPath } from 'node:url'
import { type LogKind, log, MEGABYTES, type Scatter, STORE, scattered } from './inputs.ts'
import { type Cost, measure, median } from './measure.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))
const ROUNDS = 5
const SMALL = 50
const TINY = 1
/** Findings of one cause. */
const FEW = 8_000

export interface SelfCheck {
  readonly name: string
  /** One line for a person. */
  measure(): string
}

function cost(args: readonly string[], rounds = ROUNDS): Cost | string {
  const costs: Cost[] = []
  for (let round = 0; round < rounds; round++) {
    const measured = measure({ command: process.execPath, args })
    if ('failure' in measured) return `failed with ${measured.failure}`
    costs.push(measured.cost)
  }
  return median(costs)
}

function analysis(path: string, more: readonly string[] = []): readonly string[] {
  return [MAIN, 'analyze', '--quiet', '--allow-partial', '--store', STORE, ...more, path]
}

/** Both costs in words of their ratio, or why there are none. */
function compare(a: Cost | string, b: Cost | string, say: (a: Cost, b: Cost) => string): string {
  if (typeof a === 'string') return a
  return typeof b === 'string' ? b : say(a, b)
}

function memory(kind: LogKind): string {
  const [small, large] = [log(kind, SMALL), log(kind)]
  if (small === null || large === null) return 'the input could not be made here'
  const alone = ['--jobs', '1']
  return compare(cost(analysis(large, alone), 1), cost(analysis(small, alone), 1), (big, little) => {
    const [peak, before] = [big, little].map(({ peakBytes }) => Math.round(peakBytes / 1e6))
    return `${(peak / before).toFixed(2)} x (aim at most 1.15): ${before} MB for ${SMALL} MB of input, ${peak} MB for ${MEGABYTES} MB`
  })
}

/** What four times as much costs: more than four times would be a search in what was found before. */
function growth(scatter: Scatter): string {
  const [small, large] = [scattered(scatter, FEW), scattered(scatter, 4 * FEW)]
  if (small === null || large === null) return 'the input could not be made here'
  return compare(cost(analysis(large), 1), cost(analysis(small), 1), (big, little) => {
    const [more, before] = [big, little].map(({ cpuSeconds }) => cpuSeconds)
    return `${(more / before).toFixed(2)} x (aim at most 4) for four times as many: ${before.toFixed(2)} s, ${more.toFixed(2)} s`
  })
}

function start(): string {
  return compare(cost([MAIN, '--version']), cost(['-e', '0']), (ours, bare) => {
    const more = (ours.wallSeconds - bare.wallSeconds) * 1000
    return `${more.toFixed(0)} ms over bare Node (aim at most 60)`
  })
}

function smallBundle(): string {
  const path = log('syslog', TINY)
  if (path === null) return 'the input could not be made here'
  const ours = cost(analysis(path))
  return typeof ours === 'string'
    ? ours
    : `${(ours.wallSeconds * 1000).toFixed(0)} ms for ${TINY} MB, all included (aim at most 250)`
}

function jobs(): string {
  const path = log('syslog')
  if (path === null) return 'the input could not be made here'
  return compare(cost(analysis(path, ['--jobs', '1']), 3), cost(analysis(path, ['--jobs', '2']), 3), (one, two) => {
    return `${(one.wallSeconds / two.wallSeconds).toFixed(2)} x by wall time (aim 1.35): ${one.wallSeconds} s, ${two.wallSeconds} s`
  })
}

export const SELF: readonly SelfCheck[] = [
  { name: 'memory, syslog', measure: () => memory('syslog') },
  { name: 'memory, json', measure: () => memory('json') },
  { name: 'growth, servers', measure: () => growth('servers') },
  { name: 'growth, times', measure: () => growth('times') },
  { name: 'start', measure: start },
  { name: 'small bundle', measure: smallBundle },
  { name: 'two jobs', measure: jobs },
]
