// Brings a rendition to a ticket: what is there already is found and replaced, what fails half-way is taken back.
import { FaultlineError } from '../model/index.ts'
import { digestOf } from './marker.ts'
import type { Attachment, Found, Outcome, Posting, Rendition, StoredFile, Ticket } from './ticket.ts'
import { UNCERTAIN } from './wire.ts'

/** @throws FaultlineError `ticket-…` */
export async function deliver(ticket: Ticket, rendition: Rendition): Promise<Outcome> {
  const { runId, comment: text, attachments } = rendition
  if (attachments.length > 0) refuseLarge(attachments, await ticket.largestFile())
  const digest = digestOf(text, attachments)
  const found = await ticket.find(runId)
  const isSame = found.comment?.digest === digest
  const kept = isSame ? keptOf(ticket, found, attachments) : []
  const missing = attachments.filter(({ name }) => !kept.some((file) => file.name === name))
  const isSaid = isSame && (missing.length === 0 || ticket.filesLiveIn === 'ticket')
  const { uploaded, url } = await put(ticket, { missing, runId }, async (fresh) => {
    return isSaid ? null : say(ticket, found, { text, files: [...kept, ...fresh], runId, digest })
  })
  const remarks = await retire(ticket, found, [...kept, ...uploaded])
  const state = found.comment === null ? 'posted' : isSaid && missing.length === 0 ? 'unchanged' : 'updated'
  return { state, url: url ?? ticket.page, files: attachments.map(({ name }) => name), remarks }
}

interface Upload {
  readonly missing: readonly Attachment[]
  readonly runId: string
}

/** Uploads, then says; when either fails the uploads are taken back. */
async function put(
  ticket: Ticket,
  { missing, runId }: Upload,
  finish: (uploaded: readonly StoredFile[]) => Promise<string | null>,
): Promise<{ uploaded: readonly StoredFile[]; url: string | null }> {
  const uploaded: StoredFile[] = []
  let isSaid = false
  try {
    for (const file of missing) uploaded.push(await ticket.upload(file, runId))
    isSaid = true
    return { uploaded, url: await finish(uploaded) }
  } catch (error) {
    // A comment that was perhaps stored names them: they stay, for it must not point to nothing.
    const isNamed = isSaid && error instanceof FaultlineError && error.code === UNCERTAIN
    throw isNamed ? error : await takenBack(ticket, uploaded, error)
  }
}

function refuseLarge(attachments: readonly Attachment[], largest: number | null): void {
  const large = attachments.find(({ bytes }) => largest !== null && bytes.length > largest)
  if (large === undefined) return
  const sentence = `${large.name} has ${large.bytes.length} bytes; the system takes files of up to ${largest}.`
  throw new FaultlineError('ticket-too-large', sentence, { hint: 'Leave blocks out with --max-bytes.' })
}

/** The newest file of each name; files that a comment holds go together. */
function keptOf({ filesLiveIn }: Ticket, { files }: Found, attachments: readonly Attachment[]): readonly StoredFile[] {
  const kept = attachments
    .map(({ name, bytes }) => files.findLast((file) => file.name === name && isWhole(file, bytes)))
    .filter((file) => file !== undefined)
  return filesLiveIn === 'ticket' || kept.length === attachments.length ? kept : []
}

function isWhole({ size }: StoredFile, bytes: Uint8Array): boolean {
  return size === null || size === bytes.length
}

function say(ticket: Ticket, { comment }: Found, posting: Posting): Promise<string | null> {
  return comment === null || ticket.edit === null ? ticket.post(posting) : ticket.edit(comment, posting)
}

/** Old files go last, so that the ticket is never without one. That one stays is no failure. */
async function retire(ticket: Ticket, { files }: Found, kept: readonly StoredFile[]): Promise<string[]> {
  if (ticket.retire === null) return []
  const remarks: string[] = []
  for (const file of files.filter(({ id }) => !kept.some((one) => one.id === id))) {
    try {
      await ticket.retire(file)
    } catch (error) {
      if (!(error instanceof FaultlineError)) throw error
      remarks.push(`An older ${file.name} is still there: ${error.message}`)
    }
  }
  return remarks
}

/** The error, which also names what could not be taken back. */
async function takenBack(ticket: Ticket, uploaded: readonly StoredFile[], error: unknown): Promise<unknown> {
  const left: string[] = []
  for (const file of uploaded) {
    try {
      await ticket.discard(file)
    } catch {
      left.push(file.name)
    }
  }
  if (left.length === 0 || !(error instanceof FaultlineError)) return error
  const hint = `${left.join(', ')} was uploaded and could not be taken back. ${error.hint ?? ''}`.trim()
  return new FaultlineError(error.code, error.message, { hint, cause: error })
}
