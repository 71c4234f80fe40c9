// The end of the road: bytes that unpack no further become a source, with what its head says about it.
import type { ByteReader, OnDisk, Source } from '../model/index.ts'
import { contentOf, hex } from './content.ts'
import type { Context } from './context.ts'
import type { DiskFile } from './disk.ts'
import { foreignCaptureOf, kindOf } from './kinds.ts'
import type { Watched } from './ledger.ts'
import type { Place } from './place.ts'
import { Transcoder, transcoded } from './transcode.ts'

export const HEAD = 64 * 1024

export interface Leaf {
  readonly place: Place
  /** The first bytes, at most `HEAD`; `bytes` gives them again. */
  readonly head: Uint8Array
  readonly bytes: ByteReader
  /** The last bytes, where they can be had before the others; else the head. */
  readonly tail?: () => Uint8Array
  /** The file that `bytes` are read from. */
  readonly file?: DiskFile
}

export function sourceOf({ place, head, bytes, tail, file }: Leaf, context: Context): Source {
  const { content, charset } = contentOf(head, tail ?? (() => head))
  if (content === 'empty' && !context.hasFailed(place.label)) context.notice(place.label, 'empty', null, 'is empty')
  if (content === 'binary') tellBinary(place.label, head, context)
  const watched = context.ledger.watch(place, head, bytes)
  return {
    path: place.label,
    size: place.size,
    modified: place.modified,
    head: charset === null ? head : transcoded(head, charset).subarray(0, HEAD),
    bytes: charset === null ? watched : new Transcoder(watched, charset),
    charset,
    content,
    ...(charset === null && file !== undefined ? { disk: onDisk(file, place, watched) } : {}),
  }
}

function onDisk(file: DiskFile, { size }: Place, watched: Watched): OnDisk {
  return {
    descriptor: file.fd,
    size: size ?? 0,
    pass(bytes, crc) {
      file.pass(bytes)
      watched.pass(bytes, crc)
    },
  }
}

function tellBinary(label: string, head: Uint8Array, context: Context): void {
  const capture = foreignCaptureOf(head)
  const start = `starts with ${hex(head, 0)}`
  if (capture === null) context.notice(label, 'binary', null, `is no text but ${kindOf(head) ?? 'binary'}: ${start}`)
  else
    context.notice(label, 'capture-unsupported', null, `is a ${capture} capture, save it as pcap or pcapng: ${start}`)
}
