import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readStamp } from '../../../src/logs/time/read-stamp.ts'

/** Without a year the year is 1972, without a date the day is 1970-01-01. */
function check(text: string, expected: string | null, lacks = 'nothing'): void {
  test(`reads ${text}`, () => {
    const stamp = readStamp(text, 0)
    const written = stamp === null ? null : new Date(Math.floor(stamp.at / 1000)).toISOString()
    assert.equal(written, expected)
    if (stamp !== null) assert.equal(stamp.lacks, lacks)
  })
}

check('2026-11-20T22:35:19.868Z', '2026-11-20T22:35:19.868Z')
check('2026-11-20 22:35:19,868', '2026-11-20T22:35:19.868Z')
check('2026-11-20T22:35:19.868+02:00', '2026-11-20T20:35:19.868Z')
check('2026-11-20T22:35:19-0500 x', '2026-11-21T03:35:19.000Z')
check('2018-08-06 04:06:33,229+05 INFO', '2018-08-05T23:06:33.229Z')
check('2026-02-25T11:07:18+01:00: failed', '2026-02-25T10:07:18.000Z')
check('2026-11-20 22:35:19 UTC [1]', '2026-11-20T22:35:19.000Z')
check('2026-11-20 22:35:19 CEST [1]', '2026-11-20T20:35:19.000Z')
check('2026/11/20 22:35:19 [error]', '2026-11-20T22:35:19.000Z')
check('2021-11-09  5:13:11 8 [Warning]', '2021-11-09T05:13:11.000Z')
check('2005-06-03-15.42.50.363779 R02', '2005-06-03T15:42:50.363Z')
check('2012-07-02 10:22:40,672:DEBUG', '2012-07-02T10:22:40.672Z')
check("2026:11:20-22:35:19: '192.0.2.7'", '2026-11-20T22:35:19.000Z')
check('1.795214119868e+09\tINFO', '2026-11-20T22:35:19.868Z')
check('1.795214119e+09\tINFO', '2026-11-20T22:35:19.000Z')
check('22:35:19.868Z  INFO', '1970-01-01T22:35:19.868Z', 'date')
check('20171223-22:15:29:606|Step', '2017-12-23T22:15:29.606Z')
check('20120702.102240,672:DEBUG', '2012-07-02T10:22:40.672Z')
check('Nov 20 22:35:19 host', '1972-11-20T22:35:19.000Z', 'year')
check('Nov  3 09:23:38 host', '1972-11-03T09:23:38.000Z', 'year')
check('Sep 8 07:46:30 host', '1972-09-08T07:46:30.000Z', 'year')
check('May 16 00:28:21.422694 INF', '1972-05-16T00:28:21.422Z', 'year')
check('août 19 11:08:37 host', '1972-08-19T11:08:37.000Z', 'year')
check('Nov 10, 2015 8:52:38 AM org', '2015-11-10T08:52:38.000Z')
check('Nov 10, 2015 12:00:01 AM org', '2015-11-10T00:00:01.000Z')
check('Nov 10, 2015 @ 08:52:38.120', '2015-11-10T08:52:38.120Z')
check('02:00:01 PM all', '1970-01-01T14:00:01.000Z', 'date')
check('12:00:01 AM all', '1970-01-01T00:00:01.000Z', 'date')
check('2026-11-20 10:35:19 pm x', '2026-11-20T22:35:19.000Z')
check('11/20/2026 10:35:19pm x', '2026-11-20T22:35:19.000Z')
check('Nov-20 22:35:19.868 [main]', '1972-11-20T22:35:19.868Z', 'year')
check('nov/20/2026 22:35:19 system', '2026-11-20T22:35:19.000Z')
check('20-NOV-2026 22:35:19 * (', '2026-11-20T22:35:19.000Z')
check('20Nov2026 22:35:19.868] x', '2026-11-20T22:35:19.868Z')
check('20-Nov 22:35 dir JobId', '1972-11-20T22:35:00.000Z', 'year')
check('20/11/2026 -- 22:35:19 - <Error>', '2026-11-20T22:35:19.000Z')
check('6/17/26 22:35:19:868 UTC]', '2026-06-17T22:35:19.868Z')
check('17/6/26 22:35:19 x', '2026-06-17T22:35:19.000Z')
check('11/20-22:35:19.868123  [**]', '1972-11-20T22:35:19.868Z', 'year')
check('2026 Nov 20 22:35:19.868 r1', '2026-11-20T22:35:19.868Z')
check('20261120:223519.868 failed', '2026-11-20T22:35:19.868Z')
check('Nov 20 22:35:19 2026 host', '2026-11-20T22:35:19.000Z')
check('Nov 20 22:35:19 CET host', '1972-11-20T21:35:19.000Z', 'year')
check('Fri 20 Nov 2026 10:35:19 PM CET begin', '2026-11-20T21:35:19.000Z')
check('Friday, 20-Nov-26 22:35:19 UTC', '2026-11-20T22:35:19.000Z')
check('20-11-2026 22:35:19 x', '2026-11-20T22:35:19.000Z')
check('11-20-2026 22:35:19 x', '2026-11-20T22:35:19.000Z')
check('2026年11月20日 22:35:19 x', '2026-11-20T22:35:19.000Z')
check('20261120223519 x', '2026-11-20T22:35:19.000Z')
check('2026_11_20 22:35:19 x', '2026-11-20T22:35:19.000Z')
check('juil. 20 22:35:19 host', '1972-07-20T22:35:19.000Z', 'year')
check('ene 20 22:35:19 host', '1972-01-20T22:35:19.000Z', 'year')
check('Mon Dec 26 16:22:08 2016', '2016-12-26T16:22:08.000Z')
check('Fri Sep 09 10:42:29.902022 2011', '2011-09-09T10:42:29.902Z')
check('Wed May 19 12:00:02 UTC 2021 x', '2021-05-19T12:00:02.000Z')
check('Thu, 14 Oct 2021 15:24:12.023984 UTC', '2021-10-14T15:24:12.023Z')
check('Jan  8 2013 11:11:11 host', '2013-01-08T11:11:11.000Z')
check('20/Nov/2026:22:46:04 +0000', '2026-11-20T22:46:04.000Z')
check('26/Dec/2016:16:16:29 +0200', '2016-12-26T14:16:29.000Z')
check('20 Nov 2026 22:46:02.175 *', '2026-11-20T22:46:02.175Z')
check('30 May 10:03:19 -', '1972-05-30T10:03:19.000Z', 'year')
check('28-Mar-2022 07:01:48.459 INFO', '2022-03-28T07:01:48.459Z')
check('7-Jun-2015::03:42:13 ===', '2015-06-07T03:42:13.000Z')
check('17/06/09 20:10:40 INFO', '2017-06-09T20:10:40.000Z')
check('01/25/22 16:08:02.393003 web', '2022-01-25T16:08:02.393Z')
check('08/02/2023, 7:32:47 PM', '2023-08-02T19:32:47.000Z')
check('07/11/2022-10:29:01.860293', '2022-07-11T10:29:01.860Z')
check('161209 13:08:33 mysqld', '2016-12-09T13:08:33.000Z')
check('080401  0:08:01', '2008-04-01T00:08:01.000Z')
check('081109 203615 148 INFO', '2008-11-09T20:36:15.000Z')
check('03-17 16:13:38.811  1702', '1972-03-17T16:13:38.811Z', 'year')
check('22:35:19.868 foo', '1970-01-01T22:35:19.868Z', 'date')
check('1697048351.000001 exec', '2023-10-11T18:19:11.000Z')
check('1795214763214', '2026-11-20T22:46:03.214Z')
check('1795214762694290', '2026-11-20T22:46:02.694Z')
check('@40000000433225833b6e1a8c tcpserver', '2005-09-22T03:31:05.997Z')
check('2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z')
check('2026-13-20T22:35:19Z', null)
check('2026-11-20', null)
check('10.0.0.1 - -', null)
check('Monday is a day', null)
check('12345', null)

