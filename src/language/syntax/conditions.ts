// How conditions over many events are written: counts in windows, sequences, absence, meters.
import { type IToken, type ParserMethod, type TokenType, tokenMatcher } from 'chevrotain'
import { SelectionParser } from './selections.ts'
import { nameOf } from './tests.ts'
import { Colon, Comma, Comparison, keyword, Minus, Open, Plus, Word } from './tokens.ts'
import type * as Tree from './tree.ts'

export class ConditionParser extends SelectionParser {
  protected readonly condition: ParserMethod<[], Tree.ConditionNode> = this.RULE(
    'condition',
    (): Tree.ConditionNode => {
      const conditions = [this.SUBRULE(this.oneCondition)]
      this.MANY(() => {
        this.CONSUME(keyword.and)
        conditions.push(this.SUBRULE2(this.oneCondition))
      })
      const [first] = conditions
      return conditions.length === 1 && first !== undefined ? first : { kind: 'and', conditions }
    },
  )

  protected readonly oneCondition: ParserMethod<[], Tree.ConditionNode> = this.RULE('oneCondition', () =>
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.LA(2).tokenType === keyword.within, ALT: () => this.SUBRULE(this.all) },
        { GATE: () => this.LA(2).tokenType === keyword.within, ALT: () => this.SUBRULE(this.sequence) },
        { GATE: () => tokenMatcher(this.LA(2), Word), ALT: () => this.SUBRULE(this.fact) },
        { GATE: () => this.meterFollows(), ALT: () => this.SUBRULE(this.measure) },
        { ALT: () => this.SUBRULE(this.count) },
      ],
    }),
  )

  protected readonly count: ParserMethod<[], Tree.ConditionNode> = this.RULE('count', (): Tree.ConditionNode => {
    const step = this.SUBRULE(this.step)
    return { kind: 'count', step, within: this.SUBRULE(this.window) }
  })

  protected readonly window: ParserMethod<[], Tree.Amount | null> = this.RULE('window', () => {
    let within: Tree.Amount | null = null
    this.OPTION(() => {
      this.CONSUME(keyword.within)
      within = this.SUBRULE(this.amount)
    })
    return within
  })

  protected readonly all: ParserMethod<[], Tree.ConditionNode> = this.RULE('all', (): Tree.ConditionNode => {
    this.CONSUME(keyword.all)
    this.CONSUME(keyword.within)
    const within = this.SUBRULE(this.amount)
    this.CONSUME(keyword.of)
    const steps: Tree.StepNode[] = []
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => steps.push(this.SUBRULE(this.step)) })
    return { kind: 'all', steps, within }
  })

  protected readonly sequence: ParserMethod<[], Tree.ConditionNode> = this.RULE('sequence', (): Tree.ConditionNode => {
    const without: Tree.AbsenceNode[] = []
    const until: Tree.StepNode[] = []
    this.CONSUME(keyword.sequence)
    this.CONSUME(keyword.within)
    const within = this.SUBRULE(this.amount)
    const steps = [this.SUBRULE(this.namedStep)]
    this.MANY(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword.andThen)
            steps.push(this.SUBRULE2(this.namedStep))
          },
        },
        { ALT: () => without.push(this.SUBRULE(this.absence)) },
        {
          ALT: () => {
            this.CONSUME(keyword.until)
            until.push(this.SUBRULE(this.step))
          },
        },
      ]),
    )
    return { kind: 'sequence', steps, within, without, until }
  })

  protected readonly namedStep: ParserMethod<[], Tree.StepNode> = this.RULE('namedStep', (): Tree.StepNode => {
    let name: Tree.Name | null = null
    this.OPTION({
      GATE: () => this.LA(2).tokenType === Colon,
      DEF: () => {
        name = this.SUBRULE(this.name)
        this.CONSUME(Colon)
      },
    })
    const step = this.SUBRULE(this.step)
    return this.ACTION(() => ({ ...step, name }))
  })

  protected readonly step: ParserMethod<[], Tree.StepNode> = this.RULE('step', (): Tree.StepNode => {
    let count: Tree.Amount | null = null
    let distinct: Tree.Name | null = null
    this.OPTION(() => {
      count = this.SUBRULE(this.amount)
      this.OPTION2({
        GATE: () => this.LA(3).tokenType === keyword.of,
        DEF: () => {
          this.CONSUME(keyword.distinct)
          distinct = this.SUBRULE(this.name)
          this.CONSUME(keyword.of)
        },
      })
      this.OPTION3({
        GATE: () => distinct === null && tokenMatcher(this.LA(2), Word) && !isBehindStep(this.LA(2)),
        DEF: () => this.CONSUME2(keyword.of),
      })
    })
    const select = this.SUBRULE(this.selection)
    return { name: null, count, distinct, select, by: this.SUBRULE(this.by) }
  })

  protected readonly absence: ParserMethod<[], Tree.AbsenceNode> = this.RULE('absence', (): Tree.AbsenceNode => {
    this.CONSUME(keyword.without)
    const step = this.SUBRULE(this.step)
    this.CONSUME(keyword.from)
    const from = this.SUBRULE(this.bound)
    this.CONSUME(keyword.to)
    return { step, from, to: this.SUBRULE2(this.bound) }
  })

  protected readonly bound: ParserMethod<[], Tree.BoundNode> = this.RULE('bound', (): Tree.BoundNode => {
    const step = this.SUBRULE(this.name)
    let span = false
    this.OPTION({
      GATE: () => this.LA(2).tokenType === keyword.span,
      DEF: () => {
        this.CONSUME2(Plus)
        this.CONSUME(keyword.span)
        span = true
      },
    })
    const offset = this.OR([
      {
        ALT: () => {
          this.CONSUME(Plus)
          return this.SUBRULE(this.amount)
        },
      },
      { GATE: () => this.LA(1).tokenType === Minus, ALT: () => this.SUBRULE2(this.amount) },
      { ALT: () => null },
    ])
    return { step, span, offset }
  })

  protected readonly measure: ParserMethod<[], Tree.ConditionNode> = this.RULE('measure', (): Tree.ConditionNode => {
    const meter = this.OR([
      {
        GATE: () => this.LA(2).tokenType === Open,
        ALT: (): Tree.MeterUse => ({ kind: 'inline', meter: this.SUBRULE(this.meter) }),
      },
      { ALT: (): Tree.MeterUse => ({ kind: 'named', name: this.SUBRULE(this.name) }) },
    ])
    return this.OR2([
      { ALT: () => this.SUBRULE(this.threshold, { ARGS: [meter] }) },
      { ALT: () => this.SUBRULE(this.trend, { ARGS: [meter] }) },
    ])
  })

  protected readonly threshold: ParserMethod<[Tree.MeterUse], Tree.ConditionNode> = this.RULE(
    'threshold',
    (meter: Tree.MeterUse): Tree.ConditionNode => {
      const comparison = nameOf(this.CONSUME(Comparison))
      const value = this.SUBRULE(this.amount)
      let [baseline, lasting]: [Tree.BaselineNode | null, Tree.Amount | null] = [null, null]
      this.OPTION(() => {
        baseline = this.SUBRULE(this.baseline)
      })
      this.OPTION2(() => {
        this.CONSUME(keyword.lasting)
        lasting = this.SUBRULE2(this.amount)
      })
      return { kind: 'measure', meter, comparison, value, baseline, lasting }
    },
  )

  protected readonly baseline: ParserMethod<[], Tree.BaselineNode> = this.RULE('baseline', (): Tree.BaselineNode => {
    this.CONSUME(keyword.x)
    this.CONSUME(keyword.baseline)
    const calculate = this.SUBRULE(this.name)
    this.CONSUME(keyword.over)
    const over = this.SUBRULE(this.amount)
    this.CONSUME(keyword.before)
    this.CONSUME(Comma)
    this.CONSUME(keyword.at)
    this.CONSUME(keyword.least)
    const points = this.SUBRULE2(this.amount)
    this.CONSUME(keyword.points)
    let least: Tree.BaselineNode['least'] = null
    this.OPTION({
      GATE: () => tokenMatcher(this.LA(2), Comparison),
      DEF: () => {
        this.CONSUME(keyword.and)
        least = { comparison: nameOf(this.CONSUME(Comparison)), value: this.SUBRULE3(this.amount) }
      },
    })
    return { calculate, over, points, least }
  })

  protected readonly trend: ParserMethod<[Tree.MeterUse], Tree.ConditionNode> = this.RULE(
    'trend',
    (meter: Tree.MeterUse): Tree.ConditionNode => {
      let over: Tree.Amount | null = null
      this.CONSUME(keyword.rising)
      this.OPTION2(() => {
        this.CONSUME(keyword.over)
        over = this.SUBRULE3(this.amount)
      })
      this.CONSUME(keyword.by)
      this.CONSUME(keyword.at)
      this.CONSUME(keyword.least)
      const rise = this.SUBRULE(this.amount)
      let correlation: Tree.Amount | null = null
      this.OPTION(() => {
        this.CONSUME(Comma)
        this.CONSUME(keyword.r)
        this.CONSUME(Comparison)
        correlation = this.SUBRULE2(this.amount)
      })
      return { kind: 'trend', meter, over, rise, correlation }
    },
  )

  protected readonly fact: ParserMethod<[], Tree.ConditionNode> = this.RULE('fact', (): Tree.ConditionNode => {
    this.CONSUME(keyword.fact)
    const select = this.SUBRULE(this.selection)
    return { kind: 'fact', select, by: this.SUBRULE(this.by) }
  })

  private meterFollows(): boolean {
    const next = this.LA(2)
    return next.tokenType === Open || next.tokenType === keyword.rising || tokenMatcher(next, Comparison)
  }
}

/** Words that may follow a step: behind `of` they would leave it the signal's name. */
const BEHIND_STEP: ReadonlySet<TokenType> = new Set([
  keyword.where,
  keyword.by,
  keyword.within,
  keyword.and,
  keyword.andThen,
])

function isBehindStep(token: IToken): boolean {
  return BEHIND_STEP.has(token.tokenType)
}
