// Requests told by named values, as pairs or as JSON: any usual name in the head of a source, behind it the names found there.
import { type Bare, durationAt, durationIn, durationKey, keyTo, wordStart } from './duration.ts'
import { isAsking, STATUS, type Style, type Told, told, VERB } from './told.ts'

export const METHOD = new RegExp(`(?:method|verb)"?[=:] ?"?(${VERB})\\b`, 'i')
export const PATH = /(?:path|ur[il]|route|endpoint|target|original)"?[=:] ?"?(\/[^ ",;}\])]*)/i

const NAMED_STATUS = /status(?:_?code)?"?[=:] ?"?([1-5]\d\d)(?=["\s,;})\]|]|$)/gi
/** What may stand before it in its name. */
const STATUS_OF = /^(?:(?:http|res|resp|response|httpRequest|http\.response)[._])?(?:http_?|resp(?:onse)?_?)?$/i
const CODE = new RegExp(`(?<![\\w\\\\.])("?code"?[=:]) ?"?${STATUS}(?=["\\s,;})\\]|]|$)`)
const REQUEST_LINE = new RegExp(`(?<![\\w\\\\.])"?(?:http_?)?req(?:uest)?(?:_?line)?"?[=:] ?"(${VERB}) (/[^ "]*)`, 'i')
const ABSOLUTE = /(?:ur[il]|endpoint|target|href)"?[=:] ?"?\w+:\/\//i
/** Google's own object is about requests that were answered, and states whole addresses. */
const GOOGLE = /"httpRequest"/
const GOOGLE_PATH = /"requestUrl": ?"(?:https?:\/\/[^/"]*)?(\/[^ "]*)/

interface Status {
  readonly sign: string
  readonly status: string | undefined
}

/** The first status under a name of its own, and its name as the sign. */
function statusIn(text: string): Status | null {
  for (const found of text.matchAll(NAMED_STATUS)) {
    const start = wordStart(text, found.index)
    if (!STATUS_OF.test(text.slice(start, found.index)) || text[start - 1] === '\\') continue
    const quote = text[start - 1] === '"' ? start - 1 : start
    if (text[quote - 1] === '\\') continue
    const value = text.indexOf(found[1] ?? '', found.index)
    return { sign: text.slice(quote, value).replace(/[ "]*$/, ''), status: found[1] }
  }
  return null
}

function codeIn(text: string): Status | null {
  const found = CODE.exec(text)
  return found === null ? null : { sign: found[1] ?? '', status: found[2] }
}

/** `method=GET path=/x status=503 duration=12ms`, as pairs or as JSON. */
function anyNamed(text: string, bare: Bare): Told | null {
  const line = REQUEST_LINE.exec(text)
  const status = statusIn(text) ?? (line === null ? null : codeIn(text))
  if (status === null) return null
  const isGoogle = GOOGLE.test(text)
  const path = line?.[2] ?? (isGoogle ? GOOGLE_PATH : PATH).exec(text)?.[1]
  if (path === undefined || (!isGoogle && ABSOLUTE.test(text))) return null
  const method = line?.[1] ?? METHOD.exec(text)?.[1]
  const duration = durationIn(text, bare)
  if ((method === undefined && duration === null) || isAsking(text)) return null
  return told({ ...status, method: method?.toUpperCase(), path, duration })
}

/** Behind a name where it stands for itself; -1 where it does not. */
function behind(text: string, key: string): number {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1))
    if (!/[\w.\\-]/.test(text[at - 1] ?? '')) return at + key.length
  return -1
}

function valueBehind(text: string, key: string | null, value: RegExp): string | null {
  const at = key === null ? -1 : behind(text, key)
  return at < 0 ? null : (value.exec(text.slice(at, at + LONGEST_VALUE))?.[1] ?? null)
}

const LONGEST_VALUE = 512
const STATUS_VALUE = new RegExp(`^ ?"?${STATUS}(?=["\\s,;})\\]|]|$)`)
const METHOD_VALUE = new RegExp(`^(${VERB})\\b`, 'i')
const PATH_VALUE = /^(\/[^ ",;}\])]*)/

/** The key before the value that a pattern captures last. */
function keyOf(text: string, pattern: RegExp): string | null {
  const found = pattern.exec(text)
  return found === null ? null : keyTo(text, found.index, found.index + found[0].length - (found[1]?.length ?? 0))
}

/** Null for whole request lines and whole addresses. */
function narrow(example: string): Style | null {
  const sign = statusIn(example)?.sign ?? null
  const path = keyOf(example, PATH)
  if (sign === null || path === null || GOOGLE.test(example) || REQUEST_LINE.test(example)) return null
  const [method, took] = [keyOf(example, METHOD), durationKey(example)]
  return (text, bare) => {
    const status = valueBehind(text, sign, STATUS_VALUE)
    const asked = valueBehind(text, path, PATH_VALUE)
    if (status === null || asked === null || (text.includes('://') && ABSOLUTE.test(text))) return null
    const verb = valueBehind(text, method, METHOD_VALUE)?.toUpperCase()
    const place = took === null ? -1 : behind(text, took)
    const duration = took === null ? durationIn(text, bare) : durationAt(text, { place, key: took }, bare)
    if ((verb === undefined && duration === null) || isAsking(text)) return null
    return told({ sign, method: verb, path: asked, status, duration })
  }
}

/** `method=GET path=/x status=503 duration=12ms` */
export const named: Style = Object.assign(anyNamed, { narrow })
