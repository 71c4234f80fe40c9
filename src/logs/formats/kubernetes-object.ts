// Kubernetes objects as JSON: events with what happened, other objects with the state they report.
import { flatten, parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { detailOf } from '../structured.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

const EVENT_TIMES = [
  'series.lastObservedTime',
  'lastTimestamp',
  'eventTime',
  'deprecatedLastTimestamp',
  'firstTimestamp',
  'metadata.creationTimestamp',
]
/** What is of no use to anybody who looks for a cause. */
const BORING = /^metadata\.(?:managedFields|uid|resourceVersion|selfLink|generation)|last-applied-configuration/

/** What an object is meant to be and to hold: nothing that happened. */
const MEANT = /^(?:spec|data|binaryData|metadata\.annotations)\./

const text = (fields: OpenFields, name: string): string | null =>
  typeof fields[name] === 'string' && fields[name] !== '' ? fields[name] : null

function firstTime(fields: OpenFields, names: readonly string[]): Stamp | null {
  for (const name of names) {
    const value = text(fields, name)
    const stamp = value === null ? null : readStamp(value, 0)
    if (stamp !== null) return stamp
  }
  return null
}

function readEvent(fields: OpenFields): Reading {
  const object = fields['involvedObject.kind'] ?? fields['regarding.kind']
  const name = fields['involvedObject.name'] ?? fields['regarding.name']
  const known: OpenFields = {
    reason: text(fields, 'reason'),
    type: text(fields, 'type'),
    object: `${String(object ?? '').toLowerCase()}/${name ?? ''}`,
    namespace: text(fields, 'metadata.namespace'),
    count: fields.count ?? fields['series.count'] ?? null,
  }
  return reading({
    stamp: firstTime(fields, EVENT_TIMES),
    severity: fields.type === 'Warning' ? 'warn' : 'info',
    host: text(fields, 'source.host') ?? text(fields, 'deprecatedSource.host'),
    program: text(fields, 'source.component') ?? text(fields, 'reportingComponent') ?? 'kubernetes',
    body: (text(fields, 'message') ?? text(fields, 'note') ?? '').trim(),
    fields: known,
    detail: detailOf(known),
  })
}

/** The state of an object dates from the last end of one of its containers, else from its creation. */
function readState(fields: OpenFields): Reading {
  const ends = Object.keys(fields).filter((name) => name.endsWith('.finishedAt'))
  const latest = ends.sort((a, b) => String(fields[b]).localeCompare(String(fields[a])))
  const place = [text(fields, 'metadata.namespace'), text(fields, 'metadata.name')]
    .filter((part) => part !== null)
    .join('/')
  const stamp = firstTime(fields, [...latest, 'metadata.creationTimestamp'])
  return reading({
    stamp,
    program: 'kubernetes',
    body: `${fields.kind ?? 'Object'} ${place}`,
    fields,
    detail: detailOf(Object.fromEntries(Object.entries(fields).filter(([name]) => !MEANT.test(name)))),
  })
}

/** An object of a list; `kind` is the list's where objects leave theirs out. Null where it is none of a cluster. */
export function readKubernetesObject(json: string, kind: string): Reading | null {
  const object = parseObject(json)
  return object === null ? null : readKubernetesFields(flatten(object), kind)
}

/** Null where the fields are those of no object. */
export function readKubernetesFields(all: OpenFields, kind: string): Reading | null {
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => !BORING.test(name)))
  const own = text(fields, 'kind') ?? kind
  if (own === 'Event' || fields['involvedObject.kind'] !== undefined) return readEvent(fields)
  const isObject = Object.keys(all).some((name) => name.startsWith('metadata.'))
  return isObject ? readState({ ...fields, kind: own }) : null
}

export const kubernetesObject: LogFormat = {
  name: 'kubernetes-object',
  frame: 'line',
  begins: /\{/,
  takes: [
    '{"kind":"Event","metadata":{"name":"a.1","namespace":"default"},"involvedObject":{"kind":"Pod","name":"web-0"},"reason":"BackOff","message":"Back-off restarting failed container","type":"Warning","lastTimestamp":"2026-11-20T22:46:02Z"}',
  ],
  leaves: ['{"kind":"talk","msg":"x"}'],
  open: () => (line) =>
    line.startsWith('{"kind":"') && line.includes('"metadata":{') ? readKubernetesObject(line, '') : null,
}
