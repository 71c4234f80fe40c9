// Puts the program together in few files, so that it starts soon: packages too, but for SQLite's native part.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

/** better-sqlite3 looks for its native part beside this file, wherever it is put together. */
const native = {
  name: 'native',
  setup({ onLoad }) {
    onLoad({ filter: /better-sqlite3[/\\]lib[/\\]binding\.js$/ }, ({ path }) => {
      const folder = "require('node:path').dirname(requireHere.resolve('better-sqlite3'))"
      return { contents: `const __dirname = ${folder};\n${readFileSync(path, 'utf8')}` }
    })
  },
}

const REQUIRE =
  "const requireHere = globalThis.process.getBuiltinModule('module').createRequire(import.meta.url), require = requireHere;\n"

/** An import of a module of Node's own reads all it exports, and so loads much that is never used: half as long again as the rest. */
function builtinsAsked(code) {
  return code.replace(/^import\s+([^;"'`]+?)\s+from\s+"([\w:/]+)";$/gm, (whole, names, module) => {
    if (!isBuiltin(module)) return whole
    const [, own, some] = /^([\w$]+)?(?:,\s*)?(\{[^}]*\})?$/.exec(names.replace(/^\* as /, '')) ?? []
    const given = [own, some?.replaceAll(' as ', ': ')].filter((name) => name !== undefined)
    return given.map((name) => `var ${name} = globalThis.process.getBuiltinModule("${module}");`).join('\n')
  })
}

const { outputFiles } = await build({
  entryPoints: ['src/cli/bin.ts', 'src/log-worker.ts', 'src/rules.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  plugins: [native],
  outdir: 'dist',
  write: false,
  logLevel: 'warning',
})

for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true })
  // The entry keeps to what a Node that is too old knows: it says so.
  const isEntry = path.endsWith(join('cli', 'bin.js'))
  writeFileSync(path, isEntry ? text : (/\brequire/.test(text) ? REQUIRE : '') + builtinsAsked(text))
}
