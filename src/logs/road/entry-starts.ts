// Where in a journal export the record begins that holds a literal: entries before it may belong to it.
import { RECORD_BYTES } from '../assemble.ts'
import { readExportEntry } from '../formats/journald-export.ts'
import { mayGoOn } from '../traces.ts'

const BLANK = '\n\n'
const MESSAGE = 'MESSAGE'
const WANTED = new Set([MESSAGE])
/** Empty lines looked at for the start of one entry: a value may hold them. */
const TRIES = 8

/** Whether the entry at `at` may go on with the one before it. */
export function mayGoOnAt(bytes: Buffer, at: number): boolean {
  return mayGoOn(readExportEntry(bytes, at, WANTED).fields.get(MESSAGE) ?? '')
}

/** Start of the first entry, from `floor` on, that may be part of one record with the entry that holds the byte at `hit`. */
export function recordStart(bytes: Buffer, floor: number, hit: number): number {
  if (hit >= bytes.length) return hit
  let start = entryStart(bytes, floor, hit)
  while (start > floor && hit - start < RECORD_BYTES && mayGoOnAt(bytes, start)) {
    const before = entryStart(bytes, floor, start - 1)
    if (readExportEntry(bytes, before, WANTED).next !== start) break
    start = before
  }
  return start
}

/** Start of the entry that holds the byte at `inside`, there or before; `floor` where no empty line tells. */
function entryStart(bytes: Buffer, floor: number, inside: number): number {
  let blank = inside - 1
  for (let tries = 0; tries < TRIES; tries++) {
    blank = blank > floor ? bytes.lastIndexOf(BLANK, blank - 1) : -1
    if (blank + BLANK.length <= floor) return floor
    const { damaged, complete, next } = readExportEntry(bytes, blank + BLANK.length, WANTED)
    if (!damaged && (!complete || next > inside)) return blank + BLANK.length
  }
  return floor
}
