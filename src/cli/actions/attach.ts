// Runs `faultline attach`: the report of a store, redacted, rendered as the ticket takes it, looked through, brought there.
import { FaultlineError, type Report } from '../../model/index.ts'
import { assertClean, type Profile, redactReport, renderComment, renderer } from '../../report/index.ts'
import { openStore } from '../../store/index.ts'
import {
  type Attachment,
  attach,
  type Destination,
  type Outcome,
  type Rendition,
  readTarget,
  SETTINGS,
} from '../../tickets/index.ts'
import { readCredentials } from '../credentials.ts'
import type { CommonOptions } from '../options.ts'
import { keyBeside, readKey } from '../pseudonym-key.ts'
import { print, say } from '../terminal.ts'
import { writeWhole } from '../write-file.ts'

export interface AttachOptions extends CommonOptions {
  readonly to: string
  readonly profile: Exclude<Profile, 'none'>
  readonly file: readonly string[]
  readonly timeout: number
  readonly bundle?: string
  readonly maxBytes?: number
  readonly public?: boolean
  readonly gist?: boolean
  readonly dryRun?: boolean
  readonly credentials?: string
  readonly pseudonymKey?: string
}

export async function run(store: string, options: AttachOptions): Promise<void> {
  const target = targetOf(options)
  const rendition = await renditionOf(await redacted(store, options), target, options)
  const shown: string[] = []
  const rehearsal = options.dryRun === true ? { rehearse: (text: string) => void shown.push(text) } : {}
  const outcome = await attach(target, rendition, {
    timeoutMs: options.timeout * 1000,
    save: (path, bytes) => writeWhole(path, [bytes]),
    ...rehearsal,
  })
  if (options.dryRun === true) return print(shown.join('\n'))
  await print(outcome.url)
  if (options.quiet !== true) tell(target, outcome)
}

function targetOf({ to, credentials, dryRun, public: isPublic, gist }: AttachOptions): Destination {
  const names = SETTINGS.map(({ name }) => name)
  const given = readCredentials(names, credentials)
  // A rehearsal shows stars for secrets: it can do without them.
  const secrets = SETTINGS.filter(({ kind }) => kind === 'secret').map(({ name }) => [name, '***'])
  const settings = dryRun === true ? { ...Object.fromEntries(secrets), ...given } : given
  const audience = isPublic === true ? 'customer' : 'internal'
  return readTarget(to, { settings, choices: { audience, overflow: gist === true ? 'gist' : 'leave' } })
}

async function redacted(path: string, { bundle, profile, pseudonymKey }: AttachOptions): Promise<Report> {
  const store = openStore(path)
  try {
    const key = pseudonymKey === undefined ? keyBeside(`${path}.key`) : readKey(pseudonymKey)
    return (await redactReport(store.report(bundle), { profile, key })).report
  } finally {
    store.close()
  }
}

/** Signs of the bundle's digest in names of files and in the marker. */
const RUN_ID_SIGNS = 12

/** Nothing goes on before every text was looked through once more. */
async function renditionOf(report: Report, target: Destination, options: AttachOptions): Promise<Rendition> {
  const runId = report.analysis.bundle.sha256.slice(0, RUN_ID_SIGNS)
  const attachments = formatsOf(target, options.file).map((format) => file(report, format, { runId, options }))
  const { flavour, commentBytes } = target
  const comment = renderComment(report, {
    flavour,
    maxBytes: commentBytes,
    files: attachments.map(({ name }) => name),
  })
  for (const text of [comment, ...attachments.map(({ bytes }) => bytes)]) await assertClean(text, options.profile)
  return { runId, comment, attachments }
}

function formatsOf({ name, formats }: Destination, asked: readonly string[]): readonly string[] {
  if (asked.includes('none')) return []
  if (formats === null && asked.length > 0)
    throw new FaultlineError('no-files', `${name} takes no files.`, {
      hint: 'Add --gist to keep them in a secret gist that the comment links.',
    })
  return asked.length > 0 ? [...new Set(asked)] : (formats ?? [])
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  markdown: 'text/markdown',
  json: 'application/json',
  adf: 'application/json',
  sarif: 'application/json',
  eml: 'message/rfc822',
}

function file(
  report: Report,
  format: string,
  { runId, options }: { readonly runId: string; readonly options: AttachOptions },
): Attachment {
  const chosen = renderer(format)
  const text = chosen.render(report, { maxBytes: options.maxBytes ?? null, width: 100, color: 'never' })
  const type = TYPES[format] ?? 'text/plain'
  return { name: `faultline-${runId}.${chosen.suffix}`, type, bytes: Buffer.from(text) }
}

function tell({ name, formats }: Destination, { state, files, remarks }: Outcome): void {
  const what = { posted: 'report added', updated: 'report updated', unchanged: 'has this report already' }[state]
  say(`${name}: ${what}${files.length === 0 ? '' : ` (${files.join(', ')})`}`)
  if (formats === null) say('It takes no files: --gist keeps the whole report in a secret gist that the comment links.')
  for (const remark of remarks) say(remark)
}
