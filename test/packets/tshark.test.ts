// What rare protocols and layers say, beside tshark's reading of the same bytes.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CLIENT, hex, pcap, SERVER, tcp, udp } from './build.ts'
import { read, type Said } from './read.ts'

const PORT = 40_000
const skip = spawnSync('tshark', ['-v']).status !== 0 && 'tshark is not installed'

/** What one end says: `> ` the client, `< ` the server; then latin1 text. */
type Turn = `${'>' | '<'} ${string}`

/** A whole conversation as segments: handshake, turns, then the client closes. */
function conversation(port: number, turns: readonly Turn[]) {
  const next = { '>': 1, '<': 1 }
  const segment = (from: '>' | '<', flags: string, data = '') => {
    const isClient = from === '>'
    const [ours, theirs] = isClient ? (['>', '<'] as const) : (['<', '>'] as const)
    const ends = isClient
      ? { from: CLIENT, to: SERVER, sport: PORT, dport: port }
      : { from: SERVER, to: CLIENT, sport: port, dport: PORT }
    const packet = tcp({ ...ends, flags, seq: next[ours], ack: next[theirs], data })
    next[ours] += data.length
    return packet
  }
  const packets = [
    tcp({ from: CLIENT, to: SERVER, sport: PORT, dport: port, flags: 'S', seq: 0 }),
    tcp({ from: SERVER, to: CLIENT, sport: port, dport: PORT, flags: 'SA', seq: 0, ack: 1 }),
    segment('>', 'A'),
    ...turns.map((turn) => segment(turn.startsWith('>') ? '>' : '<', 'PA', turn.slice(2))),
    segment('>', 'FA'),
  ]
  return pcap(packets.map((data, at) => ({ time: 1e15 + at * 1000, data })))
}

const text = (digits: string) => Buffer.from(hex(digits)).toString('latin1')

/** The fields of all packets that have one of them; several values of a packet with a comma between. */
function tshark(capture: Uint8Array, fields: string, ...options: string[]): string[] {
  const wanted = fields.split(' ').flatMap((field) => ['-e', field])
  const folder = mkdtempSync(join(tmpdir(), 'faultline-tshark-'))
  const file = join(folder, 'a.pcap')
  writeFileSync(file, capture)
  const { stdout } = spawnSync('tshark', [
    '-n',
    '-r',
    file,
    '-T',
    'fields',
    '-E',
    'separator=/s',
    ...wanted,
    ...options,
  ])
  rmSync(folder, { recursive: true })
  const lines = stdout.toString().split('\n')
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}

function facts({ facts }: Said, kind: string, fields: string): string[] {
  const told = facts.filter((fact) => fact.kind === kind)
  return told.map((fact) =>
    fields
      .split(' ')
      .map((name) => String(fact.fields[name]))
      .join(' '),
  )
}

interface Case {
  readonly port: number
  readonly turns: readonly Turn[]
  /** Fields of tshark, and options. */
  readonly theirs: readonly string[]
  /** Kind of fact and its fields, which have to say the same. */
  readonly ours: readonly [string, string]
  readonly expected: readonly string[]
}

/** Both say what is expected. */
async function check(name: string, { port, turns, theirs, ours, expected }: Case): Promise<void> {
  const capture = conversation(port, turns)
  const [fields = '', ...options] = theirs
  assert.deepEqual(tshark(capture, fields, ...options), expected, `${name}: tshark`)
  assert.deepEqual(facts(await read(capture), ...ours), expected, `${name}: faultline`)
}

const AMQP = '> AMQP\0\0\x09\x01'

/** A method frame of AMQP 0-9-1 on a channel. */
function method(channel: number, payload: string): Turn {
  const bytes = hex(payload)
  const head = Buffer.alloc(7)
  head[0] = 1
  head.writeUInt16BE(channel, 1)
  head.writeUInt32BE(bytes.length, 3)
  return `< ${Buffer.concat([head, bytes]).toString('latin1')}\xce`
}

