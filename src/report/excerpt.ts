// What of a quotation is shown to people: of an entry of a journal export the fields that tell, of a long object in JSON its message.

/** Of systemd.journal-fields(7): who said what. */
const TELLING = ['_HOSTNAME', 'SYSLOG_IDENTIFIER', 'MESSAGE']
/** A field begins: on one line, or with a length and as many bytes behind its name. */
const FIELD = /^([A-Z_][A-Z0-9_]*)(?:=|$)/
/** The member of an object that says what happened. */
const MESSAGE = /"(?:@?message|Message|MESSAGE|msg|@mt?|short_message|RenderedMessage|textPayload|log)"\s*:\s*"/

/**
 * An entry of a journal export says most of its thirty fields of itself alone; anything else is shown as it stands.
 * @param most lines, with the one that counts those left out
 */
export function legible(excerpt: string, most = Number.POSITIVE_INFINITY): string {
  const lines = excerpt.split('\n')
  const told = toldOf(lines)
  const isWhole = told.length + Number(told.length < lines.length) <= most
  const kept = isWhole ? told : told.slice(0, most - 1)
  const left = lines.length - kept.length
  return left === 0 ? excerpt : [...kept, `… ${left} more lines`].join('\n')
}

/** All lines of what is no entry, or of one that is cut before its message. */
function toldOf(lines: readonly string[]): readonly string[] {
  const told = lines[0]?.startsWith('__') === true ? tellingLines(lines) : []
  return told.some((line) => line.startsWith('MESSAGE')) ? told : lines
}

function tellingLines(lines: readonly string[]): string[] {
  let isTold = false
  return lines.filter((line) => {
    const name = line.match(FIELD)?.[1]
    if (name !== undefined) isTold = TELLING.includes(name)
    return isTold
  })
}

/** The first line of what a record says. */
export function mainLine(excerpt: string): string {
  const lines = toldOf(excerpt.split('\n'))
  const at = lines.findIndex((line) => line.startsWith('MESSAGE'))
  return lines[lines[at] === 'MESSAGE' ? at + 1 : Math.max(0, at)] ?? ''
}

/** The beginning of a line; of an object in JSON whose message stands further back, the part that holds it. */
export function shortLine(line: string, limit: number): string {
  if (line.length <= limit) return line
  const message = line.startsWith('{') ? (line.match(MESSAGE)?.index ?? 0) : 0
  const begin = message < limit / 2 ? 0 : message
  const end = begin + limit
  return `${begin === 0 ? '' : '{…'}${line.slice(begin, end).toWellFormed()}${end < line.length ? '…' : ''}`
}
