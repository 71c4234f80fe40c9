// A thread that reads parts of logs: parts come in, what they came to goes out.
import { parentPort, workerData } from 'node:worker_threads'
import { createScanner } from './engine/index.ts'
import { claim, readFileAt, type SharedOutput, type SharedPart, type WorkerStart } from './log-claims.ts'
import { PartReader } from './logs/index.ts'

const { literals, claims }: WorkerStart = workerData
const reader = new PartReader(createScanner(literals), readFileAt)

parentPort?.on('message', async ({ ticket, input }: SharedPart) => {
  if (!claim(claims, ticket)) return
  const told: SharedOutput = { ticket, output: await reader.read(input) }
  parentPort?.postMessage(told)
})
