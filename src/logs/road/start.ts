// Where in its source what is read begins.

export interface Start {
  readonly offset: number
  readonly line: number
}

export const BEGINNING: Start = { offset: 0, line: 1 }
