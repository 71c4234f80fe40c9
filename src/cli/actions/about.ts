// Runs `faultline --version`: what the results depend on, the version itself first.
import { rulesName } from '../../rules.ts'
import { sqliteVersion } from '../../store/index.ts'
import { print } from '../terminal.ts'
import { version } from '../version.ts'

export async function run(): Promise<void> {
  const rules = rulesName({ paths: [], shipped: true })
  const parts = [version(), `Node.js ${process.versions.node}`, `SQLite ${sqliteVersion()}`, `rules ${rules}`]
  await print(parts.join('\n'))
}
