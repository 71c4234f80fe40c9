// `npm run bench`: every row beside its peer in the same minutes, as ratios of CPU seconds; nothing is asserted.
import { cpus } from 'node:os'
import { FOLDER } from './inputs.ts'
import { shippedLiterals, writeLiterals } from './literals.ts'
import { type Cost, canMeasure, isInstalled, measure, median } from './measure.ts'
import { type Job, planRows, type Row } from './rows.ts'
import { SELF } from './self.ts'

const RUNS = Number(process.env.FAULTLINE_BENCH_RUNS ?? 3)

interface Sums {
  readonly costs: Cost[]
  failure: string | null
}

function runOnce({ program }: Job, sums: Sums): void {
  if (sums.failure !== null) return
  const measured = measure(program)
  if ('failure' in measured) sums.failure = measured.failure
  else sums.costs.push(measured.cost)
}

function shown(job: Job, cost: Cost): string {
  const rate = job.bytes / cost.cpuSeconds / 1e6
  const peak = Math.round(cost.peakBytes / 1e6)
  return `${job.name} ${rate.toFixed(0)} MB/s (${cost.cpuSeconds.toFixed(2)} s CPU, ${cost.wallSeconds.toFixed(2)} s, ${peak} MB)`
}

/** One line: both rates, their ratio, and the ratio aimed at. */
function compare({ name, ours, peer, wanted }: Row): string {
  if (!isInstalled(peer.program.command)) return `${name}: ${peer.program.command} is not installed`
  const [mine, theirs]: Sums[] = [ours, peer].map(() => ({ costs: [], failure: null }))
  for (let round = 0; round < RUNS; round++) {
    runOnce(ours, mine)
    runOnce(peer, theirs)
  }
  if (mine.failure !== null) return `${name}: ${ours.name} failed with ${mine.failure}`
  if (theirs.failure !== null) return `${name}: ${peer.name} failed with ${theirs.failure}`
  const [a, b] = [median(mine.costs), median(theirs.costs)]
  const ratio = ours.bytes / a.cpuSeconds / (peer.bytes / b.cpuSeconds)
  return `${name}: ${ratio.toFixed(2)} x (aim ${wanted})  ${shown(ours, a)}  ${shown(peer, b)}`
}

function isAsked({ name }: { readonly name: string }): boolean {
  const asked = process.argv.slice(2)
  return asked.length === 0 || asked.some((word) => name.includes(word))
}

async function main(): Promise<void> {
  if (!canMeasure()) return console.log('GNU time is needed (/usr/bin/time): nothing is measured.')
  const literals = await shippedLiterals()
  const [cpu] = cpus()
  console.log(
    `node ${process.versions.node} on ${cpus().length} x ${cpu.model}; median of ${RUNS}; ${literals.length} literals; inputs in ${FOLDER}`,
  )
  for (const planned of planRows(writeLiterals(literals)).filter(isAsked)) {
    const made = await planned.make()
    console.log('missing' in made ? `${planned.name}: ${made.missing}` : compare(made))
  }
  for (const check of SELF.filter(isAsked)) console.log(`${check.name}: ${check.measure()}`)
}

await main()
