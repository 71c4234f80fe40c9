// The server's certificate as it passes in the clear, up to TLS 1.2: names, validity, issuer (RFC 5246 section 7.4.2, RFC 5280).
import { hash, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { Instant } from '../../../model/index.ts'
import { u24 } from '../bytes.ts'

export interface Certificate {
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Subject alternative names; the common name where there are none. */
  readonly names: readonly string[]
  readonly subject: string
  readonly issuer: string
  readonly selfSigned: boolean
  /** Whether a client that asked for this name may accept it: wildcards as in RFC 6125. */
  covers(name: string): boolean
}

const CACHED = 256
/** A certificate is read once, however many connections show it. */
const cache = new Map<string, Certificate | null>()

/** @param body of the Certificate message. The first of the chain; null where it is cut or no X.509. */
export function readCertificate(body: Uint8Array): Certificate | null {
  const length = u24(body, 3)
  const der = body.subarray(6, 6 + length)
  if (der.length < length || length === 0) return null
  const digest = hash('sha256', der, 'base64')
  const known = cache.get(digest)
  if (known !== undefined) return known
  const certificate = parse(der)
  if (cache.size === CACHED) cache.clear()
  cache.set(digest, certificate)
  return certificate
}

function parse(der: Uint8Array): Certificate | null {
  try {
    const x509 = new X509Certificate(der)
    // Not `validFromDate`: of what is no date it makes one by chance.
    const notBefore = Date.parse(x509.validFrom) * 1000
    const notAfter = Date.parse(x509.validTo) * 1000
    if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return null
    return {
      notBefore,
      notAfter,
      names: namesOf(x509),
      subject: oneLine(x509.subject),
      issuer: oneLine(x509.issuer),
      selfSigned: x509.subject === x509.issuer && x509.checkIssued(x509),
      covers: (name) => covers(x509, name),
    }
  } catch {
    return null // damaged, or of a kind this machine's library does not read: nothing can be said of it
  }
}

function namesOf({ subjectAltName, subject }: X509Certificate): readonly string[] {
  const names = [...(subjectAltName ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)]
  if (names.length > 0) return names.map(([, name = '']) => name)
  const common = /^CN=(.*)$/m.exec(subject)?.[1]
  return common === undefined ? [] : [common]
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').reverse().join(', ')
}

/** A client may ask for what is no name at all: the library would throw, and no certificate covers it. */
function covers(x509: X509Certificate, name: string): boolean {
  if (isIP(name) > 0) return x509.checkIP(name) !== undefined
  return /^[!-~]+$/.test(name) && x509.checkHost(name) !== undefined
}
