// Looks at the bytes of one line and no further: behind it may lie megabytes of others, to be searched again for each.

export interface Span {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
}

/** Where the byte or the bytes stand first; -1 where nowhere in the span. */
export function within({ bytes, from, to }: Span, part: number | Uint8Array): number {
  const found = bytes.subarray(from, to).indexOf(part)
  return found < 0 ? -1 : from + found
}

/** Whether a line begins with a tab or a space, as those do that go on with the one before. */
export function isIndented({ bytes, from }: Omit<Span, 'to'>): boolean {
  return bytes[from] === 9 || bytes[from] === 32
}
