// Every target through every failure, at every step of a run: nothing is lost, nothing is there twice, and the next run mends it.

import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { FaultlineError } from '../../src/model/index.ts'
import { attach, type Outcome, readTarget } from '../../src/tickets/index.ts'
import { scratch } from '../run.ts'
import { save } from './save.ts'
import type { Fault } from './vendor.ts'
import { type Desk, type DeskKind, VENDORS } from './vendors/index.ts'

const RUN = '0123456789ab'
const NAME = `faultline-${RUN}.html`
const ADF = '{"version":1,"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"SAID"}]}]}'
const clock = { sleep: async () => undefined, jitter: () => 0, now: () => 0 }

interface Failure {
  readonly fault: Fault
  /** Refused at once, or tried again. */
  readonly kind: 'final' | 'passing'
}

const FAILURES: Readonly<Record<string, Failure>> = {
  '401': { fault: { kind: 'status', status: 401 }, kind: 'final' },
  '403': { fault: { kind: 'status', status: 403 }, kind: 'final' },
  '404': { fault: { kind: 'status', status: 404 }, kind: 'final' },
  '413': { fault: { kind: 'status', status: 413 }, kind: 'final' },
  '429': { fault: { kind: 'status', status: 429, retryAfter: '1' }, kind: 'passing' },
  '500': { fault: { kind: 'status', status: 500 }, kind: 'passing' },
  '500 after it was stored': { fault: { kind: 'status-after', status: 500 }, kind: 'passing' },
  'a cut': { fault: { kind: 'cut' }, kind: 'passing' },
  'a cut after it was stored': { fault: { kind: 'cut-after' }, kind: 'passing' },
  'a torn answer': { fault: { kind: 'torn' }, kind: 'passing' },
  'a stall': { fault: { kind: 'stall' }, kind: 'passing' },
}
const STEPS = ['look', 'upload', 'comment'] as const
/** So often that no try of a run gets through. */
const ALWAYS = 99

/** Short where a stall has to be waited out, else longer than a busy machine makes anybody wait. */
function patience(failure: string): number {
  return failure === 'a stall' ? 400 : 10_000
}

function bring(desk: Desk, said: string, timeoutMs = 10_000): Promise<Outcome> {
  const target = readTarget(desk.target, desk)
  const comment = target.flavour === 'adf' ? ADF.replace('SAID', said) : `<p>${said}</p>`
  const attachments = [{ name: NAME, type: 'text/html', bytes: Buffer.from(`page of ${said}`) }]
  return attach(target, { runId: RUN, comment, attachments }, { timeoutMs, clock, save })
}

/** The code of the error, or what came of it. */
async function outcome(run: Promise<Outcome>): Promise<string> {
  return run.then(
    ({ state }) => state,
    (error: unknown) => {
      assert.ok(error instanceof FaultlineError, String(error))
      return error.code
    },
  )
}

/** What a person sees at the ticket, the newest last. */
function seen({ comments, files }: Desk): string {
  const said = comments().map((text) => /\b(?:first|second)\b/.exec(text)?.[0])
  return [...said, ...files().map(({ bytes }) => bytes.toString())].join(', ')
}

/** Old comments stay where the vendor keeps all of them, and Zendesk keeps their files too. */
function updated({ keeps, name }: DeskKind): string {
  if (keeps === 'one comment') return 'second, page of second'
  return name === 'Zendesk' ? 'first, second, page of first, page of second' : 'first, second, page of second'
}

/** A file of Zendesk whose token was lost cannot be found again: it goes by itself after an hour. */
function assertNothingLeft(desk: Desk, { name }: DeskKind, cell: string): void {
  assert.deepEqual(desk.vendor.problems, [], cell)
  if (name !== 'Zendesk') assert.deepEqual(desk.orphans(), [], cell)
}

interface Cell {
  readonly kind: DeskKind
  readonly step: (typeof STEPS)[number]
  readonly failure: string
  readonly times: number
}

