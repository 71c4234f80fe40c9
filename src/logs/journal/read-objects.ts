// The header of a journal file, its data objects and its entries, in their order; hash tables and the like are passed over.
import type { Cursor } from './cursor.ts'
import { HEADER_BYTES, type JournalHeader, OBJECT_HEADER_BYTES, readHeader, readObjectHead } from './objects.ts'

export interface JournalObject {
  readonly type: number
  readonly offset: number
  readonly bytes: Buffer
}

/** Null where it is damaged, or none of a journal file: nothing was passed then. */
export async function passHeader(cursor: Cursor): Promise<JournalHeader | null> {
  await cursor.has(HEADER_BYTES)
  const header = readHeader(cursor.peek(HEADER_BYTES))
  if (header !== null) await cursor.skip(header.headerSize)
  return header
}

/**
 * Ends where the file ends, is cut, or holds what cannot be an object.
 * @param cursor behind the header of the file
 * @returns as many at once as lie in memory, valid until the next are asked for
 */
export async function* readObjects(cursor: Cursor): AsyncGenerator<readonly JournalObject[]> {
  while (await cursor.has(OBJECT_HEADER_BYTES)) {
    yield readyObjects(cursor)
    if (!cursor.holds(OBJECT_HEADER_BYTES)) continue
    const head = readObjectHead(cursor.peek(OBJECT_HEADER_BYTES))
    if (head === null) return
    if (head.isWanted && (await cursor.has(head.size))) yield [objectAt(cursor, head)]
    if (!(await cursor.skip(head.step))) return
  }
}

function readyObjects(cursor: Cursor): JournalObject[] {
  const ready: JournalObject[] = []
  while (cursor.holds(OBJECT_HEADER_BYTES)) {
    const head = readObjectHead(cursor.peek(OBJECT_HEADER_BYTES))
    if (head === null || !cursor.holds(head.step)) break
    if (head.isWanted) ready.push(objectAt(cursor, head))
    cursor.pass(head.step)
  }
  return ready
}

function objectAt(cursor: Cursor, { type, size }: { readonly type: number; readonly size: number }): JournalObject {
  return { type, offset: cursor.offset, bytes: cursor.peek(size) }
}
