// An archive's members that are files, as labelled streams; the others become notices.
import type { NoticeCode } from '../model/index.ts'
import { type Bytes, Chunks } from './chunks.ts'
import type { Context } from './context.ts'
import { Damage } from './damage.ts'
import type { DiskFile } from './disk.ts'
import { guarded, tellDamage } from './guard.ts'
import { memberLabels } from './label.ts'
import { Gauge } from './limits.ts'
import type { Member } from './member.ts'
import type { Place } from './place.ts'
import { tarMembers } from './tar.ts'
import { openZip, zipMembers } from './zip.ts'
import { zipMembersForward } from './zip-forward.ts'

/** A zip that is no file on disk is held in memory, up to this size: nothing is written to disk. */
const ZIP_IN_MEMORY = 512 * 2 ** 20

export interface Archive {
  readonly place: Place
  readonly chunks: Chunks
  readonly file: DiskFile | null
}

const LEFT_OUT: Readonly<Record<Exclude<Member['kind'], 'file' | 'directory'>, readonly [NoticeCode, string]>> = {
  special: ['not-a-file', 'is a link or a device: a name without content'],
  encrypted: ['encrypted', 'is encrypted: not read'],
  'unknown-method': ['not-readable', 'is compressed by a method that is not known'],
}

interface Opened {
  readonly member: Member
  readonly gauges: readonly Gauge[]
}

export interface LabelledStream {
  readonly place: Place
  readonly bytes: Bytes
}

export async function* archiveMembers(
  archive: Archive,
  kind: 'tar' | 'zip',
  context: Context,
): AsyncGenerator<LabelledStream> {
  const { label } = archive.place
  const labelFor = memberLabels(label)
  try {
    for await (const { member, gauges } of kind === 'tar' ? inTar(archive, context) : inZip(archive, context)) {
      if (!context.budget.admits()) throw context.budget.tooMany()
      if (member.kind === 'directory') continue
      const place = { label: labelFor(member.name), size: member.size, modified: member.modified }
      if (member.kind === 'file') yield { place, bytes: guarded(member.bytes, { label: place.label, gauges, context }) }
      else context.notice(place.label, LEFT_OUT[member.kind][0], null, LEFT_OUT[member.kind][1])
    }
  } catch (error) {
    tellDamage(error, { label, offset: kind === 'tar' ? archive.chunks.position : null, context })
  }
}

/** What a tar gives is not more than the tar itself: nothing to compare. */
async function* inTar({ place, chunks }: Archive, context: Context): AsyncGenerator<Opened> {
  const tellGap = (gap: Damage): void => context.notice(place.label, gap.code, chunks.position, gap.message)
  for await (const member of tarMembers(chunks, tellGap)) yield { member, gauges: [] }
}

/** Members of a hostile zip may lie upon one another, so each is compared with its own bytes and all with the file. */
async function* inZip({ place, chunks, file }: Archive, context: Context): AsyncGenerator<Opened> {
  const { ratio } = context.budget.limits
  const memory = file === null ? await allOf(chunks) : null
  const all = new Gauge(ratio)
  all.took(memory?.length ?? place.size ?? 0)
  for await (const member of membersOfZip(memory ?? file?.fd ?? Buffer.alloc(0), chunks)) {
    const own = new Gauge(ratio)
    own.took(member.packed ?? Number.POSITIVE_INFINITY)
    if (file !== null) context.progress(member.packed ?? 0)
    yield { member, gauges: [own, all] }
  }
}

async function* membersOfZip(zip: number | Buffer, chunks: Chunks): AsyncGenerator<Member> {
  const opened = await openZip(zip)
  if (opened !== null) yield* zipMembers(opened)
  else yield* zipMembersForward(typeof zip === 'number' ? chunks : new Chunks(inOnePiece(zip)))
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function allOf(chunks: Chunks): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of chunks) {
    pieces.push(piece)
    if (chunks.position > ZIP_IN_MEMORY) {
      throw new Damage('limit-size', `a zip within a stream is read up to ${ZIP_IN_MEMORY} bytes: unpack it first`)
    }
  }
  return Buffer.concat(pieces)
}
