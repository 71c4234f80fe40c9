// How the built program takes its parts: from few scripts, with what V8 compiled of each in an earlier run. Node's own cache keeps no
// function that V8 compiled after its module had been read, which are nearly all, and each module that Node looks for takes its time.

/** The exports of a part; it runs when it is first taken. */
function __take(part) {
  let exports = taken.get(part)
  if (exports === undefined) {
    const here = { url: new URL(part, DIST).href, resolve: (name) => import.meta.resolve(name) }
    exports = partsOf(SCRIPTS[part])[part](__take, __takeLater, builtin('module').createRequire(here.url), here)
    taken.set(part, exports)
  }
  return exports
}

/** Taken as late as a module would be. */
async function __takeLater(part) {
  return __take(part)
}

const taken = new Map()
const scripts = new Map()

function partsOf(name) {
  let parts = scripts.get(name)
  if (parts === undefined) scripts.set(name, (parts = run(name)))
  return parts
}

function run(name) {
  const { readFileSync } = builtin('fs')
  const path = builtin('url').fileURLToPath(new URL(name, DIST))
  const kept = `${builtin('path').dirname(path)}/cache/${name}.${setting()}`
  const isCached = !process.env.NODE_DISABLE_COMPILE_CACHE
  const cachedData = (isCached ? orNull(() => checked(readFileSync(kept))) : null) ?? undefined
  const script = new (builtin('vm').Script)(readFileSync(path, 'utf8'), { filename: path, cachedData })
  // An analysis uses most of it; what less compiled is not worth keeping.
  if (isCached && (cachedData === undefined || script.cachedDataRejected))
    process.once('exit', () => taken.has(ANALYZE) && orNull(() => keep(script, kept)))
  return script.runInThisContext()
}

/** What V8 compiled fits one version of it, one kind of processor, and the same flags. */
function setting() {
  return `${process.version}-${process.arch}-${builtin('v8').cachedDataVersionTag().toString(16)}`
}

const SUM = 4

/** V8 believes what it is given: a disk may have kept less. */
function checked(bytes) {
  const data = bytes.subarray(0, -SUM)
  return builtin('zlib').crc32(data) === bytes.readUInt32LE(data.length) ? data : null
}

/** Others may read meanwhile, or write the same. */
function keep(script, path) {
  const { closeSync, mkdirSync, openSync, renameSync, writeSync } = builtin('fs')
  mkdirSync(builtin('path').dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  const file = openSync(temporary, 'w')
  const data = script.createCachedData()
  const sum = Buffer.alloc(SUM)
  sum.writeUInt32LE(builtin('zlib').crc32(data))
  for (const bytes of [data, sum]) writeSync(file, bytes)
  closeSync(file)
  renameSync(temporary, path)
}

/** A folder that cannot be read or written leaves all compiled as ever. */
function orNull(attempt) {
  try {
    return attempt()
  } catch {
    return null
  }
}

function builtin(name) {
  return process.getBuiltinModule(name)
}
