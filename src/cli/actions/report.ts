// Runs `faultline report`.
import { renderer } from '../../report/index.ts'
import { openStore } from '../../store/index.ts'
import type { CommonOptions } from '../options.ts'
import { colorOf, output, widthOf } from '../terminal.ts'

export interface ReportOptions extends CommonOptions {
  readonly store: string
  readonly format: string
  readonly bundle?: string
  readonly output?: string
  readonly maxBytes?: number
}

export async function run(options: ReportOptions): Promise<void> {
  const chosen = renderer(options.format)
  const store = openStore(options.store)
  try {
    const color = options.output === undefined ? colorOf(options.color, process.stdout) : 'never'
    const layout = { maxBytes: options.maxBytes ?? null, width: widthOf(process.stdout), color } as const
    await output(options.output, chosen.render(store.report(options.bundle), layout))
  } finally {
    store.close()
  }
}