// Go says the zone twice; some write no seconds, or the day of the year.
check('2026-11-20 22:35:19.868123 +0000 UTC ERROR', '2026-11-20T22:35:19.868Z')
check('2026-11-20 23:35:19 +0100 CET m=+0.1', '2026-11-20T22:35:19.000Z')
check('2026-11-20T22:35Z started', '2026-11-20T22:35:00.000Z')
check('2026-11-20 22:35 started', '2026-11-20T22:35:00.000Z')
check('2026-11-20 22:3 started', null)
check('2026-324T22:35:19.868Z x', '2026-11-20T22:35:19.868Z')
check('2026:324:22:35:19.868 x', '2026-11-20T22:35:19.868Z')
check('2026-367T22:35:19 x', null)

test('the zone ends behind the name that says it again, and before a word that does not', () => {
  const ends = [
    '2026-11-20 22:35:19 +0000 UTC x',
    '2026-11-20 22:35:19 +0000 INFO x',
    '2026-11-20 22:35:19 +0000 EST x',
  ]
  assert.deepEqual(
    ends.map((text) => readStamp(text, 0)?.end),
    [29, 25, 25],
  )
})

test('a time of syslog is the same with a fraction of none behind it', () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'))
  const month = fc.constantFrom('Jan', 'Feb', 'Jun', 'Sep', 'Dec', 'anF', 'XyZ')
  const day = fc.integer({ min: 0, max: 40 }).map((value) => String(value).padStart(2, ' '))
  fc.assert(
    fc.property(month, day, two(30), two(70), two(70), (name, date, hour, minute, second) => {
      const text = `${name} ${date} ${hour}:${minute}:${second}`
      const [plain, exact] = [`${text} host app: x`, `${text}.0 host app: x`].map((line) => readStamp(line, 0))
      assert.deepEqual(plain, exact == null ? null : { ...exact, end: exact.end - 2 })
    }),
  )
})
