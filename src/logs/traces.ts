// Lines that plainly go on with the one before them: stack traces of every runtime, indented text, closing brackets.

/** Consoles of Node's tools set a sign before each record, and a blank before the sign. */
const INDENTED = /^(?:[ \t](?!\s{0,2}[⨯✓▲○⚠] )|\)|\}|\])/
const FOLLOWS = new RegExp(
  [
    '(?:Caused by|Suppressed):(?: |$)',
    String.raw`\.\.\. \d+ (?:more|common frames)`,
    String.raw`at [\w.$<>[\]]+[ (]`,
    '--- End of ',
    'During handling of the above',
    'The above exception was',
    String.raw`goroutine \d+ \[`,
    'created by ',
    String.raw`/\S+\.(?:go|s):\d+ \+0x[0-9a-f]+$`,
    String.raw`\[signal `,
    String.raw`#\d+ `,
    'stack backtrace:',
    'note: run with',
    '(?:PHP )?Stack trace:',
    String.raw`PHP {2,}\d+\. `,
    'rsp?[0-9x]* ',
    String.raw`Traceback \(most recent call last\):$`,
    String.raw`Node\.js v\d+\.\d+`,
    String.raw`\(Use .node --trace-`,
    String.raw`\[\d+:0x[0-9a-f]+\] +\d+ ms: `,
    '<--- JS stacktrace --->',
    '={3,} (?:Backtrace|Memory map): ',
    String.raw`\S+\([^)]*\)\[0x[0-9a-f]+\]$`,
    '[0-9a-f]{8,16}-[0-9a-f]{8,16} [r-][w-][x-]',
    '==[0-9]+==(?:ABORTING|HINT)',
  ]
    .map((one) => `^${one}`)
    .join('|'),
)
const ERROR_LINE = /^(?:[A-Za-z_][\w.$]*)?(?:Error|Exception|Warning|Interrupt|Exit|Fault|Failure)\b/
const GO_FUNCTION = /^(?:[\w./*()@-]+\([^)]*\)|created by .*|main\.main\(\))/
const CARET = /^\s*[~^]+\s*$/
/** Node begins a crash with the place in the code. */
const SOURCE_LINE = /^(?:file:\/\/)?(?:\/|[A-Z]:\\|node:)\S+:\d+$/

/** What a line goes on with shows at its beginning. */
const LONGEST = 500

/** A record that one line says whole: an object, or a request of an access log. What comes behind is somebody else's. */
const WHOLE = /^(?:\{.*\}\s*$|\S+ \S+ \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:)/

/** Whether the line belongs to the record whose last line that was not empty is `previous`. */
export function continues(previous: string, whole: string): boolean {
  const line = whole.length > LONGEST ? whole.slice(0, LONGEST) : whole
  if (WHOLE.test(previous)) return /^[)}\]]/.test(line)
  if (INDENTED.test(line)) return true
  if (FOLLOWS.test(line)) return !/^Traceback/.test(line) || /^(?:During|The above)|^\s/.test(previous)
  if (CARET.test(line) || SOURCE_LINE.test(previous)) return true
  if (/^ +what\(\): /.test(previous)) return /^Aborted\b/.test(line)
  if (CARET.test(previous)) return ERROR_LINE.test(line) || /^[A-Z]\w*:/.test(line)
  if (/^\s/.test(previous)) return afterIndented(previous, line)
  if (/^goroutine \d+ \[|^created by |^\/\S+\.(?:go|s):\d+ \+0x/.test(previous)) return GO_FUNCTION.test(line)
  if (/^thread '.*' panicked at/.test(previous)) return true
  return /^Traceback \(most recent/.test(line) && /:$/.test(previous)
}

/** The name of an error, alone or with what is wrong. */
const NAMED_ERROR = /^(?:[A-Za-z_]\w*[.$:\\])*[A-Z]\w*(?:Exception|Error|Throwable)(?:: |$)/
const SAID_ERROR = /\b(?:ERROR|FATAL|SEVERE|CRITICAL|WARN|WARNING|[Ee]rror|[Ff]ailed|[Ff]ailure)\b/

/** What stands between the traces of Python's chained errors, blank lines around it. */
const CHAINED = /^(?:During handling of the above|The above exception was|Traceback \(most recent)/

export interface Wrapped {
  /** Messages of the record's first and last line, and of the line that may go on with them. */
  readonly first: string
  readonly last: string
  readonly body: string
}

/** Whether a message behind a wrapper's header goes on with those before it: the wrapper's header tells nothing of it. */
export function goesOn({ first, last, body }: Wrapped): boolean {
  if (body === '')
    return last !== first && /^\s|(?:Error|Exception)\b|^During handling of |^The above exception /.test(last)
  if (continues(last, body)) return true
  if (last === '') return first !== '' && CHAINED.test(body)
  const isNamed = (NAMED_ERROR.test(body) && !NAMED_ERROR.test(first)) || body.startsWith('Traceback (most recent')
  return last === first && isNamed && SAID_ERROR.test(first.slice(0, 160))
}

/** What a message begins with that goes on with another. */
const GOING_ON = new RegExp(
  [INDENTED, FOLLOWS, ERROR_LINE, NAMED_ERROR, GO_FUNCTION, /^(?:$|[~^]|Aborted\b)/]
    .map(({ source }) => source)
    .join('|'),
)

/** Whether a message with a header of its own may go on with some other; behind a panic even others may. */
export function mayGoOn(body: string): boolean {
  return GOING_ON.test(body.length > LONGEST ? body.slice(0, LONGEST) : body)
}

/** Signs of a message that `isCalm` looks at. */
export const CALM_HEAD = 120
const NEVER_CALM = new RegExp(
  [
    String.raw`$|[\s)}\]~^/]`,
    '(?:Caused by|Suppressed):',
    String.raw`\.\.\. \d`,
    String.raw`at [\w.$<>[\]]`,
    '--- End of |During handling of |The above exception |created by |stack backtrace:|note: run with',
    String.raw`goroutine \d|#\d+ |==\d|===|\[signal |\[\d+:0x|<--- JS`,
    '(?:PHP )?Stack trace:|PHP {2}|rsp?[0-9x]* |Traceback \\(',
    String.raw`Node\.js v\d|\(Use .node|file://|node:|[A-Z]:\\|thread '`,
    '[0-9a-f]{8,16}-[0-9a-f]{8,16} ',
    String.raw`(?:[A-Za-z_]\w*[.$:\\])*[A-Z]\w*(?:Exception|Error|Throwable)(?:: |$)`,
    String.raw`[\w.$:\\]{100}`,
  ]
    .map((one) => `^(?:${one})`)
    .join('|'),
)
/** Places in memory, with which the frames of a backtrace end. */
const IN_MEMORY = /\[0x[0-9a-f]+\]$/

/**
 * Whether a message neither goes on with one that is calm as well nor is gone on with by one.
 * @param head its first signs
 * @param tail its last
 */
export function isCalm(head: string, tail: string): boolean {
  return !NEVER_CALM.test(head) && !IN_MEMORY.test(tail)
}

/** Words behind which it takes more to tell whether a message is calm. */
const OPEN_WORD =
  /^(?:Caused|Suppressed|at|During|The|created|stack|note|goroutine|PHP|rsp?[0-9x]*|Traceback|Node|thread)\b/
const FIRST_WORD = /^[0-9A-Za-z][\w.,:/+-]{0,80} /

/** Whether all messages that begin so are calm, if they do not end with a place in memory. */
export function isCalmThroughout(beginning: string): boolean {
  return FIRST_WORD.test(beginning) && !OPEN_WORD.test(beginning) && isCalm(beginning, '')
}

/** A trace ends with its error (Python), or goes on with the next function (Go). */
function afterIndented(previous: string, line: string): boolean {
  if (/^\t\S+\.(?:go|s):\d+/.test(previous)) return GO_FUNCTION.test(line)
  return /^ {2,}\S/.test(previous) && ERROR_LINE.test(line) && !/^ {4,}at /.test(previous)
}
