// Double-byte character sets: which bytes make a character in each, and which characters are common in running text.

export interface DoubleByte {
  /** As the Encoding Standard names it. */
  readonly charset: string
  isPair(lead: number, trail: number): boolean
  /** Punctuation, kana, and the levels that the national standards made of the characters in daily use. */
  isCommon(lead: number, trail: number): boolean
  /** Characters of four bytes: digits stand second and fourth. */
  readonly hasQuads?: boolean
  /** Characters of one byte beyond ASCII. */
  isSingle(byte: number): boolean
}

function within(byte: number, from: number, to: number): boolean {
  return byte >= from && byte <= to
}

function never(): boolean {
  return false
}

/** Whether the four bytes at `at` are one character of a set that has such. */
export function isQuad(bytes: Uint8Array, at: number): boolean {
  const digits = [bytes[at + 1], bytes[at + 3]].every((byte) => within(byte ?? 0, 0x30, 0x39))
  return digits && within(bytes[at] ?? 0, 0x81, 0xfe) && within(bytes[at + 2] ?? 0, 0x81, 0xfe)
}

/**
 * Of equals the first is taken: hangul all lies within the Chinese level one, but only half of Chinese within hangul;
 * Japanese in EUC lies within the common characters of Big5, but these not within EUC.
 */
export const EAST_ASIAN: readonly DoubleByte[] = [
  {
    charset: 'euc-kr',
    isPair: (lead, trail) =>
      within(lead, 0x81, 0xfe) && (within(trail, 0x41, 0x5a) || within(trail, 0x61, 0x7a) || within(trail, 0x81, 0xfe)),
    isCommon: (lead, trail) => trail >= 0xa1 && (within(lead, 0xb0, 0xc8) || within(lead, 0xa1, 0xa3)),
    isSingle: never,
  },
  {
    charset: 'gb18030',
    isPair: (lead, trail) => within(lead, 0x81, 0xfe) && within(trail, 0x40, 0xfe) && trail !== 0x7f,
    isCommon: (lead, trail) => trail >= 0xa1 && (within(lead, 0xb0, 0xd7) || within(lead, 0xa1, 0xa3)),
    hasQuads: true,
    isSingle: never,
  },
  {
    charset: 'euc-jp',
    isPair: (lead, trail) => within(lead, 0xa1, 0xfe) && within(trail, 0xa1, 0xfe),
    isCommon: (lead) => within(lead, 0xa1, 0xa5) || within(lead, 0xb0, 0xcf),
    isSingle: never,
  },
  {
    charset: 'big5',
    isPair: (lead, trail) => within(lead, 0xa1, 0xf9) && (within(trail, 0x40, 0x7e) || within(trail, 0xa1, 0xfe)),
    isCommon: (lead) => within(lead, 0xa1, 0xc6),
    isSingle: never,
  },
  {
    charset: 'shift_jis',
    isPair: (lead, trail) =>
      (within(lead, 0x81, 0x9f) || within(lead, 0xe0, 0xfc)) && within(trail, 0x40, 0xfc) && trail !== 0x7f,
    isCommon: (lead) => within(lead, 0x81, 0x83) || within(lead, 0x88, 0x97),
    isSingle: (byte) => within(byte, 0xa1, 0xdf),
  },
]
