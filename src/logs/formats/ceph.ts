// Logs of Ceph's daemons: the thread's address and a number that is -1 for errors.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER = /^\d{4}-\d\d-\d\d[T ][\d:.]+(?:[+-]\d{4})? +([0-9a-f]{8,14}) +(-1|\d{1,2}) /
/** Entries of the cluster's log carry their level themselves. */
const CLUSTER = /^log_channel\(\w+\) log \[([A-Z]{3})\] : /

function read(line: string): Reading | null {
  const found = line.charCodeAt(4) === 45 && line.charCodeAt(19) !== 44 ? HEADER.exec(line) : null
  if (found === null) return null
  const body = line.slice(found[0].length)
  const cluster = severityOf(CLUSTER.exec(body)?.[1] ?? '')
  const severity = cluster ?? (found[2] === '-1' ? 'error' : null)
  return reading({ stamp: readStamp(line, 0), severity, body, fields: { thread: found[1] ?? null } })
}

export const ceph: LogFormat = {
  name: 'ceph',
  frame: 'header',
  alone: true,
  begins: /\d/,
  takes: [
    '2026-11-20T22:35:19.868+0000 7f12abcd1700 -1 osd.1 heartbeat_check: no reply from 192.0.2.7:6802',
    '2026-11-20 22:35:19.868 7f12abcd1700  0 log_channel(cluster) log [WRN] : slow requests',
  ],
  leaves: ['2026-11-20 22:35:19.868 26656 INFO glance.common.wsgi [-] Starting'],
  open: () => read,
}
