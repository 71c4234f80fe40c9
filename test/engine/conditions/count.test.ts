import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, found, REMEDY, record } from '../events.ts'

const refused = `signal refused from log where message has "refused {server:ip}:{port:int}"
cause network.refused title "t" severity high key server, port`

function check(name: string, when: string, times: readonly number[], expected: readonly string[]): void {
  test(name, async () => {
    const events = times.map((at) => record(at, 'connect refused 192.0.2.7:80'))
    assert.deepEqual(await found(`${refused} strong when ${when} ${REMEDY}`, events), expected)
  })
}

check('below the threshold there is nothing', '3 refused within 10s', [0, 1], [])
check(
  'a window includes both its ends',
  '3 refused within 10s',
  [0, 5, 10],
  ['network.refused root 192.0.2.7,80 0-10 x3'],
)
check('one microsecond more is outside', '3 refused within 10s', [0, 5, 10.000001], [])
check(
  'windows slide and are never aligned',
  '3 refused within 10s',
  [8, 9, 17.9],
  ['network.refused root 192.0.2.7,80 8-17.9 x3'],
)
check(
  'overlapping windows are one episode',
  '2 refused within 10s',
  [0, 9, 18],
  ['network.refused root 192.0.2.7,80 0-18 x3'],
)
check(
  'episodes far apart are two',
  '2 refused within 10s',
  [0, 1, 900, 901],
  ['network.refused root 192.0.2.7,80 0-1 x2', 'network.refused root 192.0.2.7,80 900-901 x2'],
)
check('without a window one is enough', 'refused', [3], ['network.refused root 192.0.2.7,80 3-3 x1'])

test('keys are counted apart', async () => {
  const events = [0, 1, 2, 3].map((at) => record(at, `connect refused 192.0.2.${at % 2}:80`))
  assert.deepEqual(await found(`${refused} strong when 3 refused within 10s ${REMEDY}`, events), [])
})

test('an unknown key part never equals another source’s unknown part', async () => {
  const rule = `signal late from log where message has "late" cause upstream.timeout title "t" severity high key server strong when 2 late by _ within 10s ${REMEDY}`
  assert.deepEqual(await found(rule, [record(0, 'late'), record(1, 'late', { source: 1 })]), [])
  assert.deepEqual(await found(rule, [record(0, 'late'), record(1, 'late')]), ['upstream.timeout root  0-1 x2'])
})

test('a part that one signal does not know joins the finding that knows it', async () => {
  const rule = `signal reset from log where message has "reset" cause network.reset title "t" severity high key server, port
    strong when 2 reset by _, _ within 10s strong when tcp.reset by server, port ${REMEDY}`
  const events = [record(0, 'reset'), record(1, 'reset'), fact(1, 'tcp.reset', { server: '192.0.2.7', port: 443 })]
  assert.deepEqual(await found(rule, events), ['network.reset root 192.0.2.7,443 0-1 x3'])
})

test('different values of a field are counted', async () => {
  const rule = `signal miss from log where message has "miss {entry:word}" cause cache.penetration title "t" severity high key source strong when 3 distinct entry of miss by source within 10s ${REMEDY}`
  const misses = (names: readonly string[]) => names.map((name, at) => record(at, `miss ${name}`))
  assert.deepEqual(await found(rule, misses(['a', 'a', 'b', 'b'])), [])
  assert.deepEqual(await found(rule, misses(['a', 'b', 'c'])), ['cache.penetration root app.log 0-2 x3'])
})

test('a million equal lines of a second become one row, and all are counted', async () => {
  const events = Array.from({ length: 500 }, () => record(1, 'connect refused 192.0.2.7:80'))
  assert.deepEqual(await found(`${refused} strong when 400 refused within 1s ${REMEDY}`, events), [
    'network.refused root 192.0.2.7,80 1-1 x500',
  ])
})

test('a fact that was seen at any time stands beside what happened later, and does not move it', async () => {
  const rule = `signal release from log where message has "release {version:word}"
    ${refused} strong when 2 refused within 10s and fact release where version < 3.2.0 by _, _ ${REMEDY}`
  const late = [record(600, 'connect refused 192.0.2.7:80'), record(604, 'connect refused 192.0.2.7:80')]
  const from600 = ['network.refused root 192.0.2.7,80 600-604 x3']
  assert.deepEqual(await found(rule, [record(0, 'release 3.1.9'), ...late]), from600)
  assert.deepEqual(await found(rule, [record(0, 'release 3.2.0'), ...late]), [])
})

test('what took long began before its line', async () => {
  const rule = `signal slow from log where message has "took {took:duration}" cause database.slow-query title "t" severity high key server strong when 2 slow by _ within 10s ${REMEDY}`
  assert.deepEqual(await found(rule, [record(5, 'took 3s'), record(6, 'took 500ms')]), [
    'database.slow-query root  2-6 x2',
  ])
})

test('events of a log that writes no times are taken together', async () => {
  const rule = `${refused} strong when 3 refused within 10s ${REMEDY}`
  const events = (count: number) => Array.from({ length: count }, () => record(null, 'connect refused 192.0.2.7:80'))
  assert.deepEqual(await found(rule, events(2)), [])
  assert.deepEqual(await found(rule, events(3)), ['network.refused root 192.0.2.7,80 ?-? x3'])
})
