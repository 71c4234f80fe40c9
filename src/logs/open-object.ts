// Objects printed over several lines behind a header or a word: whether a line goes on with one.
import type { LogFormat } from './format.ts'
import type { Span } from './within.ts'

/** What ends a line that leaves something open, and what begins the next: anything else needs no closer look. */
const OPEN_END = /[{[,:]\s*$/
const BEGIN = /^\s*(?:"[^"]*"\s*:|[{[])/
const KEY = /^\s*"/
const ITEM = /^\s*(?:\{|\[\s*$)/
const BRACKET = /^\s*[{[]\s*$/
/** A member or an item before a comma; what closes in the first column ends an object, whatever follows. */
const MEMBER = /^(?:\s+\S|"[^"]*"\s*(?::|,\s*$)|-?\d[\d.eE+-]*,|(?:true|false|null),)/

/**
 * Whether a line that looks like JSON belongs to the object that the line before it leaves open.
 * @param frame of the record: only a header announces an object that begins a line (`payload:`)
 */
export function isWithinObject(previous: string, line: string, frame: LogFormat['frame']): boolean {
  if (!BEGIN.test(line)) return false
  const end = OPEN_END.exec(previous)?.[0].charAt(0)
  if (end === '{') return KEY.test(line)
  if (end === '[') return ITEM.test(line)
  if (end === ',') return MEMBER.test(previous) && (KEY.test(line) || ITEM.test(line))
  return end === ':' && frame === 'header' && BRACKET.test(line)
}

/** Whether a line that begins with this byte can be a whole line within an object, if more than a bracket stands in it. */
export function mayBeWithin(first: number | undefined): boolean {
  return first === 34 || first === 123
}

/** The same of the line that begins at `from`, the one before it being read off the bytes. */
export function goesOnWithin(
  { bytes, from }: Pick<Span, 'bytes' | 'from'>,
  line: string,
  frame: LogFormat['frame'] = 'header',
): boolean {
  if (from < 2 || !BEGIN.test(line)) return false
  const newline = bytes[from - 1] ?? 10
  const start = bytes.lastIndexOf(newline, from - 2) + 1
  return isWithinObject(bytes.toString('latin1', start, from - 1), line, frame)
}
