import { createPlainScanner } from '../../../src/engine/scanner/index.ts'
import { scannerContract } from './contract.ts'

scannerContract(createPlainScanner)
