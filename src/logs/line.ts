// One line of a source: its bytes as they lie there and its text as it is read.

/** Bytes of a line that are kept; what is beyond is measured and left out. */
export const LINE_LIMIT = 1 << 20

export interface Line {
  /** 1-based. */
  readonly number: number
  readonly offset: number
  /** True length in bytes without the line end. */
  readonly length: number
  /** The bytes kept, one sign each. */
  readonly raw: string
  /** Decoded, without byte order mark, NUL and colours. */
  readonly text: string
  /** What ends the line in the source. */
  readonly ending: string
  /** Whether bytes were no valid UTF-8. */
  readonly invalid: boolean
  /** CRC-32 of the whole line where it was cut; else null. */
  readonly digest: number | null
}

export interface LineBytes {
  readonly number: number
  readonly offset: number
  readonly raw: string
  readonly newline: 10 | 13
  readonly cut: { readonly length: number; readonly digest: number } | null
}

const HIGH = /[\x80-\xff]/
const MARKS = /[\x1b\x00\x9b\ufeff]|\\x1b\[|#033\[/
/** The escape may itself be written out: rsyslog writes `#033`, some loggers `\x1b`. */
// biome-ignore lint/complexity/useRegexLiterals: escapes stay readable
const COLOUR = new RegExp(
  '(?:\\x1b|#033(?=\\[)|\\\\x1b(?=\\[))(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)|[()][0-9A-B]|[=>78cDEHMNOZ])',
  'g',
)
const REPLACEMENT = '\ufffd'

export function makeLine({ number, offset, raw, newline, cut }: LineBytes): Line {
  const ended = raw.charCodeAt(raw.length - 1) === 13 && cut === null ? raw.slice(0, -1) : raw
  const decoded = HIGH.test(ended) ? Buffer.from(ended, 'latin1').toString('utf8') : ended
  const invalid = decoded !== ended && decoded.includes(REPLACEMENT) && !ended.includes('\xef\xbf\xbd')
  const text = MARKS.test(decoded) ? clean(decoded, offset) : decoded
  const ending = newline === 13 ? '\r' : ended === raw ? '\n' : '\r\n'
  return {
    number,
    offset,
    length: cut?.length ?? ended.length,
    raw: ended,
    text,
    ending,
    invalid,
    digest: cut?.digest ?? null,
  }
}

function clean(text: string, offset: number): string {
  return withoutColours(offset === 0 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
}

/** Text that came out of JSON or a journal has its colours and NULs only then. */
export function withoutColours(text: string): string {
  return MARKS.test(text) ? text.replace(COLOUR, '').replaceAll('\0', '') : text
}

/** Text of any bytes as it is quoted: at most so many bytes, cut on a character boundary. */
export function quote(raw: string, limit: number): string {
  if (raw.length <= limit) return HIGH.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw
  let end = limit
  while (end > limit - 4 && (raw.charCodeAt(end) & 0xc0) === 0x80) end--
  return Buffer.from(raw.slice(0, end), 'latin1').toString('utf8')
}
