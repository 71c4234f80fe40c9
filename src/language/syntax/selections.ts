// How events are selected and measured: a signal narrowed by a test, the fields it joins by, a number over a window.
import { type ParserMethod, tokenMatcher } from 'chevrotain'
import { TestParser } from './tests.ts'
import { Close, Comma, keyword, Open, Slash, Word } from './tokens.ts'
import type * as Tree from './tree.ts'

export class SelectionParser extends TestParser {
  protected readonly selection: ParserMethod<[], Tree.SelectNode> = this.RULE('selection', (): Tree.SelectNode => {
    const signal = this.SUBRULE(this.name)
    return { signal, where: this.SUBRULE(this.narrowing) }
  })

  protected readonly narrowing: ParserMethod<[], Tree.TestNode | null> = this.RULE('narrowing', () => {
    let where: Tree.TestNode | null = null
    this.OPTION(() => {
      this.CONSUME(keyword.where)
      where = this.SUBRULE(this.test)
    })
    return where
  })

  /** A comma may also lead to `at least` of a meter, or to the next of `all`. */
  protected readonly by: ParserMethod<[], readonly Tree.Name[]> = this.RULE('by', () => {
    const fields: Tree.Name[] = []
    this.OPTION(() => {
      this.CONSUME(keyword.by)
      fields.push(this.SUBRULE(this.name))
      this.MANY({
        GATE: () => this.fieldFollows(),
        DEF: () => {
          this.CONSUME(Comma)
          fields.push(this.SUBRULE2(this.name))
        },
      })
    })
    return fields
  })

  protected readonly meter: ParserMethod<[], Tree.MeterNode> = this.RULE('meter', (): Tree.MeterNode => {
    const calculate = this.SUBRULE(this.name)
    let divisor: Tree.Name | null = null
    let atLeast: Tree.Amount | null = null
    this.CONSUME(Open)
    const of = this.SUBRULE2(this.name)
    this.OPTION(() => {
      this.CONSUME(Slash)
      divisor = this.SUBRULE3(this.name)
    })
    const where = this.SUBRULE(this.narrowing)
    this.CONSUME(Close)
    this.CONSUME(keyword.over)
    const over = this.SUBRULE(this.amount)
    const by = this.SUBRULE(this.by)
    this.OPTION2(() => {
      this.CONSUME(Comma)
      this.CONSUME(keyword.at)
      this.CONSUME(keyword.least)
      atLeast = this.SUBRULE2(this.amount)
    })
    return { calculate, of, divisor, where, over, by, atLeast }
  })

  private fieldFollows(): boolean {
    const [field, next] = [this.LA(2), this.LA(3)]
    if (field.tokenType === keyword.at && next.tokenType === keyword.least) return false
    return tokenMatcher(field, Word) && next.tokenType !== keyword.by && next.tokenType !== keyword.where
  }
}
