// The data objects and the entries of a journal file, in their order; hash tables and the like are passed over.
import type { Cursor } from './cursor.ts'
import { OBJECT_HEADER_BYTES, readObjectHead } from './objects.ts'

export interface JournalObject {
  readonly type: number
  readonly offset: number
  readonly bytes: Buffer
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
