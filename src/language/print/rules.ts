// Rules as pattern text again: reading it gives the same rules, positions aside.
import type {
  Cause,
  Combination,
  Example,
  Expectation,
  Explain,
  MatchOptions,
  Meter,
  RuleSet,
  Signal,
  Test,
} from '../../model/index.ts'
import { printCondition, printMeter } from './conditions.ts'
import { printTest } from './tests.ts'
import { printDuration, printText } from './values.ts'

export function printRules({ signals, meters, causes, explains, examples }: RuleSet): string {
  const blocks = [
    ...signals.map(printSignal),
    ...meters.map(printNamedMeter),
    ...causes.map((cause, at) => printOptions(cause, causes[at - 1]) + printCause(cause)),
    ...explains.map(printExplain),
    ...examples.map(printExample),
  ]
  return blocks.map((block) => `${block}\n`).join('\n')
}

export function printSignal({ name, from, readers, where }: Signal): string {
  const confined = readers.length === 0 ? '' : ` (${readers.join(', ')})`
  return `signal ${name} from ${from}${confined}${where === null ? '' : `\n  where ${printTest(where)}`}`
}

export function printNamedMeter(meter: Meter): string {
  return `meter ${meter.name} = ${printMeter(meter)}`
}

const OPTION_WORDS: Readonly<Record<keyof MatchOptions, string>> = {
  orderLoose: 'order loose',
  useEachOnce: 'use each once',
  assumeAbsent: 'at end assume absent',
}

/** Options hold for the causes that follow: they are written where they change. */
function printOptions({ options }: Cause, before: Cause | undefined): string {
  const [now, then] = [optionWords(options), before === undefined ? 'none' : optionWords(before.options)]
  return now === then ? '' : `options ${now}\n\n`
}

function optionWords({ orderLoose, useEachOnce, assumeAbsent }: MatchOptions): string {
  const set = { orderLoose, useEachOnce, assumeAbsent }
  const words = [
    set.orderLoose ? OPTION_WORDS.orderLoose : null,
    set.useEachOnce ? OPTION_WORDS.useEachOnce : null,
    set.assumeAbsent ? OPTION_WORDS.assumeAbsent : null,
  ].filter((word) => word !== null)
  return words.length === 0 ? 'none' : words.join(', ')
}

function printCause(cause: Cause): string {
  const { now, next, lasting } = cause.remedy
  const remedy = Object.entries({ now, next, lasting }).filter(([, text]) => text !== '')
  return [
    `cause ${cause.id}`,
    `  title    ${printText(cause.title)}`,
    `  severity ${cause.severity}`,
    ...(cause.key.length === 0 ? [] : [`  key      ${cause.key.join(', ')}`]),
    ...cause.evidence.map(({ strength, when }) => `  ${strength.padEnd(8)} when ${printCondition(when)}`),
    `  impact   ${cause.impact}`,
    ...(remedy.length === 0 ? [] : ['  remedy']),
    ...remedy.map(([word, text]) => `    ${word.padEnd(7)} ${printText(text)}`),
    ...(cause.see.length === 0 ? [] : [`  see ${cause.see.map(printText).join(', ')}`]),
    ...(cause.combine === undefined ? [] : [`  combine ${printCombination(cause.combine)}`]),
    `  report from ${cause.reportFrom}`,
  ].join('\n')
}

export function printCombination({ how, perSource }: Combination): string {
  const bounded = perSource === 1 ? '' : `, one source at most ${perSource}`
  return `${how === 'noisy-or' ? 'noisy or' : how}${bounded}`
}

export function printExplain({ symptoms, causes, same, within }: Explain): string {
  const pairs = same.map(([symptom, cause]) => (symptom === cause ? `same ${symptom}` : `${symptom} = ${cause}`))
  const when = pairs.length === 0 ? '' : ` when ${pairs.join(', ')}`
  return `explain ${symptoms.join(', ')} by ${causes.join(', ')}${when} within ${printDuration(within)}`
}

function printExample({ name, given, expect }: Example): string {
  const files = given.map(({ file, text }) => `  given ${file}\n${text.replace(/^(?=.)/gm, '    ')}`.trimEnd())
  return [`example ${printText(name)}`, ...files, ...expect.map((expected) => `  ${printExpected(expected)}`)].join(
    '\n',
  )
}

function printExpected({ kind, cause, of, where }: Expectation): string {
  const asked = where === null ? '' : ` with ${findingTests(where).join(', ')}`
  switch (kind) {
    case 'nothing-else':
      return 'expect nothing else'
    case 'no':
      return `expect no ${cause}`
    case 'finding':
      return `expect ${cause}${asked}`
    case 'suspect':
      return `expect ${cause} as suspect${asked}`
    case 'symptom':
      return `expect ${cause} as symptom${of === null ? '' : ` of ${of}`}${asked}`
    default:
      return kind satisfies never
  }
}

function findingTests(test: Test): readonly string[] {
  return test.kind === 'and' ? test.tests.map(printTest) : [printTest(test)]
}
