import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import { HAPROXY_STEPS, proxyAccess } from '../../../src/logs/formats/proxy-access.ts'
import { requestAt } from '../../../src/logs/road/request-at.ts'
import { NO_DURATION, type RequestShape } from '../../../src/model/index.ts'

const scanner = createScanner([])
const { lines } = scanner
const skip = lines === undefined ? 'not built here: npm run build' : false

const shapeOf = (sign: string, steps: RequestShape['steps'], key = ''): RequestShape => ({
  sign: Buffer.from(sign),
  steps,
  key: Buffer.from(key),
  isLeft: (status) => status >= 500,
})
const ACCESS = shapeOf('', ['word', 'word', 'word', 'same', 'quoted', 'status', 'seconds'], ' rt=')
const BARE = shapeOf('', ['word', 'word', 'word', 'same', 'quoted', 'status'])
const PROXY = shapeOf('HTTP/', ['same', 'printable', 'message', ...HAPROXY_STEPS])

/** Requests as `line:status/duration`, and the line at which reading stopped; the text lies at an odd place. */
function requestsIn(text: string, shape: RequestShape, same: string): readonly string[] {
  if (lines === undefined) throw new Error('no kernels here')
  const { written } = new TextEncoder().encodeInto(text, scanner.memory.subarray(21))
  scanner.memory.fill(10, 21 + written, 21 + written + 80)
  const found = [...lines.requests(21, 21 + written, shape, Buffer.from(same))]
  const lineAt = (start: number) => text.slice(0, start - 21).split('\n').length - 1
  const stop = found.pop() ?? 0
  const told = found.flatMap((start, at) => {
    const [status, duration] = [found[at + 1], found[at + 2]]
    return at % 3 === 0 ? [`${lineAt(start)}:${status}/${duration === NO_DURATION ? '-' : duration}`] : []
  })
  return [...told, stop === 21 + written ? 'end' : String(lineAt(stop))]
}

function check(name: string, expected: { shape: RequestShape; same?: string; text: string; told: string }): void {
  const { shape, same = '[1/Nov ', text, told } = expected
  test(name, { skip }, () => assert.equal(requestsIn(text, shape, same).join(' '), told))
}

const line = (tail: string, request = 'GET / HTTP/1.1') => `a - - [1/Nov +0] "${request}" ${tail}\n`

check('no lines tell of nothing', { shape: ACCESS, text: '', told: 'end' })
check('status and duration of lines that share their time', {
  shape: ACCESS,
  text: `${line('200 5 rt=0.103')}${line('404 5 x="-" rt=1.5 y=1')}`,
  told: '0:200/103000 1:404/1500000 end',
})
check('durations in quotes, whole ones, none', {
  shape: ACCESS,
  text: `${line('200 a rt="0.002"')}${line('200 a rt=3')}${line('200 a rt=-')}`,
  told: '0:200/2000 1:200/3000000 2:200/- end',
})
check('lines that tell no duration', { shape: BARE, text: line('200 5'), told: '0:200/- end' })
check('quotes in a request are behind a backslash', {
  shape: BARE,
  text: line('200 5', 'GET /\\" 500 HTTP/1.1'),
  told: '0:200/- end',
})
for (const [what, tail] of Object.entries({
  'a request that failed': '503 5 rt=1',
  'a line without the duration': '200 5',
  'a status that is none': '099 5 rt=1',
  'a status of four digits': '2000 5 rt=1',
  'a duration of many digits': '200 5 rt=1.0000000001',
  'a duration beyond what is counted': '200 5 rt=99999',
}))
  check(`${what} stops the reading`, { shape: ACCESS, text: line('200 5 rt=1') + line(tail), told: '0:200/1000000 1' })
check('so does another time', { shape: BARE, same: '[2/Nov ', text: line('200 5'), told: '0' })
check('so do more words before the time', { shape: BARE, text: `x ${line('200 5')}`, told: '0' })
check('so does an empty line', { shape: BARE, text: `\n${line('200 5')}`, told: '0' })
check('a line that is cut', { shape: BARE, text: 'a - - [1/Nov +0] "GET / HT', told: '0' })

const CALL =
  '192.0.2.1:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"'

check('lines without the sign are passed over', {
  shape: PROXY,
  same: 'Nov 1 ',
  text: `Nov 1 lb cron: x\nNov 1 lb h[1]: ${CALL}\nNov 2 lb cron: y\nNov 1 lb h[1]: ${CALL}`,
  told: '1:200/109000 3:200/109000 end',
})
check('a line with the sign and another time stops the reading', {
  shape: PROXY,
  same: 'Nov 1 ',
  text: `Nov 1 lb cron: x\nNov 2 lb h[1]: ${CALL}\n`,
  told: '1',
})
check('so does one that is no plain text', {
  shape: PROXY,
  same: 'Nov 1 ',
  text: `Nov 1 lb h[1]: ${CALL.replace('index', 'ind\u00e9x')}\n`,
  told: '0',
})
check('no more requests are told than there is room for', {
  shape: BARE,
  text: line('200 5').repeat(400),
  told: [...Array.from({ length: 341 }, (_, at) => `${at}:200/-`), 341].join(' '),
})

/** Changes at places of a text, in signs that matter there. */
const edited = (text: string) => {
  const signs = fc.constantFrom(...' :/[]{}"-+.09aAZ\\='.split(''))
  const edit = fc.tuple(fc.nat(text.length), fc.nat(3), fc.string({ unit: signs, maxLength: 3 }))
  return fc.array(edit, { maxLength: 3 }).map((edits) => {
    let changed = text
    for (const [at, length, part] of edits) changed = changed.slice(0, at) + part + changed.slice(at + length)
    return changed
  })
}

const toldBy = (request: { readonly status: number | null; readonly duration: number | null } | null): string =>
  request === null ? '' : `0:${request.status}/${request.duration ?? '-'}`

test('nothing is told of a proxy that reading one line would not tell', { skip }, () => {
  const front = 'Nov 1 lb h[1]: '
  const read = proxyAccess.open()
  fc.assert(
    fc.property(edited(CALL), (call) => {
      const [told = '', end] = requestsIn(`${front}${call}\n`, PROXY, 'Nov 1 ')
      if (end === 'end') assert.equal(told, toldBy(read(call)?.request ?? null))
    }),
    { numRuns: 3000 },
  )
})

test('nothing is told of a server that reading one line would not tell', { skip }, () => {
  const tail = '" 200 5 "-" "x" rt=0.103 u=1'
  fc.assert(
    fc.property(edited(tail), (behind) => {
      const bytes = Buffer.from(`a - - [1/Nov +0] "GET / HTTP/1.1${behind}`)
      const [told = '', end] = requestsIn(`${bytes}\n`, ACCESS, '[1/Nov ')
      const access = { durationKey: ' rt=', shape: ACCESS }
      if (end === 'end') assert.equal(told, toldBy(requestAt(access, { bytes, from: 7, to: bytes.length })))
    }),
    { numRuns: 3000 },
  )
})
