// Puts the program together so that it starts soon: packages too, but for SQLite's native part, in scripts that `load.mjs` takes parts from.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, join } from 'node:path'
import { Script } from 'node:vm'
import { build } from 'esbuild'

const ENTRIES = ['src/cli/bin.ts', 'src/log-worker.ts', 'src/rules.ts']
/** Scripts of parts that run together: what the version needs, and what an analysis needs beyond. All other parts are scripts of their own. */
const TOGETHER = {
  start: ['src/cli/main.ts', 'src/cli/actions/about.ts'],
  analyze: ['src/cli/command-line.ts', 'src/cli/actions/analyze.ts'],
}

/** better-sqlite3 looks for its native part beside this file, wherever it is put together. */
const native = {
  name: 'native',
  setup({ onLoad }) {
    onLoad({ filter: /better-sqlite3[/\\]lib[/\\]binding\.js$/ }, ({ path }) => {
      const folder = "require('node:path').dirname(places.resolve('better-sqlite3'))"
      return { contents: `const places = require, __dirname = ${folder};\n${readFileSync(path, 'utf8')}` }
    })
  },
}

const { outputFiles, metafile } = await build({
  entryPoints: ENTRIES,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  plugins: [native],
  outdir: 'dist',
  write: false,
  metafile: true,
  logLevel: 'warning',
})
const outputs = new Map(Object.entries(metafile.outputs))
const outputOf = (entry) => [...outputs.keys()].find((path) => outputs.get(path).entryPoint === entry)

/** The output with all that it imports, these first. */
function closure(path, into = new Set()) {
  for (const { path: imported, kind } of outputs.get(path).imports)
    if (kind === 'import-statement' && outputs.has(imported)) closure(imported, into)
  return into.add(path)
}

/** An import of a module of Node's own reads all that it exports, and so loads much that is never used. */
function asked(module) {
  return isBuiltin(module) ? `globalThis.process.getBuiltinModule("${module}")` : `__take("${basename(module)}")`
}

/** Without imports: what a part needs it takes. Nothing that a part exports changes later. */
function taking(code) {
  return code
    .replace(/^import\s+([^;"'`]+?)\s+from\s+"([^"]+)";$/gm, (_, names, module) => {
      const [, own, some] = /^(?:\* as )?([\w$]+)?(?:,\s*)?(\{[^}]*\})?$/.exec(names)
      const given = [own, some?.replaceAll(' as ', ': ')].filter((name) => name !== undefined)
      return given.map((name) => `var ${name} = ${asked(module)};`).join(' ')
    })
    .replace(/^import "([^"]+)";$/gm, (_, module) => `${asked(module)};`)
    .replace(/\bimport\("(\.[^"]+)"\)/g, (_, part) => `__takeLater("${basename(part)}")`)
    .replace(/\bimport\("(node:[^"]+)"\)/g, (_, module) => `Promise.resolve(${asked(module)})`)
}

/** A part as a function that gives what it exports. */
function asFunction(code) {
  const body = taking(code)
    .replace(/^export default (.*);$/m, 'return { default: $1 };')
    .replace(/^export \{([^}]*)\};$/m, (_, names) => {
      return `return {${names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')}};`
    })
    .replace(/\bimport\.meta\b/g, '__here')
  return `function (__take, __takeLater, require, __here) {\n"use strict";\n${body}}`
}

const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
const entries = new Set(ENTRIES.map((entry) => basename(outputOf(entry))))
const scripts = new Map()
for (const [name, sources] of Object.entries(TOGETHER))
  for (const path of new Set(sources.flatMap((source) => [...closure(outputOf(source))])))
    if (!scripts.has(basename(path))) scripts.set(basename(path), name)

/** By name of a script its parts. */
const parts = Map.groupBy(
  [...texts.keys()].filter((part) => !entries.has(part)),
  (part) => scripts.get(part) ?? basename(part, '.js'),
)
mkdirSync(join('dist', 'cli'), { recursive: true })
const files = {}
for (const [name, members] of parts) {
  const script = `({\n${members.map((part) => `"${part}": ${asFunction(texts.get(part))}`).join(',\n')}\n})\n`
  // V8 compares no more of a text than its length with what it compiled of it: another text has another name.
  const file = `${name.replace(/-[A-Z0-9]{8}$/, '')}-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`
  new Script(script, { filename: file })
  writeFileSync(join('dist', file), script)
  for (const part of members) files[part] = file
}

const [load, analyze] = [readFileSync('.ci/load.mjs', 'utf8'), basename(outputOf('src/cli/actions/analyze.ts'))]
for (const entry of ENTRIES) {
  const path = outputOf(entry)
  const [, shebang = '', code] = /^(#!.*\n)?([^]*)$/.exec(texts.get(basename(path)))
  const known = { SCRIPTS: files, ANALYZE: analyze }
  const names = Object.entries(known).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`)
  const root = path.includes('/cli/') ? '../' : './'
  const head = `const DIST = new URL("${root}", import.meta.url);\n${names.join('')}${load}`
  writeFileSync(path, `${shebang}${head}${taking(code)}`)
}
