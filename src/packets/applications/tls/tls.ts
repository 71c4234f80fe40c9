// TLS connections on any port: hellos, clear alerts, certificates, and handshakes that were given up (RFC 8446, RFC 5246).
import type { Instant } from '../../../model/index.ts'
import type { Analyzer, Application, Chunk, Closing, Conversation, Ending, Output } from '../../application.ts'
import { u8, u16 } from '../bytes.ts'
import { Frames } from '../frames.ts'
import { partOf } from '../part.ts'
import { readCertificate } from './certificate.ts'
import { readClientHello, readServerHello, readSsl2Hello } from './hello.ts'
import { alertName } from './names.ts'
import {
  ALERT,
  APPLICATION_DATA,
  CHANGE_CIPHER_SPEC,
  HANDSHAKE,
  HANDSHAKES,
  HEADER_LENGTH,
  isSsl2Hello,
  RECORDS,
} from './records.ts'
import { Session } from './session.ts'

const CLIENT_HELLO = 1
const SERVER_HELLO = 2
const CERTIFICATE = 11
const SERVER_HELLO_DONE = 14
const CLIENT_KEY_EXCHANGE = 16
const TLS_1_3 = 0x0304
/** Of an answer in the clear. */
const WORDS_LENGTH = 60
/** An encrypted alert of TLS 1.3: two bytes, the inner type and the tag of sixteen, or eight for CCM_8. */
const ENCRYPTED_ALERT_LENGTHS: readonly number[] = [19, 11]

export const tls: Application = {
  name: 'tls',
  recognise({ data }) {
    if (data.length < HEADER_LENGTH + 1 || RECORDS.measure(data, 0) <= 0) return false
    const length = u16(data, 3)
    switch (u8(data, 0)) {
      case HANDSHAKE:
        return length >= 4
      case ALERT:
        return length === 2 || length > 16
      case CHANGE_CIPHER_SPEC:
        return length === 1
      default:
        return isSsl2Hello(data, 0) || length > 16
    }
  },
  open: (conversation, output) => new TlsConnection(conversation, output),
}

type Side = Chunk['from']

class TlsConnection implements Analyzer {
  readonly #session: Session
  readonly #records: { readonly client: Frames; readonly server: Frames }
  readonly #handshakes: { readonly client: Frames; readonly server: Frames }
  /** Sides whose records are encrypted from here on, so that their types mean nothing. */
  readonly #encrypted = new Set<Side>()
  #isAsked = false
  /** A hello was sent, and not a byte has come back. */
  #isHelloOpen = false

  constructor(conversation: Conversation, output: Output) {
    this.#session = new Session(conversation, output)
    this.#handshakes = { client: this.#messages('client'), server: this.#messages('server') }
    this.#records = { client: this.#recordsOf('client'), server: this.#recordsOf('server') }
  }

  get awaiting(): boolean {
    return this.#isAsked
  }

