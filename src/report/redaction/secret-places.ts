// Secrets known by the place they stand in: command lines, markup, configuration without signs, prose and hashes.
import type { RedactionRule } from './rule.ts'

/** A rule that keeps what stands before the secret. */
function place(name: string, pattern: RegExp, kind = 'password'): RedactionRule {
  return { name, kind: 'secret', pattern, replace: ({ groups }) => `${groups.before ?? ''}[secret:${kind}]` }
}

export const SECRET_PLACES: readonly RedactionRule[] = [
  place(
    'command-password',
    /(?<before>[ \t](?:-[uU]|--user|--proxy-user)[ \t=]["']?[^\s:"'/]{1,100}:)(?!\[|\/\/)[^\s"']+/g,
  ),
  place(
    'command-password',
    /(?<before>\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|sshpass|mongo|mongosh|mongodump|redis-cli|ldapsearch)\b[^\n|;]{0,200}?[ \t]-(?:p|a|w)[ \t]?)(?!\[)[^\s"'-][^\s"']*/g,
  ),
  place(
    'markup-secret',
    /(?<before><(?:[\w.-]+:)?[\w.-]{0,60}(?:password|passwd|passphrase|secret|token|api-?key|private-?key)(?:\s[^>\n]{0,200})?>)(?!\[|\s*<)[^<\n]{1,4096}(?=<\/)/gi,
  ),
  place(
    'markup-secret',
    /(?<before>\b(?:name|key|id)=\\?["'][\w.:-]{0,60}(?:password|passwd|passphrase|secret|token|api-?key|private-?key)\\?["'][^>\n]{0,100}?\bvalue=\\?["'])(?!\[)[^"'\n\\]+/gi,
  ),
  place(
    'directive-secret',
    /(?<before>\b(?:bindpw|rootpw|requirepass|masterauth|auth_pass|rocommunity6?|rwcommunity6?)[ \t]+["']?)(?!\[)[^\s"']+/g,
  ),
  place(
    'protocol-password',
    /(?<before>(?:^|[\s"'>])(?:AUTH|PASS)[ \t]+(?:(?:PLAIN|LOGIN)[ \t]+)?)(?!\[)(?=[^\s"'/]*\d)(?=[^\s"'/]*[A-Za-z])[^\s"'/]{6,}(?=["'\s]|$)/gm,
  ),
  place(
    'spoken-password',
    /(?<before>\b(?:password|passphrase|passcode)\s{1,3}(?:is|was|=|to|set\s+to)\s{1,3}["'“]?)(?!\[)(?=[^\s"'”]*\d)(?=[^\s"'”]*[A-Za-z])[^\s"'”,;]{6,}/gi,
  ),
  place('pgpass', /(?<before>(?<![\w.:-])[\w.*-]{1,253}:(?:5432|5433|6432|\*):[\w*-]{1,63}:[\w*-]{1,63}:)(?!\[)\S+/g),
  place(
    'password-hash',
    /(?<before>)\$(?:apr1|1|2[abxy]?|5|6|7|y|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*)\$[./A-Za-z0-9=,+-]{2,}\$?[./A-Za-z0-9$=,+]{8,}/g,
    'password-hash',
  ),
]
