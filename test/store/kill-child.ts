// Writes two bundles into one store in turn, forever; every row of a round carries its number. To be killed.
import { createStore } from '../../src/store/index.ts'
import { analysis, cause, connection, event, request } from './sample.ts'

const [file = ''] = process.argv.slice(2)

for (let round = 0; ; round++) {
  const writer = createStore(file)
  for (let row = 0; row < 50; row++) {
    writer.http(0, { ...request, uri: `/${round}` }, 'packets')
    writer.connection(1, { ...connection, uid: String(round) })
    writer.event({ ...event, body: String(round) })
  }
  const run = { ...analysis.run, command: String(round) }
  writer.finish(
    { ...analysis, run, bundle: { paths: [], sha256: round % 2 === 0 ? 'even' : 'odd', kinds: [] } },
    [cause],
    [0, 1],
  )
  if (round === 0) process.stdout.write('ready\n')
}
