// Logs of VMware's ESXi and vCenter: the level as a word or as two letters with its priority, then program and originator.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf, severityOfSyslog } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER =
  /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (?:(info|warning|error|verbose|trivia|panic|section)|[A-Z][a-z]\((\d{1,3})\)(?:\[\+\]|\+)?) (?:([\w.-]+)\[([^\]]*)\]:?|(host)-(\d{1,9})|(vm\w+):) (?:\[(Originator@\d+ [^\]]*)\] ?)?/

function read(line: string): Reading | null {
  const found = line.charCodeAt(10) === 84 && /[[(]/.test(line.slice(20, 60)) ? HEADER.exec(line) : null
  if (found === null) return null
  const [whole, word, priority, named, inBrackets, host, behind, kernel, originator = ''] = found
  const program = named ?? host ?? kernel ?? null
  const process = inBrackets ?? behind ?? ''
  const level = word === 'trivia' ? 'trace' : word === 'section' ? 'info' : word
  const severity = priority === undefined ? severityOf(level ?? '') : severityOfSyslog(Number(priority) & 7)
  const pid = /^\d{1,10}$/.test(process) ? Number(process) : null
  return reading({
    stamp: readStamp(line, 0),
    severity,
    program: program === '-' ? null : program,
    pid,
    body: line.slice(whole.length),
    fields: readPairs(originator),
  })
}

export const vmware: LogFormat = {
  name: 'vmware',
  frame: 'header',
  alone: true,
  begins: /\d/,
  takes: [
    '2026-11-20T22:35:19.868Z warning vpxd[1234] [Originator@6876 sub=Vmomi opID=ab] Connection refused',
    '2026-11-20T22:35:19.868Z In(182) vmkernel[]: cpu3:2097 resumed',
    '2026-11-20T22:35:19.868Z Wa(180) vmkwarning: cpu3:2097)WARNING: lost',
  ],
  leaves: ['2026-11-20T22:35:19.868Z info starting app[12]', '2026-11-20T22:35:19.868Z host app[12]: x'],
  open: () => read,
}
