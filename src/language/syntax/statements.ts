// How a pattern file is written: statements in a row, each led by its keyword.
import type { IToken, ParserMethod, TokenType } from 'chevrotain'
import { ConditionParser } from './conditions.ts'
import { createExpectations, type Expectations } from './expectations.ts'
import { givenContent } from './raw-tokens.ts'
import { spanOf } from './strings.ts'
import { nameOf } from './tests.ts'
import { Close, Comma, Equals, Family, Given, keyword, Open, vocabulary } from './tokens.ts'
import type * as Tree from './tree.ts'

type Body = Tree.Statement extends infer S ? (S extends Tree.Statement ? Omit<S, 'at'> : never) : never

export class StatementParser extends ConditionParser {
  /** What has been read, in order; kept where the text breaks off. */
  found: Tree.Statement[] = []
  /** First token of the statement that is being read. */
  begun: IToken | null = null
  readonly expectations: Expectations

  constructor(options: { readonly validated: boolean } = { validated: false }) {
    const expectations = createExpectations()
    super(vocabulary, {
      recoveryEnabled: false,
      maxLookahead: 2,
      skipValidations: !options.validated,
      errorMessageProvider: expectations.provider,
    })
    this.expectations = expectations
    this.performSelfAnalysis()
  }

  readonly file = this.RULE('file', () => {
    this.MANY(() => {
      this.ACTION(() => {
        this.begun = this.LA(1)
      })
      const body = this.SUBRULE(this.statement)
      this.ACTION(() => {
        if (this.begun !== null) this.found.push({ ...body, at: spanOf([this.begun]) })
      })
    })
  })

