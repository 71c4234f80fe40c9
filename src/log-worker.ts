// A thread that reads parts of logs: parts come in, what they came to goes out.
import { parentPort, workerData } from 'node:worker_threads'
import { createScanner } from './engine/index.ts'
import { type PartInput, PartReader } from './logs/index.ts'

const reader = new PartReader(createScanner(workerData))

parentPort?.on('message', async (input: PartInput) => {
  parentPort?.postMessage(await reader.read(input))
})
