// A capture of requests as servers of small pages see them: kept and new HTTP connections, and questions to a name server.
import { closeSync, openSync, writeSync } from 'node:fs'

/** RFC 5737. */
const [CLIENT, SERVER] = [0xc0000202, 0xc0000201]
const [FIN, SYN, PSH, ACK] = [1, 2, 8, 16]
const [TCP, UDP] = [6, 17]
const RECORD = 16
const [ETHERNET, IP, HEADER, DATAGRAM] = [14, 20, 20, 8]
/** Bytes of options: of a SYN, and of all other segments (RFC 7323, appendix A). */
const [SYN_OPTIONS, OPTIONS] = [20, 12]
const SEGMENT = 1448
const BLOCK = 2 ** 23
const KEPT = 24
const [FIRST_PORT, PORTS] = [1024, 60_000]

type From = 0 | 1

/** Of the client and the server. */
interface Flow {
  readonly port: number
  readonly sequence: [number, number]
}

/** Writes so many packets, or few more; always the same. */
export function writeRequestCapture(path: string, packets: number): void {
  const pcap = new Pcap(path)
  const kept = Array.from({ length: KEPT }, () => open(pcap))
  for (let round = 0; pcap.packets < packets; round++) {
    const dice = pcap.random(100)
    if (dice < 60) exchange(pcap, kept[round % KEPT] ?? open(pcap), round)
    else if (dice < 93) visit(pcap, round)
    else ask(pcap, round)
    pcap.wait(pcap.random(400))
  }
  pcap.close()
}

function open(pcap: Pcap): Flow {
  const flow: Flow = { port: pcap.port(), sequence: [pcap.random(2 ** 31), pcap.random(2 ** 31)] }
  pcap.segment(flow, 0, SYN, '')
  pcap.segment(flow, 1, SYN | ACK, '')
  pcap.segment(flow, 0, ACK, '')
  return flow
}

/** A connection for one request. */
function visit(pcap: Pcap, round: number): void {
  const flow = open(pcap)
  exchange(pcap, flow, round)
  pcap.segment(flow, 0, FIN | ACK, '')
  pcap.segment(flow, 1, FIN | ACK, '')
  pcap.segment(flow, 0, ACK, '')
}

const TEXT = 'All that is served here is text of no meaning. '.repeat(3000)
const FAILURES: readonly string[] = [
  '404 Not Found',
  '500 Internal Server Error',
  '503 Service Unavailable',
  '401 Unauthorized',
]

function exchange(pcap: Pcap, flow: Flow, round: number): void {
  const kind = round % 100
  const status = kind >= 40 && kind < 46 ? (FAILURES[kind % FAILURES.length] ?? '') : '200 OK'
  const length = status !== '200 OK' ? 4 : kind < 12 ? 8106 : kind === 99 ? 121_580 : 1351
  send(pcap, flow, 0, `GET /page/${kind} HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: bench/1\r\n\r\n`)
  pcap.wait(100 + pcap.random(3000))
  const head = `HTTP/1.1 ${status}\r\nServer: bench\r\nDate: Sun, 01 Nov 2026 00:00:00 GMT\r\nContent-Type: text/plain`
  send(pcap, flow, 1, `${head}\r\nContent-Length: ${length}\r\nConnection: keep-alive\r\n\r\n${TEXT.slice(0, length)}`)
}

/** Of what the server sends every second segment and the last are acknowledged. */
function send(pcap: Pcap, flow: Flow, from: From, text: string): void {
  for (let at = 0; at < text.length; at += SEGMENT) {
    const isLast = at + SEGMENT >= text.length
    pcap.segment(flow, from, isLast ? PSH | ACK : ACK, text.slice(at, at + SEGMENT))
    if (from === 1 && (isLast || (at / SEGMENT) % 2 === 1)) pcap.segment(flow, 0, ACK, '')
  }
}

/** Every fifth name does not exist. */
function ask(pcap: Pcap, round: number): void {
  const isKnown = round % 5 !== 0
  const labels = [isKnown ? `host${round % 50}` : `lost${round}`, 'example', '']
  const name = labels.map((label) => String.fromCharCode(label.length) + label).join('')
  const port = FIRST_PORT + pcap.random(PORTS)
  const id = String.fromCharCode((round >> 8) & 255, round & 255)
  const question = `${name}\0\x01\0\x01`
  pcap.datagram(0, port, `${id}\x01\0\0\x01\0\0\0\0\0\0${question}`)
  pcap.wait(300)
  const answer = isKnown ? '\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\xc0\0\x02\x01' : ''
  pcap.datagram(
    1,
    port,
    `${id}\x81${isKnown ? '\x80' : '\x83'}\0\x01\0${isKnown ? '\x01' : '\0'}\0\0\0\0${question}${answer}`,
  )
}

