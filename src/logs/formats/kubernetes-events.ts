// Kubernetes events as tables: `kubectl get events`, wide or of all namespaces, and time-first dumps of them.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const AGE = '(?:\\d+[smhdy])+(?: \\(x\\d+ over [\\dsmhdy]+\\))?|<(?:unknown|invalid)>'
const ROW = new RegExp(
  `^(?:(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ) +)?(?:([a-z0-9-]+) +)?(?:(${AGE}) +)?(Normal|Warning) +([A-Z][A-Za-z]+) +([A-Za-z][\\w.-]*\\/\\S+) +(.*)$`,
)
/** Under `Events:` of `kubectl describe`: the object stands above. */
const DESCRIBED = new RegExp(`^ +(Normal|Warning) +([A-Z][A-Za-z]+) +(${AGE}) {2,}(\\S+(?:, \\S+)?) {2,}(.*)$`)
const HEADINGS = /^(?:NAMESPACE +)?LAST SEEN +(?:FIRST SEEN +COUNT +)?(?:NAME +)?(?:KIND +)?TYPE +REASON /

/** `kubectl get events -o wide`: who says it stands before the message, first time, count and name behind. */
function wideOf(rest: string): { readonly body: string; readonly fields: OpenFields } {
  const cells = rest.split(/ {2,}/)
  const [name, count, first, message, source] = [...cells].reverse()
  const isWide = cells.length >= 5 && /^\d+$/.test(count ?? '') && /^(?:\d+[smhdy])+$/.test(first ?? '')
  if (!isWide) return { body: rest, fields: {} }
  const fields = { name: name ?? null, count: Number(count), source: source ?? null }
  return { body: message ?? rest, fields: cells.length > 5 ? { ...fields, subobject: cells[0] ?? null } : fields }
}

function readRow(line: string): Reading | null {
  const found = ROW.exec(line)
  if (found === null) return null
  const stamp = found[1] === undefined ? null : readStamp(line, 0)
  const { body, fields } = wideOf((found[7] ?? '').trim())
  const known = {
    namespace: found[2] ?? null,
    age: found[3] ?? null,
    type: found[4] ?? null,
    reason: found[5] ?? null,
    object: found[6] ?? null,
    ...fields,
  }
  return reading({
    stamp,
    severity: found[4] === 'Warning' ? 'warn' : 'info',
    program: 'kubernetes',
    body,
    fields: known,
  })
}

function readDescribed(line: string): Reading | null {
  const found = line.charCodeAt(0) === 32 ? DESCRIBED.exec(line) : null
  if (found === null) return null
  const [, type = '', reason = '', age = '', source = '', message = ''] = found
  const severity = type === 'Warning' ? 'warn' : 'info'
  return reading({ severity, program: 'kubernetes', body: message.trim(), fields: { type, reason, age, source } })
}

function read(line: string): Reading | null {
  if (!line.includes('Normal') && !line.includes('Warning'))
    return HEADINGS.test(line) ? reading({ body: line.trimEnd() }) : null
  return readRow(line) ?? readDescribed(line)
}

export const kubernetesEvents: LogFormat = {
  name: 'kubernetes-events',
  frame: 'line',
  begins: /[\da-z<NWL-]| [NW]/,
  takes: [
    '2025-06-01T17:16:40Z Warning Unhealthy pod/coredns-674b8bbfcf-dgnrh Readiness probe failed: dial tcp 192.0.2.58:8181: connection refused',
    'default     5m (x3 over 10m)   Warning   BackOff   pod/web-0   Back-off restarting failed container',
    '  Warning  BackOff    2m (x12 over 10m)     kubelet            Back-off restarting failed container',
  ],
  leaves: ['Normal people write sentences'],
  open: () => read,
}
