// Lines that plainly go on with the one before them: stack traces of every runtime, indented text, closing brackets.

const INDENTED = /^(?:[ \t]|\)|\}|\])/
const FOLLOWS =
  /^(?:Caused by|Suppressed): |^\.\.\. \d+ (?:more|common frames)|^at [\w.$<>[\]]+[ (]|^--- End of |^During handling of the above|^The above exception was|^goroutine \d+ \[|^created by |^\[signal |^#\d+ |^stack backtrace:|^note: run with|^Stack trace:|^rsp?[0-9x]* |^Traceback \(most recent call last\):$/
const ERROR_LINE = /^(?:[A-Za-z_][\w.$]*)?(?:Error|Exception|Warning|Interrupt|Exit|Fault|Failure)\b/
const GO_FUNCTION = /^(?:[\w./*()@-]+\([^)]*\)|created by .*|main\.main\(\))/
const CARET = /^\s*[~^]+\s*$/

/** Whether `line` belongs to the record whose last line that was not empty is `previous`. */
export function continues(previous: string, line: string): boolean {
  if (INDENTED.test(line)) return true
  if (FOLLOWS.test(line)) return !/^Traceback/.test(line) || /^(?:During|The above)|^\s/.test(previous)
  if (CARET.test(previous)) return ERROR_LINE.test(line) || /^[A-Z]\w*:/.test(line)
  if (/^\s/.test(previous)) return afterIndented(previous, line)
  if (/^goroutine \d+ \[|^created by /.test(previous)) return GO_FUNCTION.test(line)
  if (/^thread '.*' panicked at/.test(previous)) return true
  return /^Traceback \(most recent/.test(line) && /:$/.test(previous)
}

/** A trace ends with its error (Python), or goes on with the next function (Go). */
function afterIndented(previous: string, line: string): boolean {
  if (/^\t\S+\.(?:go|s):\d+/.test(previous)) return GO_FUNCTION.test(line)
  return /^ {2,}\S/.test(previous) && ERROR_LINE.test(line) && !/^ {4,}at /.test(previous)
}
