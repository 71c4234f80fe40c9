// What people typed is no report of the service that logs it: their words are left out of what tests on messages see.

/** What they named their files, where nothing is reported wrong. */
const DOCUMENT = /(["'])[^"'\\/\n]*\.(?:txt|pdf|docx?|xlsx?|pptx?|md|png|jpe?g|gif|mp4|eml)\1/gi

/** Names of values that hold what somebody typed or said. */
const SPOKEN =
  'prompt|question|utterance|transcript|search_?(?:term|query)|user_?(?:message|input|text|query|prompt)|pattern not matched'
/** These hold it in records that report nothing wrong; elsewhere they may be the error itself. */
const SPOKEN_IN_PASSING = `${SPOKEN}|text|content|comment|subject|title|q|query|term|keywords?|slug`

/** Faults that are made on purpose, or only thought of. */
const REHEARSED = /\b(?:simulat(?:ed|ing|es)|dry[- ]run|chaos (?:test|experiment|monkey)|fault injection)\b/i

const QUIET: ReadonlySet<string | null> = new Set(['info', 'debug', 'trace'])

const always = speechUnder(SPOKEN)
const inPassing = speechUnder(SPOKEN_IN_PASSING)

/** A value in quotes behind one of the names, or the rest of a line that begins with one. */
function speechUnder(names: string): RegExp {
  const quoted = String.raw`\b((?:${names})["']?[=:] ?)(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')`
  const field = String.raw`^((?:\w+\.)*(?:${names})=)[^\n]+`
  return new RegExp(`${quoted}|${field}`, 'gim')
}

/** What both forms have: without it no name is looked for. */
const GIVEN = /[=:] ?["']|=/

export function withoutSpeech(text: string, severity: string | null): string {
  const isQuiet = QUIET.has(severity)
  if (isQuiet && REHEARSED.test(text)) return ''
  const said = GIVEN.test(text) ? text.replace(isQuiet ? inPassing : always, '$1$2""') : text
  return isQuiet ? said.replace(DOCUMENT, '""') : said
}
