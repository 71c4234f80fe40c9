// A redacted copy of a bundle: logs without secrets, captures without payload, names instead of identities.
import {
  blocksOf,
  exportJournal,
  harTexts,
  isHar,
  isJournalExport,
  rewriteHar,
  rewriteJournalExport,
} from './logs/index.ts'
import { FaultlineError, type Notice, type Source } from './model/index.ts'
import { rewriteCapture } from './packets/index.ts'
import { assertClean, createRedactor, type Profile, type Redactor } from './report/index.ts'
import { createArchive, DEFAULT_LIMITS, type NewMember, openBundle } from './sources/index.ts'

export interface RedactInput {
  readonly paths: readonly string[]
  /** The gzipped tar that is written. */
  readonly output: string
  readonly profile: Profile
  readonly key: Uint8Array
  readonly interrupt: AbortSignal
}

export interface RedactedBundle {
  readonly members: number
  /** Pieces replaced, by class. */
  readonly counts: Readonly<Record<string, number>>
  /** What was left out, cut, or could not be read. */
  readonly notices: readonly Pick<Notice, 'source' | 'detail'>[]
}

/** Text is looked at in blocks of whole lines. */
const BLOCK = 1 << 18
/** A line beyond this is cut, so that memory stays bounded. */
const LONGEST_LINE = 1 << 23
/** Longest private key that is waited for. */
const LONGEST_KEY = 1 << 16
const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/g
const KEY_ENDS = /-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/
const REMOVED = '[removed: could not be redacted]'

/**
 * The bundle is read twice: names and tokens that one log shows are then known in all of them.
 * @throws FaultlineError for paths that do not exist or an archive that cannot be written
 */
export async function redactBundle(input: RedactInput): Promise<RedactedBundle> {
  const { profile, key } = input
  const redactor = createRedactor({ profile, key })
  for await (const source of await members(input.paths, () => {})) {
    for await (const text of textsOf(source)) await redactor.learn(text)
    if (input.interrupt.aborted) break
  }
  return new Copy(input, redactor).write()
}

/** What of a source is words, for the first of the two readings. */
async function* textsOf(source: Source): AsyncGenerator<string> {
  if (source.content === 'text') yield* isHar(source.head) ? harTexts(blocksOf(source.bytes)) : blocks(source, () => {})
  if (source.content !== 'journal') return
  for await (const entry of exportJournal(source.bytes, () => {})) yield Buffer.from(entry).toString()
}

async function members(paths: readonly string[], notice: (notice: Notice) => void): Promise<AsyncIterable<Source>> {
  return (await openBundle(paths, { limits: DEFAULT_LIMITS, notice, stdin: process.stdin })).members
}

interface Copying {
  readonly write: (bytes: Uint8Array) => void
  readonly tell: (detail: string) => void
}

/** The state of one copy. */
class Copy {
  readonly #input: RedactInput
  readonly #redactor: Redactor
  readonly #notices: Pick<Notice, 'source' | 'detail'>[] = []
  readonly #names = new Set<string>()

  constructor(input: RedactInput, redactor: Redactor) {
    this.#input = input
    this.#redactor = redactor
  }

