// Kubernetes objects as YAML, as `kubectl get -o yaml` writes them: events and the state of pods, one record each.
import type { LogFormat } from '../format.ts'
import { fieldValue, unquote } from '../pairs.ts'
import { type OpenFields, type OpenRecord, type Reading, reading } from '../reading.ts'
import { readKubernetesFields } from './kubernetes-object.ts'

const START = /^( *)(- )?apiVersion: [\w./-]+\s*$/
const LINE = /^( *)((?:- )*)(?:([\w./$-]+|"[^"]+"):(?: +(.*))?|(.*))$/
/** Lines of an object behind its first. */
const PART =
  /^ +(?:- +)*(?:["\w./$]["\w./$-]*:(?: |$)|$)|^ +- |^(?:kind|metadata|spec|status|items|type|reason|message|source|involvedObject|count|firstTimestamp|lastTimestamp|eventTime|reporting\w+|action|series|data|note|regarding):(?: |$)/
const ITEMS = /^ *items:\s*$/
const BLOCK = /^[|>][+-]?\d?$/
const FIELD_LIMIT = 256

interface Level {
  readonly indent: number
  readonly name: string
  /** Of a list: the number of the item at hand. */
  item: number
}

function text(value: string): OpenFields[string] {
  const bare = value.trim()
  if (bare.startsWith("'")) return bare.replace(/^'|'$/g, '').replaceAll("''", "'")
  return bare.startsWith('"') ? unquote(bare) : fieldValue(bare)
}

/** A value whose lines stand deeper than its name: a block keeps them apart, a folded one joins them by a blank. */
interface Scalar {
  readonly indent: number
  readonly name: string
  readonly between: '\n' | ' '
  readonly lines: string[]
}

/** Nested names are joined by dots, items are numbered: the subset of YAML that kubectl writes, without anchors. */
function flattenYaml(lines: readonly string[]): OpenFields {
  const fields: OpenFields = {}
  const levels: Level[] = []
  let open: Scalar | null = null
  for (const line of lines) {
    const found = LINE.exec(line)
    const indent = found?.[1]?.length ?? 0
    if (open !== null && (indent > open.indent || line.trim() === '')) {
      open.lines.push(line.trim())
      fields[open.name] = scalarOf(open)
      continue
    }
    open = null
    const key = found?.[3]
    if (found === null || key === undefined || Object.keys(fields).length >= FIELD_LIMIT) continue
    const dashes = found[2]?.length ?? 0
    const name = nameAt(levels, { indent, dashes, key: unquote(key) })
    const value = found[4] ?? ''
    if (value === '' || value === '{}' || value === '[]') continue
    const isBlock = BLOCK.test(value)
    open = { indent: indent + dashes, name, between: isBlock ? '\n' : ' ', lines: isBlock ? [] : [value] }
    if (!isBlock) fields[name] = scalarOf(open)
  }
  return fields
}

function scalarOf({ between, lines }: Scalar): OpenFields[string] {
  const whole = lines.join(between)
  return between === ' ' ? text(whole) : whole
}

/** An item may stand as far to the right as the name of its list. */
function nameAt(
  levels: Level[],
  at: { readonly indent: number; readonly dashes: number; readonly key: string },
): string {
  const column = at.indent + at.dashes
  while (levels.length > 0 && column <= (levels.at(-1)?.indent ?? -1)) levels.pop()
  if (at.dashes > 0) {
    while (levels.length > 0 && at.indent < (levels.at(-1)?.indent ?? -1)) levels.pop()
    const list = levels.at(-1)
    if (list !== undefined) list.item++
  }
  const path = levels.map(({ name, item }) => (item < 0 ? name : `${name}.${item}`))
  levels.push({ indent: column, name: at.key, item: -1 })
  return [...path, at.key].join('.')
}

function joinsObject({ format }: OpenRecord): boolean {
  return format === kubernetesYaml.name
}

/** An object within another, as an event names what it is about and a pod its owner: deeper than that one's own names, and no item of a list of objects. */
function joinsOwner(line: string): (record: OpenRecord) => boolean {
  const [, blanks = '', dash = ''] = START.exec(line) ?? []
  return (record) => {
    if (!joinsObject(record) || ITEMS.test(record.last)) return false
    const [, outer = '', item = ''] = START.exec(record.reading.body) ?? []
    return blanks.length > outer.length + (dash === '' ? item.length : 0)
  }
}

function read(record: string): Reading | null {
  const code = record.charCodeAt(0)
  if (code !== 32 && code !== 45 && !(code >= 97 && code <= 122)) return null
  const end = record.indexOf('\n')
  const start = START.exec(end < 0 ? record : record.slice(0, end))
  if (start !== null) {
    const shift = (start[1]?.length ?? 0) + (start[2]?.length ?? 0)
    if (end < 0) return reading({ body: record, joins: record.startsWith(' ') ? joinsOwner(record) : null })
    const lines = record.replace('- apiVersion', '  apiVersion').split('\n')
    return readKubernetesFields(flattenYaml(lines.map((line) => line.slice(shift))), '')
  }
  return end < 0 && PART.test(record) ? reading({ body: record, joins: joinsObject, weak: true }) : null
}

export const kubernetesYaml: LogFormat = {
  name: 'kubernetes-yaml',
  frame: 'line',
  rereads: true,
  begins: /[a-z-]| ["\w./$-]/,
  takes: [
    '- apiVersion: v1\n  kind: Event\n  involvedObject:\n    kind: Pod\n    name: web-0\n  message: Back-off restarting failed container\n  reason: BackOff\n  type: Warning\n  lastTimestamp: "2026-11-20T22:45:19Z"',
  ],
  leaves: ['apiVersion is a field', 'level: info'],
  open: () => read,
}