test('errors of AMQP brokers', { skip }, async () => {
  const reply = ['amqp.method.arguments.reply_code amqp.method.arguments.reply_text']
  const common = { port: 5672, theirs: reply, ours: ['db.error', 'code message'] } as const
  const turns = [AMQP, method(1, '00140028 0194 09 4e4f545f464f554e44 0032 000a')] as const
  await check('channel closed', { ...common, turns, expected: ['404 NOT_FOUND'] })
  const forced = [AMQP, method(0, '000a0032 0140 11 434f4e4e454354494f4e5f464f52434544 0000 0000')] as const
  await check('connection closed', { ...common, turns: forced, expected: ['320 CONNECTION_FORCED'] })
})

test('refusals of MQTT brokers', { skip }, async () => {
  const common = { port: 1883, ours: ['db.error', 'code'] } as const
  const old = `> ${text('10 0d 0004 4d515454 04 02 003c 0001 61')}` as const
  const modern = `> ${text('10 0e 0004 4d515454 05 02 003c 00 0001 61')}` as const
  const refused = [old, `< ${text('20 02 00 05')}`] as const
  await check('3.1.1', { ...common, turns: refused, theirs: ['mqtt.conack.val'], expected: ['5'] })
  const left = [modern, `< ${text('20 03 00 00 00')}`, `< ${text('e0 02 8b 00')}`] as const
  await check('5', { ...common, turns: left, theirs: ['mqtt.disconnect.reason_code'], expected: ['139'] })
  const subscribed = [
    old,
    `< ${text('20 02 00 00')}`,
    `> ${text('82 06 0001 0001 74 00')}`,
    `< ${text('90 03 0001 80')}`,
  ] as const
  await check('subscription', { ...common, turns: subscribed, theirs: ['mqtt.suback.qos'], expected: ['128'] })
})

test('a failed status of memcached', { skip }, async () => {
  const get = `> ${text('80 00 0003 00 00 0000 00000003 00000000 0000000000000000')}key` as const
  const busy = `< ${text('81 00 0000 00 00 0085 00000004 00000000 0000000000000000')}Busy` as const
  const said = { theirs: ['memcache.status'], ours: ['db.error', 'code'], expected: ['133'] } as const
  await check('busy', { port: 11211, turns: [get, busy], ...said })
})

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** A frame of HTTP/2: its type, flags, stream and payload. */
function frame(type: number, flags: number, stream: number, payload: string): string {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return head.toString('latin1') + payload
}

/** Header fields as literals without an index, no Huffman code. */
function literals(...fields: readonly (readonly [string, string])[]): string {
  const string = (said: string) => String.fromCharCode(said.length) + said
  return fields.map(([name, value]) => `\0${string(name)}${string(value)}`).join('')
}

const REQUEST = literals(
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/shop.Cart/Add'],
  [':authority', 'shop.example'],
  ['content-type', 'application/grpc'],
)

test('HTTP/2: a server that goes away, a stream reset, a status of gRPC', { skip }, async () => {
  const hello = `> ${PREFACE}${frame(4, 0, 0, '')}${frame(1, 5, 1, REQUEST)}` as const
  const ready = `< ${frame(4, 0, 0, '')}` as const
  const gone = `< ${frame(7, 0, 0, text('00000000 0000000b'))}` as const
  const capture = conversation(8080, [hello, ready, gone])
  assert.deepEqual(tshark(capture, 'http2.goaway.last_stream_id http2.goaway.error'), ['0 11'])
  assert.deepEqual(facts(await read(capture), 'http.request', 'path error'), ['/shop.Cart/Add ENHANCE_YOUR_CALM'])

  const reset = conversation(8080, [hello, ready, `< ${frame(3, 0, 1, text('00000007'))}`])
  assert.deepEqual(tshark(reset, 'http2.rst_stream.error'), ['7'])
  assert.deepEqual(facts(await read(reset), 'http.request', 'path error'), ['/shop.Cart/Add REFUSED_STREAM'])

  const head = literals([':status', '200'], ['content-type', 'application/grpc'])
  const trailers = literals(['grpc-status', '14'], ['grpc-message', 'no backend'])
  const answer = `< ${frame(1, 4, 1, head)}${frame(1, 5, 1, trailers)}` as const
  const call = conversation(8080, [hello, ready, answer])
  const values = tshark(call, 'http2.header.value', '-Y', 'http2.header.name == "grpc-status"')
  assert.deepEqual(values, ['200,application/grpc,14,no backend'])
  assert.deepEqual(facts(await read(call), 'http.request', 'status grpc_status'), ['200 14'])
})

