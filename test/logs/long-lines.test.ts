// Lines that are made to keep a reader busy: each is read in time that grows as its length does, or this test never ends.
import { test } from 'node:test'
import { FORMATS } from '../../src/logs/index.ts'

const LENGTH = 1 << 16
// biome-ignore format: a table
const FRAGMENTS = [
  ' ', '\t', '-', '- ', 'a', 'a-', 'a.', '[', ']', '[a] ', '<', '<a>', '"', '"a" ', '=', 'a=', 'a=b ', '|', ' | ', ':', ': ', '(', '{', '\\', '0', '0 ', '1:', '/a',
  '%A-1-', ', ', '. ', '  a', "'",
]

for (const { name, takes, open } of FORMATS) {
  test(`${name} reads long lines to their end`, () => {
    for (const sample of takes) {
      const [line = ''] = sample.split('\n')
      for (const share of [0.2, 0.5, 0.8, 1]) {
        const start = line.slice(0, Math.floor(line.length * share))
        for (const fragment of FRAGMENTS) open()(start + fragment.repeat(LENGTH / fragment.length))
      }
    }
  })
}
