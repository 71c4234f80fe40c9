// The verbs of the command line, one file each.
import type { Command } from 'commander'
import { addAnalyze } from './analyze.ts'
import { addAttach } from './attach.ts'
import { addCompletion } from './completion.ts'
import { addExplain } from './explain.ts'
import { addGrammar } from './grammar.ts'
import { addManual } from './manual.ts'
import { addParse } from './parse.ts'
import { addQuery } from './query.ts'
import { addRedact } from './redact.ts'
import { addReport } from './report.ts'
import { addSchema } from './schema.ts'
import { addVerify } from './verify.ts'

/** Each adds its verb to the program and gives it back. */
export const VERBS: readonly ((program: Command) => Command)[] = [
  addAnalyze,
  addQuery,
  addReport,
  addAttach,
  addVerify,
  addRedact,
  addExplain,
  addGrammar,
  addParse,
  addSchema,
  addCompletion,
  addManual,
]
