// What is known of one TLS handshake, and what is stated of it: a row when it ends, facts as they are seen.
import type { Fields, Instant, PacketPlace, TlsRow } from '../../../model/index.ts'
import type { Conversation, Output } from '../../application.ts'
import type { Certificate } from './certificate.ts'
import type { ClientHello, ServerHello } from './hello.ts'
import { alertName, cipherName, versionName } from './names.ts'

type Side = 'client' | 'server'

/** When and where it was seen; `place` is read only to cite. */
export interface Sighting {
  readonly time: Instant
  readonly place: PacketPlace
}

export interface Alert {
  readonly by: Side
  readonly level: 'warning' | 'fatal'
  readonly code: number
}

/** Alerts that end a connection in good order (RFC 8446 section 6.1). */
const CLOSE_NOTIFY = 0
const USER_CANCELED = 90

export class Session {
  readonly #conversation: Conversation
  readonly #output: Output
  /** The capture took client and server the wrong way round. */
  #isTurned = false
  #time: Instant | null = null
  #hello: ClientHello | null = null
  #answer: ServerHello | null = null
  #certificate: Certificate | null = null
  #alert: Alert | null = null
  #isFlightDone = false
  #isFlightAnswered = false
  #isEstablished = false
  #isAborted = false

  constructor(conversation: Conversation, output: Output) {
    this.#conversation = conversation
    this.#output = output
  }

  /** Nothing in the clear is to come. */
  get settled(): boolean {
    return this.#isEstablished
  }

  /** What the server chose; 0 until then. */
  get version(): number {
    return this.#answer?.version ?? 0
  }

  /** The server said all it has to say first, and the client has not agreed yet. */
  get isFlightUnanswered(): boolean {
    const isOver = this.#isFlightAnswered || this.#isEstablished || this.#isAborted || this.#alert !== null
    return this.#isFlightDone && !isOver
  }

  /** Who sent it, in the roles of the handshake. */
  sideOf(from: Side): Side {
    return (from === 'client') === this.#isTurned ? 'server' : 'client'
  }

  /** The content tells the roles. */
  clientIs(side: Side): void {
    this.#isTurned = side === 'server'
  }

  clientHello(hello: ClientHello, seen: Sighting): void {
    const isFirst = this.#hello === null
    this.#time ??= seen.time
    this.#hello = hello
    if (!isFirst) return
    const version = versionName(hello.version)
    const alpn = hello.protocols.length === 0 ? {} : { alpn: hello.protocols.join(',') }
    this.#state({ kind: 'tls.hello', said: `hello offers ${version}`, seen, more: { version, ...alpn } })
  }

  serverHello(hello: ServerHello, seen: Sighting): void {
    this.#time ??= seen.time
    this.#answer ??= hello
  }

  certificate(certificate: Certificate, seen: Sighting): void {
    this.#time ??= seen.time
    if (this.#certificate !== null) return
    this.#certificate = certificate
    const { notBefore, notAfter, names, issuer, subject, selfSigned } = certificate
    const serverName = this.#hello?.serverName ?? null
    const more = {
      ...{ not_before: notBefore, not_after: notAfter, names: names.join(','), issuer, subject },
      expired: seen.time < notBefore || seen.time > notAfter,
      name_matches: serverName === null ? null : certificate.covers(serverName),
      self_signed: selfSigned,
    }
    this.#state({ kind: 'tls.certificate', said: `certificate of ${subject} issued by ${issuer}`, seen, more })
  }

  alert(alert: Alert, seen: Sighting): void {
    this.#time ??= seen.time
    const isClosing = alert.code === CLOSE_NOTIFY || alert.code === USER_CANCELED
    if (!isClosing || this.#alert === null) this.#alert = alert
    if (isClosing) return
    const { by, level, code } = alert
    const name = alertName(code)
    this.#state({
      kind: 'tls.alert',
      said: `${level} alert ${code} ${name} by ${by}`,
      seen,
      more: { by, level, code, name },
    })
  }

  flightDone(): void {
    this.#isFlightDone = true
  }

  /** The client agreed: it sent its keys. */
  flightAnswered(): void {
    this.#isFlightAnswered = true
  }

  establish(): void {
    this.#isEstablished = true
  }

  abort(by: Side, seen: Sighting): void {
    this.#isAborted = true
    this.#state({
      kind: 'tls.aborted',
      said: `handshake given up by ${by} after the server's flight`,
      seen,
      more: { by },
    })
  }

  /** What came back for the hello is no TLS. */
  plaintext(words: string | null, seen: Sighting): void {
    const said = `hello answered without TLS${words === null ? '' : `: ${words}`}`
    this.#state({ kind: 'tls.plaintext', said, seen, more: { answer: words } })
  }

  end(): void {
    if (this.#time !== null) this.#output.tls(this.#row(this.#time))
  }

  #row(time: Instant): TlsRow {
    const { client, clientPort, server, port } = this.#ends()
    const certificate = this.#certificate
    return {
      ...{ time, origHost: client, origPort: clientPort, respHost: server, respPort: port },
      serverName: this.#hello?.serverName ?? null,
      version: this.#answer === null ? null : versionName(this.#answer.version),
      cipher: this.#answer === null ? null : cipherName(this.#answer.cipher),
      established: this.#isEstablished,
      lastAlert: this.#alert?.code ?? null,
      alertFrom: this.#alert?.by ?? null,
      certificateNotBefore: certificate?.notBefore ?? null,
      certificateNotAfter: certificate?.notAfter ?? null,
      certificateNames: certificate?.names ?? [],
      certificateIssuer: certificate?.issuer ?? null,
    }
  }

  #state({ kind, said, seen, more }: { kind: string; said: string; seen: Sighting; more: Fields }): void {
    const { client, server, port } = this.#ends()
    const serverName = this.#hello?.serverName ?? null
    const named = serverName === null ? '' : ` for ${serverName}`
    this.#output.fact({
      kind,
      time: seen.time,
      place: seen.place,
      excerpt: `TLS ${said}, ${client} with ${server}:${port}${named}`,
      fields: { client, server, port, server_name: serverName, ...more },
    })
  }

  #ends(): Pick<Conversation, 'client' | 'clientPort' | 'server' | 'port'> {
    const { client, clientPort, server, port } = this.#conversation
    if (!this.#isTurned) return { client, clientPort, server, port }
    return { client: server, clientPort: port, server: client, port: clientPort }
  }
}