const INNER = { from: '203.0.113.5', to: '203.0.113.6', sport: 50_000, dport: 6000 }
const ENDS = 'ip.src ip.dst tcp.srcport tcp.dstport tcp.len'

/** Ends and payload of the connection inside, as tshark tells them of its one packet. */
async function checkInner(name: string, capture: Uint8Array, theirs: string): Promise<void> {
  assert.deepEqual(tshark(capture, ENDS), [theirs], `${name}: tshark`)
  const { connections } = await read(capture)
  const told = connections.map(({ origHost, respHost, origPort, respPort, origBytes, respBytes }) =>
    [origHost, respHost, origPort, respPort, origBytes + respBytes].join(' '),
  )
  assert.deepEqual(told, ['203.0.113.5 203.0.113.6 50000 6000 5'], `${name}: faultline`)
}

test('tunnels and logged packets', { skip }, async () => {
  const inner = tcp({ ...INNER, flags: 'PA', seq: 1, ack: 1, data: 'hello' })
  const option = '0102 80 01 00000000'
  const geneve = Buffer.concat([hex(`02 00 0800 000007 00 ${option}`), inner])
  const tunnelled = pcap([{ time: 1e15, data: udp(50_000, 6081, geneve) }])
  const outer = `${CLIENT},203.0.113.5 ${SERVER},203.0.113.6`
  await checkInner('Geneve', tunnelled, `${outer} 50000 6000 5`)

  const attribute = (type: string, payload: Uint8Array) => {
    const head = Buffer.alloc(4)
    head.writeUInt16LE(4 + payload.length, 0)
    head.writeUInt16LE(Number(type), 2)
    return Buffer.concat([head, payload, Buffer.alloc(-payload.length & 3)])
  }
  const prefix = attribute('10', Buffer.from('drop\0'))
  const data = Buffer.concat([hex('02 00 0000'), prefix, attribute('9', inner)])
  await checkInner('NFLOG', pcap([{ time: 1e15, data }], 239), '203.0.113.5 203.0.113.6 50000 6000 5')
})

test('TLS 1.3: a client that leaves after the flight of the server', { skip }, async () => {
  const random = '00'.repeat(32)
  const name = Buffer.from('shop.example').toString('hex')
  const extensions = `0000 0011 000f 00 000c ${name} 002b 0003 02 0304`
  const hello = `0303 ${random} 00 0002 1301 01 00 001c ${extensions}`
  const handshake = (type: string, body: string) => {
    const length = (hex(body).length + 0x1000000).toString(16).slice(1)
    return `16 0303 ${(hex(body).length + 0x10004).toString(16).slice(1)} ${type} ${length} ${body}`
  }
  const flight = `0303 ${random} 00 1301 00 0006 002b 0002 0304`
  const sealed = `17 0303 0020 ${'ab'.repeat(32)}`
  const turns = [
    `> ${text(handshake('01', hello))}`,
    `< ${text(`${handshake('02', flight)} 14 0303 0001 01 ${sealed}`)}`,
  ] as const
  const capture = conversation(443, turns)
  const theirs = tshark(
    capture,
    'tcp.srcport tls.record.content_type tls.record.opaque_type tls.handshake.extensions_server_name',
    '-Y',
    'tls',
  )
  // The client sends one handshake record, and nothing after what the server sent.
  assert.deepEqual(theirs, [`${PORT} 22  shop.example`, '443 22,20 23'])
  assert.deepEqual(facts(await read(capture), 'tls.aborted', 'server_name by'), ['shop.example client'])
})
