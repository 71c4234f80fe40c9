import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toNeedles } from '../../../src/engine/scanner/needles.ts'
import { createTeddyScanner, fitsTeddy } from '../../../src/engine/scanner/teddy.ts'
import { openTeddy } from '../../../src/engine/scanner/teddy-module.ts'
import type { Literal, Scanner } from '../../../src/model/index.ts'
import { scannerContract } from './contract.ts'

function create(literals: readonly Literal[]): Scanner {
  const needles = toNeedles(literals)
  const teddy = openTeddy()
  if (teddy === null) throw new Error('the module is gone')
  return createTeddyScanner(teddy, needles)
}

if (openTeddy() === null) test('the scanner in WebAssembly', { skip: 'not built here: npm run build' })
else scannerContract(create)

test('literals beyond 64 KiB are left to the plain scanner', () => {
  assert.equal(fitsTeddy(toNeedles([{ text: 'x'.repeat(65_535), anyCase: false }])), true)
  assert.equal(fitsTeddy(toNeedles([{ text: 'x'.repeat(65_536), anyCase: false }])), false)
})
