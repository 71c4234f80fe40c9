// What of a quotation is shown to people: of an entry of a journal export the fields that tell, of a long object in JSON its message.

/** Of systemd.journal-fields(7): who said what. */
const TELLING = ['_HOSTNAME', 'SYSLOG_IDENTIFIER', 'MESSAGE']
/** A field begins: on one line, or with a length and as many bytes behind its name. */
const FIELD = /^([A-Z_][A-Z0-9_]*)(?:=|$)/
/** The member of an object that says what happened. */
const MESSAGE = /"(?:@?message|Message|MESSAGE|msg|@mt?|short_message|RenderedMessage|textPayload|log)"\s*:\s*"/

/** An entry of a journal export says most of its thirty fields of itself alone. Anything else is shown as it stands. */
export function legible(excerpt: string): string {
  const lines = excerpt.split('\n')
  const told = lines[0]?.startsWith('__') === true ? tellingLines(lines) : []
  if (!told.some((line) => line.startsWith('MESSAGE'))) return excerpt
  return [...told, `… ${lines.length - told.length} more lines`].join('\n')
}

function tellingLines(lines: readonly string[]): string[] {
  let isTold = false
  return lines.filter((line) => {
    const name = line.match(FIELD)?.[1]
    if (name !== undefined) isTold = TELLING.includes(name)
    return isTold
  })
}

/** The one line of a record that says most. */
export function mainLine(excerpt: string): string {
  const lines = legible(excerpt).split('\n')
  return lines.find((line) => line.startsWith('MESSAGE=')) ?? lines[0] ?? ''
}

/** The beginning of a line; of an object in JSON whose message stands further back, the part that holds it. */
export function shortLine(line: string, limit: number): string {
  if (line.length <= limit) return line
  const message = line.startsWith('{') ? (line.match(MESSAGE)?.index ?? 0) : 0
  const begin = message < limit / 2 ? 0 : message
  const end = begin + limit
  return `${begin === 0 ? '' : '{…'}${line.slice(begin, end).toWellFormed()}${end < line.length ? '…' : ''}`
}
