// Writes a gzipped tar, member after member: it appears whole under its name, or not at all.
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { type Instant, notWritable } from '../model/index.ts'

export interface NewArchive {
  /** Adds a member; what `fill` writes waits beside the archive, since a tar says sizes first. */
  add(member: NewMember): Promise<void>
  finish(): Promise<void>
  /** Leaves nothing behind; after `finish` it does nothing. */
  abandon(): void
}

export interface NewMember {
  readonly name: string
  readonly modified: Instant | null
  readonly fill: (write: (bytes: Uint8Array) => void) => Promise<void>
}

/** Behind a link its target is written; a pipe or a device takes the whole at the end. @throws FaultlineError `not-writable` */
export function createArchive(path: string): NewArchive {
  const stat = fs.statSync(path, { throwIfNoEntry: false })
  const isPlain = stat === undefined || stat.isFile()
  const place = stat?.isFile() === true ? fs.realpathSync(path) : path
  const folder = folderIn(isPlain ? dirname(place) : tmpdir(), path)
  const [spool, whole] = [join(folder, 'member'), join(folder, 'archive')]
  const tar = pack()
  const done = pipeline(tar, createGzip(), fs.createWriteStream(whole, { mode: 0o600 }))
  // Told where it is waited for.
  done.catch(() => {})
  const refused = (cause: unknown): never => {
    throw notWritable(path, cause)
  }
  return {
    async add({ name, modified, fill }) {
      await fillFile(spool, fill, refused)
      const size = fs.statSync(spool).size
      const entry = tar.entry({ name, size, mode: 0o600, mtime: new Date((modified ?? 0) / 1000) })
      await Promise.race([pipeline(fs.createReadStream(spool), entry), done]).catch(refused)
    },
    async finish() {
      tar.finalize()
      await done.catch(refused)
      if (isPlain) fs.renameSync(whole, place)
      else await pipeline(fs.createReadStream(whole), fs.createWriteStream(path)).catch(refused)
      fs.rmSync(folder, { recursive: true, force: true })
    },
    abandon() {
      tar.destroy()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

function folderIn(parent: string, path: string): string {
  try {
    return fs.mkdtempSync(join(parent, '.faultline-'))
  } catch (cause) {
    throw notWritable(path, cause)
  }
}

async function fillFile(path: string, fill: NewMember['fill'], refused: (cause: unknown) => never): Promise<void> {
  const file = fs.openSync(path, 'w', 0o600)
  try {
    await fill((bytes) => {
      try {
        for (let at = 0; at < bytes.length; ) at += fs.writeSync(file, bytes, at)
      } catch (cause) {
        refused(cause)
      }
    })
  } finally {
    fs.closeSync(file)
  }
}