  chunk(chunk: Chunk): void {
    this.#isAsked = chunk.from === 'client' && !isFarewell(chunk.data)
    if (this.#session.settled) return
    if (this.#isHelloOpen && this.#session.sideOf(chunk.from) === 'server') this.#answer(chunk)
    this.#records[chunk.from].push(chunk)
  }

  /** The first bytes that come back tell whether the server speaks TLS at all. */
  #answer(chunk: Chunk): void {
    this.#isHelloOpen = false
    if (chunk.gap === 0 && RECORDS.measure(chunk.data, 0) < 0) this.#session.plaintext(firstWords(chunk.data), chunk)
  }

  closing(closing: Closing): void {
    if (this.#session.isFlightUnanswered) this.#session.abort(this.#session.sideOf(closing.from), closing)
  }

  end(_time: Instant, _how: Ending): void {
    this.#session.end()
  }

  #recordsOf(side: Side): Frames {
    return new Frames(
      RECORDS,
      (record, length, chunk) => this.#record(record, length, chunk),
      () => this.#handshakes[side].lose(),
    )
  }

  #messages(side: Side): Frames {
    return new Frames(HANDSHAKES, (message, _length, chunk) => this.#message(side, message, chunk))
  }

  #record(record: Uint8Array, length: number, chunk: Chunk): void {
    if (isSsl2Hello(record, 0)) {
      const hello = readSsl2Hello(record)
      if (hello !== null) this.#session.clientHello(hello, chunk)
      return
    }
    switch (u8(record, 0)) {
      case HANDSHAKE:
        if (!this.#encrypted.has(chunk.from))
          this.#handshakes[chunk.from].push(partOf(chunk, record.subarray(HEADER_LENGTH)))
        return
      case ALERT:
        if (length === HEADER_LENGTH + 2) this.#alert(record, chunk)
        return
      case CHANGE_CIPHER_SPEC:
        this.#changeCipher(chunk)
        return
      case APPLICATION_DATA:
        this.#sealed(length - HEADER_LENGTH, chunk)
    }
  }

  #message(side: Side, message: Uint8Array, chunk: Chunk): void {
    const body = message.subarray(4)
    const type = u8(message, 0)
    if (type === CLIENT_HELLO) this.#clientHello(side, body, chunk)
    else if (type === SERVER_HELLO) this.#serverHello(side, body, chunk)
    else if (type === SERVER_HELLO_DONE) this.#session.flightDone()
    else if (type === CLIENT_KEY_EXCHANGE) this.#session.flightAnswered()
    else if (type === CERTIFICATE && this.#session.sideOf(side) === 'server') {
      const certificate = readCertificate(body)
      if (certificate !== null) this.#session.certificate(certificate, chunk)
    }
  }

  #clientHello(side: Side, body: Uint8Array, chunk: Chunk): void {
    const hello = readClientHello(body)
    if (hello === null) return
    this.#session.clientIs(side)
    this.#session.clientHello(hello, chunk)
    this.#isHelloOpen = true
  }

  #serverHello(side: Side, body: Uint8Array, chunk: Chunk): void {
    const hello = readServerHello(body)
    if (hello === null) return
    this.#session.clientIs(side === 'client' ? 'server' : 'client')
    if (!hello.isRetry) this.#session.serverHello(hello, chunk)
  }

  #alert(record: Uint8Array, chunk: Chunk): void {
    const level = u8(record, HEADER_LENGTH)
    const code = u8(record, HEADER_LENGTH + 1)
    if ((level !== 1 && level !== 2) || alertName(code) === null) return
    this.#session.alert({ by: this.#session.sideOf(chunk.from), level: level === 1 ? 'warning' : 'fatal', code }, chunk)
  }

  /** TLS 1.3 sends it for old middle boxes only. */
  #changeCipher(chunk: Chunk): void {
    if (this.#session.version === TLS_1_3) return
    this.#encrypted.add(chunk.from)
    if (this.#session.sideOf(chunk.from) === 'server') this.#session.flightDone()
    else this.#session.flightAnswered()
    if (this.#encrypted.size === 2) this.#session.establish()
  }

  /** What is inside cannot be read, but its length tells an alert from the client's Finished. */
  #sealed(length: number, chunk: Chunk): void {
    if (this.#session.version !== TLS_1_3) return
    if (this.#session.sideOf(chunk.from) === 'server') this.#session.flightDone()
    else if (!this.#session.isFlightUnanswered) return
    else if (ENCRYPTED_ALERT_LENGTHS.includes(length)) this.#session.abort('client', chunk)
    else this.#session.establish()
  }
}

/** The first line, as far as it is ASCII and short: `HTTP/1.1 400 Bad Request`, `220 mail.example ESMTP`; null where it is no text. */
function firstWords(data: Uint8Array): string | null {
  const text = Buffer.from(data.subarray(0, WORDS_LENGTH)).toString('latin1')
  return text.match(/^[ -~]{4,}/)?.[0] ?? null
}

/** A closing alert, in the clear or as long as one that is encrypted. */
function isFarewell(data: Uint8Array): boolean {
  const type = u8(data, 0)
  const isAlone = data.length === HEADER_LENGTH + u16(data, 3)
  return isAlone && (type === ALERT || (type === APPLICATION_DATA && ENCRYPTED_ALERT_LENGTHS.includes(u16(data, 3))))
}
