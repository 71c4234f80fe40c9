// The state of a container as `kubectl describe pod` tells it, with the one before: it dates from its latest time, behind all else.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type OpenRecord, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const STATE = /^ {4}State: +(?:Running|Waiting|Terminated)\s*$/
const PART = /^(?: {4}Last State| {6}(?:Reason|Message|Exit Code|Signal|Started|Finished)): +\S/
/** The first indentation belongs to the container, the second to its state. */
const NAMED = /^ {4}( {2})?(State|Last State|Reason|Message|Exit Code|Signal|Started|Finished|Restart Count): +(\S.*)$/

function joinsState({ format }: OpenRecord): boolean {
  return format === kubernetesDescribe.name
}

/** `reason`, `exit_code`, and of the state before `last_reason`, `last_exit_code`. */
function fieldsOf(lines: readonly string[]): OpenFields {
  const fields: OpenFields = {}
  let before = ''
  for (const line of lines) {
    const [, isOfState, name, value = ''] = NAMED.exec(line) ?? []
    if (name === undefined) continue
    if (name === 'Last State') before = 'last_'
    fields[(isOfState === undefined ? '' : before) + name.toLowerCase().replace(' ', '_')] = value.trim()
  }
  return fields
}

function readState(lines: readonly string[]): Reading {
  const { started, finished, last_started, last_finished, ...fields } = fieldsOf(lines)
  const time = finished ?? last_finished ?? started ?? last_started
  const stamp = readStamp(String(time ?? ''), 0)
  const body = lines.map((line) => line.trim()).join('\n')
  return reading({ stamp: stamp && { ...stamp, start: 0, seconds: 0, end: 0 }, program: 'kubernetes', body, fields })
}

function read(record: string): Reading | null {
  if (!record.startsWith('    ')) return null
  const lines = record.split('\n')
  if (STATE.test(lines[0] ?? '')) return lines.length === 1 ? reading({ body: record.trim() }) : readState(lines)
  return lines.length === 1 && PART.test(record) ? reading({ body: record, joins: joinsState, weak: true }) : null
}

export const kubernetesDescribe: LogFormat = {
  name: 'kubernetes-describe',
  frame: 'line',
  rereads: true,
  begins: / [LRMESF]/,
  takes: [
    '    State:          Waiting\n      Reason:       CrashLoopBackOff\n    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137\n      Started:      Fri, 20 Nov 2026 22:20:00 +0000\n      Finished:     Fri, 20 Nov 2026 22:21:13 +0000',
  ],
  leaves: ['    State: of the art', 'State:  Running'],
  open: () => read,
}
