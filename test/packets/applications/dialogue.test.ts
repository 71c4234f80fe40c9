import assert from 'node:assert/strict'
import { test } from 'node:test'
import { APPLICATIONS } from '../../../src/packets/applications/index.ts'
import { client, hex, play, type Step, server } from './play.ts'

/** Whether the client awaits an answer after these chunks. */
function check(name: string, steps: readonly Step[], expected: boolean): void {
  const application = APPLICATIONS.find((candidate) => candidate.name === name)
  assert.ok(application !== undefined)
  assert.equal(play(application, steps).awaiting, expected, name)
}

test('a question awaits an answer, a farewell none', () => {
  check('redis', [client('*1\r\n$4\r\nPING\r\n')], true)
  check('redis', [client('*1\r\n$4\r\nPING\r\n'), server('+PONG\r\n')], false)
  check('postgresql', [client('Q\0\0\0\x0dSELECT 1\0')], true)
  check('postgresql', [client('X\0\0\0\x04')], false)
  check('mysql', [client(hex('01000000 01'))], false)
  check('mqtt', [client(hex('e000'))], false)
  check('http', [client('GET / HTTP/1.1\r\n\r\n')], true)
  check('http', [client('GET / HTTP/1.1\r\n\r\n'), server('HTTP/1.1 204 No\r\n\r\n')], false)
  check('tls', [client(hex(`17 0303 0028 ${'00'.repeat(40)}`))], true)
  check('tls', [client(hex(`17 0303 0013 ${'00'.repeat(19)}`))], false)
  check('tls', [client(hex(`15 0303 001a ${'00'.repeat(26)}`))], false)
})
