// Damage: why a stream of bytes ends before its true end. Thrown by a layer, made a notice where the label is known.
import type { NoticeCode } from '../model/index.ts'

export class Damage extends Error {
  readonly code: NoticeCode

  constructor(code: NoticeCode, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause })
    this.name = 'Damage'
    this.code = code
  }
}
