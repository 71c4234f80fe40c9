import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RowTable } from '../../src/engine/row-table.ts'
import { type FieldValue, type Instant, MINUTE, SECOND } from '../../src/model/index.ts'
import { fact } from './events.ts'

interface Seen {
  readonly time: Instant | null
  readonly key: number
  readonly value: FieldValue
}

/** Rows as a map of texts has them, which is what they mean. */
function rowsOf(seen: readonly Seen[], widthOf: (rows: number) => number) {
  const rows = new Map<string, { first: Instant | null; last: Instant | null; count: number }>()
  for (const { time, key, value } of seen) {
    const width = widthOf(rows.size)
    const name = JSON.stringify([time === null ? null : [width, Math.floor(time / width)], key, value])
    const row = rows.get(name)
    if (row === undefined) rows.set(name, { first: time, last: time, count: 1 })
    else {
      row.count++
      if (time !== null && time < (row.first ?? 0)) row.first = time
      if (time !== null && time > (row.last ?? 0)) row.last = time
    }
  }
  return [...rows.values()]
}

function tableOf(seen: readonly Seen[], widthOf: (rows: number) => number): RowTable {
  const table = new RowTable()
  const said = { isQuoted: true, requestId: null, captures: {}, lead: 0 }
  for (const one of seen) {
    const same = { ...one, width: widthOf(table.length) }
    if (!table.fold(same)) table.append(same, { event: fact(0, 'test', {}), ...said })
  }
  return table
}

const SEEN = fc.record({
  time: fc.option(fc.integer({ min: 0, max: 5 * MINUTE })),
  key: fc.integer({ min: 0, max: 2 }),
  value: fc.constantFrom<FieldValue>(null, true, false, 0, 1.5, 'a', 'b'),
})

test('rows: events fold by bucket of time, key and value, whatever the width turns to', () => {
  const widthOf = (rows: number) => (rows < 10 ? 1 : rows < 30 ? SECOND : MINUTE)
  fc.assert(
    fc.property(fc.array(SEEN, { maxLength: 200 }), (seen) => {
      const table = tableOf(seen, widthOf)
      const rows = Array.from({ length: table.length }, (_, row) => ({
        first: table.time(row),
        last: table.last(row),
        count: table.count(row),
      }))
      assert.deepEqual(rows, rowsOf(seen, widthOf))
    }),
  )
})

test('rows: what an event says is given back', () => {
  const table = new RowTable()
  const same = { time: 5, key: 3, value: 'v', width: 1 }
  const packet = { kind: 'packet', packet: 7, offset: 2 ** 40, length: 60, digest: 0xfedcba98 } as const
  const line = { kind: 'line', line: 9, lineEnd: 12, offset: 4, length: 2, digest: 1 } as const
  const said = { isQuoted: true, requestId: 'r-1', captures: { took: 3 }, lead: 3 }
  table.append(same, { event: { ...fact(0, 'test', {}), place: packet, excerpt: 'as said' }, ...said })
  table.append(
    { ...same, time: null },
    { event: { ...fact(0, 'test', {}), place: line }, ...said, isQuoted: false, lead: 0 },
  )
  assert.deepEqual(table.place(0), packet)
  assert.deepEqual(table.place(1), line)
  assert.deepEqual([table.excerpt(0), table.excerpt(1)], ['as said', null])
  assert.deepEqual([table.captures(0), table.captures(1)], [{ took: 3 }, {}])
  assert.deepEqual([table.requestId(0), table.lead(0), table.lead(1), table.time(1)], ['r-1', 3, 0, null])
  assert.deepEqual([table.key(0), table.value(0), table.offset(0)], [3, 'v', 2 ** 40])
})
