// What AWS Lambda writes around the lines of a function: a request begins, ends and is accounted for.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'

const LINE =
  /^(?:(?:START|END|REPORT|XRAY|INIT_REPORT|RESTORE_REPORT) (?:RequestId|TraceId|Init Duration|Restore Duration): |INIT_START Runtime Version: )/
const PART = /(?:^|\t)(?:REPORT )?([A-Z][A-Za-z ]{2,24}): (?:(\d+(?:\.\d+)?) (?:ms|MB)|(\S+))/g
const FIRST = new Set([69, 73, 82, 83, 88])

function read(line: string): Reading | null {
  if (!FIRST.has(line.charCodeAt(0)) || !LINE.test(line)) return null
  const fields: OpenFields = {}
  for (const [, name = '', number, text] of line.matchAll(PART))
    fields[name.toLowerCase().replaceAll(' ', '_')] = number === undefined ? (text ?? null) : Number(number)
  return reading({ body: line.trimEnd(), fields })
}

export const lambda: LogFormat = {
  name: 'lambda',
  frame: 'line',
  early: true,
  begins: /[EIRSX]/,
  takes: [
    'START RequestId: 0b05b5d9-3795-446d-a5be-b2443943fed9 Version: $LATEST',
    'REPORT RequestId: 0b05b5d9-3795-446d-a5be-b2443943fed9\tDuration: 3003.17 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB',
    'INIT_START Runtime Version: nodejs:22.v7\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:ab',
  ],
  leaves: ['START of the request', 'REPORT: x', 'END RequestId'],
  open: () => read,
}
