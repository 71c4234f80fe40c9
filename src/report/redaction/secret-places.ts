// Secrets known by the place they stand in: command lines, markup, configuration without signs, prose and hashes.
import type { RedactionRule } from './rule.ts'

/** A rule that keeps what stands before the secret. */
function place(name: string, pattern: RegExp, kind = 'password'): RedactionRule {
  return { name, kind: 'secret', pattern, replace: ({ groups }) => `${groups.before ?? ''}[secret:${kind}]` }
}

export const SECRET_PLACES: readonly RedactionRule[] = [
  place(
    'command-password',
    /(?<before>[ \t](?:-[uU]|--user|--proxy-user)[ \t=]["']?[^\s:"'/]{1,100}:)(?!\[|\/\/)[^\s"'\\]+/g,
  ),
  place(
    'command-password',
    /(?<before>\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|sshpass|mongo|mongosh|mongodump|redis-cli|ldapsearch)\b[^\n|;]{0,200}?[ \t]-(?:p|a|w)[ \t]?)(?!\[)[^\s"'\\-][^\s"'\\]*/g,
  ),
  place(
    'markup-secret',
    /(?<before>(?:<|&lt;)(?:[\w.-]+:)?[\w.-]{0,60}(?:password|passwd|passphrase|secret|token|api-?key|private-?key)(?:\s[^>\n]{0,200}?)?(?:>|&gt;))(?!\[|\s*(?:<|&lt;))[^<\n]{1,4096}?(?=<\/|&lt;\/)/gi,
  ),
  place(
    'markup-secret',
    /(?<before>\b(?:name|key|id)=\\?["'][\w.:-]{0,60}(?:password|passwd|passphrase|secret|token|api-?key|private-?key)\\?["'][^>\n]{0,100}?\bvalue=\\?["'])(?!\[)[^"'\n\\]+/gi,
  ),
  place(
    'directive-secret',
    /(?<before>\b(?:bindpw|rootpw|requirepass|masterauth|auth_pass|rocommunity6?|rwcommunity6?)[ \t]+["']?)(?!\[)[^\s"'\\]+/g,
  ),
  place(
    'protocol-password',
    /(?<before>(?:^|[\s"'>])(?:AUTH|PASS)[ \t]+(?:(?:PLAIN|LOGIN)[ \t]+)?)(?!\[)(?=[^\s"'/]*\d)(?=[^\s"'/]*[A-Za-z])[^\s"'/\\]{6,}(?=["'\s\\]|$)/gm,
  ),
  place(
    'spoken-password',
    /(?<before>\b(?:password|passphrase|passcode)\s{1,3}(?:is|was|=|to|set\s+to)\s{1,3}["'“]?)(?!\[)(?=[^\s"'”]*\d)(?=[^\s"'”]*[A-Za-z])[^\s"'”,;\\]{6,}/gi,
  ),
  place(
    'command-password',
    /(?<before>\b(?:sqlplus|sqlldr|expdp|impdp|rman|tnsping)\b[^\n|;]{0,80}?[ \t]["']?[\w.$#-]{1,64}\/|\bjdbc:oracle:\w+:[\w.$#"-]{1,64}\/)(?!\[)[^\s@"'\\]+(?=@)/g,
  ),
  place('protocol-password', /(?<before>"AUTH\\*"(?: \\*"(?!\[)[^"\n]*"(?= \\*"))? \\*")(?!\[)[^"\n\\]+/gi),
  place(
    'protocol-password',
    /(?<before>\b(?:HELLO \d |ACL )?AUTH[ \t]+[\w.-]{1,64}[ \t]+)(?!\[)(?=[^\s"'/]*\d)(?=[^\s"'/]*[A-Za-z])[^\s"'/\\]{6,}/g,
  ),
  place(
    'snmp-community',
    /(?<before>\bsnmp(?:walk|get|getnext|set|bulkwalk|bulkget|trap|inform|table|status|d?f)\b[^\n|;]{0,200}?[ \t]-c[ \t]?)(?!\[)[^\s"'\\-][^\s"'\\]*/g,
    'community',
  ),
  place(
    'snmp-community',
    /(?<before>\b(?:com2sec6?(?:[ \t]+-Cn[ \t]+\S+)?[ \t]+\S+[ \t]+\S+|(?:trap2?sink|informsink)[ \t]+\S+|trapcommunity)[ \t]+)(?!\[)[^\s"'\\]+/gi,
    'community',
  ),
  place(
    'snmp-community',
    /(?<before>(?<![\w-])community(?<=\b(?:snmp|trap|authenticationfailure|udp:)[^\n]{0,200})(?:[ ](?:string|name))?[ ]{1,3}(?:is[ ])?(?:\\*["'“])?)(?!\[|(?:edition|server|enterprise|string|name|is|of|for|in|from|mismatch|support|licen[cs]e|version|list|not|and|or)\b)[^\s"'”,;)\\]+/gi,
    'community',
  ),
  place(
    'device-secret',
    /(?<before>\b(?:tacacs|radius)(?:-server)?\b[^\n]{0,60}?\b(?:secret|key)[ \t]+(?:[05-9][ \t]+)?|\b(?:enable|username[ \t]+\S+)\b[^\n]{0,40}?\b(?:secret|password)[ \t]+(?:[05-9][ \t]+)?|\bpre-?shared-?key[ \t]+(?:(?:local|remote|hex|ascii-text)[ \t]+)?["']?|\bisakmp[ \t]+key[ \t]+)(?!\[|is\b|was\b|not\b|does\b|has\b|for\b|mismatch\b|incorrect\b)[^\s"'\\]{3,}/gi,
  ),
  place(
    'one-time-code',
    /(?<before>(?:\b(?:otp|one-time[ ](?:code|password|passcode)|verification[ ]code|security[ ]code|2fa[ ]code|mfa[ ]code)(?:[ ](?:is|was))?|(?:验证码|动态码|校验码|动态密码)(?:[为是])?)[ ]?[:：=]?[ ]?["'“]?)(?!\[)\d{4,8}\b/gi,
    'one-time-code',
  ),
  place('private-key', /(?<before>\b)LS0tLS1CRUdJTi[A-Za-z0-9+/=_-]*(?:\\n[A-Za-z0-9+/=_-]+)*/g, 'private-key'),
  place(
    'private-key',
    /(?<before>\bPuTTY-User-Key-File-\d:[\s\S]{0,4000}?Private-Lines: \d+(?:\r?\n|(?:\\+r)?\\+n))(?!\[)[^"']+?(?=Private-MAC:|["']|$)/g,
    'private-key',
  ),
  {
    ...place(
      'pgpass',
      /(?<before>(?<![\w.:-])[\w.*-]{1,253}:(?:5432|5433|6432|\*):[\w*-]{1,63}:[\w*-]{1,63}:)(?!\[)[^\s"'\\]+/g,
    ),
    needs: [':5432:', ':5433:', ':6432:', ':*:'],
  },
  place(
    'password-hash',
    /(?<before>)\$(?:apr1|1|2[abxy]?|5|6|7|y|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*)\$[./A-Za-z0-9=,+-]{2,}\$?[./A-Za-z0-9$=,+]{8,}/g,
    'password-hash',
  ),
]
