import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SourceClock } from '../../../src/logs/time/clock.ts'
import { uptimeStamp } from '../../../src/logs/time/number.ts'
import { readStamp } from '../../../src/logs/time/read-stamp.ts'
import { formatInstant } from '../../../src/model/index.ts'

interface Hints {
  readonly zone?: string
  readonly year?: number
  readonly stated?: number
  readonly modified?: string
}

function clockOf({ zone, year, stated, modified }: Hints): SourceClock {
  const at = modified === undefined ? null : Date.parse(modified) * 1000
  return new SourceClock({ zone: zone ?? null, year: year ?? null, stated: stated ?? null, modified: at })
}

function check(what: string, hints: Hints, cases: readonly (readonly [string, string | null, string])[]): void {
  test(what, () => {
    const clock = clockOf(hints)
    for (const [text, time, quality] of cases) {
      const timed = clock.resolve(readStamp(text, 0))
      assert.deepEqual([text, formatInstant(timed.time), timed.quality], [text, time, quality])
    }
  })
}

check('a stated zone is exact', {}, [['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z', 'exact']])
check('no zone is taken as UTC', {}, [['2026-03-01 10:00:00', '2026-03-01T10:00:00.000Z', 'zone-assumed']])
check('a zone given counts, with its summer time', { zone: 'Europe/Zurich' }, [
  ['2026-03-01 10:00:00', '2026-03-01T09:00:00.000Z', 'zone-assumed'],
  ['2026-07-01 10:00:00', '2026-07-01T08:00:00.000Z', 'zone-assumed'],
])
check('a zone may be an offset', { zone: '-03:30' }, [
  ['2026-03-01 10:00:00', '2026-03-01T13:30:00.000Z', 'zone-assumed'],
])
check('the year given is that of the first time', { year: 2024 }, [
  ['Dec 31 23:59:59', '2024-12-31T23:59:59.000Z', 'year-inferred'],
  ['Jan  1 00:00:01', '2025-01-01T00:00:01.000Z', 'year-inferred'],
  ['Dec 31 23:59:58', '2024-12-31T23:59:58.000Z', 'year-inferred'],
  ['Jan  1 00:00:02', '2025-01-01T00:00:02.000Z', 'year-inferred'],
])
check('the last change of the file gives the year', { modified: '2026-01-03T00:00:00Z' }, [
  ['Dec 30 10:00:00', '2025-12-30T10:00:00.000Z', 'year-inferred'],
  ['Jan  2 10:00:00', '2026-01-02T10:00:00.000Z', 'year-inferred'],
])
check('logs of one year put behind one another stay in it', { modified: '2026-11-20T00:00:00Z' }, [
  ['Mar  3 10:00:00', '2026-03-03T10:00:00.000Z', 'year-inferred'],
  ['Nov 19 10:00:00', '2026-11-19T10:00:00.000Z', 'year-inferred'],
  ['Feb  3 10:00:00', '2026-02-03T10:00:00.000Z', 'year-inferred'],
  ['Oct 18 10:00:00', '2026-10-18T10:00:00.000Z', 'year-inferred'],
])
check('a log of several years goes on beyond the last change of its file', { modified: '2026-01-03T00:00:00Z' }, [
  ['Nov 30 10:00:00', '2025-11-30T10:00:00.000Z', 'year-inferred'],
  ['Jan  2 10:00:00', '2026-01-02T10:00:00.000Z', 'year-inferred'],
  ['May  2 10:00:00', '2026-05-02T10:00:00.000Z', 'year-inferred'],
  ['Dec 30 10:00:00', '2026-12-30T10:00:00.000Z', 'year-inferred'],
  ['Jan  2 10:00:00', '2027-01-02T10:00:00.000Z', 'year-inferred'],
])
check('a last change that no archive kept says nothing', { modified: '1970-01-01T00:00:00Z' }, [
  ['Dec 30 10:00:00', '1969-12-30T10:00:00.000Z', 'year-inferred'],
  ['Jan  5 10:00:00', '1970-01-05T10:00:00.000Z', 'year-inferred'],
])
check('29 February is kept', { year: 2024 }, [['Feb 29 10:00:00', '2024-02-29T10:00:00.000Z', 'year-inferred']])
check('without any hint there is no year', {}, [['Feb 28 10:00:00', null, 'none']])
check('a time of day goes on from the last date, over midnight', {}, [
  ['2026-03-01T23:59:00Z', '2026-03-01T23:59:00.000Z', 'exact'],
  ['23:59:30', '2026-03-01T23:59:30.000Z', 'year-inferred'],
  ['00:00:10', '2026-03-02T00:00:10.000Z', 'year-inferred'],
])

check(
  'times of day alone belong to the day of the file, until one tells another',
  { modified: '2026-03-01T12:00:00Z' },
  [
    ['23:59:30', '2026-03-01T23:59:30.000Z', 'date-inferred'],
    ['00:00:10', '2026-03-02T00:00:10.000Z', 'date-inferred'],
    ['2026-02-01T10:00:00Z', '2026-02-01T10:00:00.000Z', 'exact'],
    ['10:00:01', '2026-02-01T10:00:01.000Z', 'year-inferred'],
  ],
)

test('an uptime has a time once it is anchored', () => {
  const clock = clockOf({})
  assert.equal(clock.resolve(uptimeStamp(12.5, 0, 4)).time, null)
  clock.anchor(10_000_000, Date.parse('2026-03-01T10:00:10Z') * 1000)
  assert.equal(formatInstant(clock.resolve(uptimeStamp(12.5, 0, 4)).time), '2026-03-01T10:00:12.500Z')
})

test('the clock of a source is what most of its times say', () => {
  const clock = clockOf({})
  for (let second = 10; second < 20; second++)
    clock.count(clock.resolve(readStamp(`2026-03-01T10:00:${second}+02:00`, 0)).quality, 1)
  assert.deepEqual(clock.summary(), { zone: '+02:00', quality: 'exact', offset: 0 })
})
