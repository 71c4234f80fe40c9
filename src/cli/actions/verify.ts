// Runs `faultline verify`: quotations come from a store or a report, their bytes from the bundle.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { keepMemorySmall } from '../../memory.ts'
import { loadReportFile } from '../../report/index.ts'
import { openStore } from '../../store/index.ts'
import { type Quotation, quotationsOf, type VerifyInput, verify } from '../../verify.ts'
import { EXIT } from '../exit.ts'
import type { CommonOptions } from '../options.ts'
import { readText } from '../read-text.ts'
import { print, say } from '../terminal.ts'

export interface VerifyOptions extends CommonOptions {
  readonly store: string
  readonly bundle?: string
}

type Quoted = Omit<VerifyInput, 'paths'> & { readonly redacted: number }

export async function run(paths: readonly string[], options: VerifyOptions): Promise<void> {
  keepMemorySmall()
  const [first, ...rest] = paths
  const kind = first === undefined ? null : kindOf(first)
  const named = first !== undefined && kind !== null
  const quoted = named && kind === 'report' ? await ofReport(first) : ofStore(named ? first : options.store, options)
  const given = named ? rest : paths
  const result = await verify({ ...quoted, paths: given.length === 0 ? quoted.before : given })
  for (const { path, where, reason } of result.broken) await print(`${path}${where}: ${reason}`)
  const left = quoted.redacted > 0 ? `, ${quoted.redacted} redacted and not compared` : ''
  say(`${result.confirmed} quotations confirmed, ${result.broken.length} not${left}`)
  if (result.broken.length > 0) process.exitCode = EXIT.internal
}

/** What the first words of a file say it is; null for a bundle. */
function kindOf(path: string): 'store' | 'report' | null {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null
  const head = Buffer.alloc(64)
  const file = openSync(path, 'r')
  readSync(file, head)
  closeSync(file)
  const text = head.toString('latin1')
  if (text.startsWith('SQLite format 3\0')) return 'store'
  return /^\s*\{\s*"format":\s*1\s*,/.test(text) ? 'report' : null
}

function ofStore(path: string, options: VerifyOptions): Quoted {
  const store = openStore(path)
  try {
    const { analysis } = store.report(options.bundle)
    return { quotations: quotationsOf(analysis), before: analysis.bundle.paths, redacted: 0 }
  } finally {
    store.close()
  }
}

/** What was redacted has no digest to compare with. */
async function ofReport(path: string): Promise<Quoted> {
  const { paths, quotations } = await loadReportFile(readText(path))
  const whole = quotations.flatMap(({ source, line, packet, offset, length, digest, excerpt }): Quotation[] => {
    const where = line === null ? ` packet ${packet}` : `:${line}`
    return digest === null
      ? []
      : [{ path: source, where, offset, length, digest, excerpt: line === null ? null : excerpt }]
  })
  return { quotations: whole, before: paths, redacted: quotations.length - whole.length }
}
