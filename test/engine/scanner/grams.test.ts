import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGramsScanner, fitsGrams } from '../../../src/engine/scanner/grams.ts'
import { openGrams } from '../../../src/engine/scanner/grams-module.ts'
import { toNeedles } from '../../../src/engine/scanner/needles.ts'
import type { Literal, Scanner } from '../../../src/model/index.ts'
import { scannerContract } from './contract.ts'

function create(literals: readonly Literal[]): Scanner {
  const needles = toNeedles(literals)
  const grams = openGrams()
  if (grams === null) throw new Error('the module is gone')
  return createGramsScanner(grams, needles)
}

if (openGrams() === null) test('the scanner in WebAssembly', { skip: 'not built here: npm run build' })
else scannerContract(create)

test('literals beyond 64 KiB are left to the plain scanner', () => {
  assert.equal(fitsGrams(toNeedles([{ text: 'x'.repeat(65_535), anyCase: false }])), true)
  assert.equal(fitsGrams(toNeedles([{ text: 'x'.repeat(65_536), anyCase: false }])), false)
})

test('more literals than the tables count are left to the plain scanner', () => {
  const literals = Array.from({ length: 32_768 }, (_, at) => ({ text: `literal ${at}`, anyCase: false }))
  assert.equal(fitsGrams(toNeedles(literals.slice(1))), true)
  assert.equal(fitsGrams(toNeedles(literals)), false)
})
