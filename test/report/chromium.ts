// A page in headless Chromium, as a customer opens it: from a file, without a network.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const EXECUTABLE = PATHS.find((path) => existsSync(path))

/** Reason to skip; false where there is a browser. */
export const noChromium = EXECUTABLE === undefined && 'chromium is not there: the page is not opened'

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(EXECUTABLE === undefined ? {} : { executablePath: EXECUTABLE }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  })
}

export interface Opened {
  readonly page: Page
  /** Addresses that were asked for beside the page itself, allowed or not. */
  readonly requests: readonly string[]
  /** What the browser complained about. */
  readonly complaints: readonly string[]
}

export interface OpenOptions extends BrowserContextOptions {
  readonly html: string
  readonly folder: string
}

export async function open(browser: Browser, { html, folder, ...options }: OpenOptions): Promise<Opened> {
  const path = join(folder, 'report.html')
  writeFileSync(path, html)
  const page = await (await browser.newContext({ offline: true, ...options })).newPage()
  const address = pathToFileURL(path).href
  const [requests, complaints]: [string[], string[]] = [[], []]
  page.on('request', (request) => request.url().split('#')[0] !== address && requests.push(request.url()))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(address)
  return { page, requests, complaints }
}
