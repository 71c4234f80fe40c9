import { test } from 'node:test'
import { toNeedles } from '../../../src/engine/scanner/needles.ts'
import { createTeddyScanner } from '../../../src/engine/scanner/teddy.ts'
import { teddyModule } from '../../../src/engine/scanner/teddy-module.ts'
import { type Create, scannerContract } from './contract.ts'

const module = teddyModule()

if (module === null) test('the scanner in WebAssembly', { skip: 'not built here: npm run build' })
else scannerContract(create(module))

function create(module: WebAssembly.Module): Create {
  return (literals) => {
    const scanner = createTeddyScanner(module, toNeedles(literals))
    if (scanner === null) throw new Error('these literals should fit the tables')
    return scanner
  }
}
