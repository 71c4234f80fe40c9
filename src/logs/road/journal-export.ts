// The road of a journal export: entries are found by walking their fields, since a value may hold any byte.
import type { ByteReader, Scanner } from '../../model/index.ts'
import type { Log } from '../log.ts'
import { advance, Entries, newlines, type Position } from './entries.ts'

const BLOCK = 1 << 20
/** An entry larger than this is given up, and the next one looked for. */
const ENTRY_LIMIT = 1 << 25
const HEAD =
  /^(?:[^\S\n]*\n)*(?:[A-Z0-9_]{1,64}(?:=[^\n]*)?\n){0,4}?__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP)=/

export function isJournalExport(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 8192)).toString('latin1')
  return HEAD.test(text) || /^(?:[A-Z0-9_]{1,64}=[^\n]*\n)+__REALTIME_TIMESTAMP=\d+\n/.test(text)
}

export async function readJournalExport(bytes: ByteReader, log: Log): Promise<void> {
  const block = blockOf(log.options.scanner)
  let buffer = block
  let filled = 0
  let ended = false
  const place = { line: 1, offset: 0 }
  while (!ended || filled > 0) {
    while (!ended && filled < buffer.length) {
      const read = await bytes.read(buffer.subarray(filled))
      ended = read === 0
      filled += read
      log.bytes += read
    }
    const used = new Entries(log, buffer.subarray(0, filled), place).take(ended)
    buffer.copy(buffer, 0, used, filled)
    filled -= used
    if (ended && used === 0) break
    if (filled === buffer.length) {
      if (filled >= ENTRY_LIMIT) filled = giveUp(log, buffer, place)
      else buffer = Buffer.concat([buffer], buffer.length * 2)
    } else if (buffer !== block && filled < block.length) {
      buffer.copy(block, 0, 0, filled)
      buffer = block
    }
  }
}

/** The scanner's own memory where it is large enough: nothing has to be copied to be searched. */
function blockOf(scanner: Scanner | null): Buffer {
  const memory = scanner?.memory
  if (memory === undefined || memory.length < 2 * BLOCK) return Buffer.alloc(2 * BLOCK)
  return Buffer.from(memory.buffer, memory.byteOffset, Math.min(memory.length, 2 * BLOCK))
}

function giveUp(log: Log, buffer: Buffer, place: Position): number {
  log.notice('record-damaged', place.offset, `An entry larger than ${ENTRY_LIMIT} bytes was left out.`)
  const next = buffer.lastIndexOf('\n\n')
  const kept = next < 0 ? 0 : buffer.length - next - 2
  advance(place, newlines(buffer, 0, buffer.length - kept), buffer.length - kept)
  buffer.copy(buffer, 0, buffer.length - kept)
  return kept
}
