// Makes the README's pictures from the real program: `npm run pictures` analyses a fixture, keeps the terminal as SVG and the report as PNG.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch, open } from './report/chromium.ts'
import { faultline } from './run.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const FOLDER = join(ROOT, 'fixtures/pictures')
const BUNDLE = 'fixtures/filtered-database.tar.gz'
const LINES = 34
const LINE_HEIGHT = 19
const SIGN_WIDTH = 8.43
const COLUMNS = 104

/** SGR codes as classes of the drawing. */
const CLASSES: Readonly<Record<string, string>> = {
  '1': 'bold',
  '2': 'dim',
  '31': 'red',
  '32': 'green',
  '33': 'yellow',
  '34': 'blue',
  '35': 'magenta',
  '36': 'cyan',
  '90': 'dim',
}
const STYLE = `
    rect { fill: #1b1f24 } text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #d5dae0; white-space: pre }
    .bold { font-weight: 700; fill: #ffffff } .dim { fill: #8b949e } .red { fill: #ff8078 } .green { fill: #7ee787 }
    .yellow { fill: #e3b341 } .blue { fill: #79c0ff } .magenta { fill: #d2a8ff } .cyan { fill: #76e3ea }`

/** A terminal with these lines, their colours as escape sequences. */
function terminal(lines: readonly string[]): string {
  const [width, height] = [Math.ceil(COLUMNS * SIGN_WIDTH) + 32, lines.length * LINE_HEIGHT + 32]
  const texts = lines.map((line, at) => `  <text x="16" y="${30 + at * LINE_HEIGHT}">${spans(line)}</text>`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="faultline on a terminal">`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect width="${width}" height="${height}" rx="8"/>`,
    ...texts,
    '</svg>\n',
  ].join('\n')
}

function spans(line: string): string {
  let name = ''
  return line
    .split(/(\u001b\[[\d;]*m)/)
    .map((part) => {
      const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1]
      if (codes === undefined)
        return name === '' || part === '' ? escaped(part) : `<tspan class="${name}">${escaped(part)}</tspan>`
      name = codes
        .split(';')
        .map((code) => CLASSES[code] ?? '')
        .filter((one) => one !== '')
        .join(' ')
      return ''
    })
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

async function session(store: string): Promise<string> {
  const args = [BUNDLE, '--store', store, '--color', 'always']
  const { stdout, stderr } = await faultline(args, { cwd: ROOT })
  if (stdout === '') throw new Error(`the fixture was not analysed: ${stderr}`)
  const lines = stdout.trimEnd().split('\n')
  const shown = lines.length > LINES ? [...lines.slice(0, LINES), '…'] : lines
  return terminal([`$ faultline ${BUNDLE}`, '', ...shown])
}

async function report(store: string, folder: string): Promise<Uint8Array> {
  const { stdout } = await faultline(['report', '--store', store, '--format', 'html'], { cwd: ROOT })
  const browser = await launch()
  try {
    const { page } = await open(browser, { html: stdout, folder, viewport: { width: 1000, height: 1300 } })
    return await page.screenshot({ type: 'png', animations: 'disabled' })
  } finally {
    await browser.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'faultline-'))
try {
  mkdirSync(FOLDER, { recursive: true })
  const store = join(folder, 'pictures.db')
  writeFileSync(join(FOLDER, 'terminal.svg'), await session(store))
  writeFileSync(join(FOLDER, 'report.png'), await report(store, folder))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
