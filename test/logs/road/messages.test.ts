// What is told of a message without reading it is what reading it tells.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import { FORMATS } from '../../../src/logs/catalogue.ts'
import type { LogFormat, Opened } from '../../../src/logs/format.ts'
import { cri } from '../../../src/logs/formats/container.ts'
import { stampedTrace } from '../../../src/logs/formats/stamped-trace.ts'
import { innerOf, readFurther } from '../../../src/logs/nested.ts'
import { reading } from '../../../src/logs/reading.ts'
import { recognise } from '../../../src/logs/recognise.ts'
import { Messages } from '../../../src/logs/road/messages.ts'
import { WRAP_ROW } from '../../../src/model/index.ts'

const STAMP = '2026-11-20T22:35:19.868123456Z'
const MESSAGES = FORMATS.flatMap(({ takes, leaves }) => [...takes, ...leaves]).filter((line) => !line.includes('\n'))
const known = recognise(Buffer.from(`${STAMP} stdout F first\n`))

type Told = readonly [string | null, number | null, number | null] | null

function told(messages: Messages, message: string): Told {
  const bytes = Buffer.from(message)
  if (!messages.tell(bytes, 0, bytes.length)) return null
  const { severity, request } = messages
  return [severity, request?.status ?? null, request?.duration ?? null]
}

function read(format: LogFormat, message: string): Told {
  const outer = format === cri ? reading({ body: message, inner: true }) : readBy(known.formats, `${STAMP} ${message}`)
  if (outer === null) return null
  const { severity, request } = readFurther(outer, known.within)
  return [severity, request?.status ?? null, request?.duration ?? null]
}

function readBy(formats: readonly Opened[], line: string) {
  for (const { read: reader } of formats) {
    const found = reader(line)
    if (found !== null) return found
  }
  return null
}

for (const format of [cri, stampedTrace]) {
  test(`messages behind the header of ${format.name} are told as they are read, or not at all`, () => {
    const messages = new Messages(format)
    for (const message of MESSAGES) {
      const one = told(messages, message)
      if (one !== null) assert.deepEqual(one, read(format, message), message)
    }
  })
}

const { memory, lines } = createScanner([])

/** What a pass over many lines tells of one. */
function passed(messages: Messages, message: string): Told {
  const line = Buffer.from(`${STAMP} stdout F ${message}`)
  memory.set(line)
  memory.fill(10, line.length, line.length + 80)
  const range = { from: 0, to: line.length, most: 1 }
  const { shape } = messages
  const row = (shape === null ? undefined : lines?.wraps(range, shape, messages.learned())) ?? new Uint32Array()
  if ((row[WRAP_ROW.kind] ?? 0) === 0) return null
  messages.recall(row, 0)
  const { severity, request } = messages
  return [severity, request?.status ?? null, request?.duration ?? null]
}

const LEVELS = 'trace TRACE Debug info INFO notice Warning warn WARN error err ERROR Critical fatal PANIC'.split(' ')
const LOUD = LEVELS.flatMap((level) => [
  `{"level":"${level}","msg":"ready"}`,
  `{"msg":"a \\"quoted\\" word","level":"${level}","status":200}`,
  `2026-11-20 22:35:19,868 ${level} [61] svc - ready`,
])

test('passes over many lines tell of messages what is told of each, or nothing', () => {
  const messages = new Messages(cri)
  for (const message of LOUD) messages.learn(message, innerOf(message, known.within))
  let count = 0
  for (const message of [...MESSAGES, ...LOUD]) {
    const one = passed(messages, message)
    if (one === null) continue
    assert.deepEqual(one, told(messages, message), message)
    assert.deepEqual(one, read(cri, message), message)
    count++
  }
  assert.ok(lines === undefined || count > LOUD.length / 2, String(count))
})

test('what was learned of one message is told of those that begin alike, and of no others', () => {
  const messages = new Messages(cri)
  const line = (level: string, at = '35:19') => `2026-11-20 22:${at},868 ${level} [61] svc - refused`
  assert.equal(told(messages, line('WARN')), null)
  messages.learn(line('WARN'), innerOf(line('WARN'), known.within))
  assert.deepEqual(told(messages, line('WARN', '46:02')), ['warn', null, null])
  for (const other of [line('ERROR'), line('WARNING'), line('WARN', '4:02'), ` ${line('WARN')}`])
    assert.equal(told(messages, other), null, other)
})

test('common messages are told', () => {
  const messages = new Messages(cri)
  const check = (message: string, expected: Told) => assert.deepEqual(told(messages, message), expected, message)
  check('{"level":30,"msg":"ready"}', ['info', null, null])
  check('{"msg":"lost","level":"error"}', ['error', null, null])
  check('{"level":"error"', null)
  check('{"level":"info","level_name":"x","status":200,"remote_addr":"192.0.2.1","path":"/"}', null)
  check('E1120 22:46:03.003000       1 reflector.go:150] lost', ['error', null, null])
  check('ts=2026-11-20T22:35:19Z level=warn msg="slow"', ['warn', null, null])
  check('msg="level=info" level=error', null)
  check('Accepted publickey for deploy', [null, null, null])
  check('192.0.2.1 - - [20/Nov/2026:22:46:04 +0000] "GET / HTTP/1.1" 200 11 "-" "x"', [null, 200, null])
  check('192.0.2.1 - - [20/Nov/2026:22:46:04 +0000] "GET / HTTP/1.1" 200 11 "-" "x" rt=0.1', null)
  check('192.0.2.1 - - [20/Nov/2026:22:46:04 +0000] "GET / HTTP/1.1" 502 11 "-" "x"', null)
  check(
    '192.0.2.1 - - [20/Nov/2026:22:46:04 +0000] "GET / HTTP/1.1" 200 11 "-" "x" 317 0.219 [web-80] [] 192.0.2.7:80 11 0.219 200 ed167041f92f4cfd',
    [null, 200, 219_000],
  )
})
