// How lines wrap messages of others, and what tells by what such a message counts.

/** A header of a line and what ends it: no part has 64 bytes or more. */
export interface WrapHeader {
  /** Which of the two comes first; `mark` is between them. */
  readonly first: 'time' | 'message'
  /** What a line begins and ends with. */
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** Between time and message, by writer: one or two. */
  readonly marks: readonly { readonly writer: string; readonly mark: Uint8Array }[]
  /** Bytes of the shortest time of RFC 3339, and the zones it may be in. */
  readonly leastTime: number
  readonly zones: 'utc' | 'any'
  /** As messages are written: as they are, or as part of a JSON string. */
  readonly written: 'plain' | 'escaped'
}

/** What a key is to an object: its level, what it says in words (the second counts where the first is absent), a request's, another kind's. */
export type KeyRole = 'level' | 'spoken' | 'spoken-else' | 'request' | 'foreign'

/** How messages begin that have a known level: bytes, of which any digit stands for all. */
export interface MessageBeginning {
  /** Up to 144. */
  readonly bytes: Uint8Array
  /** Whether no message that begins so may go on with another, or be gone on with. */
  readonly isSure: boolean
  /** The level stands first: messages that hold the shape's `request` are something else. */
  readonly isBare: boolean
}

export interface WrapShape extends WrapHeader {
  /** Messages that hold it may say that they answered a request; empty where none does. */
  readonly sign: Uint8Array
  /** What requests show. */
  readonly request: Uint8Array
  /** Up to 31 names with less than 30 bytes. */
  readonly keys: ReadonlyMap<string, KeyRole>
  /** Values of the level as they are written, and their numbers from 1 on: up to 63 with less than 30 bytes. */
  readonly levels: ReadonlyMap<string, number>
  /** What says nothing in words. */
  readonly phrase: Uint8Array
  /** Whether a request with that status is left. */
  readonly isLeft: (status: number) => boolean
}

/** What stands before and between two numbers of a message, a status and milliseconds: none has 64 bytes or more. */
export interface AnswerShape {
  readonly before: Uint8Array
  /** Where the shape's sign stands in it. */
  readonly inside: number
  readonly between: Uint8Array
}

/** What was learned of messages that were read. */
export interface LearnedMessages {
  /** Up to 32. */
  readonly beginnings: readonly MessageBeginning[]
  /** How objects tell of a request that was answered; null where that is not known: those with the shape's sign are left. */
  readonly answer: AnswerShape | null
}

/** Numbers of a row, in their order. Without a request that was answered its status is 0; the duration is in microseconds. */
export const WRAP_ROW = {
  line: 0,
  end: 1,
  time: 2,
  zone: 3,
  timeEnd: 4,
  writer: 5,
  kind: 6,
  value: 7,
  status: 8,
  duration: 9,
  length: 10,
} as const
/** Kinds of a line: left to others; an object with the level `value`; with the beginning of that number; a request with that status. */
export const WRAPPED = { left: 0, leveled: 1, begun: 2, answered: 3 } as const
