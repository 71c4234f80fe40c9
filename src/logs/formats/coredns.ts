// CoreDNS: a level, then a plugin's words or a question that was answered. Its client of Kubernetes writes klog between.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'

/** Releases before 1.3 set a blank before the level. */
const HEADER = /^ ?\[(DEBUG|INFO|WARNING|ERROR|FATAL|PANIC)\] (?=plugin\/[\w-]+: |\S{2,60}:\d+ - \d+ ")/

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  if (found === null) return null
  const [header, level = ''] = found
  return reading({ severity: severityOf(level), body: line.slice(header.length) })
}

export const coredns: LogFormat = {
  name: 'coredns',
  frame: 'line',
  nests: true,
  indents: true,
  begins: /^ ?\[/,
  takes: [
    '[ERROR] plugin/errors: 2 api.vendor.example. A: read udp 192.0.2.31:40112->192.0.2.53:53: i/o timeout',
    ' [ERROR] plugin/errors: 2 api.vendor.example. A: unreachable backend: read udp 192.0.2.31:40112->192.0.2.53:53: i/o timeout',
    '[INFO] 192.0.2.31:53090 - 18992 "A IN api.vendor.example. udp 70 false 1232" NOERROR qr,rd,ra 118 0.000912s',
  ],
  leaves: ['[INFO] Reloading complete', '[ERROR] plugin errors: 2', '  [ERROR] plugin/errors: 2 x. A: dial'],
  open: () => read,
}