async function firstRun(context: TestContext, { kind, step, failure, times }: Cell): Promise<void> {
  const cell = `${kind.name}, ${step} of the first run, ${failure}, ${times} times`
  const { fault, kind: way } = FAILURES[failure] ?? assert.fail(failure)
  const desk = await kind.open(context)
  desk.vendor.fail(kind[step], fault, times)
  const came = await outcome(bring(desk, 'first', patience(failure)))
  if (way === 'passing' && times === 1) assert.equal(came, 'posted', cell)
  if (way === 'final' || came !== 'posted') assert.equal(seen(desk), '', `${cell}: ${came}`)
  assertNothingLeft(desk, kind, cell)
  desk.vendor.heal()
  assert.equal(await outcome(bring(desk, 'first')), came === 'posted' ? 'unchanged' : 'posted', cell)
  assert.equal(seen(desk), 'first, page of first', cell)
  assert.equal(await outcome(bring(desk, 'second')), 'updated', cell)
  assert.equal(seen(desk), updated(kind), cell)
  assertNothingLeft(desk, kind, cell)
}

async function secondRun(context: TestContext, { kind, step, failure, times }: Cell): Promise<void> {
  const cell = `${kind.name}, ${step} of the second run, ${failure}, ${times} times`
  const { fault, kind: way } = FAILURES[failure] ?? assert.fail(failure)
  const desk = await kind.open(context)
  assert.equal(await outcome(bring(desk, 'first')), 'posted', cell)
  desk.vendor.fail(step === 'comment' ? kind.change : kind[step], fault, times)
  const came = await outcome(bring(desk, 'second', patience(failure)))
  if (way === 'passing' && times === 1) assert.equal(came, 'updated', cell)
  if (way === 'final') assert.match(came, /^ticket-/, cell)
  assertNothingLeft(desk, kind, cell)
  if (came !== 'updated') assert.ok(isWhole(desk), `${cell}: ${came}: ${seen(desk)}`)
  desk.vendor.heal()
  assert.match(
    await outcome(bring(desk, 'second')),
    came === 'updated' ? /^unchanged$/ : /^(?:updated|unchanged)$/,
    cell,
  )
  assert.equal(seen(desk), updated(kind), cell)
  assertNothingLeft(desk, kind, cell)
}

/** The old comment with its file, or what was to be said may have come through unseen; never a comment without one. */
function isWhole(desk: Desk): boolean {
  return desk.comments().length >= 1 && desk.files().length >= 1
}

for (const kind of VENDORS)
  test(`${kind.name}: every failure at every step`, { concurrency: 8 }, async (context) => {
    await Promise.all(
      STEPS.flatMap((step) =>
        Object.keys(FAILURES).map((failure) =>
          context.test(`${step}, ${failure}`, async (inner) => {
            for (const times of [1, ALWAYS]) {
              await firstRun(inner, { kind, step, failure, times })
              await secondRun(inner, { kind, step, failure, times })
            }
          }),
        ),
      ),
    )
  })

test('a line that dies when the comment was stored leaves no comment without its file', async (context) => {
  for (const kind of VENDORS) {
    const desk = await kind.open(context)
    desk.vendor.fail(kind.comment, { kind: 'cut-after' })
    desk.vendor.fail(/^GET /, { kind: 'cut' }, ALWAYS, kind.comment)
    assert.equal(await outcome(bring(desk, 'first')), 'ticket-uncertain', kind.name)
    assert.equal(seen(desk), 'first, page of first', kind.name)
    desk.vendor.heal()
    assert.equal(await outcome(bring(desk, 'first')), 'unchanged', kind.name)
    assertNothingLeft(desk, kind, kind.name)
  }
})

test('e-mail: a place that cannot be written is told, and an old draft stays whole', async (context) => {
  const home = scratch(context)
  const run = (path: string, text: string) => {
    const target = readTarget(`eml:${path}`, { settings: {}, choices: { audience: 'internal', overflow: 'leave' } })
    const attachments = [{ name: 'x.eml', type: 'message/rfc822', bytes: Buffer.from(text) }]
    return attach(target, { runId: RUN, comment: '', attachments }, { timeoutMs: 250, clock, save })
  }
  const draft = join(home, 'draft.eml')
  writeFileSync(join(home, 'file'), '')
  mkdirSync(join(home, 'folder'))
  for (const place of ['absent/draft.eml', 'file/draft.eml', 'folder']) {
    assert.equal(await outcome(run(join(home, place), 'one')), 'not-writable', place)
  }
  assert.deepEqual(readdirSync(home), ['file', 'folder'])
  assert.equal(await outcome(run(draft, 'one')), 'posted')
  assert.equal(await outcome(run(draft, 'one')), 'unchanged')
  assert.equal(await outcome(run(draft, 'two')), 'updated')
  assert.equal(readFileSync(draft, 'utf8'), 'two')
  assert.deepEqual(readdirSync(home), ['draft.eml', 'file', 'folder'])
})
