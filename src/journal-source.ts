// The journal that a capture holds, as a source of its own.
import type { Source } from './model/index.ts'

/** Journal entries found inside a capture are read as an export of their own. */
export function journalSource(source: Source, entries: readonly Uint8Array[]): Source {
  const content = Buffer.concat(entries.flatMap((entry) => [entry, Buffer.from('\n')]))
  let at = 0
  const read = (target: Uint8Array) => {
    const part = content.subarray(at, at + target.length)
    target.set(part)
    at += part.length
    return part.length
  }
  const head = content.subarray(0, 65_536)
  return {
    ...source,
    path: `${source.path}!journal`,
    size: content.length,
    head,
    bytes: { read },
    charset: null,
    content: 'text',
  }
}
