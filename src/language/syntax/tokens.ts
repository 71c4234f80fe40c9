// The words and signs of pattern text. Keywords are soft: each is also a Word.
import { type CustomPatternMatcherFunc, createToken, Lexer, type TokenType } from 'chevrotain'
import { givenAt, regexAt } from './raw-tokens.ts'

export const Word = createToken({ name: 'Word', label: 'a name', pattern: /[A-Za-z_@]\w*(?:[.-]\w+)*/ })
export const Family = createToken({
  name: 'Family',
  label: 'a family as `name.*`',
  pattern: /[A-Za-z_]\w*(?:[.-]\w+)*\.\*/,
})
export const Text = createToken({ name: 'Text', label: 'a text in quotes', pattern: /"(?:[^"\\\n]|\\[^\n])*"/ })
export const OpenText = createToken({
  name: 'OpenText',
  label: 'a text in quotes',
  pattern: /"[^\n]*/,
  categories: [Text],
})
export const Version = createToken({
  name: 'Version',
  label: 'a version',
  pattern: /(?:v\d+(?:\.\d+)+|\d+(?:\.\d+){2,})(?:[-+][\w.]+)?/,
})
export const Amount = createToken({
  name: 'Amount',
  label: 'a number',
  pattern: /\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:[A-Za-z]+|%)?/,
})

/** A slash begins a regular expression behind `~` and divides elsewhere. */
const regexPattern: CustomPatternMatcherFunc = (text, offset, tokens) =>
  tokens.at(-1)?.tokenType === Tilde && text[offset] === '/' ? [regexAt(text, offset)] : null

const givenPattern: CustomPatternMatcherFunc = (text, offset) => {
  const given = text.startsWith('given', offset) ? givenAt(text, offset) : null
  return given === null ? null : [given]
}

export const Regex = createToken({
  name: 'Regex',
  label: 'a regular expression as `/…/`',
  pattern: { exec: regexPattern },
  start_chars_hint: ['/'],
  line_breaks: false,
})
export const Given = createToken({
  name: 'Given',
  label: '`given FILE` with indented text below',
  pattern: { exec: givenPattern },
  start_chars_hint: ['g'],
  line_breaks: true,
})

export const Comparison = createToken({ name: 'Comparison', label: 'a comparison', pattern: Lexer.NA })
const comparisons = ['==', '!=', '<=', '>=', '<', '>'].map((sign) =>
  createToken({ name: `Comparison ${sign}`, label: `\`${sign}\``, pattern: sign, categories: [Comparison] }),
)

export const Tilde = sign('Tilde', '~')
export const Equals = sign('Equals', '=')
export const Open = sign('Open', '(')
export const Close = sign('Close', ')')
export const Comma = sign('Comma', ',')
export const Colon = sign('Colon', ':')
export const Slash = sign('Slash', '/')
export const Plus = sign('Plus', '+')
export const Minus = sign('Minus', '-')

/** Words that mean something at one place each and are names everywhere else. */
export const keyword = {
  against: word('against'),
  all: word('all'),
  and: word('and'),
  any: word('any'),
  as: word('as'),
  absent: word('absent'),
  assume: word('assume'),
  at: word('at'),
  baseline: word('baseline'),
  before: word('before'),
  by: word('by'),
  case: word('case'),
  cause: word('cause'),
  cidr: word('cidr'),
  combine: word('combine'),
  decisive: word('decisive'),
  distinct: word('distinct'),
  each: word('each'),
  else: word('else'),
  end: word('end'),
  ends: word('ends'),
  example: word('example'),
  expect: word('expect'),
  explain: word('explain'),
  fact: word('fact'),
  from: word('from'),
  has: word('has'),
  impact: word('impact'),
  in: word('in'),
  is: word('is'),
  key: word('key'),
  known: word('known'),
  lasting: word('lasting'),
  least: word('least'),
  loose: word('loose'),
  meter: word('meter'),
  most: word('most'),
  next: word('next'),
  no: word('no'),
  noisy: word('noisy'),
  none: word('none'),
  not: word('not'),
  nothing: word('nothing'),
  now: word('now'),
  of: word('of'),
  once: word('once'),
  one: word('one'),
  options: word('options'),
  or: word('or'),
  order: word('order'),
  over: word('over'),
  points: word('points'),
  r: word('r'),
  remedy: word('remedy'),
  report: word('report'),
  rising: word('rising'),
  same: word('same'),
  see: word('see'),
  sequence: word('sequence'),
  severity: word('severity'),
  signal: word('signal'),
  source: word('source'),
  span: word('span'),
  starts: word('starts'),
  strong: word('strong'),
  strongest: word('strongest'),
  suspect: word('suspect'),
  symptom: word('symptom'),
  andThen: word('then'),
  title: word('title'),
  to: word('to'),
  until: word('until'),
  use: word('use'),
  weak: word('weak'),
  when: word('when'),
  where: word('where'),
  with: word('with'),
  within: word('within'),
  without: word('without'),
  x: word('x'),
}

/** Words that begin a statement. */
export const STARTS: readonly TokenType[] = [
  keyword.signal,
  keyword.meter,
  keyword.cause,
  keyword.title,
  keyword.severity,
  keyword.key,
  keyword.decisive,
  keyword.strong,
  keyword.weak,
  keyword.against,
  keyword.impact,
  keyword.remedy,
  keyword.see,
  keyword.combine,
  keyword.report,
  keyword.options,
  keyword.explain,
  keyword.example,
  keyword.expect,
  Given,
]

const blanks = createToken({ name: 'Blanks', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true })
const comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: Lexer.SKIPPED })

/** Longer words first: `with` would take `within` for a longer name. */
const keywords = Object.values(keyword).toSorted((a, b) => b.name.length - a.name.length)

/** In the order in which they are tried. */
export const vocabulary: TokenType[] = [
  blanks,
  comment,
  Given,
  Family,
  Version,
  ...keywords,
  Word,
  Amount,
  Text,
  OpenText,
  Regex,
  ...comparisons,
  Comparison,
  Tilde,
  Equals,
  Open,
  Close,
  Comma,
  Colon,
  Slash,
  Plus,
  Minus,
]

function word(text: string): TokenType {
  return createToken({
    name: `keyword ${text}`,
    label: `\`${text}\``,
    pattern: text,
    longer_alt: Word,
    categories: [Word],
  })
}

function sign(name: string, text: string): TokenType {
  return createToken({ name, label: `\`${text}\``, pattern: text })
}
