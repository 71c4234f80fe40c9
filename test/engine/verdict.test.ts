// What the sentence says of a cause that is a root in several places, and of others beside it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conclude, REMEDY, record } from './events.ts'

const RULES = `signal lost from log where message has "lost {server:word}"
signal full from log where message has "disk full"
cause network.loss title "Packets to {server} get lost" severity high key server strong when lost by server ${REMEDY}
cause disk.full title "The disk is full" severity low strong when full ${REMEDY}`

async function sentenceOf(messages: readonly string[]): Promise<string> {
  const { verdict } = await conclude(
    RULES,
    messages.map((message, at) => record(at + 1, message)),
  )
  return verdict.sentence.replace(/, since .*? UTC/, '')
}

test('one root stands alone', async () => {
  assert.equal(await sentenceOf(['lost db1']), 'Packets to db1 get lost (network.loss, 80 % sure).')
})

test('the same cause elsewhere is counted, another is named', async () => {
  assert.equal(
    await sentenceOf(['lost db1', 'lost db2', 'lost db3', 'disk full']),
    'Packets to db1 get lost (network.loss, 80 % sure), and 2 more like it. Independent of it: disk.full.',
  )
})
