// The HTML report in a browser: script on and off, light and dark, on paper, on a phone, for everybody.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { renderer } from '../../src/report/index.ts'
import { scratch } from '../run.ts'
import { launch, noChromium, type OpenOptions, open } from './chromium.ts'
import { HOSTILE, healthy, report, saying } from './sample.ts'

const options = { maxBytes: null, width: 100, color: 'never' } as const
const html = renderer('html')
const PAGES = Object.entries({ report, healthy, hostile: saying(HOSTILE.join(' ')) }).map(
  ([name, one]) => [name, html.render(one, options)] as const,
)
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const AXE_RUN = `${AXE}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
  id + ': ' + nodes.map(({ html, any }) => html.slice(0, 120) + ' ' + (any[0]?.message ?? '')).join(' | ')))`

let browser: Browser | null = null
before(async () => {
  if (noChromium === false) browser = await launch()
})
after(() => browser?.close())

function opened(context: TestContext, page: Omit<OpenOptions, 'folder'>) {
  assert.ok(browser !== null)
  return open(browser, { folder: scratch(context), ...page })
}

const skip = { skip: noChromium }

test('nothing is asked for and nothing is complained about, with script and without', skip, async (context) => {
  for (const [name, page] of PAGES)
    for (const javaScriptEnabled of [true, false]) {
      const seen = await opened(context, { html: page, javaScriptEnabled })
      await seen.page.waitForLoadState('networkidle')
      assert.deepEqual([...seen.requests], [], name)
      assert.deepEqual([...seen.complaints], [], name)
      assert.ok((await seen.page.locator('h1').innerText()).length > 10)
      assert.ok((await seen.page.locator('main section').count()) > 3)
    }
})

test('evidence unfolds without script', skip, async (context) => {
  const { page } = await opened(context, { html: html.render(report, options), javaScriptEnabled: false })
  const first = page.locator('main details').first()
  const wasOpen = (await first.getAttribute('open')) !== null
  await first.locator('summary').first().click()
  assert.equal((await first.getAttribute('open')) !== null, !wasOpen)
})

test('axe finds nothing, light or dark', skip, async (context) => {
  const backgrounds = new Set<string>()
  for (const [name, html] of PAGES)
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await opened(context, { html, colorScheme })
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
      assert.deepEqual(await page.evaluate(AXE_RUN), [], `${name} ${colorScheme}`)
      backgrounds.add(String(await page.evaluate('getComputedStyle(document.body).backgroundColor')))
    }
  assert.equal(backgrounds.size, 2)
})

test('320 pixels are wide enough', skip, async (context) => {
  for (const [name, page] of PAGES) {
    const seen = await opened(context, { html: page, viewport: { width: 320, height: 640 } })
    await seen.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert.equal(await seen.page.evaluate('document.documentElement.scrollWidth'), 320, name)
  }
})

test('it prints', skip, async (context) => {
  const { page } = await opened(context, { html: html.render(report, options) })
  const pdf = await page.pdf({ format: 'A4' })
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  assert.ok(pdf.length > 20_000)
})
