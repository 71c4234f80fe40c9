// Reads one pattern text: its statements in order and one problem per mistake; never throws on text.
import { EOF, type IToken, Lexer, tokenLabel, tokenMatcher } from 'chevrotain'
import { nearest } from '../nearest.ts'
import type { ProblemCode } from '../problem.ts'
import type { Expectation } from './expectations.ts'
import { StatementParser } from './statements.ts'
import { spanOf } from './strings.ts'
import { Given, keyword, Minus, OpenText, vocabulary, Word } from './tokens.ts'
import type { Span, Statement } from './tree.ts'
import { usualSlip } from './usual-slips.ts'

export interface Mistake {
  readonly code: ProblemCode
  readonly at: Span
  readonly sentence: string
  readonly suggestion: string | null
}

const STARTS = [
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
const KEYWORDS = Object.values(keyword).map((type) => type.name.replace('keyword ', ''))

/** Words that may begin a line, for suggestions. */
const LINE_WORDS = [
  'signal',
  'meter',
  'cause',
  'title',
  'severity',
  'key',
  'decisive',
  'strong',
  'weak',
  'against',
  'impact',
]
  .concat([
    'remedy',
    'now',
    'next',
    'lasting',
    'see',
    'combine',
    'report',
    'options',
    'explain',
    'example',
    'given',
    'expect',
  ])
  .concat(['where', 'and', 'or', 'by', 'within', 'then', 'without', 'until'])

const lexer = new Lexer(vocabulary, {
  positionTracking: 'onlyOffset',
  ensureOptimizations: true,
  skipValidations: true,
})
const parser = new StatementParser()

export interface Reading {
  readonly statements: readonly Statement[]
  readonly mistakes: readonly Mistake[]
}

export function readSyntax(text: string): Reading {
  const { tokens, errors } = lexer.tokenize(text)
  const mistakes: Mistake[] = errors.map(({ offset, length }) => unknownSign(text, { offset, length }))
  for (const token of tokens) if (token.tokenType === OpenText) mistakes.push(openText(token))
  const statements: Statement[] = []
  const starts = lineStarts(tokens, text)
  for (let from = 0; from < tokens.length; ) {
    const stop = readFrom(tokens.slice(from), starts, statements)
    if (stop === null) break
    from = nextStart(tokens, starts, stop.begun)
    const end = tokens[from]?.startOffset ?? text.length
    const known = mistakes.some(({ at }) => at.offset >= stop.begun.startOffset && at.offset < end)
    if (!known) mistakes.push(syntaxMistake(stop))
  }
  return { statements, mistakes: mistakes.toSorted((a, b) => a.at.offset - b.at.offset) }
}

/** Where reading stopped. */
interface Stop {
  readonly expectation: Expectation
  readonly at: Span
  /** First token of the statement that could not be read. */
  readonly begun: IToken
  readonly startsLine: boolean
  /** What is often written by mistake and was meant otherwise. */
  readonly meant: string | null
}

/** Reads as far as it goes; the statement that breaks off becomes `broken`. */
function readFrom(tokens: readonly IToken[], starts: ReadonlySet<IToken>, statements: Statement[]): Stop | null {
  parser.input = [...tokens]
  parser.found = []
  parser.begun = null
  parser.file()
  const expectation = parser.errors.length === 0 ? null : parser.expectations.latest()
  const found = parser.found
  const last = tokens.at(-1)
  if (expectation === null || last === undefined) {
    statements.push(...found)
    return null
  }
  const startsLine = starts.has(expectation.found)
  const leftOver = expectation.expected.length === 0
  if (leftOver && !startsLine) found.pop()
  const begun = leftOver && startsLine ? expectation.found : (parser.begun ?? expectation.found)
  const named = tokens[tokens.indexOf(begun) + 1]
  const name = named !== undefined && tokenMatcher(named, Word) ? named.image : null
  statements.push(...found, { kind: 'broken', keyword: begun.image, name, at: spanOf([begun]) })
  const ended = expectation.found.tokenType === EOF
  const slip = startsLine ? null : usualSlip(tokens, tokens.indexOf(expectation.found))
  const at = ended
    ? { offset: last.startOffset + last.image.length, length: 1 }
    : spanOf([slip?.token ?? expectation.found])
  const shown = slip === null ? expectation : { ...expectation, found: slip.token }
  return { expectation: shown, at, begun, startsLine, meant: slip?.meant ?? null }
}

function lineStarts(tokens: readonly IToken[], text: string): ReadonlySet<IToken> {
  const first = (token: IToken, at: number): boolean => {
    const before = tokens[at - 1]
    return (
      before === undefined || text.slice(before.startOffset + before.image.length, token.startOffset).includes('\n')
    )
  }
  return new Set(tokens.filter(first))
}

/** Index of the next statement behind the one that broke off: a statement's keyword that is the first on its line. */
function nextStart(tokens: readonly IToken[], starts: ReadonlySet<IToken>, begun: IToken): number {
  const next = tokens.findIndex(
    (token) => token.startOffset > begun.startOffset && starts.has(token) && STARTS.includes(token.tokenType),
  )
  return next < 0 ? tokens.length : next
}

function syntaxMistake({ expectation, at, startsLine, meant }: Stop): Mistake {
  const { found, expected } = expectation
  const isWord = tokenMatcher(found, Word)
  const shown = found.tokenType === EOF ? 'the end of the text' : `\`${firstLine(found.image)}\``
  if (expected.length === 0 && startsLine) {
    const sentence = `${shown} begins no statement`
    return { code: 'syntax', at, sentence, suggestion: isWord ? nearest(found.image, LINE_WORDS) : null }
  }
  if (expected.length === 0) {
    const suggestion = meant ?? (isWord ? nearest(found.image, KEYWORDS) : null)
    return { code: 'syntax', at, sentence: `${shown} does not belong here`, suggestion }
  }
  const labels = [...new Set(expected.filter((type) => type !== Minus).map(tokenLabel))]
  const wanted = labels.length > 8 ? `${labels.slice(0, 8).join(', ')} …` : labels.join(' or ')
  const words = !isWord ? [] : labels.map((label) => label.replaceAll('`', ''))
  const suggestion = meant ?? nearest(found.image, words)
  return { code: 'syntax', at, sentence: `expected ${wanted}, found ${shown}`, suggestion }
}

function unknownSign(text: string, at: Span): Mistake {
  const sign = text.slice(at.offset, at.offset + Math.min(at.length, 20))
  return {
    code: 'unknown-sign',
    at,
    sentence: `\`${firstLine(sign)}\` means nothing in pattern text`,
    suggestion: null,
  }
}

function openText(token: IToken): Mistake {
  const sentence = 'the text in quotes does not end on its line'
  return { code: 'unterminated', at: spanOf([token]), sentence, suggestion: null }
}

function firstLine(image: string): string {
  const [line = ''] = image.split('\n')
  return line.length > 40 ? `${line.slice(0, 40)}…` : line
}
