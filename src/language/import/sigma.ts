// Sigma rules and correlations as pattern text: what a rule detects becomes a signal, what is reported a cause.
import type { Cause, Condition, RuleSet, RuleSeverity, Signal, Test } from '../../model/index.ts'
import { NO_OPTIONS } from '../meaning/declarations.ts'
import { printRules } from '../print/rules.ts'
import { type Imported, imported } from './imported.ts'
import { type Correlated, conditionsOf } from './sigma-correlation.ts'
import type { SigmaCorrelation } from './sigma-correlation-document.ts'
import { readSigma, type SigmaDocument, type SigmaRule } from './sigma-document.ts'
import type { SigmaHead } from './sigma-head.ts'
import { both, either } from './sigma-values.ts'
import { Refusal } from './yaml-nodes.ts'

const LEVELS: Readonly<Record<string, RuleSeverity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  informational: 'info',
}
const IMPACTS: Readonly<Record<RuleSeverity, number>> = { critical: 9, high: 7, medium: 5, low: 3, info: 1 }

/** Pattern text with a cause `sigma.<name>` for each rule that is reported; what cannot be honoured is a problem with its place. */
export function importSigma(yamlText: string, file: string): Promise<Imported> {
  return imported(yamlText, file, (text) => translate(readSigma(text)))
}

/** A rule that is correlated is reported by itself only where the correlation says so. */
function translate(document: SigmaDocument): string {
  const names = namesOf([...document.rules, ...document.correlations])
  const quiet = new Set(
    document.correlations.flatMap((one) => (one.generate ? [] : one.rules.map((rule) => ruleOf(rule, one, document)))),
  )
  const found = document.rules.map((rule) => {
    const name = names.get(rule) ?? ''
    const signals = [signalOf(name, rule)]
    const once: Condition = {
      kind: 'count',
      step: { name: null, count: 1, select: { signal: name, where: null }, by: [] },
      within: null,
    }
    return {
      head: rule,
      signals,
      causes: quiet.has(rule) ? [] : [causeOf(rule, { name, key: ['source'], when: [once] })],
    }
  })
  const correlated = document.correlations.map((one) => translateCorrelation(one, document, names))
  return [...found, ...correlated].map(blockOf).join('\n')
}

interface Block {
  readonly head: SigmaHead
  readonly signals: readonly Signal[]
  readonly causes: readonly Cause[]
}

/** Who wrote the rule and under which licence stands above it. */
function blockOf({ head, signals, causes }: Block): string {
  const parts = [head.title, head.names.at(-1), head.author === '' ? '' : `by ${head.author}`, head.license]
  const heading = parts.filter((part) => part !== undefined && part !== '').join(', ')
  const rules: RuleSet = { signals, meters: [], causes, explains: [], examples: [] }
  return `# ${heading.replace(/\s+/g, ' ')}\n\n${printRules(rules)}`
}

/** Names of signals and causes: as the rule is named, else as it is titled, each once. */
function namesOf(heads: readonly SigmaHead[]): ReadonlyMap<SigmaHead, string> {
  const taken = new Set<string>()
  return new Map(
    heads.map((head) => {
      const [said = ''] = head.names.filter((name) => !/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(name))
      const slug = (said || head.title)
        .toLowerCase()
        .replace(/[^a-z0-9_]+/g, '-')
        .replace(/^-+|-+$/g, '')
      let name = `sigma.${slug}`
      for (let again = 2; taken.has(name); again++) name = `sigma.${slug}-${again}`
      taken.add(name)
      return [head, name]
    }),
  )
}

function signalOf(name: string, { source, test }: SigmaRule): Signal {
  return { name, from: 'log', readers: source.readers, where: test, captures: [], literals: [] }
}

interface Reported {
  readonly name: string
  readonly key: readonly string[]
  readonly when: readonly Condition[]
}

function causeOf(head: SigmaHead, { name, key, when }: Reported): Cause {
  const severity = LEVELS[head.level] ?? 'medium'
  const doubts = head.falsePositives.filter((one) => !/^(?:unknown|none)$/i.test(one))
  return {
    id: name,
    title: head.title,
    severity,
    key,
    evidence: when.map((condition) => ({ strength: 'decisive', when: condition })),
    impact: IMPACTS[severity],
    remedy: {
      now: head.description,
      next: doubts.length === 0 ? '' : `May be harmless: ${doubts.join('; ')}`,
      lasting: '',
    },
    see: head.references,
    reportFrom: 0.7,
    options: NO_OPTIONS,
    position: { file: '', line: 0, column: 0 },
  }
}

function ruleOf(name: string, { at }: SigmaCorrelation, { rules, correlations }: SigmaDocument): SigmaRule {
  const found = rules.find(({ names }) => names.includes(name))
  if (found !== undefined) return found
  const isCorrelation = correlations.some(({ names }) => names.includes(name))
  const why = isCorrelation ? 'is a correlation itself, which cannot be honoured' : 'is not in this file'
  throw new Refusal(`the rule \`${name}\` ${why}`, at)
}

function translateCorrelation(
  one: SigmaCorrelation,
  document: SigmaDocument,
  names: ReadonlyMap<SigmaHead, string>,
): Block {
  if (one.rules.length === 0) throw new Refusal('the correlation names no `rules`', one.at)
  const find = (name: string): Correlated => {
    const rule = ruleOf(name, one, document)
    return { signal: names.get(rule) ?? '', fieldOf: (field) => rule.source.namesOf(field)?.[0] ?? null }
  }
  const name = names.get(one) ?? ''
  const isCounted = !one.type.startsWith('temporal') && one.rules.length > 1
  const rules = one.rules.map((rule) => ruleOf(rule, one, document))
  const counted = isCounted ? { signal: `${name}.counted`, fieldOf: sharedField(rules, one) } : null
  const cause = causeOf(one, { name, key: one.groupBy, when: conditionsOf(one, find, counted) })
  return { head: one, signals: counted === null ? [] : [anyOf(counted.signal, rules)], causes: [cause] }
}

/** What several rules call alike. */
function sharedField(rules: readonly SigmaRule[], { aliases, at }: SigmaCorrelation): Correlated['fieldOf'] {
  if (aliases.size > 0) throw new Refusal('`aliases` where several rules are counted together cannot be honoured', at)
  return (field) => {
    const found = new Set(rules.map(({ source }) => source.namesOf(field)?.[0] ?? null))
    return found.size === 1 ? ([...found][0] ?? null) : null
  }
}

/** Events of any of the rules, each as its own formats and tests say. */
function anyOf(name: string, rules: readonly SigmaRule[]): Signal {
  const tests = rules.map(({ source, test }): Test => {
    const { readers } = source
    return readers.length === 0 ? test : both([{ kind: 'in', field: 'reader', values: readers }, test])
  })
  return { name, from: 'log', readers: [], where: either(tests), captures: [], literals: [] }
}
