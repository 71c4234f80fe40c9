// Known words in texts, held against a pattern for each.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownWords } from '../../../src/report/redaction/known-words.ts'
import { Chance } from '../../fuzz/chance.ts'

function known(words: Readonly<Record<string, string>>): KnownWords {
  const all = new KnownWords()
  for (const [word, shown] of Object.entries(words)) all.add(word, () => shown)
  return all
}

test('whole words are replaced, the longest of those that begin alike', () => {
  const counted: number[] = []
  const words = known({ 'db-1': 'A', 'db-1.corp': 'B', '/tok+en=': 'C' })
  const text = 'db-1 (db-1.corp) db-1.corpus db-10 x-db-1 db-1.x /tok+en= é/tok+en=; x/tok+en= db-1'
  const shown = 'A (B) A.corpus db-10 x-db-1 A.x C éC; x/tok+en= A'
  assert.equal(
    words.replace(text, (count) => counted.push(count)),
    shown,
  )
  assert.deepEqual(counted, [7])
})

test('a text without any is left as it is, and nothing is counted', () => {
  const words = known({ 'db-1': 'A' })
  assert.equal(
    words.replace('db-2 up', () => assert.fail()),
    'db-2 up',
  )
  assert.equal(
    new KnownWords().replace('db-2 up', () => assert.fail()),
    'db-2 up',
  )
})

test('one word in any text is found where its pattern finds it', () => {
  const chance = new Chance(7)
  const signs = ['a', 'b', '-', '.', '/', ' ', 'é', '_']
  const some = (most: number) => Array.from({ length: 1 + chance.below(most) }, () => chance.of(signs)).join('')
  for (let round = 0; round < 20_000; round++) {
    const [word, text] = [some(4), some(24)]
    const pattern = new RegExp(`(?<![\\w-])${word.replaceAll('.', '\\.')}(?![\\w-])`, 'g')
    assert.equal(
      known({ [word]: '#' }).replace(text, () => {}),
      text.replace(pattern, '#'),
      `${word} in ${text}`,
    )
  }
})
