// Common Reliability Enumerations as pattern text: terms become signals, sets and sequences conditions.
import type { Cause, RuleSet, RuleSeverity, Signal, Test } from '../../model/index.ts'
import { printRules } from '../print/rules.ts'
import { parsePattern } from '../regex/parse.ts'
import { conditionsOf } from './cre-conditions.ts'
import { type CreRule, type CreTerm, readCre } from './cre-document.ts'
import { type Imported, imported } from './imported.ts'
import { translateJq } from './jq.ts'
import { translateRe2 } from './re2.ts'
import { Refusal } from './yaml-nodes.ts'

/** Meaning of the engine the rules were written for: each event counts once, and the end of the log proves absence. */
const OPTIONS = { useEachOnce: true, assumeAbsent: true }
const SEVERITIES: readonly RuleSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

/** Pattern text with one cause `cre.<id>` for each rule; a rule that cannot be honoured is a problem with its place. */
export function importCre(yamlText: string, file: string): Promise<Imported> {
  return imported(yamlText, file, (text) =>
    readCre(text)
      .map(translateRule)
      .map(({ heading, rules }) => `${heading}\n${printRules(rules)}`)
      .join('\n'),
  )
}

function translateRule(rule: CreRule): { readonly heading: string; readonly rules: RuleSet } {
  const signals = new Map<string, Signal>()
  const nameOf = (term: CreTerm): string => {
    const key = `${term.kind} ${term.text}`
    const known = signals.get(key) ?? signalOf(`${rule.id}.${signals.size + 1}`, term)
    signals.set(key, known)
    return known.name
  }
  const cause = causeOf(rule, nameOf)
  const heading = `# ${rule.id.toUpperCase()}${rule.author === '' ? '' : ` by ${rule.author.replace(/\s+/g, ' ')}`}\n`
  return { heading, rules: { signals: [...signals.values()], meters: [], causes: [cause], explains: [], examples: [] } }
}

function causeOf(rule: CreRule, nameOf: (term: CreTerm) => string): Cause {
  return {
    id: `cre.${rule.id}`,
    title: rule.title,
    severity: SEVERITIES[rule.severity] ?? 'medium',
    key: ['source'],
    evidence: conditionsOf(rule, nameOf).map((when) => ({ strength: 'decisive', when })),
    impact: Math.min(10, Math.max(0, rule.impact ?? 5)),
    remedy: { now: rule.mitigation, next: '', lasting: '' },
    see: rule.references,
    reportFrom: 0.7,
    // A line may be all terms of a set at once, but it is one step of a sequence.
    options: { ...OPTIONS, orderLoose: rule.kind === 'set' },
    position: { file: '', line: 0, column: 0 },
  }
}

function signalOf(name: string, term: CreTerm): Signal {
  return { name, from: 'log', readers: [], where: testOf(term), captures: [], literals: [] }
}

/** Terms look at whole lines: at the line as it stands, and at what its record says. */
function testOf(term: CreTerm): Test {
  switch (term.kind) {
    case 'value':
      return everywhere((field) => ({
        kind: 'text',
        field,
        how: 'has',
        templates: [{ parts: [{ kind: 'text', text: term.text }], anyCase: false }],
      }))
    case 'regex': {
      const pattern = translateRe2(term.text)
      const { fault } = parsePattern(pattern.source)
      if (fault !== null) throw new Refusal(fault.sentence, term.at)
      return everywhere((field) => ({ kind: 'pattern', field, ...pattern, names: [], linear: false }))
    }
    case 'jq': {
      const test = translateJq(term.text)
      if (test === null) throw new Refusal('this jq filter cannot be honoured', term.at)
      return test
    }
    default:
      return term.kind satisfies never
  }
}

function everywhere(ask: (field: string) => Test): Test {
  return { kind: 'or', tests: [ask('message'), ask('line')] }
}
