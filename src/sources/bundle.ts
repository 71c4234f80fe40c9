// A bundle: everything a person named, as sources one after the other, and the identity of the whole.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import type { Notice, Source } from '../model/index.ts'
import { type Bytes, Chunks } from './chunks.ts'
import { Context } from './context.ts'
import { Damage } from './damage.ts'
import { openFile, reason } from './disk.ts'
import { guarded, tellDamage } from './guard.ts'
import type { Limits } from './limits.ts'
import { type FileOnDisk, filesOf, STDIN } from './paths.ts'
import { streamOf, unfold, unfoldFile } from './unfold.ts'

export interface OpenOptions {
  readonly limits: Limits
  readonly notice: (notice: Notice) => void
  /** What `-` stands for: a Readable, or any other stream of bytes. */
  readonly stdin: AsyncIterable<Uint8Array>
  readonly progress?: (bytesReadFromDisk: number) => void
}

export interface OpenBundle {
  /** To be gone through once; each source is read, or left, before the next is asked for. */
  readonly members: AsyncIterable<Source>
  /** Bytes on disk, as known before reading. */
  readonly totalBytes: number
  /** After the members: SHA-256 as hex, of the file where one file of at most 256 MiB was given, else of the ledger. */
  identity(): Promise<string>
}

const HASHED_WHOLE = 256 * 2 ** 20
const HASHED_PIECE = 128 * 1024

/** @throws FaultlineError `not-found` when a path does not exist; nothing was read then. */
export async function openBundle(paths: readonly string[], options: OpenOptions): Promise<OpenBundle> {
  const context = new Context(options.limits, options.notice, options.progress)
  const files = await filesOf(paths, context)
  const stdin = paths.includes(STDIN) ? options.stdin : null
  const [only] = files
  const isWhole =
    only !== undefined && files.length === 1 && stdin === null && !only.isStream && only.size <= HASHED_WHOLE
  return {
    members: sources(files, stdin, context),
    totalBytes: files.reduce((sum, file) => sum + file.size, 0),
    identity: async () => (isWhole ? hashOf(only) : null) ?? context.ledger.digest(),
  }
}

async function* sources(files: readonly FileOnDisk[], stdin: Bytes | null, context: Context): AsyncGenerator<Source> {
  for (const file of files) {
    if (!context.budget.admits()) {
      return tellDamage(context.budget.tooMany(), { label: file.label, offset: null, context })
    }
    if (file.isStream) yield* sourcesOfStream(file.label, fs.createReadStream(file.path), context)
    else yield* sourcesOfFile(file, context)
  }
  if (stdin !== null) yield* sourcesOfStream(STDIN, stdin, context)
}

async function* sourcesOfFile(file: FileOnDisk, context: Context): AsyncGenerator<Source> {
  const disk = openFile(file.path, file, context)
  if (disk === null) return
  try {
    yield* unfoldFile(disk, file, context)
  } finally {
    disk.close()
  }
}

function sourcesOfStream(label: string, bytes: Bytes, context: Context): AsyncGenerator<Source> {
  const chunks = new Chunks(guarded(readable(bytes), { label, gauges: [], context }))
  return unfold(streamOf({ label, size: null, modified: null }, chunks, 0), context)
}

/** An error of a pipe ends it as damage would. */
async function* readable(bytes: Bytes): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    throw new Damage('not-readable', `cannot be read: ${reason(cause)}`, cause)
  }
}

/** Null where the file can no longer be read: a notice has told so. */
function hashOf(file: FileOnDisk): string | null {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafeSlow(HASHED_PIECE)
  let fd: number | null = null
  try {
    fd = fs.openSync(file.path, 'r')
    for (;;) {
      const length = fs.readSync(fd, piece)
      if (length === 0) return hash.digest('hex')
      hash.update(length === piece.length ? piece : piece.subarray(0, length))
    }
  } catch {
    return null
  } finally {
    if (fd !== null) fs.closeSync(fd)
  }
}
