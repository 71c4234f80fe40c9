// Logs of large clusters: an alert flag or none, an epoch, a date, a node, then the node's own line.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER = /^(-|[A-Z][A-Z0-9_]{2,20}) (1\d{9}) (\d{4}\.\d\d\.\d\d) (\S+) /
const NODE_TIME = /^\d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d\.\d+ \S+ (\w+) (\w+) ([A-Z]+) /
const SYSLOG = /^[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d (\S+) (?:([^\s[:]+(?:\([^)]*\))?)(?:\[(\d+)\])?: ?)?/

const HPC = /^(\d{1,9}) ((?:node|gige|Interconnect|full|partition)\S*) (\S+) (\S+) (1?\d{9}) (\d+) /

function readHpc(line: string): Reading | null {
  const found = HPC.exec(line)
  if (found === null) return null
  const at = found[0].lastIndexOf(` ${found[5]} `) + 1
  const fields = { logger: found[3] ?? null, state: found[4] ?? null }
  return reading({ stamp: readStamp(line, at), host: found[2] ?? null, body: line.slice(found[0].length), fields })
}

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  if (found === null) return readHpc(line)
  const rest = line.slice(found[0].length)
  const node = NODE_TIME.exec(rest)
  const epoch = readStamp(line, (found[1]?.length ?? 0) + 1)
  const fields: OpenFields = found[1] === '-' ? {} : { alert: found[1] ?? null }
  const host = found[4] ?? null
  if (node !== null) {
    const stamp =
      epoch === null ? null : { ...epoch, at: epoch.at + ((readStamp(line, found[0].length)?.at ?? 0) % 1_000_000) }
    const severity = severityOf(node[3] ?? '')
    return reading({
      stamp,
      severity,
      host,
      program: node[2] ?? null,
      body: rest.slice(node[0].length),
      fields: { ...fields, type: node[1] ?? null },
    })
  }
  const syslog = SYSLOG.exec(rest)
  const pid = syslog?.[3] === undefined ? null : Number(syslog[3])
  const stamp = readStamp(line, found[0].indexOf(found[2] ?? '')) ?? epoch
  return reading({
    stamp,
    host,
    program: syslog?.[2] ?? null,
    pid,
    body: syslog === null ? rest : rest.slice(syslog[0].length),
    fields,
  })
}

export const supercomputer: LogFormat = {
  name: 'supercomputer',
  frame: 'header',
  begins: /[-A-Z\d]/,
  takes: [
    '- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.363779 R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected',
    '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: session closed for user root',
  ],
  leaves: ['- 1117838570 seconds'],
  open: () => read,
}
