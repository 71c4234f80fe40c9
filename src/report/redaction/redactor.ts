// Takes secrets and identities out of texts: all texts of one redactor get the same names for the same values.
import { FaultlineError } from '../../model/index.ts'
import { hostsNamedIn, isHostName, renameHost } from './hosts.ts'
import { IDENTITIES } from './identities.ts'
import { KnownWords } from './known-words.ts'
import { pseudonyms } from './pseudonym.ts'
import { applyRule, type RedactionRule } from './rule.ts'
import { SECRETS } from './secrets.ts'
import { vendorSecrets } from './vendors.ts'

export type Profile = 'strict' | 'internal' | 'none'

export interface RedactionOptions {
  readonly profile: Profile
  /** At least 16 bytes; whoever has it can recognise values, so it never leaves the machine. */
  readonly key: Uint8Array
}

export interface Redactor {
  /** Learns values from a text that shows what they are, so that they are also found where nothing does. */
  learn(text: string): Promise<void>
  /** Learns a word that is the name of a machine. */
  learnHost(word: string): void
  redact(text: string): string
  /** Pieces replaced so far, by class, in order of name. */
  counts(): Record<string, number>
}

/** @throws FaultlineError `redaction-key` */
export function createRedactor({ profile, key }: RedactionOptions): Redactor {
  if (key.length < 16) throw new FaultlineError('redaction-key', 'A redaction key has at least 16 bytes.')
  const names = pseudonyms(key)
  const rules = rulesOf(profile)
  const [removed, renamed] = [ofKind(rules, 'secret'), ofKind(rules, 'identity')]
  const [secrets, hosts] = [new KnownWords(), new KnownWords()]
  const tally = new Map<string, number>()
  const add = (name: string, count = 1) => tally.set(name, (tally.get(name) ?? 0) + count)
  const apply = (some: readonly RedactionRule[], text: string, count: (rule: RedactionRule) => void) => {
    return some.reduce((shown, rule) => applyRule(rule, shown, names, count), text)
  }
  /** Most texts hold none: only others are read again without what rules take out. */
  const learnedFrom = async (text: string) => {
    const all = await vendorSecrets(text)
    return all.length === 0 ? all : vendorSecrets(apply(removed, text, () => undefined))
  }
  const hidden = () => '[secret:token]'
  const told = (host: string) => renameHost(host, names, 'told')
  return {
    async learn(text) {
      if (profile === 'none') return
      for (const value of await learnedFrom(text)) secrets.add(value, hidden)
      if (profile === 'strict') for (const host of hostsNamedIn(text)) hosts.add(host, told)
    },
    learnHost: (word) => void (profile === 'strict' && isHostName(word) && hosts.add(word, told)),
    redact(text) {
      const bare = apply(removed, text, ({ name }) => add(name))
      const known = secrets.replace(bare, (count) => add('vendor-token', count))
      const named = apply(renamed, known, ({ name }) => add(name))
      return hosts.replace(named, (count) => add('host-name', count))
    },
    counts: () => Object.fromEntries([...tally].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

export function rulesOf(profile: Profile): readonly RedactionRule[] {
  switch (profile) {
    case 'strict':
      return [...SECRETS, ...IDENTITIES]
    case 'internal':
      return SECRETS
    case 'none':
      return []
    default:
      return profile satisfies never
  }
}

function ofKind(rules: readonly RedactionRule[], kind: RedactionRule['kind']): RedactionRule[] {
  return rules.filter((rule) => rule.kind === kind)
}
