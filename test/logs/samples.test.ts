import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText } from './reading-bench.ts'

/** The facts of such output, each as its kind and its fields without the host. */
async function check(lines: readonly string[], ...facts: readonly (readonly [string, object])[]): Promise<void> {
  const read = await readText(`${lines.join('\n')}\n`, { year: 2026 })
  assert.deepEqual(
    read.facts.map(({ kind, fields: { host: _, ...fields } }) => [kind, fields]),
    facts,
  )
}

test('echoes are counted with what they carry', async () => {
  await check(
    [
      'PING db.example (192.0.2.20) 1472(1500) bytes of data.',
      '3 packets transmitted, 0 received, +3 errors, 100% packet loss',
    ],
    ['host.ping', { target: '192.0.2.20', size: 1472, sent: 3, received: 0, loss: 1 }],
  )
  await check(
    ['PING 192.0.2.20 (192.0.2.20): 56 data bytes', '4 packets transmitted, 3 packets received, 25.0% packet loss'],
    ['host.ping', { target: '192.0.2.20', size: 56, sent: 4, received: 3, loss: 0.25 }],
  )
  await check(
    [
      'Pinging a.example [192.0.2.20] with 32 bytes of data:',
      '    Packets: Sent = 4, Received = 3, Lost = 1 (25% loss),',
    ],
    ['host.ping', { target: '192.0.2.20', size: 32, sent: 4, received: 3, loss: 0.25 }],
  )
  await check(['3 packets transmitted, 0 received, 100% packet loss'])
})

test('sockets tell their queues, their timer and what holds them up', async () => {
  const head = 'State    Recv-Q Send-Q Local Address:Port  Peer Address:Port Process'
  const ends = { client: '203.0.113.9', server: '2001:db8::7', port: 8080 }
  await check(
    [
      head,
      'ESTAB    0      2621440 [2001:db8::7]:8080     203.0.113.9:51233 timer:(persist,26sec,6)',
      '\t cubic wscale:7,7 rto:204 mss:1448 bytes_sent:1000000 bytes_retrans:60000 rwnd_limited:88124ms(97.1%)',
      'LISTEN   0      128    0.0.0.0:22     0.0.0.0:*',
    ],
    ['host.socket', { ...ends, recv_queue: 0, send_queue: 2_621_440, timer: 'persist', tries: 6 }],
    ['host.socket', { ...ends, limited: 0.971, sent: 1_000_000, resent_share: 0.06 }],
  )
})

test('links are counted by the way packets went', async () => {
  const counts = { packets: 2000, errors: 100, dropped: 7, error_share: 0.05 }
  await check(
    [
      '2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000',
      '    RX:  bytes packets errors dropped  missed   mcast',
      '     987654    2000    100       7       0       0',
    ],
    ['host.link', { device: 'eth0', direction: 'receive', ...counts }],
  )
  await check(
    [
      'Inter-|   Receive                                                |  Transmit',
      ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop',
      '  eth1: 987654    2000  100    7    0     0          0         0   887654    1134    0    0    0     0       0          0',
    ],
    ['host.link', { device: 'eth1', direction: 'receive', ...counts }],
  )
})

test('segments are counted from the start, and from the last time they were stated', async () => {
  const heads = 'Tcp: RtoAlgorithm OutSegs RetransSegs'
  await check(
    [heads, 'Tcp: 1 10000 100', 'Tcp: 1 12000 300'],
    ['host.tcp', { segments: 10_000, resent: 100, resent_share: 0.01, since: 'start' }],
    ['host.tcp', { segments: 2000, resent: 200, resent_share: 0.1, since: 'last' }],
  )
  await check(
    ['node_netstat_Tcp_OutSegs 1.0e+06', 'node_netstat_Tcp_RetransSegs 20000'],
    ['host.tcp', { segments: 1_000_000, resent: 20_000, resent_share: 0.02, since: 'start' }],
  )
})

test('pressure and throttling are told by control group and resource', async () => {
  const averages = { avg10: 0.9211, avg60: 0.882, avg300: 0.714 }
  const row = 'avg10=92.11 avg60=88.20 avg300=71.40 total=912312312'
  await check([`some ${row}`], ['host.pressure', { resource: null, kind: 'some', ...averages }])
  await check(
    [`/proc/pressure/io:full ${row}`, '==> /sys/fs/cgroup/a.slice/cpu.pressure <==', `some ${row}`],
    ['host.pressure', { resource: 'io', kind: 'full', ...averages }],
    ['host.pressure', { resource: 'cpu', kind: 'some', ...averages }],
  )
  await check(
    ['nr_periods 4000', 'nr_throttled 1000', 'nr_periods 0', 'nr_throttled 0'],
    ['host.throttled', { pod: null, periods: 4000, throttled: 1000, share: 0.25 }],
  )
})
