// Stable names for identities: the same value and key give the same name, without the key nothing leads back.
import { createHmac, createSecretKey } from 'node:crypto'

/** Values remembered, to be fast and to notice that two would share a name. */
const MEMORY = 100_000

export interface Pseudonyms {
  /** `kind-1a2b3c4d`: the class and the start of an HMAC-SHA256 of class and value. */
  name(kind: string, value: string): string
  /** Bytes that depend on the key and the text only. */
  bytes(text: string): Buffer
}

export function pseudonyms(key: Uint8Array): Pseudonyms {
  const owners = new Map<string, string>()
  const known = new Map<string, Buffer>()
  // Made once: it takes longer than a digest.
  const secret = createSecretKey(key)
  const bytes = (text: string) => {
    const digest = known.get(text) ?? createHmac('sha256', secret).update(text).digest()
    if (known.size < MEMORY) known.set(text, digest)
    return digest
  }
  const name = (kind: string, value: string) => {
    const digits = bytes(`${kind}\0${value}`).toString('hex')
    const short = `${kind}-${digits.slice(0, 8)}`
    const owner = owners.get(short) ?? value
    if (owners.size < MEMORY) owners.set(short, owner)
    return owner === value ? short : `${kind}-${digits.slice(0, 16)}`
  }
  return { name, bytes }
}
