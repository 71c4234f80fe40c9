// Text that no other format reads: every line is a record but those that plainly go on with the one before.
import type { LogFormat } from '../format.ts'
import { reading } from '../reading.ts'

export const plain: LogFormat = {
  name: 'plain',
  frame: 'line',
  takes: ['Hello, World!'],
  leaves: [],
  open: () => (line) => reading({ body: line.trimEnd() }),
}
