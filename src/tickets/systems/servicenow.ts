// ServiceNow: files hang on the record, a work note says what they are.
// Attachment API and Table API: https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_AttachmentAPI.html
import { FaultlineError } from '../../model/index.ts'
import { baseOf, basic, needed, unknownTarget } from '../address.ts'
import { at, listAt, numberOrNull, textAt, textOrNull } from '../answer.ts'
import { type Caller, caller } from '../call.ts'
import { deliver } from '../deliver.ts'
import { MARKER_BYTES, marked, marker } from '../marker.ts'
import type { Attachment, Found, Posting, StoredFile, System, Ticket } from '../ticket.ts'

const COMMENT_BYTES = 30_000

/** Tables by the letters that numbers begin with, as an instance has them out of the box. */
const TABLES: Readonly<Record<string, string>> = {
  INC: 'incident',
  PRB: 'problem',
  CHG: 'change_request',
  REQ: 'sc_request',
  RITM: 'sc_req_item',
  SCTASK: 'sc_task',
  CS: 'sn_customerservice_case',
}

export const servicenow: System = {
  scheme: 'servicenow',
  form: 'servicenow:INC0012345',
  settings: [
    { name: 'SERVICENOW_URL', kind: 'plain', need: 'required' },
    { name: 'SERVICENOW_USER', kind: 'plain', need: 'required' },
    { name: 'SERVICENOW_PASSWORD', kind: 'secret', need: 'required' },
  ],
  destination(reference, settings, { audience }) {
    const table = TABLES[/^([A-Z]+)\d+$/.exec(reference)?.[1] ?? '']
    if (table === undefined) throw unknownTarget(`servicenow:${reference}`, [servicenow.form])
    const base = baseOf('SERVICENOW_URL', needed(settings, 'SERVICENOW_URL'))
    const password = needed(settings, 'SERVICENOW_PASSWORD')
    const secret = basic(needed(settings, 'SERVICENOW_USER'), password)
    const headers = { accept: 'application/json', authorization: `Basic ${secret}` }
    const field = audience === 'customer' ? 'comments' : 'work_notes'
    return {
      name: `ServiceNow record ${reference}`,
      flavour: 'text',
      commentBytes: COMMENT_BYTES - MARKER_BYTES,
      formats: ['html'],
      secrets: [password, secret],
      async deliver(rendition, wire) {
        const calls = caller({ base: `${base}/api/now`, headers }, wire)
        const id = await idOf(calls, reference, table)
        const page = `${base}/nav_to.do?uri=${encodeURIComponent(`${table}.do?sys_id=${id}`)}`
        return deliver(record(calls, { id, table, field, page }), rendition)
      },
    }
  },
}

interface Place {
  readonly id: string
  readonly table: string
  readonly field: 'work_notes' | 'comments'
  readonly page: string
}

async function idOf(calls: Caller, number: string, table: string): Promise<string> {
  const path = `/table/${table}?sysparm_query=number%3D${number}&sysparm_fields=sys_id&sysparm_limit=1`
  const call = { method: 'GET', path, doing: 'look the record up' } as const
  const records = listAt(await calls.ask({ ...call, rehearsed: { result: [{ sys_id: 'SYS_ID' }] } }), 'result')
  if (records.length > 0) return textAt(records, 0, 'sys_id')
  throw new FaultlineError('ticket-not-found', `ServiceNow has no ${number}, or does not show it to this user.`, {
    hint: 'Check the number and what the user may see.',
  })
}

/** Journal entries stay as they are for good: a changed note is followed by a new one; files are replaced. */
function record(calls: Caller, place: Place): Ticket {
  const { id, table, field, page } = place
  return {
    page,
    filesLiveIn: 'ticket',
    largestFile: async () => null,
    find: (runId) => find(calls, place, runId),
    upload: (file, runId) => upload(calls, place, { file, runId }),
    discard: (file) => remove(calls, file),
    retire: (file) => remove(calls, file),
    edit: null,
    async post(posting) {
      const arrived = async () => {
        const { comment } = await find(calls, place, posting.runId)
        return comment?.digest === posting.digest ? {} : null
      }
      const path = `/table/${table}/${id}?sysparm_fields=sys_id`
      const call = { method: 'PATCH', path, doing: 'add the note', rehearsed: {}, arrived } as const
      await calls.askWith(call, { [field]: harmless(posting) })
      return null
    },
  }
}

/** Text between code tags would be shown as HTML. */
function harmless({ text, files, runId, digest }: Posting): string {
  return marked('text', text.replace(/\[(?=\/?code\])/gi, '[ '), { sign: marker(runId, digest), files })
}

/** A journal shows all its entries as one text, the newest first. */
async function find(calls: Caller, { id, table, field }: Place, runId: string): Promise<Found> {
  const path = `/table/${table}/${id}?sysparm_fields=${field}&sysparm_display_value=true`
  const call = { method: 'GET', path, doing: 'look for an earlier note', rehearsed: { result: {} } } as const
  const journal = textOrNull(at(await calls.ask(call), 'result', field)) ?? ''
  const digest = new RegExp(`^faultline-run-${runId}-([0-9a-f]{8})\\s*$`, 'm').exec(journal)?.[1] ?? null
  const files = await filesOf(calls, id, runId)
  return { comment: digest === null ? null : { id, digest }, files }
}

async function filesOf(calls: Caller, id: string, runId: string): Promise<StoredFile[]> {
  const query = encodeURIComponent(`table_sys_id=${id}^file_nameSTARTSWITHfaultline-${runId}.^ORDERBYsys_created_on`)
  const path = `/attachment?sysparm_query=${query}&sysparm_limit=100`
  const answer = await calls.ask({ method: 'GET', path, doing: 'look for earlier files', rehearsed: { result: [] } })
  return listAt(answer, 'result').map((one) => ({
    id: textAt(one, 'sys_id'),
    name: textAt(one, 'file_name'),
    size: numberOrNull(one, 'size_bytes'),
    link: null,
  }))
}

interface Upload {
  readonly file: Attachment
  readonly runId: string
}

async function upload(calls: Caller, { id, table }: Place, { file, runId }: Upload): Promise<StoredFile> {
  const before = new Set((await filesOf(calls, id, runId)).map((one) => one.id))
  const arrived = async () => {
    const fresh = (await filesOf(calls, id, runId)).filter((one) => !before.has(one.id) && one.name === file.name)
    const whole = fresh.find(({ size }) => size === file.bytes.length)
    for (const half of fresh) if (half !== whole) await remove(calls, half)
    return whole === undefined ? null : { result: { sys_id: whole.id } }
  }
  const query = new URLSearchParams({ table_name: table, table_sys_id: id, file_name: file.name })
  const call = { method: 'POST', path: `/attachment/file?${query}`, doing: `upload ${file.name}`, arrived } as const
  const answer = await calls.sendRaw({ ...call, rehearsed: { result: { sys_id: 'SYS_ID' } } }, file)
  return { id: textAt(answer, 'result', 'sys_id'), name: file.name, size: file.bytes.length, link: null }
}

async function remove(calls: Caller, { id, name }: StoredFile): Promise<void> {
  const path = `/attachment/${encodeURIComponent(id)}`
  await calls.ask({ method: 'DELETE', path, doing: `remove ${name}`, rehearsed: null })
}
