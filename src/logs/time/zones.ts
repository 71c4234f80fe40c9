// Time zones as logs write them: offsets, abbreviations, and IANA names with their changes.

/** Minutes east of UTC. Ambiguous abbreviations (IST, CST, BST) have the meaning that is commonest in server logs. */
// biome-ignore format: a table
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  Z: 0, UTC: 0, GMT: 0, UCT: 0, WET: 0, WEST: 60, BST: 60, CET: 60, CEST: 120, MET: 60, MEST: 120, EET: 120, EEST: 180,
  MSK: 180, IST: 330, PKT: 300, HKT: 480, SGT: 480, PHT: 480, AWST: 480, JST: 540, KST: 540, ACST: 570, AEST: 600,
  AEDT: 660, NZST: 720, NZDT: 780, EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480,
  PDT: -420, AKST: -540, AKDT: -480, HST: -600, BRT: -180, ART: -180, SAST: 120, CAT: 120, EAT: 180, WAT: 60,
}

export interface ZoneText {
  readonly offset: number
  readonly end: number
}

const OFFSET = /(?:UTC|GMT)?([+-])(\d\d):?(\d\d)?(?!\d|:\d)/y
const NAME = /([A-Z]{1,4})(?![A-Za-z0-9_])/y

/** Reads `Z`, `+02:00`, `+0200`, `-05`, ` +0200`, ` UTC`, ` CEST` behind a time. */
export function readZone(text: string, at: number): ZoneText | null {
  const spaced = text.charCodeAt(at) === 32
  const from = spaced ? at + 1 : at
  OFFSET.lastIndex = from
  const offset = OFFSET.exec(text)
  const isAlone = offset?.[3] === undefined && !/^[ \])]/.test(text.slice(OFFSET.lastIndex, OFFSET.lastIndex + 1))
  if (offset !== null && !(spaced && isAlone)) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    const signed = offset[1] === '-' ? -minutes : minutes
    if (minutes <= 15 * 60) return { offset: signed, end: behindName(text, OFFSET.lastIndex, signed) }
  }
  NAME.lastIndex = from
  const name = NAME.exec(text)
  const known = name === null ? undefined : ABBREVIATIONS[name[1] ?? '']
  return known === undefined ? null : { offset: known, end: NAME.lastIndex }
}

/** Go says a zone twice: `+0000 UTC`, `+0100 CET`. */
function behindName(text: string, end: number, offset: number): number {
  if (text.charCodeAt(end) !== 32) return end
  NAME.lastIndex = end + 1
  const name = NAME.exec(text)?.[1]
  return name !== undefined && ABBREVIATIONS[name] === offset ? end + 1 + name.length : end
}

/** Tells the offset of a zone in minutes at a wall time given in microseconds as if it were UTC. */
export type ZoneRule = (wall: number) => number

const HOUR_MILLIS = 3_600_000

/** Offset (`+02:00`, `-0500`) or IANA name; null where the name is not known. */
export function zoneRule(name: string): ZoneRule | null {
  const fixed = readZone(name, 0)
  if (fixed !== null && fixed.end === name.length) return () => fixed.offset
  try {
    return ianaRule(new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }))
  } catch {
    return null
  }
}

function ianaRule(format: Intl.DateTimeFormat): ZoneRule {
  const known = new Map<number, number>()
  const offsetAt = (millis: number): number => {
    const hour = Math.floor(millis / HOUR_MILLIS)
    let offset = known.get(hour)
    if (offset === undefined) {
      const found = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(hour * HOUR_MILLIS))
      offset = (Number(found?.[2] ?? 0) * 60 + Number(found?.[3] ?? 0)) * (found?.[1] === '-' ? -1 : 1)
      if (known.size > 10_000) known.clear()
      known.set(hour, offset)
    }
    return offset
  }
  return (wall) => {
    const millis = wall / 1000
    const guess = offsetAt(millis)
    return offsetAt(millis - guess * 60_000)
  }
}
