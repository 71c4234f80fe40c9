// What tests ask of pattern text: its problems, as short lines.
import { parseRules } from '../../src/language/index.ts'

/** `line:column code: sentence → suggestion`, in order. */
export async function problemsOf(text: string, severity: 'error' | 'warning' = 'error'): Promise<readonly string[]> {
  const { problems } = await parseRules([{ file: 'a.fault', text }])
  return problems
    .filter((problem) => problem.severity === severity)
    .map(
      ({ line, column, code, sentence, suggestion }) =>
        `${line}:${column} ${code}: ${sentence}${suggestion === null ? '' : ` → ${suggestion}`}`,
    )
}
