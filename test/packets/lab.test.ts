import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { read, tell } from './read.ts'

const LAB = new URL('../../../shared/corpora/pcaps-lab/', import.meta.url)

/** What is said of real captures of known faults, where they are at hand. */
function check(capture: string, kind: string, fields: string, expected: readonly string[]): void {
  const file = new URL(`${capture}.pcap`, LAB)
  const skip = existsSync(file) ? false : 'the lab captures are not here'
  test(`${capture} says ${kind}`, { skip }, async () => {
    const { facts } = await read(readFileSync(file))
    assert.deepEqual([...new Set(tell(facts, kind, fields))], expected)
  })
}

check('network.filtered', 'tcp.unanswered', 'server port tries', ['server=10.78.0.1 port=7100 tries=7'])
check('network.refused', 'tcp.refused', 'server port middlebox', ['server=10.78.0.1 port=7999 middlebox=false'])
check('network.refused', 'tcp.unanswered', 'port', [])
check('network.rejected', 'icmp.unreachable', 'port code reason', [
  'port=7101 code=13 reason=admin-prohibited',
  'port=7102 code=1 reason=host',
])
check('network.rejected', 'tcp.unanswered', 'port', [])
check('network.reset', 'tcp.reset', 'by sent received', ['by=server sent=20 received=7'])
check('network.backpressure', 'tcp.closed_window', 'by port duration', ['by=server port=7001 duration=3958511'])
check('network.mtu', 'tcp.blackhole', 'by size tries', ['by=server size=1448 tries=4'])
check('network.mtu-icmp', 'icmp.too_big', 'from mtu', ['from=10.79.1.254 mtu=1280'])
check('network.loss', 'tcp.traffic', 'segments resent out_of_order', [
  'segments=278 resent=0 out_of_order=0',
  'segments=321 resent=18 out_of_order=49',
  'segments=279 resent=0 out_of_order=0',
])
check('http.status', 'tcp.reset', 'port', [])
check('tls.ok-1.3', 'tcp.reset', 'port', [])
