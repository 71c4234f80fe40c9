// LZ4 blocks, as the journal compresses the values of large fields with them.

/**
 * Unpacks one block.
 * https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 * @returns null where the block is damaged or does not give `size` bytes
 */
export function unpackLz4(block: Uint8Array, size: number): Uint8Array | null {
  const out = new Uint8Array(size)
  const source = { block, at: 0 }
  let to = 0
  while (source.at < block.length) {
    const token = block[source.at++] ?? 0
    const literals = runLength(source, token >> 4)
    if (to + literals > size || source.at + literals > block.length) return null
    out.set(block.subarray(source.at, source.at + literals), to)
    source.at += literals
    to += literals
    if (source.at >= block.length) break
    const distance = (block[source.at] ?? 0) | ((block[source.at + 1] ?? 0) << 8)
    source.at += 2
    const match = runLength(source, token & 15) + 4
    if (distance === 0 || distance > to || to + match > size) return null
    for (let end = to + match; to < end; to++) out[to] = out[to - distance] ?? 0
  }
  return to === size ? out : null
}

/** A nibble of 15 goes on in bytes, each of 255 with another behind it. */
function runLength(source: { readonly block: Uint8Array; at: number }, nibble: number): number {
  let length = nibble
  if (nibble !== 15) return length
  for (let more = 255; more === 255 && source.at < source.block.length; length += more)
    more = source.block[source.at++] ?? 0
  return length
}
