// A place in the source of a regular expression that moves forward, and the fault that stops it.
import type { PatternFault } from './pattern.ts'

export interface Cursor {
  readonly index: number
  ended(): boolean
  sees(sign: string): boolean
  /** Moves over the sign if it stands here. */
  take(sign: string): boolean
  /** The sign here, moving over it; empty at the end. */
  next(): string
  /** Moves over what a sticky expression finds here. */
  match(expression: RegExp): RegExpExecArray | null
}

export function createCursor(source: string): Cursor {
  let index = 0
  const sees = (sign: string): boolean => source.startsWith(sign, index)
  return {
    get index() {
      return index
    },
    ended: () => index >= source.length,
    sees,
    take: (sign) => {
      const here = sees(sign)
      if (here) index += sign.length
      return here
    },
    next: () => source.charAt(index++),
    match: (expression) => {
      expression.lastIndex = index
      const found = expression.exec(source)
      if (found !== null) index = expression.lastIndex
      return found
    },
  }
}

/** Leaves the nested reading at once; caught where reading began. */
export class Fault extends Error {
  readonly fault: PatternFault

  constructor(...[code, index, length, sentence, suggestion = null]: FaultParts) {
    super(sentence)
    this.fault = { code, index, length, sentence, suggestion }
  }
}

type FaultParts = [
  code: PatternFault['code'],
  index: number,
  length: number,
  sentence: string,
  suggestion?: string | null,
]
