// The keys of a ledger's rows, each kept once and named by a number: most rows share theirs with many others.
import type { FieldValue } from '../model/index.ts'
import { hashOf, mix, RowIndex } from './row-index.ts'

type Key = readonly FieldValue[]

export class RowKeys {
  readonly #keys: Key[] = []
  readonly #index = new RowIndex()

  /** All of them by their numbers. */
  get all(): readonly Key[] {
    return this.#keys
  }

  /** @returns the number of the key, -1 where it is new */
  find(key: Key): number {
    let at = this.#index.first(hashOfKey(key))
    while (at >= 0 && !isSame(this.#keys[at] ?? [], key)) at = this.#index.next()
    return at
  }

  /** @returns the number that the new key has from now on */
  add(key: Key): number {
    this.#index.add(hashOfKey(key), this.#keys.length)
    return this.#keys.push(key) - 1
  }
}

function hashOfKey(key: Key): number {
  let hash = 0
  for (const part of key) hash = mix(hash, hashOf(part))
  return hash
}

function isSame(one: Key, other: Key): boolean {
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}
