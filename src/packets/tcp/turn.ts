// Who sent the segment that is looked at, to whom, and the connection behind both: few segments have to ask for it.
import type { Flows } from '../flows.ts'
import type { Connection } from './connection.ts'
import type { Rows } from './rows.ts'
import { Side } from './side.ts'

/** Flows of one version of IP, and the rows of their sides. */
export interface Table {
  readonly flows: Flows<Connection>
  readonly rows: Rows
}

/** One object serves all segments. */
export class Turn {
  readonly sender = new Side()
  readonly peer = new Side()
  #flows: Flows<Connection>
  #index = 0

  constructor({ flows }: Table) {
    this.#flows = flows
  }

  get connection(): Connection {
    return this.#flows.at(this.#index)
  }

  /** @param from 0 where the end with the smaller address sends, else 1 */
  take({ flows, rows }: Table, index: number, from: 0 | 1): void {
    this.#flows = flows
    this.#index = index
    this.sender.move(rows, 2 * index + from)
    this.peer.move(rows, 2 * index + 1 - from)
  }
}
