// The star: which file may import what, that no circle exists, and that files and functions stay small.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const SRC = fileURLToPath(new URL('../src/', import.meta.url))
const TRADES = ['sources', 'logs', 'packets', 'language', 'engine', 'store', 'report', 'tickets']
const FILE_LINES = 300
const FUNCTION_LINES = 60

interface Code {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

const files: Code[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.as.ts') && !path.includes('.generated.'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8')
    const found = text.matchAll(
      /^(?:import|export|\})[^'"`;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm,
    )
    return { path, text, imports: [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '') }
  })

/** The room of a file: its folder under src, or `spine` for the files that lie there themselves. */
function room(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : 'spine'
}

function inner(code: Code): string[] {
  return code.imports
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(SRC, resolve(SRC, dirname(code.path), name)))
    .filter((path) => path.endsWith('.ts'))
}

function mayImport(from: string, to: string): boolean {
  if (from === to || to === 'model') return true
  if (from === 'spine') return to !== 'cli'
  return from === 'cli'
}

test('a file imports its own folder and the floors beneath it only', () => {
  const wrong = files.flatMap((code) =>
    inner(code)
      .filter((path) => !mayImport(room(code.path), room(path)))
      .map((path) => `${code.path} imports ${path}`),
  )
  assert.deepEqual(wrong, [])
})

test('every folder is a trade, the model or the command line', () => {
  const rooms = new Set(files.map((code) => room(code.path)))
  for (const name of ['spine', 'model', 'cli', ...TRADES]) rooms.delete(name)
  assert.deepEqual([...rooms], [])
})

test('a trade is entered through its index', () => {
  const wrong = files.flatMap((code) =>
    inner(code)
      .filter((path) => room(path) !== room(code.path) && room(path) !== 'spine' && !/^[a-z]+\/index\.ts$/.test(path))
      .map((path) => `${code.path} imports ${path}`),
  )
  assert.deepEqual(wrong, [])
})

test('each npm package is imported by exactly one folder', () => {
  const rooms = new Map<string, Set<string>>()
  for (const code of files)
    for (const name of code.imports.filter((one) => !one.startsWith('.') && !one.startsWith('node:'))) {
      const parts = name.split('/')
      const bare = name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? name)
      rooms.set(bare, (rooms.get(bare) ?? new Set()).add(room(code.path)))
    }
  assert.deepEqual(
    [...rooms].filter(([, where]) => where.size > 1).map(([name, where]) => `${name}: ${[...where].join(', ')}`),
    [],
  )
})

test('the model imports nothing from outside', () => {
  const wrong = files.filter(
    (code) => room(code.path) === 'model' && code.imports.some((name) => !name.startsWith('./')),
  )
  assert.deepEqual(
    wrong.map((code) => code.path),
    [],
  )
})

test('no import runs in a circle, types included', () => {
  const graph = new Map(files.map((code) => [code.path, inner(code)]))
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' > '))
    if (done.has(path) || way.includes(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...way, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  assert.deepEqual(circles, [])
})

// The built program takes from its parts what they export as they have run (.ci/load.mjs).
test('what is exported never changes', () => {
  const wrong = files.filter((code) => /^export (?:let|var) /m.test(code.text))
  assert.deepEqual(
    wrong.map((code) => code.path),
    [],
  )
})

test('files stay under 300 lines and open with a sentence', () => {
  const long = files.filter((code) => code.text.split('\n').length > FILE_LINES && !isTable(code.text))
  assert.deepEqual(
    long.map((code) => code.path),
    [],
  )
  const silent = files.filter((code) => !/^(#!.*\n)?\/\/ \S.{15,}\n/.test(code.text))
  assert.deepEqual(
    silent.map((code) => code.path),
    [],
  )
})

/** A table of data may be long: files that say so in their first line. */
function isTable(text: string): boolean {
  return /^\/\/ (Table|Data):/.test(text)
}

test('functions stay under 60 lines', () => {
  const long = files.flatMap((code) =>
    functionLengths(code.text)
      .filter(({ lines }) => lines > FUNCTION_LINES)
      .map(({ name, lines }) => `${code.path} ${name}: ${lines}`),
  )
  assert.deepEqual(long, [])
})

/** Functions and methods by the brace that closes at the indentation they opened with: the formatter guarantees it. */
function functionLengths(text: string): { name: string; lines: number }[] {
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    const opened = /^(\s*)(?:export )?(?:async )?(?:static )?(?:function\*? )?([#\w]+)\s*(?:<[^>]*>)?\(.*\{$/.exec(line)
    if (opened === null || /^(if|for|while|switch|catch|return)$/.test(opened[2] ?? '')) return []
    const end = lines.findIndex((other, index) => index > at && other.startsWith(`${opened[1]}}`))
    return end < 0 ? [] : [{ name: opened[2] ?? '', lines: end - at + 1 }]
  })
}
