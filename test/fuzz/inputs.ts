// What is mutated: the fixtures, what lies in them, and recorded corpora where they are at hand.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ByteReader } from '../../src/model/index.ts'
import { DEFAULT_LIMITS, openBundle } from '../../src/sources/index.ts'

export interface Input {
  readonly name: string
  readonly kind: 'capture' | 'text' | 'journal' | 'archive'
  readonly bytes: Uint8Array
}

/** Small inputs make many cases; of a longer one its beginning. */
const LIMIT = 192 * 1024
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FIXTURES = join(ROOT, 'fixtures')
const CORPORA = join(ROOT, '../shared/corpora')
const ARCHIVE = /\.(?:tar|tgz|zip|gz|bz2|xz|zst)$/

export function bytesOf(reader: ByteReader, limit = LIMIT): Promise<Uint8Array> {
  return readAll(reader, limit)
}

async function readAll(reader: ByteReader, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(limit)
  let end = 0
  for (;;) {
    const count = end === limit ? 0 : await reader.read(bytes.subarray(end))
    if (count === 0) return bytes.slice(0, end)
    end += count
  }
}

function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile())
}

/** Null where the folder is not there. */
function corpus(folder: string): string[] {
  try {
    return filesBelow(join(CORPORA, folder))
  } catch {
    return []
  }
}

async function membersOf(path: string): Promise<Input[]> {
  const inputs: Input[] = []
  const notice = () => undefined
  const bundle = await openBundle([path], { limits: DEFAULT_LIMITS, notice, stdin: process.stdin })
  for await (const { path: label, content, bytes } of bundle.members) {
    if (content === 'binary' || content === 'empty') continue
    inputs.push({ name: relative(ROOT, label), kind: content, bytes: await bytesOf(bytes) })
  }
  return inputs
}

/** In an order that only names decide. */
export async function inputs(): Promise<Input[]> {
  const fixtures = filesBelow(FIXTURES).filter((path) => ARCHIVE.test(path))
  const archives = fixtures.map((path): Input => {
    return { name: relative(ROOT, path), kind: 'archive', bytes: readFileSync(path).subarray(0, LIMIT) }
  })
  const captures = [...corpus('pcaps'), ...corpus('pcaps-lab')].filter((path) =>
    /\.(?:p?cap(?:ng)?|dmp|dump)$/.test(path),
  )
  const logs = corpus('logs').filter((path) => statSync(path).size <= LIMIT)
  const members: Input[] = []
  for (const path of [...fixtures, ...captures, ...logs]) members.push(...(await membersOf(path)))
  return [...archives, ...members].filter(({ bytes }) => bytes.length > 0)
}
