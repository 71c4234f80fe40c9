import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceView } from '../../src/engine/index.ts'
import { piecesOf } from '../../src/engine/pieces.ts'
import { Tally } from '../../src/model/index.ts'

type Told = readonly [path: string, first: number | null, last: number | null, reader?: string]

function check(name: string, told: readonly Told[], expected: readonly number[]): void {
  const sources = told.map(([path, first, last, reader = 'text']): SourceView => {
    return { path, reader, records: 1, first, last, bytes: 0, isCapture: false, tally: new Tally(), shift: 0 }
  })
  test(name, () => {
    const pieces = piecesOf(sources.keys(), sources)
    assert.deepEqual(
      told.map((_, rank) => pieces.get(rank)),
      expected,
    )
  })
}

check(
  'a ring of captures is one',
  [
    ['c/net.pcap0', 0, 9],
    ['c/net.pcap1', 9, 18],
    ['c/net.pcap2', 18, 30],
  ],
  [0, 0, 0],
)
check(
  'numbers and dates tell pieces apart',
  [
    ['ring_00001_20250301.pcap', 0, 9],
    ['ring_00002_20250301.pcap', 9, 18],
  ],
  [0, 0],
)
check(
  'a rotated log goes on in the next',
  [
    ['a.tar!app.log', 20, 30],
    ['a.tar!app.log.1', 10, 20],
    ['a.tar!app.log.2.gz', 0, 10],
  ],
  [2, 2, 2],
)
check(
  'instances that ran at one time are two',
  [
    ['app-1.log', 0, 30],
    ['app-2.log', 1, 31],
  ],
  [0, 1],
)
check(
  'each instance goes on in its own',
  [
    ['app-1.log', 0, 9],
    ['app-2.log', 1, 12],
    ['app-3.log', 10, 20],
  ],
  [0, 1, 0],
)
check(
  'other folders, names and formats are others',
  [
    ['a/app.log', 0, 9],
    ['b/app.log', 9, 18],
    ['a/web.log', 9, 18],
    ['a/app.log.1', 9, 18, 'json'],
  ],
  [0, 1, 2, 3],
)
check(
  'what tells no time stands alone',
  [
    ['app.log', null, null],
    ['app.log.1', null, null],
  ],
  [0, 1],
)
