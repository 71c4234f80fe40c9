// What a condition over many events means: windows, sequences with absence, thresholds of meters.
import type { Absence, Baseline, Bound, Condition, Duration, Meter, Step } from '../../model/index.ts'
import { nearest } from '../nearest.ts'
import type { Amount, BaselineNode, BoundNode, ConditionNode, MeterUse, Name, StepNode } from '../syntax/tree.ts'
import { amountValue, countValue, durationValue } from './amounts.ts'
import type { Complaints } from './complaints.ts'
import { type ReadMeter, readMeter } from './meters.ts'
import { useSignal } from './scope.ts'
import { type Reading, readBy, readSelection, readStep } from './steps.ts'
import { comparisonOf } from './tests.ts'

type NodeOf<K extends ConditionNode['kind']> = Extract<ConditionNode, { kind: K }>

export function readCondition(node: ConditionNode, reading: Reading): Condition {
  switch (node.kind) {
    case 'and':
      return { kind: 'and', conditions: node.conditions.map((condition) => readCondition(condition, reading)) }
    case 'count':
      return { kind: 'count', step: readStep(node.step, reading), within: readCountWindow(node.within, reading) }
    case 'all':
      return {
        kind: 'all',
        steps: splitSteps(node.steps, reading.key.length).map((step) => readStep(step, reading)),
        within: readWindow(node.within, reading),
      }
    case 'sequence':
      return readSequence(node, reading)
    case 'measure':
      return readMeasure(node, reading)
    case 'trend':
      return readTrend(node, reading)
    case 'fact': {
      const fields = useSignal(node.select.signal, reading.scope, reading.complaints)
      const by = readBy(node.by, { reading, fields, at: node.select.signal })
      return { kind: 'fact', select: readSelection(node.select, fields, reading), by }
    }
    default:
      return node satisfies never
  }
}

function readCountWindow(within: Amount | null, reading: Reading): Duration | null {
  return within === null ? null : readWindow(within, reading)
}

function readWindow(amount: Amount, { complaints }: Reading): Duration {
  return durationValue(amount, 'a window', complaints)
}

/** In `a by x, y, b` the commas of `by` and of the list are alike: the key says how many fields `by` takes. */
function splitSteps(steps: readonly StepNode[], arity: number): readonly StepNode[] {
  return steps.flatMap((step) => {
    if (step.by.length <= arity || arity === 0) return [step]
    const bare = step.by.slice(arity).map((signal) => bareStep(signal))
    return [{ ...step, by: step.by.slice(0, arity) }, ...bare]
  })
}

function bareStep(signal: Name): StepNode {
  return { name: null, count: null, distinct: null, select: { signal, where: null }, by: [] }
}

function readSequence(node: NodeOf<'sequence'>, reading: Reading): Condition {
  const names = node.steps.flatMap(({ name }) => (name === null ? [] : [name]))
  names.forEach((name, at) => {
    if (!names.slice(0, at).some((other) => other.text === name.text)) return
    const sentence = `two steps are named \`${name.text}\``
    reading.complaints.error({ code: 'duplicate-name', at: name.at, sentence })
  })
  const known = new Set(names.map((name) => name.text))
  const steps: readonly Step[] = node.steps.map((step) => readStep(step, reading))
  const without = node.without.map(({ step, from, to }): Absence => {
    const absence = {
      step: readStep(step, reading),
      from: readBound(from, known, reading),
      to: readBound(to, known, reading),
    }
    refuseEmpty(absence, { steps, at: from.step, complaints: reading.complaints })
    return absence
  })
  const until = node.until.map((step) => readStep(step, reading))
  return { kind: 'sequence', steps, within: readWindow(node.within, reading), without, until }
}

/** An interval that is over before it begins forbids nothing. */
function refuseEmpty(
  { from, to }: Absence,
  { steps, at, complaints }: { readonly steps: readonly Step[]; readonly at: Name; readonly complaints: Complaints },
): void {
  const [start, end] = [from, to].map((bound) => steps.findIndex(({ name }) => name === bound.step))
  if (start === undefined || end === undefined || start < end || from.span !== to.span) return
  const isEmpty = start === end ? from.offset > to.offset : from.offset >= to.offset
  if (isEmpty) complaints.error({ code: 'value', at: at.at, sentence: 'this interval ends before it begins' })
}

