// The character set of a text by its first bytes; null where it is UTF-8, or cannot be told.
import { isUtf8 } from 'node:buffer'
import { type DoubleByte, EAST_ASIAN, isQuad } from './east-asian.ts'
import { utf32Of } from './utf32.ts'

/** A byte sequence of UTF-8 that the end of the head may cut. */
const LONGEST_SEQUENCE = 4
/** As many sound sequences of UTF-8 as make a few stray bytes an accident. */
const SOUND_FOR_ONE_STRAY = 4
/** Of the characters read as some set, this share must be among its common ones. */
const COMMON_SHARE = 0.7
const STRAY_SHARE = 0.05
const NUL_SHARE = 0.1

/** A NUL beside other odd bytes is a binary field, whose length is counted in bytes (journald's export format has them). */
export function charsetOf(head: Uint8Array): string | null {
  const wide = utf32Of(head) ?? utf16Of(head)
  if (wide !== null) return wide
  if (isUtf8(head)) return null
  const { sound, stray } = utf8Of(head)
  if (stray === 0 || sound >= stray * SOUND_FOR_ONE_STRAY || head.includes(0)) return null
  return eastAsianOf(head) ?? singleByteOf(head)
}

/** Sets whose text has NULs for bytes. */
export function isWide(charset: string | null): boolean {
  return charset?.startsWith('utf-') === true
}

/** By its mark, or by where the NULs of its Latin characters stand. */
function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (!head.includes(0)) return null
  const pairs = head.length >>> 1
  let even = 0
  let odd = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (head[at] === 0) even++
    if (head[at + 1] === 0) odd++
  }
  const charset = odd > even ? 'utf-16le' : 'utf-16be'
  const isLopsided = Math.max(odd, even) >= pairs * NUL_SHARE && Math.min(odd, even) * 20 <= Math.max(odd, even)
  return pairs > 1 && isLopsided && readsAsText(head.subarray(0, pairs * 2), charset) ? charset : null
}

function readsAsText(bytes: Uint8Array, charset: string): boolean {
  const text = new TextDecoder(charset).decode(bytes, { stream: true })
  const odd = text.match(/[\u0000-\u0006\u000e-\u001a\u001c-\u001f\u007f-\u009f\ufffd\ue000-\uf8ff]/g)?.length ?? 0
  return odd * 50 <= text.length
}

/** Sequences of UTF-8 beyond ASCII, and bytes that belong to none; one that the end cuts is neither. */
function utf8Of(head: Uint8Array): { sound: number; stray: number } {
  let sound = 0
  let stray = 0
  for (let at = 0; at < head.length; ) {
    const first = head[at] ?? 0
    if (first < 0x80) {
      at++
      continue
    }
    const length = sequenceLength(head, at)
    if (length > 0) sound++
    else if (at + LONGEST_SEQUENCE > head.length && first >= 0xc2) break
    else stray++
    at += Math.max(length, 1)
  }
  return { sound, stray }
}

/** RFC 3629: how many bytes the sequence that starts here has; 0 where none does. */
function sequenceLength(head: Uint8Array, at: number): number {
  const first = head[at] ?? 0
  const second = head[at + 1] ?? 0
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
  for (let next = 1; next < length; next++) if (((head[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  const isOverlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  const isNoCharacter = (first === 0xed && second >= 0xa0) || (first === 0xf4 && second >= 0x90)
  return isOverlong || isNoCharacter ? 0 : length
}

/** The set whose common characters the bytes are most often; the order of the list decides between equals. */
export function eastAsianOf(head: Uint8Array): string | null {
  const scored = EAST_ASIAN.map((set) => ({ charset: set.charset, score: scoreOf(head, set) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score >= COMMON_SHARE ? best.charset : null
}

/** Share of common characters among all beyond ASCII; 0 where too many bytes belong to none, or there is only one. */
function scoreOf(head: Uint8Array, set: DoubleByte): number {
  let characters = 0
  let common = 0
  let stray = 0
  for (let at = 0; at < head.length; ) {
    const lead = head[at] ?? 0
    if (lead < 0x80) {
      at++
      continue
    }
    const trail = head[at + 1]
    if (trail === undefined) break
    if (set.hasQuads === true && isQuad(head, at)) {
      characters++
      at += 4
      continue
    }
    const isPair = set.isPair(lead, trail)
    characters++
    if (isPair && set.isCommon(lead, trail)) common++
    if (!isPair && !set.isSingle(lead)) stray++
    at += isPair ? 2 : 1
  }
  return common < 2 || stray > characters * STRAY_SHARE ? 0 : common / characters
}

/** Letters with accents stand alone or in twos among ASCII; Cyrillic words are nothing but such bytes. */
function singleByteOf(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString('latin1')
  const high = text.match(/[\x80-\xff]/g)?.length ?? 0
  const share = (pattern: RegExp): number => (text.match(pattern)?.join('').length ?? 0) / high
  if (share(/[\x80-\xff]{3,}/g) < 0.3)
    return share(/[\xc0-\xff\x80\x85\x91-\x97\xa0-\xbf]/g) > 0.9 ? 'windows-1252' : null
  if (share(/[\xe0\xe5\xe8\xee]/g) > 0.2 && share(/[\xc0-\xff]/g) > 0.9) return 'windows-1251'
  return share(/[\xc1\xc5\xc9\xcf]/g) > 0.2 && share(/[\xc0-\xff]/g) > 0.9 ? 'koi8-r' : null
}
