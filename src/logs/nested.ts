// Messages that are themselves log lines: JSON, logfmt, access, klog inside syslog, journald or a container's log.

import type { Asked } from './asked.ts'
import type { Reading } from './reading.ts'

/** Headers within headers: a runtime's, a collector's, syslog's, a program's, its framework's. What nests deeper is text. */
const MAX_DEPTH = 8

/**
 * Reads the message further; the outer time, host, program and process win.
 * @param within the formats whose lines may be messages
 */
export function readFurther(outer: Reading, within: Asked, message = outer.body, depth = 0): Reading {
  const inner = outer.inner ? innerOf(message, within, depth) : null
  if (inner === null) {
    const severity = outer.severity ?? outer.otherwise
    return severity === outer.severity ? outer : { ...outer, severity }
  }
  const fields = { ...inner.fields, ...outer.fields }
  const said = inner.body === '' || message.endsWith(inner.body) ? '' : inner.body
  return {
    ...outer,
    severity: outer.severity ?? (inner.worded ? outer.otherwise : null) ?? inner.severity ?? outer.otherwise,
    host: outer.host ?? inner.host,
    program: outer.program ?? inner.program,
    pid: outer.pid ?? inner.pid,
    stamp: outer.stamp ?? inner.stamp,
    fields,
    detail: [outer.detail, said, inner.detail].filter((part) => part !== '').join('\n'),
    request: outer.request ?? (outer.stamp === null ? inner.request : ended(inner.request)),
  }
}

/** Whoever wraps a line does so when it is written. */
function ended(request: Reading['request']): Reading['request'] {
  return request?.begins === true ? { ...request, begins: false } : request
}

/** What the first format that reads the message makes of it. */
export function innerOf(body: string, within: Asked, depth = 0): Reading | null {
  if (body.length < 3 || depth === MAX_DEPTH) return null
  for (const { read } of within(body)) {
    const found = read(body)
    if (found !== null)
      return found.inner && found.body !== body ? readFurther(found, within, found.body, depth + 1) : found
  }
  return null
}
