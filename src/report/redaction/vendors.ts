// Tokens of vendors that secretlint knows: which pieces of a text are such secrets.
import type { SecretLintSourceOptions } from '@secretlint/core'

/** The library is loaded when it is asked for. */
let library: ReturnType<typeof load> | null = null

async function load() {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ])
  // It would keep each time that it measures.
  secretLintProfiler.setEnabled(false)
  return { lintSource, creator }
}

/** The secret pieces themselves, each once; what holds one that is already taken out is none. In memory only. */
export async function vendorSecrets(text: string): Promise<string[]> {
  library ??= load()
  const { lintSource, creator } = await library
  const config: SecretLintSourceOptions['options']['config'] = {
    rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }],
  }
  const source = { filePath: 'report.txt', content: text, ext: '.txt', contentType: 'text' } as const
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } })
  const pieces = messages.map(({ range: [from, to] }) => text.slice(from, to))
  return [...new Set(pieces)].filter((piece) => !/\[(?:secret:|removed\])/.test(piece))
}
