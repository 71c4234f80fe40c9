// The end of the road: bytes that unpack no further become a source, with what its head says about it.
import type { ByteReader, Source } from '../model/index.ts'
import { contentOf, hex } from './content.ts'
import type { Context, Place } from './context.ts'

export const HEAD = 64 * 1024

export interface Leaf {
  readonly place: Place
  /** The first bytes, at most `HEAD`; `bytes` gives them again. */
  readonly head: Uint8Array
  readonly bytes: ByteReader
}

export function sourceOf({ place, head, bytes }: Leaf, context: Context): Source {
  const content = contentOf(head)
  const { label } = place
  if (content === 'empty' && !context.hasFailed(label)) context.notice(label, 'empty', null, 'is empty')
  if (content === 'binary') context.notice(label, 'binary', null, `is no text: starts with ${hex(head, 0)}`)
  return {
    path: label,
    size: place.size,
    modified: place.modified,
    head,
    bytes: context.ledger.watch(place, head, bytes),
    charset: null,
    content,
  }
}
