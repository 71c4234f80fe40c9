// How much a literal says: long and unusual words are in few lines, common ones in many.

/** Words that logs of all kinds are full of. */
const COMMON: ReadonlySet<string> = new Set(
  `a an and after all any at be been before but by can cannot could data error errors exception fail failed failing failure fatal
  file for from get got has have host http https id in info into is it java level line log logger message module name net
  new no not null of on op open or org out path port process query read reading received request response result return
  sent send server service session set socket start started status stop stopped string system task tcp thread time
  timed timeout to trying type unable unknown user using value version waiting warn warning was when while will with
  worker write writing client code com config connect connected connecting connection connections context could
  database debug dial end event exit false true failed function handler header invalid key length limit main max memory
  method node number object on operation packet pid pool remote run running size state success table the this update
  upstream url duration lookup hostname attempt close closed closing address backend
  anonymous bind cpu dns docker exceeded execute found kubelet kubernetes lag miss missing parse plan refused required resolved
  rss secs statement took waiting`.split(/\s+/),
)

/** Weight of a common word, however long. */
const COMMON_WEIGHT = 1.5
const SIGN_WEIGHT = 0.5
/** One sign beyond ASCII says about as much as three letters. */
const FOREIGN_WEIGHT = 3

export function weightOf(literal: string): number {
  if (literal.startsWith('\\u')) return (literal.length / 6) * FOREIGN_WEIGHT
  let weight = 0
  for (const [piece] of literal.matchAll(/[A-Za-z]+|[^\0-\x7f]|[^A-Za-z]/g)) {
    if (piece.charCodeAt(0) > 127) weight += FOREIGN_WEIGHT
    else if (/[A-Za-z]/.test(piece)) weight += COMMON.has(piece.toLowerCase()) ? COMMON_WEIGHT : piece.length
    else weight += SIGN_WEIGHT
  }
  return weight
}
