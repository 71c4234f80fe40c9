// Brings a rendition to a ticket: what is there already is found and replaced, what fails half-way is taken back.
import { FaultlineError } from '../model/index.ts'
import { digestOf } from './marker.ts'
import type { Attachment, Found, Outcome, Posting, Rendition, StoredFile, Ticket } from './ticket.ts'

/** @throws FaultlineError `ticket-…` */
export async function deliver(ticket: Ticket, rendition: Rendition): Promise<Outcome> {
  const { runId, comment, attachments } = rendition
  if (attachments.length > 0) refuseLarge(attachments, await ticket.largestFile())
  const digest = digestOf(comment, attachments)
  const found = await ticket.find(runId)
  const missing = missingOf(ticket, found, { attachments, digest })
  const isSaid = found.comment?.digest === digest && (missing.length === 0 || ticket.filesLiveIn === 'ticket')
  const names = attachments.map(({ name }) => name)
  if (isSaid && missing.length === 0) return { state: 'unchanged', url: null, files: names, remarks: [] }
  const kept = found.files.filter(({ name }) => names.includes(name) && !missing.some((file) => file.name === name))
  const uploaded: StoredFile[] = []
  let url: string | null = null
  try {
    for (const file of missing) uploaded.push(await ticket.upload(file, runId))
    if (!isSaid) url = await say(ticket, found, { text: comment, files: [...kept, ...uploaded], runId, digest })
  } catch (error) {
    throw await takenBack(ticket, uploaded, error)
  }
  const remarks = await retire(ticket, found, [...kept, ...uploaded])
  return { state: found.comment === null ? 'posted' : 'updated', url, files: names, remarks }
}

function refuseLarge(attachments: readonly Attachment[], largest: number | null): void {
  const large = attachments.find(({ bytes }) => largest !== null && bytes.length > largest)
  if (large === undefined) return
  const sentence = `${large.name} has ${large.bytes.length} bytes; the system takes files of up to ${largest}.`
  throw new FaultlineError('ticket-too-large', sentence, { hint: 'Leave blocks out with --max-bytes.' })
}

interface Wanted {
  readonly attachments: readonly Attachment[]
  readonly digest: string
}

/** Files that a comment holds go together. */
function missingOf({ filesLiveIn }: Ticket, found: Found, { attachments, digest }: Wanted): readonly Attachment[] {
  if (found.comment?.digest !== digest) return attachments
  const lacking = attachments.filter((file) => !isThere(file, found))
  return filesLiveIn === 'ticket' || lacking.length === 0 ? lacking : attachments
}

function isThere({ name, bytes }: Attachment, { files }: Found): boolean {
  return files.some((file) => file.name === name && (file.size === null || file.size === bytes.length))
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
