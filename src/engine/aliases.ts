// Aliases: which host names stand for which address, learned from DNS answers and from lines that state both.
import { isIP } from 'node:net'
import { type Event, type FieldValue, isLogEvent } from '../model/index.ts'

/** Beyond this many names nothing is taken for anything else. */
const LIMIT = 10_000
/** `"db.internal" (192.0.2.7)` as libpq and curl write it, `db.internal/192.0.2.7:5432` as Java does. */
const STATED =
  /\b([A-Za-z][\w-]*(?:\.[\w-]+)*)"? \((\d{1,3}(?:\.\d{1,3}){3})\)|\b([A-Za-z][\w-]*(?:\.[\w-]+)*)\/(\d{1,3}(?:\.\d{1,3}){3}):\d/g
/** What a line that states both holds at least. */
const MAY_STATE = /[\w"] \(\d|\w\/\d/
/** Fields that name a peer; a name that was asked for, a machine or a service are no addresses. */
const PEERS: ReadonlySet<string | null> = new Set([
  'server',
  'peer',
  'client',
  'upstream',
  'dst',
  'src',
  'broker',
  'addr',
  'address',
])

export function namesPeer(field: string | null): boolean {
  return PEERS.has(field)
}

/** A name that was seen with one address of a family stands for it; with several it stands for itself. */
export class Aliases {
  readonly #addresses = new Map<string, Set<string>>()

  /** A line may state both. */
  add(event: Event): void {
    if (!isLogEvent(event) || !MAY_STATE.test(event.body)) return
    for (const [, name, address, other, its] of event.body.matchAll(STATED))
      this.tie(name ?? other ?? '', [address ?? its ?? ''])
  }

  /** An answer that a name server gave; what is no address is left out. */
  tie(name: string, answers: readonly string[]): void {
    const addresses = answers.filter((answer) => isIP(answer) !== 0)
    const bare = name.toLowerCase().replace(/\.$/, '')
    if (addresses.length === 0 || bare === '' || isIP(bare) !== 0) return
    for (const one of new Set([bare, bare.split('.', 1)[0] ?? bare])) {
      if (!this.#addresses.has(one) && this.#addresses.size > LIMIT) continue
      this.#addresses.set(one, new Set([...(this.#addresses.get(one) ?? []), ...addresses]))
    }
  }

  /** The address a name stands for, an address of IPv4 before one of IPv6; else the value itself. */
  resolve(value: FieldValue): FieldValue {
    if (typeof value !== 'string' || this.#addresses.size === 0 || this.#addresses.size > LIMIT) return value
    const known = this.#addresses.get(value.toLowerCase())
    if (known === undefined) return value
    const [v4, v6] = [4, 6].map((family) => [...known].filter((address) => isIP(address) === family))
    if ((v4?.length ?? 0) > 1 || (v6?.length ?? 0) > 1) return value
    return v4?.[0] ?? v6?.[0] ?? value
  }
}
