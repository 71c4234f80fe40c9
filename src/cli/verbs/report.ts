// `faultline report`: the report of a store, in a format that a ticket takes.
import { type Command, InvalidArgumentError } from 'commander'
import { RENDERERS, renderer } from '../../report/index.ts'
import { openStore } from '../../store/index.ts'
import { type CommonOptions, withCommon } from '../options.ts'
import { colorOf, output, widthOf } from '../terminal.ts'

interface ReportOptions extends CommonOptions {
  readonly store: string
  readonly format: string
  readonly output?: string
  readonly maxBytes?: number
}

export function addReport(program: Command): Command {
  const command = program
    .command('report')
    .description('print the report of a store')
    .option('--store <file>', 'the store', 'faultline.db')
    .option('--format <format>', RENDERERS.map((one) => one.format).join(', '), 'markdown')
    .option('--max-bytes <n>', 'leave out whole blocks beyond this size', bytes)
    .option('-o, --output <file>', 'write it to a file')
  return withCommon(command).action(run)
}

async function run(options: ReportOptions): Promise<void> {
  const chosen = renderer(options.format)
  const store = openStore(options.store)
  try {
    const color = options.output === undefined ? colorOf(options.color, process.stdout) : 'never'
    const text = chosen.render(store.report(), {
      maxBytes: options.maxBytes ?? null,
      width: widthOf(process.stdout),
      color,
    })
    await output(options.output, text)
  } finally {
    store.close()
  }
}

function bytes(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1000)
    throw new InvalidArgumentError('Give a whole number of bytes, 1000 or more.')
  return value
}
