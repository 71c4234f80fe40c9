import assert from 'node:assert/strict'
import { test } from 'node:test'
import { innerOf, readFurther } from '../../src/logs/nested.ts'
import { reading } from '../../src/logs/reading.ts'
import { recognise } from '../../src/logs/recognise.ts'

const HEADERS = ['2026-11-20T22:35:19Z ', 'Nov 20 22:35:19 ', '<13>Nov 20 22:35:19 web1 app[7]: ']
const { within } = recognise(Buffer.from('first\n'))

test('headers within headers are read to a bound, not to the end of the stack', () => {
  for (const header of HEADERS) {
    const message = `${header.repeat(20_000)}ERROR late`
    const outer = reading({ body: message, inner: true })
    assert.equal(readFurther(outer, within).body, message)
    assert.doesNotThrow(() => innerOf(message, within))
  }
})

test('what programs really nest is read', () => {
  const inner = innerOf(`${'2026-11-20T22:35:19Z '.repeat(3)}ERROR late`, within)
  assert.equal(inner?.severity, 'error')
})
