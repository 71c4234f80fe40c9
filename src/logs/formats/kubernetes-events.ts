// Kubernetes events as tables: `kubectl get events`, wide or of all namespaces, and time-first dumps of them.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const ROW =
  /^(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) +)?(?:([a-z0-9-]+) +)?(?:((?:\d+[smhdy])+(?: \(x\d+ over [\dsmhdy]+\))?|<unknown>) +)?(Normal|Warning) +([A-Z][A-Za-z]+) +([a-z]+\/\S+) +(.*)$/

function read(line: string): Reading | null {
  const found = ROW.exec(line)
  if (found === null) return null
  const stamp = found[1] === undefined ? null : readStamp(line, 0)
  const fields = {
    namespace: found[2] ?? null,
    age: found[3] ?? null,
    type: found[4] ?? null,
    reason: found[5] ?? null,
    object: found[6] ?? null,
  }
  return reading({
    stamp,
    severity: found[4] === 'Warning' ? 'warn' : 'info',
    program: 'kubernetes',
    body: (found[7] ?? '').trim(),
    fields,
  })
}

export const kubernetesEvents: LogFormat = {
  name: 'kubernetes-events',
  frame: 'line',
  takes: [
    '2025-06-01T17:16:40Z Warning Unhealthy pod/coredns-674b8bbfcf-dgnrh Readiness probe failed: dial tcp 192.0.2.58:8181: connection refused',
    'default     5m (x3 over 10m)   Warning   BackOff   pod/web-0   Back-off restarting failed container',
  ],
  leaves: ['Normal people write sentences'],
  open: () => read,
}
