// Runs `faultline parse`.
import { keepMemorySmall } from '../../memory.ts'
import { parseRecords } from '../../parse.ts'
import { EXIT } from '../exit.ts'
import type { CommonOptions } from '../options.ts'
import { put, say, standardInput } from '../terminal.ts'

export interface ParseOptions extends CommonOptions {
  readonly tz?: string
  readonly year?: number
}

const WRITTEN_AT_ONCE = 1 << 16

export async function run(paths: string[], options: ParseOptions): Promise<void> {
  keepMemorySmall()
  let pending = ''
  const flush = () => {
    put(pending)
    pending = ''
  }
  const started = performance.now()
  const result = await parseRecords({
    paths,
    zone: options.tz ?? null,
    year: options.year ?? null,
    stdin: standardInput,
    write: (line) => {
      pending += `${line}\n`
      if (pending.length > WRITTEN_AT_ONCE) flush()
    },
    drained: () =>
      process.stdout.writableNeedDrain ? new Promise((done) => process.stdout.once('drain', done)) : undefined,
  })
  flush()
  for (const problem of result.problems) if (options.quiet !== true) say(`${problem.source}: ${problem.detail}`)
  const seconds = (performance.now() - started) / 1000
  say(`${result.summary}; ${(result.bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(1)} MB/s`)
  process.exitCode = result.isPartial ? EXIT.partial : EXIT.fine
}
