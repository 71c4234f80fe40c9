// The terminal: which stream takes what, colours, width, progress.
import { fstatSync } from 'node:fs'
import { notWritable } from '../model/index.ts'
import { writeAll, writeWhole } from './write-file.ts'

export type ColorChoice = 'auto' | 'always' | 'never'

/** NO_COLOR and FORCE_COLOR as no-color.org and Node say; `auto` looks at the stream. */
export function colorOf(choice: ColorChoice, stream: NodeJS.WriteStream): 'always' | 'never' {
  if (choice !== 'auto') return choice
  if (process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== '') return 'never'
  if (process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== '0') return 'always'
  return stream.isTTY && process.env.TERM !== 'dumb' ? 'always' : 'never'
}

export function widthOf(stream: NodeJS.WriteStream): number {
  return Math.max(40, Math.min(stream.columns ?? 100, 160))
}

/** Writes data to stdout and waits until it is taken. */
export function print(text: string): Promise<void> {
  return written(text.endsWith('\n') ? text : `${text}\n`)
}

/**
 * Writes data to stdout. Of a file Node does not look how much it took: on a full disk the rest would be lost without a
 * word.
 * @throws FaultlineError `not-writable` where stdout is a file; else its stream tells
 */
export function put(text: string, taken: () => void = () => {}): void {
  if (!isFile(STDOUT)) return void process.stdout.write(text, taken)
  try {
    writeAll(STDOUT, Buffer.from(text))
  } catch (cause) {
    throw notWritable('the output', cause)
  }
  taken()
}

const STDOUT = 1

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile()
  } catch {
    return false
  }
}

/** Opened when it is first read, which takes its time. */
export const standardInput: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
}

/** A sentence for the person, beside the data. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** `-` is stdout; a file appears whole under its name, readable by its owner only. */
export async function output(path: string | undefined, text: string): Promise<void> {
  if (path === undefined || path === '-') return print(text)
  writeWhole(path, [text])
}

const PIECE = 1 << 16

/** As `output`, for a text that is not held whole; ends in a newline. */
export async function outputPieces(path: string | undefined, pieces: Iterable<string>): Promise<void> {
  if (path !== undefined && path !== '-') return writeWhole(path, gathered(pieces))
  for (const block of gathered(pieces)) await written(block)
}

function written(text: string): Promise<void> {
  return new Promise((resolve) => put(text, resolve))
}

function* gathered(pieces: Iterable<string>): Generator<string> {
  let block = ''
  for (const piece of pieces) {
    block += piece
    if (block.length < PIECE) continue
    yield block
    block = ''
  }
  yield block
}

const DRAWN_EVERY_MS = 100

/** One line on stderr, redrawn; nothing where stderr is no terminal. */
export function progressLine(isQuiet: boolean): { update(bytes: number, total: number): void; clear(): void } {
  const stream = process.stderr
  if (isQuiet || !stream.isTTY) return { update: () => {}, clear: () => {} }
  const started = performance.now()
  let drawn = 0
  return {
    update(bytes, total) {
      const now = performance.now()
      if (now - drawn < DRAWN_EVERY_MS) return
      drawn = now
      stream.write(`\r\u001b[K${progressText(bytes, total, (now - started) / 1000)}`)
    },
    clear: () => void stream.write('\r\u001b[K'),
  }
}

/** `12.0 of 500.0 MB, 240 MB/s, 2 s left` */
export function progressText(bytes: number, total: number, seconds: number): string {
  const megabytes = (count: number) => (count / 1e6).toFixed(1)
  const rate = bytes / Math.max(seconds, 0.001)
  const left = total > bytes && rate > 0 ? `, ${Math.ceil((total - bytes) / rate)} s left` : ''
  return `${megabytes(bytes)}${total > 0 ? ` of ${megabytes(total)}` : ''} MB, ${Math.round(rate / 1e6)} MB/s${left}`
}
