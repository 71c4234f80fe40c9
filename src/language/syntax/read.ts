// Reads one pattern text: its statements in order and one problem per mistake; never throws on text.
import { EOF, type IToken, Lexer, tokenLabel, tokenMatcher } from 'chevrotain'
import { nearest } from '../nearest.ts'
import type { ProblemCode } from '../problem.ts'
import { attempt } from './attempt.ts'
import { behind, LINE_END, missingBefore } from './dangling.ts'
import type { Expectation } from './expectations.ts'
import { spanOf } from './strings.ts'
import { keyword, Minus, OpenText, STARTS, vocabulary, Word } from './tokens.ts'
import type { Span, Statement } from './tree.ts'
import { usualSlip } from './usual-slips.ts'

export interface Mistake {
  readonly code: ProblemCode
  readonly at: Span
  readonly sentence: string
  readonly suggestion: string | null
}

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
    from = nextStart(tokens, starts, stop.resume)
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
  /** Offset from which the next statement is looked for. */
  readonly resume: number
  readonly startsLine: boolean
  /** What is often written by mistake and was meant otherwise. */
  readonly meant: string | null
}

/** Reads as far as it goes; the statement that breaks off becomes `broken`. */
function readFrom(tokens: readonly IToken[], starts: ReadonlySet<IToken>, statements: Statement[]): Stop | null {
  const { found, begun: last, expectation } = attempt(tokens)
  if (expectation === null) {
    statements.push(...found)
    return null
  }
  const startsLine = starts.has(expectation.found)
  const leftOver = expectation.expected.length === 0
  if (leftOver && !startsLine) found.pop()
  const begun = leftOver && startsLine ? expectation.found : (last ?? expectation.found)
  statements.push(...found, brokenAt(tokens, begun))
  const missing = missingBefore(tokens, starts, { begun, found: expectation.found })
  if (missing !== null) return { ...missing, begun, resume: missing.at.offset, startsLine: false, meant: null }
  const slip = startsLine ? null : usualSlip(tokens, tokens.indexOf(expectation.found))
  const shown = slip === null ? expectation : { ...expectation, found: slip.token }
  const at = shown.found.tokenType === EOF ? behind(tokens) : spanOf([shown.found])
  const resume = begun.startOffset + 1
  return { expectation: shown, at, begun, resume, startsLine, meant: slip?.meant ?? null }
}

function brokenAt(tokens: readonly IToken[], begun: IToken): Statement {
  const named = tokens[tokens.indexOf(begun) + 1]
  const name = named !== undefined && tokenMatcher(named, Word) ? named.image : null
  return { kind: 'broken', keyword: begun.image, name, at: spanOf([begun]) }
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

/** Index of the next statement from an offset on: a statement's keyword that is the first on its line. */
function nextStart(tokens: readonly IToken[], starts: ReadonlySet<IToken>, offset: number): number {
  const next = tokens.findIndex(
    (token) => token.startOffset >= offset && starts.has(token) && STARTS.includes(token.tokenType),
  )
  return next < 0 ? tokens.length : next
}

function syntaxMistake({ expectation, at, startsLine, meant }: Stop): Mistake {
  const { found, expected } = expectation
  const isWord = tokenMatcher(found, Word)
  const shown = shownAs(found)
  if (expected.length === 0 && startsLine) {
    const sentence = `${shown} begins no statement`
    return { code: 'syntax', at, sentence, suggestion: isWord ? nearest(found.image, LINE_WORDS) : null }
  }
  if (expected.length === 0 && found.tokenType === LINE_END)
    return { code: 'syntax', at, sentence: `nothing follows \`${found.image}\``, suggestion: null }
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

function shownAs({ tokenType, image }: IToken): string {
  if (tokenType === EOF) return 'the end of the text'
  return tokenType === LINE_END ? 'the end of the line' : `\`${firstLine(image)}\``
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
