// What a line looks like: two lines look alike that differ in their words and numbers only.

/** Signs of a line that are looked at. */
const LOOKED = 256
const WORD = Uint8Array.from({ length: 256 }, (_, code) => Number(/[\w\x80-\xff]/.test(String.fromCharCode(code))))

/** A number for the signs between the words of a line, of whose bytes each is one sign. */
export function lookOf(line: string): number {
  let look = 0
  let isWithin = false
  for (let at = 0; at < line.length && at < LOOKED; at++) {
    const code = line.charCodeAt(at)
    const isWord = WORD[code] === 1
    if (!(isWord && isWithin)) look = (Math.imul(look, 31) + (isWord ? 1 : code)) | 0
    isWithin = isWord
  }
  return look
}