class Pcap {
  packets = 0
  readonly #file: number
  readonly #bytes = Buffer.alloc(BLOCK)
  #end = 0
  #time = Date.UTC(2026, 10, 1) * 1000
  #state = 12_345
  #ports = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
    this.#bytes.write('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')
    this.#end = 24
  }

  /** A whole number below `limit` (xorshift, Marsaglia 2003). */
  random(limit: number): number {
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    return (this.#state >>> 0) % limit
  }

  /** The next one; those of kept connections do not come again. */
  port(): number {
    return this.#ports < KEPT ? FIRST_PORT + this.#ports++ : FIRST_PORT + KEPT + (this.#ports++ % PORTS)
  }

  wait(microseconds: number): void {
    this.#time += microseconds
  }

  segment({ port, sequence }: Flow, from: From, flags: number, text: string): void {
    const options = (flags & SYN) === 0 ? OPTIONS : SYN_OPTIONS
    const at = this.#packet(from, TCP, HEADER + options + text.length)
    const bytes = this.#bytes
    bytes.writeUInt16BE(from === 0 ? port : 80, at)
    bytes.writeUInt16BE(from === 0 ? 80 : port, at + 2)
    bytes.writeUInt32BE(sequence[from], at + 4)
    bytes.writeUInt32BE((flags & ACK) === 0 ? 0 : sequence[from === 0 ? 1 : 0], at + 8)
    bytes.writeUInt16BE(((HEADER + options) << 10) | flags, at + 12)
    bytes.writeUInt16BE((flags & SYN) === 0 ? 501 : 64_240, at + 14)
    bytes.write(options === OPTIONS ? '0101080a' : '020405b401030307', at + HEADER, 'hex')
    if (options === OPTIONS) bytes.writeUInt32BE(Math.floor(this.#time / 1000) % 2 ** 32, at + HEADER + 4)
    bytes.write(text, at + HEADER + options, 'latin1')
    sequence[from] = (sequence[from] + text.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1)) >>> 0
  }

  datagram(from: From, port: number, text: string): void {
    const at = this.#packet(from, UDP, DATAGRAM + text.length)
    this.#bytes.writeUInt16BE(from === 0 ? port : 53, at)
    this.#bytes.writeUInt16BE(from === 0 ? 53 : port, at + 2)
    this.#bytes.writeUInt16BE(DATAGRAM + text.length, at + 4)
    this.#bytes.write(text, at + DATAGRAM, 'latin1')
  }

  close(): void {
    writeSync(this.#file, this.#bytes, 0, this.#end)
    closeSync(this.#file)
  }

  /** @returns where the transport's header starts */
  #packet(from: From, protocol: number, length: number): number {
    const whole = ETHERNET + IP + length
    if (this.#end + RECORD + whole > BLOCK) {
      writeSync(this.#file, this.#bytes, 0, this.#end)
      this.#end = 0
    }
    const [at, bytes] = [this.#end, this.#bytes]
    bytes.fill(0, at, at + RECORD + whole)
    bytes.writeUInt32LE(Math.floor(this.#time / 1e6), at)
    bytes.writeUInt32LE(this.#time % 1e6, at + 4)
    bytes.writeUInt32LE(whole, at + 8)
    bytes.writeUInt32LE(whole, at + 12)
    bytes.writeUInt16BE(0x0800, at + RECORD + 12)
    const ip = at + RECORD + ETHERNET
    bytes.writeUInt16BE(0x4500, ip)
    bytes.writeUInt16BE(IP + length, ip + 2)
    bytes.writeUInt16BE(++this.packets & 0xffff || 1, ip + 4)
    bytes.writeUInt16BE((64 << 8) | protocol, ip + 8)
    bytes.writeUInt32BE(from === 0 ? CLIENT : SERVER, ip + 12)
    bytes.writeUInt32BE(from === 0 ? SERVER : CLIENT, ip + 16)
    this.#end = at + RECORD + whole
    this.#time += 2 + this.random(12)
    return ip + IP
  }
}
