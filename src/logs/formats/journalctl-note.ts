// What journalctl says between the lines of the journal: where it begins, where the machine was started again.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const NOTE =
  /^-- (?:(?:Logs begin|Journal begins) at (.+?), ends? at .+\.|Reboot|Boot [0-9a-f]{32}|No entries|cursor: \S+)(?: --)?$/
const HINT = /^(?:Hint: You are currently not seeing messages from other users|No journal files were found\.$)/

const LONGEST = 400

function read(line: string): Reading | null {
  if (line.length > LONGEST) return null
  const code = line.charCodeAt(0)
  const found = code === 45 ? NOTE.exec(line) : null
  if (found === null && !((code === 72 || code === 78) && HINT.test(line))) return null
  const states = found?.[1] === undefined ? null : readStamp(found[1], 0)
  return reading({ body: line, states: states?.at ?? null })
}

export const journalctlNote: LogFormat = {
  name: 'journalctl-note',
  frame: 'line',
  begins: /[-HN]/,
  takes: [
    '-- Logs begin at Mon 2026-11-16 10:00:01 UTC, end at Fri 2026-11-20 22:46:02 UTC. --',
    '-- Boot 3a1f7ed2f2c04d01a6b2c5e3a7b1c2d3 --',
    '-- No entries --',
  ],
  leaves: ['-- MySQL dump 10.13', '--- last message repeated 1 time ---'],
  open: () => read,
}