  protected readonly statement: ParserMethod<[], Body> = this.RULE('statement', () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.signal) },
      { ALT: () => this.SUBRULE(this.meterDeclaration) },
      { ALT: () => this.led(keyword.cause, () => ({ kind: 'cause', name: this.SUBRULE(this.name) })) },
      { ALT: () => this.led(keyword.title, () => ({ kind: 'title', text: this.SUBRULE(this.text) })) },
      { ALT: () => this.led(keyword.severity, () => ({ kind: 'severity', name: this.SUBRULE2(this.name) })) },
      { ALT: () => this.led(keyword.key, () => ({ kind: 'key', parts: this.SUBRULE(this.names) })) },
      { ALT: () => this.SUBRULE(this.evidence) },
      { ALT: () => this.led(keyword.impact, () => ({ kind: 'impact', amount: this.SUBRULE(this.amount) })) },
      { ALT: () => this.SUBRULE(this.remedy) },
      { ALT: () => this.SUBRULE(this.see) },
      { ALT: () => this.SUBRULE(this.combine) },
      { ALT: () => this.SUBRULE(this.report) },
      { ALT: () => this.SUBRULE(this.options) },
      { ALT: () => this.SUBRULE(this.explain) },
      { ALT: () => this.led(keyword.example, () => ({ kind: 'example', name: this.SUBRULE2(this.text) })) },
      { ALT: () => this.SUBRULE(this.given) },
      { ALT: () => this.led(keyword.expect, () => ({ kind: 'expect', expected: this.SUBRULE(this.expected) })) },
    ]),
  )

  protected readonly signal: ParserMethod<[], Body> = this.RULE('signal', (): Body => {
    this.CONSUME(keyword.signal)
    const name = this.SUBRULE(this.name)
    this.CONSUME(keyword.from)
    const from = this.SUBRULE2(this.name)
    let readers: readonly Tree.Name[] = []
    this.OPTION(() => {
      this.CONSUME(Open)
      readers = this.SUBRULE(this.names)
      this.CONSUME(Close)
    })
    return { kind: 'signal', name, from, readers, where: this.SUBRULE(this.narrowing) }
  })

  protected readonly meterDeclaration: ParserMethod<[], Body> = this.RULE('meterDeclaration', (): Body => {
    this.CONSUME(keyword.meter)
    const name = this.SUBRULE(this.name)
    this.CONSUME(Equals)
    return { kind: 'meter', name, meter: this.SUBRULE(this.meter) }
  })

  protected readonly evidence: ParserMethod<[], Body> = this.RULE('evidence', (): Body => {
    const strength = this.OR([
      { ALT: () => this.CONSUME(keyword.decisive) },
      { ALT: () => this.CONSUME(keyword.strong) },
      { ALT: () => this.CONSUME(keyword.weak) },
      { ALT: () => this.CONSUME(keyword.against) },
    ])
    this.CONSUME(keyword.when)
    return { kind: 'evidence', strength: strength.image, when: this.SUBRULE(this.condition) }
  })

  protected readonly remedy: ParserMethod<[], Body> = this.RULE('remedy', (): Body => {
    const parts: Tree.RemedyNode[] = []
    this.CONSUME(keyword.remedy)
    this.AT_LEAST_ONE(() => {
      const when = this.OR([
        { ALT: () => this.CONSUME(keyword.now) },
        { ALT: () => this.CONSUME(keyword.next) },
        { ALT: () => this.CONSUME(keyword.lasting) },
      ])
      const text = this.SUBRULE(this.text)
      this.ACTION(() => parts.push({ when: nameOf(when), text }))
    })
    return { kind: 'remedy', parts }
  })

  protected readonly see: ParserMethod<[], Body> = this.RULE('see', (): Body => {
    const texts: Tree.Text[] = []
    this.CONSUME(keyword.see)
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => texts.push(this.SUBRULE(this.text)) })
    return { kind: 'see', texts }
  })

  protected readonly combine: ParserMethod<[], Body> = this.RULE('combine', (): Body => {
    let perSource: Tree.Amount | null = null
    this.CONSUME(keyword.combine)
    const how = this.OR([
      { ALT: () => this.phrase(keyword.noisy, keyword.or) },
      { ALT: () => this.phrase(keyword.strongest) },
    ])
    this.OPTION(() => {
      this.CONSUME(Comma)
      this.CONSUME(keyword.one)
      this.CONSUME(keyword.source)
      this.CONSUME(keyword.at)
      this.CONSUME(keyword.most)
      perSource = this.SUBRULE(this.amount)
    })
    return { kind: 'combine', how: how === 'strongest' ? how : 'noisy-or', perSource }
  })

  protected readonly report: ParserMethod<[], Body> = this.RULE('report', (): Body => {
    this.CONSUME(keyword.report)
    this.CONSUME(keyword.from)
    return { kind: 'report', from: this.SUBRULE(this.amount) }
  })

  protected readonly options: ParserMethod<[], Body> = this.RULE('options', (): Body => {
    const options: string[] = []
    this.CONSUME(keyword.options)
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => options.push(this.SUBRULE(this.oneOption)) })
    return { kind: 'options', options }
  })

  protected readonly oneOption: ParserMethod<[], string> = this.RULE('oneOption', () =>
    this.OR([
      { ALT: () => this.phrase(keyword.order, keyword.loose) },
      { ALT: () => this.phrase(keyword.use, keyword.each, keyword.once) },
      { ALT: () => this.phrase(keyword.at, keyword.end, keyword.assume, keyword.absent) },
      { ALT: () => this.phrase(keyword.none) },
    ]),
  )

  protected readonly explain: ParserMethod<[], Body> = this.RULE('explain', (): Body => {
    const same: Tree.PairNode[] = []
    this.CONSUME(keyword.explain)
    const symptoms = this.SUBRULE(this.families)
    this.CONSUME(keyword.by)
    const causes = this.SUBRULE2(this.families)
    this.OPTION(() => {
      this.CONSUME(keyword.when)
      this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => same.push(this.SUBRULE(this.pair)) })
    })
    return { kind: 'explain', symptoms, causes, same, within: this.SUBRULE(this.window) }
  })

  protected readonly pair: ParserMethod<[], Tree.PairNode> = this.RULE('pair', (): Tree.PairNode => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType !== Equals && this.LA(2).tokenType !== Comma,
      DEF: () => this.CONSUME(keyword.same),
    })
    const symptom = this.SUBRULE(this.name)
    let cause = symptom
    this.OPTION2(() => {
      this.CONSUME(Equals)
      cause = this.SUBRULE2(this.name)
    })
    return { symptom, cause }
  })

  protected readonly families: ParserMethod<[], readonly Tree.Name[]> = this.RULE('families', () => {
    const found: Tree.Name[] = []
    this.AT_LEAST_ONE_SEP({
      SEP: Comma,
      DEF: () =>
        this.OR([
          { ALT: () => found.push(this.SUBRULE(this.name)) },
          {
            ALT: () => {
              const token = this.CONSUME(Family)
              found.push(nameOf(token))
            },
          },
        ]),
    })
    return found
  })

  protected readonly names: ParserMethod<[], readonly Tree.Name[]> = this.RULE('names', () => {
    const found: Tree.Name[] = []
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => found.push(this.SUBRULE(this.name)) })
    return found
  })

  protected readonly given: ParserMethod<[], Body> = this.RULE('given', (): Body => {
    const token = this.CONSUME(Given)
    return { kind: 'given', ...givenContent(token.image) }
  })

  protected readonly expected: ParserMethod<[], Tree.Expected> = this.RULE('expected', () =>
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          GATE: () => this.LA(2).tokenType === keyword.else,
          ALT: (): Tree.Expected => {
            this.CONSUME(keyword.nothing)
            this.CONSUME(keyword.else)
            return { kind: 'nothing-else' }
          },
        },
        {
          ALT: (): Tree.Expected => {
            this.CONSUME(keyword.no)
            return { kind: 'no', cause: this.SUBRULE(this.name) }
          },
        },
        { ALT: () => this.SUBRULE(this.finding) },
      ],
    }),
  )

  protected readonly finding: ParserMethod<[], Tree.Expected> = this.RULE('finding', (): Tree.Expected => {
    const cause = this.SUBRULE(this.name)
    let kind: 'finding' | 'symptom' | 'suspect' = 'finding'
    let of: Tree.Name | null = null
    const where: Tree.TestNode[] = []
    this.OPTION(() => {
      this.CONSUME(keyword.as)
      this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword.suspect)
            kind = 'suspect'
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword.symptom)
            kind = 'symptom'
            this.OPTION2(() => {
              this.CONSUME(keyword.of)
              of = this.SUBRULE2(this.name)
            })
          },
        },
      ])
    })
    this.OPTION3(() => {
      this.CONSUME(keyword.with)
      this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => where.push(this.SUBRULE(this.test)) })
    })
    return { kind, cause, of, where }
  })

  private led(word: TokenType, body: () => Body): Body {
    this.consume(0, word)
    return body()
  }

  private phrase(...words: readonly TokenType[]): string {
    for (const word of words) this.consume(0, word)
    return words.map((word) => word.name.slice('keyword '.length)).join(' ')
  }
}
