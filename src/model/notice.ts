// What could not be read, was cut or was bounded: a notice about input; and the error of a wrong use.

/** Why a part of the input is missing or doubtful. A closed list: reports and tests name these. */
export type NoticeCode =
  | 'not-found'
  | 'not-readable'
  | 'empty'
  | 'binary'
  | 'archive-damaged'
  | 'compression-damaged'
  | 'encrypted'
  | 'limit-entries'
  | 'limit-size'
  | 'limit-ratio'
  | 'limit-depth'
  | 'not-a-file'
  | 'invalid-encoding'
  | 'line-cut'
  | 'record-damaged'
  | 'time-missing'
  | 'capture-cut'
  | 'capture-damaged'
  | 'capture-empty'
  | 'capture-unsupported'
  | 'link-type-unknown'
  | 'packets-malformed'
  | 'packets-snapped'
  | 'packets-duplicate'
  | 'packets-backwards'
  | 'capture-drops'
  | 'capture-one-sided'
  | 'flows-evicted'
  | 'state-bounded'
  | 'evidence-bounded'
  | 'source-repeated'
  | 'reader-failed'
  | 'interrupted'

/** Codes that say how something was read, not that something was lost: they do not make the exit code 4. */
const HARMLESS: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  'time-missing',
  'packets-snapped',
  'packets-duplicate',
  'packets-backwards',
  'packets-malformed',
  'capture-drops',
  'capture-one-sided',
  'evidence-bounded',
  'source-repeated',
  'not-a-file',
])

export interface Notice {
  /** Label of the source, as in `Source.path`. */
  readonly source: string
  readonly code: NoticeCode
  /** Byte offset in the source where it happened; null where there is no such place. */
  readonly offset: number | null
  /** One sentence for a person. */
  readonly detail: string
}

/** Whether the notice means that input was lost, so that the run ends with exit code 4. */
export function isLoss(notice: Notice): boolean {
  return !HARMLESS.has(notice.code)
}

/** What V8 throws; the last in WebAssembly. */
const MISTAKES: readonly string[] = ['TypeError', 'RangeError', 'RuntimeError']

/** A mistake of faultline's own, not of its input, its use or its surroundings: those have codes. */
export function isMistake(error: unknown): error is Error {
  return error instanceof Error && MISTAKES.includes(error.name)
}

/** A use that cannot be honoured: wrong arguments, wrong grammar, wrong SQL. Ends with exit code 2. */
export class FaultlineError extends Error {
  readonly code: string
  readonly hint: string | null

  constructor(code: string, sentence: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'FaultlineError'
    this.code = code
    this.hint = options.hint ?? null
  }
}

/** What the system refused to write. @param what a path, or words */
export function notWritable(what: string, cause: unknown): FaultlineError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new FaultlineError('not-writable', `Cannot write ${what}: ${reason}`, { cause })
}
