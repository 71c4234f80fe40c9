// What the parser expected where it stopped: chevrotain's error reports kept as data instead of text.
import {
  defaultParserErrorProvider,
  EOF,
  type IParserErrorMessageProvider,
  type IToken,
  type TokenType,
  tokenMatcher,
} from 'chevrotain'

export interface Expectation {
  readonly found: IToken
  /** Token kinds that could have stood there; empty where the text should have ended or begun a statement. */
  readonly expected: readonly TokenType[]
}

export interface Expectations {
  readonly provider: IParserErrorMessageProvider
  /** The latest report; null before the first. */
  latest(): Expectation | null
}

export function createExpectations(): Expectations {
  let latest: Expectation | null = null
  const keep = (found: IToken, expected: readonly TokenType[]): string => {
    latest = { found, expected }
    return ''
  }
  const provider: IParserErrorMessageProvider = {
    ...defaultParserErrorProvider,
    buildMismatchTokenMessage: ({ expected, actual }) => keep(actual, [expected]),
    buildNotAllInputParsedMessage: ({ firstRedundant }) => keep(firstRedundant, []),
    buildNoViableAltMessage: ({ expectedPathsPerAlt, actual }) => keepFork(keep, expectedPathsPerAlt.flat(), actual),
    buildEarlyExitMessage: ({ expectedIterationPaths, actual }) => keepFork(keep, expectedIterationPaths, actual),
  }
  return { provider, latest: () => latest }
}

/** The first token at which every path ends, and what the paths that came so far would have taken. */
function keepFork(
  keep: (found: IToken, expected: readonly TokenType[]) => string,
  paths: readonly (readonly TokenType[])[],
  actual: readonly IToken[],
): string {
  let open = paths
  for (const [depth, token] of actual.entries()) {
    const going = open.filter((path) => path[depth] !== undefined && tokenMatcher(token, path[depth]))
    const last = depth === actual.length - 1
    if (going.length === 0 || last || token.tokenType === EOF) {
      return keep(token, [...new Set(open.flatMap((path) => path[depth] ?? []))])
    }
    open = going
  }
  return ''
}
