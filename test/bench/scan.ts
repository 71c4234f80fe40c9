// The scanner alone, as a program: counts the lines of a file that hold a literal, as `rg -c -a -F -f` does.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { createPlainScanner, createScanner } from '../../src/engine/scanner/index.ts'

const BLOCK = 2 ** 20
const [file, list, kind] = process.argv.slice(2)
const literals = readFileSync(list, 'utf8')
  .split('\n')
  .filter((text) => text !== '')
  .map((text) => ({ text, anyCase: kind === 'blind' }))
const scanner = kind === 'plain' ? createPlainScanner(literals) : createScanner(literals)
const { memory } = scanner
const buffer = Buffer.from(memory.buffer, memory.byteOffset, memory.length)

/** Lines with a literal among the whole lines of [0, end). */
function count(end: number): number {
  let lines = 0
  for (let at = scanner.find(memory, 0, end); at >= 0; lines++) {
    const next = buffer.indexOf(10, at)
    if (next < 0 || next >= end) return lines + 1
    at = scanner.find(memory, next + 1, end)
  }
  return lines
}

const handle = openSync(file, 'r')
let lines = 0
let carried = 0
for (;;) {
  const read = readSync(handle, memory, carried, Math.min(BLOCK, memory.length - carried), null)
  if (read === 0) break
  const filled = carried + read
  const whole = buffer.lastIndexOf(10, filled - 1) + 1
  lines += count(whole)
  buffer.copyWithin(0, whole, filled)
  carried = filled - whole
}
closeSync(handle)
console.log(lines + count(carried))