function readBound({ step, span, offset }: BoundNode, known: ReadonlySet<string>, { complaints }: Reading): Bound {
  if (!known.has(step.text)) {
    const sentence = `no step of this sequence is named \`${step.text}\``
    complaints.error({ code: 'unknown-step', at: step.at, sentence, suggestion: nearest(step.text, known) })
  }
  const bound = { step: step.text, offset: offset === null ? 0 : durationValue(offset, 'a bound in time', complaints) }
  return span ? { ...bound, span } : bound
}

function readMeasure(node: NodeOf<'measure'>, reading: Reading): Condition {
  const { meter, measures } = readMeterUse(node.meter, reading)
  const { complaints } = reading
  const threshold = { measures, what: 'this meter' }
  const own = amountValue(node.value, node.baseline === null ? threshold : FACTOR, complaints)
  const least = node.baseline?.least ?? null
  return {
    kind: 'measure',
    meter,
    comparison: comparisonOf(node.comparison.text),
    value: node.baseline === null ? own : least === null ? 0 : amountValue(least.value, threshold, complaints),
    baseline: node.baseline === null ? null : readBaseline(node.baseline, own, reading),
    lasting: node.lasting === null ? 0 : durationValue(node.lasting, '`lasting`', complaints),
  }
}

const FACTOR = { measures: ['number'], what: 'the factor of a baseline' } as const

function readBaseline({ calculate, over, points }: BaselineNode, factor: number, { complaints }: Reading): Baseline {
  const known = BASELINES.find((word) => word === calculate.text)
  if (known === undefined) {
    const sentence = `a baseline is one of ${BASELINES.join(' ')}`
    complaints.error({
      code: 'unknown-word',
      at: calculate.at,
      sentence,
      suggestion: nearest(calculate.text, BASELINES),
    })
  }
  return {
    factor,
    calculate: known ?? 'median',
    over: durationValue(over, 'the past of a baseline', complaints),
    points: countValue(points, 'the number of points', complaints),
  }
}

const BASELINES = ['median', 'avg', 'max'] as const

/** The correlation a trend needs where none is said. */
const LEAST_CORRELATION = 0.9

function readTrend(node: NodeOf<'trend'>, reading: Reading): Condition {
  const { meter } = readMeterUse(node.meter, reading)
  const { complaints } = reading
  const wanted = { measures: ['share', 'number'], what: 'a rise' } as const
  const rise = amountValue(node.rise, wanted, complaints)
  const correlation =
    node.correlation === null
      ? LEAST_CORRELATION
      : amountValue(node.correlation, { measures: ['number'], what: 'a correlation' }, complaints)
  if (node.correlation !== null && (correlation < 0 || correlation > 1)) {
    complaints.error({ code: 'value', at: node.correlation.at, sentence: 'a correlation lies from 0 to 1' })
  }
  const over = node.over === null ? {} : { over: readWindow(node.over, reading) }
  return { kind: 'trend', meter, ...over, rise, correlation }
}

function readMeterUse(use: MeterUse, reading: Reading): ReadMeter {
  const { scope, complaints } = reading
  if (use.kind === 'inline') return checkArity(readMeter(use.meter, null, reading), use.meter.calculate, reading)
  const { name } = use
  scope.used.add(name.text)
  const declared = scope.meters.get(name.text)
  if (declared !== undefined) {
    const silent = { ...reading, complaints: { ...complaints, error: () => undefined, warning: () => undefined } }
    return checkArity(readMeter(declared.meter, name.text, silent), name, reading)
  }
  if (!scope.broken.has(name.text)) {
    const sentence = `there is no meter \`${name.text}\``
    complaints.error({
      code: 'unknown-meter',
      at: name.at,
      sentence,
      suggestion: nearest(name.text, scope.meters.keys()),
    })
  }
  return { meter: unknownMeter(name.text), measures: ['number', 'duration', 'size', 'share'] }
}

function checkArity(read: ReadMeter, at: Name, { key, complaints }: Reading): ReadMeter {
  const { by } = read.meter
  if (by.length > 0 && by.length !== key.length) {
    const sentence = `the meter is kept by ${by.length} fields, the key has ${key.length} parts`
    const suggestion = '`_` in `by` for parts that are unknown to the meter'
    complaints.error({ code: 'key-arity', at: at.at, sentence, suggestion })
  }
  return read
}

function unknownMeter(name: string): Meter {
  const select = { signal: name, where: null }
  return { name, calculate: 'count', select, field: null, divisor: null, among: null, over: 0, by: [], atLeast: 0 }
}
