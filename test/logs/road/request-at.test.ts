import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestAt } from '../../../src/logs/road/request-at.ts'

function check(
  line: string,
  expected: readonly [status: number, duration: number | null] | null,
  durationKey = ' rt=',
): void {
  test(line, () => {
    const bytes = Buffer.from(line)
    const found = requestAt({ durationKey, shape: null }, { bytes, from: 0, to: bytes.length })
    assert.deepEqual(found === null ? null : [found.status, found.duration], expected)
  })
}

const HEAD = '192.0.2.5 - - [20/Nov/2026:22:46:05 +0000]'
check(`${HEAD} "GET /a HTTP/1.1" 200 11 "-" "x" rt=0.003`, [200, 3000])
check(`${HEAD} "GET /\\"a HTTP/1.1" 404 11 "-" "x"`, [404, null], '')
check(`${HEAD} "GET /a HTTP/1.1" 503 11 "-" "x" rt=0.003`, null)
check(`${HEAD} "GE" /a HTTP/1.1" 200 11 "-" "x" rt=0.003`, null)
check(`${HEAD} "GET /a HTTP/1.1" 2e2 11 "-" "x" rt=0.003`, null)
check(`${HEAD} "GET /a HTTP/1.1" 099 11 "-" "x" rt=0.003`, null)
check(`${HEAD} "GET /a HTTP/1.1" 20`, null)
