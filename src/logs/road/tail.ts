// The exact time at which a source ends: lines that were only counted are known by their second.
import { Assembler } from '../assemble.ts'
import type { Log } from '../log.ts'
import { goesOnWithin } from '../open-object.ts'
import type { Window } from './window.ts'

/** Lines looked through for the beginning of the last record. */
const SEARCHED = 200

/** @param window holds the end of the source, or of the part of it that was read */
export function readTail(window: Window, log: Log): void {
  if (window.whole === 0) return
  const assembler = new Assembler(log.known)
  let at = window.whole
  for (let lines = 0; at > 0 && lines < SEARCHED; lines++) {
    at = window.start(at - 1, 0)
    const line = window.line(at, 0)
    const begins = assembler.begins(line.text) && !goesOnWithin({ bytes: window.bytes, from: at }, line.text)
    const answer = begins ? assembler.read(line.text) : null
    if (answer === null) continue
    log.endsWith({ ...answer, lines: [line] })
    return
  }
  log.endsWith(null)
}
