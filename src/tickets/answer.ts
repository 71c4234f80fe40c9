// Answers of foreign systems: what is read from them is checked, whatever they send.
import { FaultlineError } from '../model/index.ts'

type Path = readonly (string | number)[]

/** What lies there, null where nothing does. */
export function at(value: unknown, ...path: Path): unknown {
  return (
    path.reduce<unknown>((inner, key) => {
      return typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined
    }, value) ?? null
  )
}

/** A text, or a number as text. @throws FaultlineError `ticket-answer` */
export function textAt(value: unknown, ...path: Path): string {
  const found = at(value, ...path)
  if (typeof found === 'string') return found
  if (typeof found === 'number') return String(found)
  throw strange(path)
}

export function textOrNull(value: unknown, ...path: Path): string | null {
  const found = at(value, ...path)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null
}

export function numberOrNull(value: unknown, ...path: Path): number | null {
  const found = at(value, ...path)
  const number = typeof found === 'string' && found !== '' ? Number(found) : found
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** @throws FaultlineError `ticket-answer` */
export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path)
  if (Array.isArray(found)) return found
  throw strange(path)
}

function strange(path: Path): FaultlineError {
  const where = path.length === 0 ? 'The answer' : `“${path.join('.')}” in the answer`
  return new FaultlineError('ticket-answer', `${where} is not what the system's interface says.`, {
    hint: 'Is the address that of the system itself, not of a proxy or a sign-in page?',
  })
}
