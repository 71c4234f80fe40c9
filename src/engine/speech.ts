// What people typed is no report of the service that logs it: their words are left out of what tests on messages see.

/** Names of values that hold what somebody typed or said. */
const SPOKEN = 'prompt|question|utterance|transcript|search_?(?:term|query)|user_?(?:message|input|text|query|prompt)'
/** These hold it in records that report nothing wrong; elsewhere they may be the error itself. */
const SPOKEN_IN_PASSING = `${SPOKEN}|text|content|comment|subject`

const QUIET: ReadonlySet<string | null> = new Set(['info', 'debug', 'trace'])

const always = speechUnder(SPOKEN)
const inPassing = speechUnder(SPOKEN_IN_PASSING)

/** A value in quotes behind one of the names, or the rest of a line that begins with one. */
function speechUnder(names: string): RegExp {
  const quoted = String.raw`\b((?:${names})["']?[=:] ?)(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')`
  const field = String.raw`^((?:\w+\.)*(?:${names})=)[^\n]+`
  return new RegExp(`${quoted}|${field}`, 'gim')
}

export function withoutSpeech(text: string, severity: string | null): string {
  return text.replace(QUIET.has(severity) ? inPassing : always, '$1$2""')
}
