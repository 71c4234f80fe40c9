// How questions to one event are written: `message has "…" and not status in (200, 204)`.
import { EmbeddedActionsParser, type IToken, type ParserMethod, tokenMatcher } from 'chevrotain'
import { decodeStrings, spanOf } from './strings.ts'
import { Amount, Close, Comma, Comparison, keyword, Minus, Open, Regex, Text, Tilde, Version, Word } from './tokens.ts'
import type { Amount as AmountNode, Name, TestNode, TextChoice, Text as TextNode, Value } from './tree.ts'

export class TestParser extends EmbeddedActionsParser {
  protected readonly test: ParserMethod<[], TestNode> = this.RULE('test', (): TestNode => {
    const tests = [this.SUBRULE(this.conjunction)]
    this.MANY(() => {
      this.CONSUME(keyword.or)
      tests.push(this.SUBRULE2(this.conjunction))
    })
    return single(tests) ?? { kind: 'or', tests }
  })

  /** `and` may also lead to a further condition, so a test must follow it. */
  readonly #conjoined = () => {
    const tests = [this.SUBRULE(this.negation)]
    this.MANY({
      GATE: () => this.testFollows(2),
      DEF: () => {
        this.CONSUME(keyword.and)
        tests.push(this.SUBRULE2(this.negation))
      },
    })
    return single(tests) ?? ({ kind: 'and', tests } as const)
  }

  protected readonly conjunction: ParserMethod<[], TestNode> = this.RULE('conjunction', this.#conjoined)

  protected readonly negation: ParserMethod<[], TestNode> = this.RULE(
    'negation',
    (): TestNode =>
      this.OR({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          {
            GATE: () => !this.operatorAt(2),
            ALT: (): TestNode => {
              this.CONSUME(keyword.not)
              return { kind: 'not', test: this.SUBRULE(this.negation) }
            },
          },
          {
            ALT: () => {
              this.CONSUME(Open)
              const inner = this.SUBRULE(this.test)
              this.CONSUME(Close)
              return inner
            },
          },
          { ALT: () => this.SUBRULE(this.question) },
        ],
      }),
  )

  protected readonly question: ParserMethod<[], TestNode> = this.RULE('question', (): TestNode => {
    const field = this.SUBRULE(this.name)
    return this.OR([
      { ALT: () => this.SUBRULE(this.textQuestion, { ARGS: [field] }) },
      { ALT: () => this.SUBRULE(this.setQuestion, { ARGS: [field] }) },
      {
        ALT: (): TestNode => {
          this.CONSUME(Tilde)
          const token = this.CONSUME(Regex)
          return { kind: 'pattern', field, image: token.image, at: spanOf([token]) }
        },
      },
      {
        ALT: (): TestNode => {
          const comparison = this.CONSUME(Comparison).image
          return { kind: 'compare', field, comparison, value: this.SUBRULE(this.value) }
        },
      },
      {
        ALT: (): TestNode => {
          this.CONSUME(keyword.known)
          return { kind: 'known', field }
        },
      },
    ])
  })

  protected readonly textQuestion: ParserMethod<[Name], TestNode> = this.RULE(
    'textQuestion',
    (field: Name): TestNode => {
      const how = this.OR([
        { ALT: () => this.CONSUME(keyword.has) },
        { ALT: () => this.CONSUME(keyword.starts) },
        { ALT: () => this.CONSUME(keyword.ends) },
        { ALT: () => this.CONSUME(keyword.is) },
      ])
      return { kind: 'text', field, how: how.image, choices: this.SUBRULE(this.choices) }
    },
  )

  protected readonly choices: ParserMethod<[], readonly TextChoice[]> = this.RULE('choices', () => {
    let anyCase = false
    this.OPTION(() => {
      this.CONSUME(keyword.any)
      this.CONSUME(keyword.case)
      anyCase = true
    })
    return this.OR([
      {
        ALT: () => {
          this.OPTION2(() => this.CONSUME2(keyword.any))
          return this.SUBRULE(this.choiceList, { ARGS: [anyCase] })
        },
      },
      { ALT: () => [{ text: this.SUBRULE(this.text), anyCase }] },
    ])
  })

  protected readonly choiceList: ParserMethod<[boolean], readonly TextChoice[]> = this.RULE(
    'choiceList',
    (anyCase: boolean) => {
      const found: TextChoice[] = []
      this.CONSUME(Open)
      this.AT_LEAST_ONE_SEP({
        SEP: Comma,
        DEF: () => {
          let blind = anyCase
          this.OPTION(() => {
            this.CONSUME(keyword.any)
            this.CONSUME(keyword.case)
            blind = true
          })
          found.push({ text: this.SUBRULE(this.text), anyCase: blind })
        },
      })
      this.CONSUME(Close)
      return found
    },
  )

  protected readonly setQuestion: ParserMethod<[Name], TestNode> = this.RULE('setQuestion', (field: Name): TestNode => {
    this.CONSUME(keyword.in)
    return this.OR([
      {
        ALT: (): TestNode => {
          this.CONSUME(keyword.cidr)
          return { kind: 'cidr', field, ranges: this.SUBRULE(this.ranges) }
        },
      },
      {
        ALT: (): TestNode => {
          const values: Value[] = []
          this.CONSUME(Open)
          this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => values.push(this.SUBRULE(this.value)) })
          this.CONSUME(Close)
          return { kind: 'in', field, values }
        },
      },
    ])
  })

  protected readonly ranges: ParserMethod<[], readonly TextNode[]> = this.RULE('ranges', () => {
    const found: TextNode[] = []
    this.OR([
      { ALT: () => found.push(this.SUBRULE(this.text)) },
      {
        ALT: () => {
          this.CONSUME(Open)
          this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => found.push(this.SUBRULE2(this.text)) })
          this.CONSUME(Close)
        },
      },
    ])
    return found
  })

  protected readonly value: ParserMethod<[], Value> = this.RULE('value', () =>
    this.OR([
      { ALT: (): Value => ({ kind: 'amount', amount: this.SUBRULE(this.amount) }) },
      { ALT: (): Value => ({ kind: 'text', text: this.SUBRULE(this.text) }) },
      { ALT: (): Value => ({ kind: 'version', name: nameOf(this.CONSUME(Version)) }) },
      { ALT: (): Value => ({ kind: 'word', name: this.SUBRULE(this.name) }) },
    ]),
  )

  protected readonly name: ParserMethod<[], Name> = this.RULE('name', () => nameOf(this.CONSUME(Word)))

  protected readonly text: ParserMethod<[], TextNode> = this.RULE('text', () => {
    const tokens: IToken[] = []
    this.AT_LEAST_ONE(() => tokens.push(this.CONSUME(Text)))
    return decodeStrings(tokens)
  })

  protected readonly amount: ParserMethod<[], AmountNode> = this.RULE('amount', () => {
    const minus = this.OPTION(() => this.CONSUME(Minus))
    const token = this.CONSUME(Amount)
    const [, digits = '', unit = ''] = /^([\d.]+(?:e[+-]?\d+)?)(.*)$/.exec(token.image) ?? []
    const tokens = minus === undefined ? [token] : [minus, token]
    return { digits: minus === undefined ? digits : `-${digits}`, unit, at: spanOf(tokens) }
  })

  /** Whether a question to a field begins at the k-th token ahead. */
  protected testFollows(k: number): boolean {
    const token = this.LA(k)
    if (token.tokenType === Open) return true
    if (token.tokenType === keyword.not && this.testFollows(k + 1)) return true
    return tokenMatcher(token, Word) && this.operatorAt(k + 1)
  }

  /** Whether the k-th token ahead asks the field before it; words that ask are also names. */
  protected operatorAt(k: number): boolean {
    const token = this.LA(k)
    const next = this.LA(k + 1)
    switch (token.tokenType) {
      case keyword.has:
      case keyword.starts:
      case keyword.ends:
      case keyword.is:
        return tokenMatcher(next, Text) || next.tokenType === keyword.any
      case keyword.in:
        return next.tokenType === Open || next.tokenType === keyword.cidr
      case keyword.known:
        return !this.operatorAt(k + 1)
      default:
        return token.tokenType === Tilde || tokenMatcher(token, Comparison)
    }
  }
}

export function nameOf(token: IToken): Name {
  return { text: token.image, at: spanOf([token]) }
}

function single<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}
