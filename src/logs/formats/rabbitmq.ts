// RabbitMQ up to 3.6, and other Erlang programs with SASL reports; later versions write plain text with a level.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER = /^=(\w+) REPORT==== (.*?) ===$/

function read(record: string): Reading | null {
  if (record.charCodeAt(0) !== 61) return null
  const end = record.indexOf('\n')
  const first = end < 0 ? record : record.slice(0, end)
  const found = HEADER.exec(first.trimEnd())
  if (found === null) return null
  const stamp = readStamp(first, first.indexOf('==== ') + 5)
  const severity = severityOf(found[1] ?? '') ?? (found[1] === 'CRASH' || found[1] === 'SUPERVISOR' ? 'error' : null)
  const body = end < 0 ? first : record.slice(end + 1)
  return reading({ stamp, severity, body, fields: { report: found[1] ?? null } })
}

export const rabbitmq: LogFormat = {
  name: 'rabbitmq',
  frame: 'header',
  rereads: true,
  begins: /=/,
  takes: [
    '=INFO REPORT==== 7-Jun-2015::03:42:13 ===\naccepting AMQP connection <0.13548.17> (192.0.2.40:59815 -> 192.0.2.41:5672)',
  ],
  leaves: ['=== not a report ==='],
  open: () => read,
}
