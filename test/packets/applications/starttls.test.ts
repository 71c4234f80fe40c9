import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../../src/model/index.ts'
import { startTlsOver } from '../../../src/packets/applications/starttls.ts'
import { tls } from '../../../src/packets/applications/tls/tls.ts'
import { client, hex, play, server, summary } from './play.ts'

test('mail that starts TLS', () => {
  const [smtp] = startTlsOver(tls)
  const hello = hex(`16 0301 0031 01 00002d 0303 ${'00'.repeat(32)} 00 0002 002f 0100 0002 0000`)
  const steps = [server('220 mx ESMTP\r\n'), client('STARTTLS\r\n'), server('220 go\r\n'), client(hello)]
  const expected: readonly Fields[] = [{ kind: 'tls.hello', version: 'TLSv1.2' }]
  assert.deepEqual(summary(play(smtp, steps), 'version'), expected)
})

test('mail that never does', () => {
  const [smtp] = startTlsOver(tls)
  assert.deepEqual(play(smtp, [server('220 mx ESMTP\r\n'), client('EHLO a\r\n'), client('QUIT\r\n')]).tls, [])
})
