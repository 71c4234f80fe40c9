// Histories are found by number while there are numbers, and stand as text beyond.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Connection } from '../../../src/packets/tcp/connection.ts'
import { CAPITAL } from '../../../src/packets/tcp/history.ts'
import { Rows } from '../../../src/packets/tcp/rows.ts'

const LETTERS = 'shadfrqtwg'

/** The history of a connection to which these letters were written. */
function written(text: string): string {
  const connection = new Connection({ low: 0, high: 1, ports: 0, family: 4 }, 1, new Rows())
  for (const letter of text) {
    const place = LETTERS.indexOf(letter.toLowerCase())
    connection.write(letter === letter.toLowerCase() ? place : place + CAPITAL)
  }
  return connection.history
}

function check(text: string): void {
  assert.equal(written(text), text)
}

test('capital letters are the originator’s', () => {
  check('')
  check('ShADadFf')
  check('ShADadFf')
  check('sHadDTtTwWgGqQrR')
})

test('there may be more than have numbers', () => {
  for (let number = 0; number < 6000; number++) {
    check([...String(number)].map((digit) => LETTERS[Number(digit)]).join(''))
  }
  check('ShADad')
  check('gGgGgGgGgGgG')
})