  async write(): Promise<RedactedBundle> {
    const { paths, output, interrupt } = this.#input
    const sources = await members(paths, (notice) => this.#notices.push(notice))
    const archive = createArchive(output)
    try {
      for await (const source of sources) {
        const member = this.#member(source)
        if (member !== null) await archive.add(member)
        if (interrupt.aborted) throw new FaultlineError('interrupted', 'Interrupted: nothing was written.')
      }
      await archive.finish()
    } finally {
      archive.abandon()
    }
    return { members: this.#names.size, counts: this.#redactor.counts(), notices: this.#notices }
  }

  #member(source: Source): NewMember | null {
    const { content, modified } = source
    switch (content) {
      case 'text':
        return { name: this.#name(source), modified, fill: (write) => this.#text(source, write) }
      case 'capture':
        return { name: this.#name(source), modified, fill: (write) => this.#capture(source, write) }
      case 'empty':
        return { name: this.#name(source), modified, fill: async () => {} }
      case 'journal':
        return { name: this.#name(source), modified, fill: (write) => this.#journal(source, write) }
      case 'binary':
        return this.#leaveOut(source, 'is left out: nothing is known of what it holds')
      default:
        return content satisfies never
    }
  }

  #leaveOut({ path }: Source, detail: string): null {
    this.#notices.push({ source: path, detail })
    return null
  }

  async #text(source: Source, write: (bytes: Uint8Array) => void): Promise<void> {
    if (isJournalExport(source.head)) return this.#entries(blocksOf(source.bytes), write)
    const tell = (detail: string) => void this.#notices.push({ source: source.path, detail })
    if (isHar(source.head)) return this.#archive(source, { write, tell })
    for await (const text of blocks(source, tell)) write(Buffer.from(await this.#rewrite(text)))
  }

  async #archive({ bytes }: Source, { write, tell }: Copying): Promise<void> {
    const parts = rewriteHar(blocksOf(bytes), (text) => this.#rewrite(text), tell)
    for await (const part of parts) write(part)
  }

  /** Checksums and packed values of a journal file leave no room for other words: it becomes an export. */
  async #journal(source: Source, write: (bytes: Uint8Array) => void): Promise<void> {
    const tell = (detail: string) => this.#notices.push({ source: source.path, detail })
    tell('is written as `journalctl -o export` would')
    await this.#entries(exportJournal(source.bytes, tell), write)
  }

  async #entries(blocks: AsyncIterable<Uint8Array>, write: (bytes: Uint8Array) => void): Promise<void> {
    for await (const bytes of rewriteJournalExport(blocks, (text) => this.#rewrite(text))) write(bytes)
  }

  #rewrite(text: string): Promise<string> {
    return cleaned(this.#redactor.redact(text), this.#input.profile)
  }

  async #capture(source: Source, write: (bytes: Uint8Array) => void): Promise<void> {
    const rename = (address: string) => this.#redactor.redact(address)
    const { damage } = await rewriteCapture(source.bytes, { rename, write })
    if (damage !== null) this.#notices.push({ source: source.path, detail: damage })
  }

  #name({ path, content }: Source): string {
    const plain = memberName(path, this.#input.paths, this.#redactor)
    const name = content === 'capture' || content === 'journal' ? asWritten(plain, content) : plain
    let unique = name
    for (let count = 2; this.#names.has(unique); count++) unique = `${name}.${count}`
    this.#names.add(unique)
    return unique
  }
}

/** A capture becomes a pcap, a journal an export. */
function asWritten(name: string, content: 'capture' | 'journal'): string {
  return content === 'capture'
    ? name.replace(/\.(?:pcapng|ntar|cap)(?=\.\d+$|$)/i, '.pcap')
    : `${name.replace(/\.journal~?$/i, '')}.export`
}

/** `dir/bundle.tar.gz!logs/db-1.corp.cn.log` becomes `logs/host-….zone-….log`; nothing climbs out of the archive. */
function memberName(path: string, given: readonly string[], redactor: Redactor): string {
  const root = given.find((one) => path.startsWith(one)) ?? ''
  const isArchive = path.startsWith(`${root}!`)
  const parent = root.replace(/\/+$/, '').split('/').slice(0, -1).join('/')
  const inner = isArchive ? path.slice(root.length + 1) : path.slice(parent === '' ? 0 : parent.length + 1)
  const parts = inner.split(/[/\\!]+/).filter((part) => part !== '' && part !== '.' && part !== '..')
  const names = parts.map((part) => redactedName(part.replace(/\.(?:gz|bz2|xz|zst)$/i, ''), redactor))
  return names.join('/') || 'member'
}

const SUFFIX = /(?:\.(?:log|txt|out|err|har|json|jsonl|ndjson|csv|xml|export|pcap|pcapng|cap|tar|tgz|zip|\d+))*$/i

function redactedName(name: string, redactor: Redactor): string {
  const [suffix = ''] = SUFFIX.exec(name) ?? []
  const stem = name.slice(0, name.length - suffix.length)
  return (
    stem
      .split('_')
      .map((word) => redactor.redact(word))
      .join('_')
      .replaceAll('/', '-') + suffix
  )
}

/** Whole lines, and private keys that span several of them in one piece. */
async function* blocks(source: Source, tell: (detail: string) => void): AsyncGenerator<string> {
  const target = new Uint8Array(BLOCK)
  let pending = Buffer.alloc(0)
  for (let read = await source.bytes.read(target); read > 0; read = await source.bytes.read(target)) {
    pending = Buffer.concat([pending, target.subarray(0, read)])
    const end = pending.lastIndexOf(10) + 1
    const open = openKey(pending.subarray(0, end))
    const cut = open >= 0 && pending.length - open < LONGEST_KEY ? open : end
    if (cut > 0) yield pending.toString('utf8', 0, cut)
    pending = pending.subarray(cut)
    if (pending.length <= LONGEST_LINE) continue
    tell(`a line is longer than ${LONGEST_LINE} bytes: it is left out`)
    pending = Buffer.from('[removed: too long]\n')
  }
  if (pending.length > 0) yield pending.toString()
}

/** Where the line starts in which a private key begins that does not end; -1 where all end. */
function openKey(bytes: Buffer): number {
  if (!bytes.includes('PRIVATE KEY')) return -1
  const text = bytes.toString('latin1')
  const last = [...text.matchAll(KEY_BEGINS)].at(-1)
  if (last === undefined || KEY_ENDS.test(text.slice(last.index))) return -1
  return text.lastIndexOf('\n', last.index) + 1
}

/** The last look: lines that still match a rule are taken out altogether. */
async function cleaned(text: string, profile: Profile): Promise<string> {
  if (await isClean(text, profile)) return text
  const lines = text.split(/(?<=\n)/)
  if (lines.length === 1) return text.endsWith('\n') ? `${REMOVED}\n` : REMOVED
  const half = lines.length >> 1
  const [first, second] = [lines.slice(0, half).join(''), lines.slice(half).join('')]
  return (await cleaned(first, profile)) + (await cleaned(second, profile))
}

/** A sign before it keeps the text from being taken for a report in JSON or HTML. */
async function isClean(text: string, profile: Profile): Promise<boolean> {
  try {
    await assertClean(`.\n${text}`, profile)
    return true
  } catch (error) {
    if (error instanceof FaultlineError && error.code === 'redaction-failed') return false
    throw error
  }
}
