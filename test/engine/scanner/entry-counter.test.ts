import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import type { EntryShape } from '../../../src/model/index.ts'

const scanner = createScanner([])
const { lines } = scanner
const skip = lines === undefined ? 'not built here: npm run build' : false

const SHAPE: EntryShape = { time: Buffer.from('TIME'), level: Buffer.from('LEVEL') }
const START = 21

function counted(content: Buffer, range: { readonly at?: number; readonly until?: number } = {}): Float64Array {
  if (lines === undefined) throw new Error('no kernels here')
  const to = START + content.length
  scanner.memory.set(content, START)
  scanner.memory.fill(10, to, to + 80)
  const { at = 0, until = content.length } = range
  return lines.entries({ from: START + at, to, until: START + until }, SHAPE)
}

/** Seconds as `earliest-latest:level*entries`, `-` for no level, then where it stopped and the line feeds before it. */
function told(numbers: Float64Array): string {
  const [stop = 0, feeds = 0] = numbers.subarray(-2)
  const seconds: string[] = []
  for (let at = 0; at < numbers.length - 2; at += 13) {
    const levels = [...numbers.subarray(at + 2, at + 13)].flatMap((count, level) =>
      count === 0 ? [] : [`${level === 10 ? '-' : level}*${count}`],
    )
    seconds.push(`${numbers[at]}-${numbers[at + 1]}:${levels.join('+')}`)
  }
  return [...seconds, `@${stop - START}/${feeds}`].join(' ')
}

function check(name: string, content: string | Buffer, expected: string, until?: number): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  const range = until === undefined ? {} : { until }
  test(name, { skip }, () => assert.equal(told(counted(bytes, range)), expected))
}

/** A field of any bytes. */
const sized = (name: string, value: string, length = value.length): string => {
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(length))
  return `${name}\n${size.toString('latin1')}${value}\n`
}
const ONE = 'TIME=1000001\nLEVEL=6\n\n'

check('no bytes are no entries', '', '@0/0')
check('an entry has a time and a level', ONE, '1000001-1000001:6*1 @22/3')
check(
  'entries of one second are one row',
  'TIME=1000007\n\nTIME=1000002\nA=x\n\nTIME=1999999\n\n',
  '1000002-1999999:-*3 @46/7',
)
check(
  'another second is another row, as is one before it',
  `${ONE}TIME=2000000\n\n${ONE}TIME=0\nLEVEL=0\n\n`,
  '1000001-1000001:6*1 2000000-2000000:-*1 1000001-1000001:6*1 0-0:0*1 @74/11',
)
check(
  'each level is counted by itself',
  `${ONE}${ONE}TIME=1000000\nLEVEL=9\n\nTIME=1000000\n\n`,
  '1000000-1000001:6*2+9*1+-*1 @80/11',
)
check('empty lines before entries are passed', `\n\n${ONE}\n`, '1000001-1000001:6*1 @25/6')
check('empty values count for nothing', `TIME=\nLEVEL=\n${ONE}`, '1000001-1000001:6*1 @35/5')
check('an entry that is not ended is left', `${ONE}TIME=1000002\n`, '1000001-1000001:6*1 @22/3')
check('so is one whose line is cut', `${ONE}TIME=1000002`, '1000001-1000001:6*1 @22/3')
check('so is one whose name is cut', `${ONE}TI`, '1000001-1000001:6*1 @22/3')
check('sized values may hold anything', `${sized('B', 'x\n\nTIME=7\n')}${ONE}`, '1000001-1000001:6*1 @43/9')
check('line feeds of a size are counted', `${sized('B', '0123456789')}${ONE}`, '1000001-1000001:6*1 @43/6')
check('a size that is cut is left', Buffer.from(`B\n\x01\0\0\0`), '@0/0')
check('a sized value that is cut is left', sized('B', 'xy', 3), '@0/0')
check('a size beyond all memory is left', sized('B', 'xy', 2 ** 52), '@0/0')
check('a sized value without its line feed is left', `${sized('B', 'xy', 1)}${ONE}`, '@0/0')
check('a name may have 64 bytes', `${'N'.repeat(64)}=1\n${ONE}`, '1000001-1000001:6*1 @89/4')
check('an entry that ends where others are looked for is counted', ONE, '1000001-1000001:6*1 @22/3', 21)
check('one that ends behind is not', ONE, '@0/0', 20)
for (const [what, field] of Object.entries({
  'a longer name': `${'N'.repeat(65)}=1\n`,
  'a name of small letters': 'name=1\n',
  'no name': '=1\n',
  'no sign': 'NAME 1\n',
  'a second time': 'TIME=1000001\n',
  'a second level': 'LEVEL=6\n',
  'a level of two digits': 'LEVEL=06\n',
  'a level in letters': 'LEVEL=e\n',
  'a sized time': sized('TIME', '7'),
  'a sized level': sized('LEVEL', '7'),
  'a carriage return': '\r\n',
}))
  check(`${what} leaves the entry to others`, `${ONE}${field}${ONE}`, '1000001-1000001:6*1 @22/3')
for (const time of ['-1', '1.5', '12345678901234567', '9007199254740992', ' 1', '0x1'])
  check(`the time ${time} leaves the entry to others`, `${ONE}TIME=${time}\n\n`, '1000001-1000001:6*1 @22/3')
check('so does no time at all', 'LEVEL=6\n\n', '@0/0')
check(
  'times reach as far as numbers are exact',
  'TIME=9007199254740991\n\n',
  '9007199254740991-9007199254740991:-*1 @23/2',
)

test('more seconds than there is room for go on where the last call stopped', { skip }, () => {
  const content = Buffer.from(Array.from({ length: 400 }, (_, second) => `TIME=${second * 1_000_000}\n\n`).join(''))
  let seconds = 0
  let at = 0
  let feeds = 0
  for (let calls = 0; at < content.length && calls < 10; calls++) {
    const numbers = counted(content, { at })
    seconds += (numbers.length - 2) / 13
    at = (numbers.at(-2) ?? 0) - START
    feeds += numbers.at(-1) ?? 0
  }
  assert.deepEqual([seconds, at, feeds], [400, content.length, 800])
})

test('a name over 64 bytes is refused', { skip }, () => {
  const shape = { ...SHAPE, level: Buffer.from('L'.repeat(65)) }
  assert.throws(() => lines?.entries({ from: 0, to: 0, until: 0 }, shape), { code: 'shape-too-long' })
})
