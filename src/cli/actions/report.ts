// Runs `faultline report`: renders what the store gives back, redacted where it is going to leave the machine.
import { parse } from 'node:path'
import { FaultlineError, type Renderer, type Report } from '../../model/index.ts'
import { assertClean, type Profile, redactReport, renderer } from '../../report/index.ts'
import { openStore } from '../../store/index.ts'
import type { CommonOptions } from '../options.ts'
import { keyBeside, readKey } from '../pseudonym-key.ts'
import { colorOf, output, say, widthOf } from '../terminal.ts'

export interface ReportOptions extends CommonOptions {
  readonly store: string
  readonly format: string
  readonly bundle?: string
  readonly output?: string
  readonly maxBytes?: number
  readonly share?: boolean
  readonly profile?: Profile
  /** False where `--no-redact` was typed. */
  readonly redact: boolean
  readonly pseudonymKey?: string
}

export async function run(options: ReportOptions): Promise<void> {
  const profile = profileOf(options)
  const chosen = renderer(options.format)
  const store = openStore(options.store)
  try {
    const report = store.report(options.bundle)
    if (profile === null) await output(options.output, rendered(chosen, report, options))
    else await share(report, chosen, { options, profile })
  } finally {
    store.close()
  }
}

function rendered(chosen: Renderer, report: Report, options: ReportOptions): string {
  const isPlain = options.output !== undefined || profileOf(options) !== null
  const color = isPlain ? 'never' : colorOf(options.color, process.stdout)
  return chosen.render(report, { maxBytes: options.maxBytes ?? null, width: widthOf(process.stdout), color })
}

/** Null where the report stays on this machine. */
function profileOf({ share: isShared, profile, redact }: ReportOptions): Profile | null {
  if (profile === 'none' && redact)
    throw new FaultlineError('unredacted', 'The profile none leaves secrets in the report.', {
      hint: 'Add --no-redact if that is meant.',
    })
  if (!redact && profile !== undefined && profile !== 'none')
    throw new FaultlineError('unredacted', `--no-redact and the profile ${profile} exclude each other.`)
  if (!redact) return 'none'
  return profile ?? (isShared === true ? 'strict' : null)
}

interface Sharing {
  readonly options: ReportOptions
  readonly profile: Profile
}

/** Nothing is written before the rendered text was looked through once more. */
async function share(report: Report, chosen: Renderer, { options, profile }: Sharing): Promise<void> {
  const key = options.pseudonymKey === undefined ? keyBeside(`${options.store}.key`) : readKey(options.pseudonymKey)
  const { report: fit, counts } = await redactReport(report, { profile, key })
  const text = rendered(chosen, fit, options)
  await assertClean(text, profile)
  const path = profile === 'none' ? unredacted(options.output) : options.output
  await output(path, text)
  if (profile === 'none') say(`faultline: NOT REDACTED: ${path ?? 'this report'} holds whatever the logs hold.`)
  else if (options.quiet !== true) say(`redacted (${profile}): ${counted(counts)}`)
}

/** `report.html` becomes `report-UNREDACTED.html`. */
function unredacted(path: string | undefined): string | undefined {
  if (path === undefined || path === '-') return path
  const { dir, name, ext } = parse(path)
  return `${dir === '' ? '' : `${dir}/`}${name}-UNREDACTED${ext}`
}

function counted(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  return parts.length === 0 ? 'nothing had to be taken out' : parts.join(', ')
}
