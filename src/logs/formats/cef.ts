// ArcSight's CEF and QRadar's LEEF, as they stand and behind a syslog header.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { fieldValue } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const CEF =
  /^(?:CEF:\s?)?(\d+)\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|([^|]*)\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|([^|]*)\|/
const LEEF = /^(?:LEEF:\s?)?([12]\.0)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|(?:(0?x[0-9A-Fa-f]{1,4}|[^\s|=]{1,2})\|)?/
const EXTENSION = /(?:^|\s)([A-Za-z][\w.[\]-]{0,63})=((?:[^=\\]|\\.)*?)(?=\s[A-Za-z][\w.[\]-]{0,63}=|$)/g
const TIMES = ['rt', 'end', 'start', 'devTime', 'deviceReceiptTime']
const WORDS: Readonly<Record<string, Severity>> = {
  low: 'info',
  medium: 'warn',
  high: 'error',
  'very-high': 'error',
  unknown: 'info',
}

/** 0 to 3 are low, 4 to 6 medium, 7 to 10 high. */
function severityOf(text: string): Severity | null {
  if (/^\d{1,2}$/.test(text)) return Number(text) >= 7 ? 'error' : Number(text) >= 4 ? 'warn' : 'info'
  return WORDS[text.toLowerCase()] ?? null
}

const plain = (text: string | undefined): string => (text ?? '').replace(/\\([\\|=])/g, '$1').trim()

function stampIn(fields: OpenFields): Reading['stamp'] {
  for (const name of [...TIMES, ...Object.keys(fields).filter((one) => /[tT]ime$/.test(one))]) {
    const stamp = fields[name] === undefined ? null : readStamp(String(fields[name]), 0)
    if (stamp !== null && stamp.lacks !== 'date') return { ...stamp, start: 0, seconds: 0, end: 0 }
  }
  return null
}

function extension(text: string): OpenFields {
  const fields: OpenFields = {}
  for (const [, name = '', value] of text.matchAll(EXTENSION))
    fields[name] ??= fieldValue(plain(value).replaceAll('\\n', '\n'))
  return fields
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

function readCef(line: string): Reading | null {
  const found = CEF.exec(line)
  if (found === null) return null
  const known = { vendor: plain(found[2]), product: plain(found[3]), signature: plain(found[5]) }
  const fields: OpenFields = { ...extension(line.slice(found[0].length)), ...known }
  const host = fields.dvchost ?? fields.dvc
  return reading({
    stamp: stampIn(fields),
    severity: severityOf(found[7] ?? ''),
    host: host === undefined ? null : String(host),
    program: known.product,
    body: line.trimEnd(),
    fields,
    detail: typeof fields.msg === 'string' ? `${plain(found[6])}\n${fields.msg}` : plain(found[6]),
  })
}

function readLeef(line: string): Reading | null {
  const found = LEEF.exec(line)
  if (found === null) return null
  const sign = found[6] === undefined ? '\t' : separator(found[6])
  const fields: OpenFields = { vendor: found[2] ?? null, product: found[3] ?? null, signature: found[5] ?? null }
  for (const pair of line.slice(found[0].length).split(sign)) {
    const at = pair.indexOf('=')
    if (at > 0) fields[pair.slice(0, at).trim()] ??= fieldValue(pair.slice(at + 1))
  }
  const severity = severityOf(String(fields.sev ?? ''))
  return reading({ stamp: stampIn(fields), severity, program: found[3] ?? null, body: line.trimEnd(), fields })
}

function separator(written: string): string {
  return /^0?x/.test(written) ? String.fromCharCode(Number.parseInt(written.replace(/^0?x/, ''), 16)) : written
}

export const cef: LogFormat = {
  name: 'cef',
  frame: 'line',
  nests: true,
  begins: /[CL\d]/,
  takes: [
    'CEF:0|Security|threatmanager|1.0|100|worm successfully stopped|10|src=192.0.2.1 dst=192.0.2.2 rt=Nov 20 2026 22:35:19 msg=hello world',
    'LEEF:2.0|Lancope|StealthWatch|1.0|41|^|src=192.0.2.0^dst=192.0.2.5^sev=5',
  ],
  leaves: ['0|api | starting', 'CEF is a format'],
  open: () => (line) => {
    const code = line.charCodeAt(0)
    return code === 67 || code === 76 || isDigit(code) ? (readCef(line) ?? readLeef(line)) : null
  },
}
