// A complete sequence, as searches find it and absences ask it.
import type { Instant } from '../../model/index.ts'
import type { Key } from '../episode.ts'
import type { Row } from '../row.ts'

export interface Match {
  readonly key: Key
  readonly rows: readonly Row[]
  /** When each step began and ended, by its name. */
  readonly times: ReadonlyMap<string, { readonly first: Instant; readonly last: Instant }>
}
