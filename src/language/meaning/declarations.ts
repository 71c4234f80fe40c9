// What the files declare: statements gathered under their signal, cause or example, before names are resolved.
import type { MatchOptions } from '../../model/index.ts'
import { nearest } from '../nearest.ts'
import type { Name, Statement, StatementKind, Text } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'

export type StatementOf<K extends StatementKind> = Extract<Statement, { kind: K }>

/** A cause or example with its clauses. */
export interface Declaration<N> {
  readonly complaints: Complaints
  readonly name: N
  readonly clauses: readonly Statement[]
  readonly options: MatchOptions
  /** A clause could not be read: what seems to be missing may stand there. */
  readonly damaged: boolean
}

export type CauseDeclaration = Declaration<Name>
export type ExampleDeclaration = Declaration<Text>

export interface Declared<K extends StatementKind> {
  readonly complaints: Complaints
  readonly statement: StatementOf<K>
}

export interface Declarations {
  readonly signals: readonly Declared<'signal'>[]
  readonly meters: readonly Declared<'meter'>[]
  readonly causes: readonly CauseDeclaration[]
  readonly explains: readonly Declared<'explain'>[]
  readonly examples: readonly ExampleDeclaration[]
  /** Names of declarations that could not be read: using them is no second mistake. */
  readonly broken: ReadonlySet<string>
}

export const NO_OPTIONS: MatchOptions = { orderLoose: false, useEachOnce: false, assumeAbsent: false }

/** A declaration that still takes clauses. */
interface Growing<N> extends Declaration<N> {
  readonly clauses: Statement[]
  damaged: boolean
}

type Open =
  | { readonly kind: 'cause' | 'example'; readonly into: Growing<unknown> }
  /** Behind a head that could not be read clauses are passed over; elsewhere they are misplaced. */
  | { readonly kind: 'lost' | 'none' }

const NOTHING: Open = { kind: 'none' }
const EXAMPLE_CLAUSES: readonly StatementKind[] = ['given', 'expect']
const HEADS = ['signal', 'meter', 'cause', 'explain', 'example', 'options']

interface Found {
  readonly signals: Declared<'signal'>[]
  readonly meters: Declared<'meter'>[]
  readonly causes: CauseDeclaration[]
  readonly explains: Declared<'explain'>[]
  readonly examples: ExampleDeclaration[]
  readonly broken: Set<string>
}

export function gather(
  files: readonly { readonly statements: readonly Statement[]; readonly complaints: Complaints }[],
): Declarations {
  const found: Found = { signals: [], meters: [], causes: [], explains: [], examples: [], broken: new Set() }
  for (const { statements, complaints } of files) gatherFile(statements, complaints, found)
  return found
}

function gatherFile(statements: readonly Statement[], complaints: Complaints, found: Found): void {
  let open = NOTHING
  let options = NO_OPTIONS
  for (const statement of statements) {
    if (statement.kind === 'options') options = readOptions(statement.options)
    open = takeHead(statement, { open, options, complaints, found })
  }
}

interface Taking {
  readonly open: Open
  readonly options: MatchOptions
  readonly complaints: Complaints
  readonly found: Found
}

/** Files the statement away; what is open for clauses afterwards. */
function takeHead(statement: Statement, { open, options, complaints, found }: Taking): Open {
  switch (statement.kind) {
    case 'signal':
      found.signals.push({ complaints, statement })
      return NOTHING
    case 'meter':
      found.meters.push({ complaints, statement })
      return NOTHING
    case 'explain':
      found.explains.push({ complaints, statement })
      return NOTHING
    case 'options':
      return NOTHING
    case 'cause': {
      const into = { complaints, name: statement.name, clauses: [], options, damaged: false }
      found.causes.push(into)
      return { kind: 'cause', into }
    }
    case 'example': {
      const into = { complaints, name: statement.name, clauses: [], options, damaged: false }
      found.examples.push(into)
      return { kind: 'example', into }
    }
    case 'broken':
      return breakOff(statement, open, found)
    default:
      takeClause(statement, open, complaints)
      return open
  }
}

/** A broken head loses its clauses; a broken clause leaves its cause or example open and marks it. */
function breakOff(statement: StatementOf<'broken'>, open: Open, found: Found): Open {
  const head = HEADS.includes(statement.keyword) || nearest(statement.keyword, HEADS) !== null
  if (head) {
    if (statement.name !== null) found.broken.add(statement.name)
    return { kind: 'lost' }
  }
  if (open.kind === 'cause' || open.kind === 'example') open.into.damaged = true
  return open
}

function takeClause(statement: Statement, open: Open, complaints: Complaints): void {
  const home = EXAMPLE_CLAUSES.includes(statement.kind) ? 'example' : 'cause'
  if ((open.kind === 'cause' || open.kind === 'example') && open.kind === home) open.into.clauses.push(statement)
  else if (open.kind !== 'lost') {
    const word = statement.kind === 'evidence' ? statement.strength : statement.kind
    complaints.error({ code: 'misplaced', at: statement.at, sentence: `\`${word}\` stands under \`${home}\` only` })
  }
}

function readOptions(words: readonly string[]): MatchOptions {
  return {
    orderLoose: words.includes('order loose'),
    useEachOnce: words.includes('use each once'),
    assumeAbsent: words.includes('at end assume absent'),
  }
}

/** The clauses of one kind, in order. */
export function clausesOf<K extends StatementKind>(clauses: readonly Statement[], kind: K): StatementOf<K>[] {
  return clauses.filter((clause): clause is StatementOf<K> => clause.kind === kind)
}
