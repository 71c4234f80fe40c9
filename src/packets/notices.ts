// What a capture lacks, in sentences: cut packets, unknown link types, drops, copies, clocks that go back, bounds that were met.
import type { Observer } from './observer.ts'
import type { Scribe } from './scribe.ts'

/** Shares from which it is worth saying. */
const MALFORMED = 0.01
const DUPLICATE = 0.2
const BACKWARDS = 0.01

export function tellNotices(observer: Observer, scribe: Scribe): void {
  tellPackets(observer, scribe)
  tellBounds(observer, scribe)
}

function tellPackets({ happenings, duplicates, connections }: Observer, scribe: Scribe): void {
  const { packets, malformed, snapped, backwards, dropped, otherRecords } = happenings
  if (packets + otherRecords === 0) scribe.notice('capture-empty', null, 'The capture has no packets.')
  for (const [linkType, count] of [...happenings.unknownLinkTypes].sort(([a], [b]) => a - b)) {
    scribe.notice(
      'link-type-unknown',
      null,
      `${count} of ${packets} packets have link type ${linkType}, which is not understood.`,
    )
  }
  if (snapped > 0)
    scribe.notice('packets-snapped', null, `${snapped} of ${packets} packets were not captured to their end.`)
  if (malformed > packets * MALFORMED)
    scribe.notice('packets-malformed', null, `${malformed} of ${packets} packets contradict themselves.`)
  if (connections.damaged > 0)
    scribe.notice(
      'packets-malformed',
      null,
      `${connections.damaged} of ${packets} packets are not as they were sent, by their checksums, and were left out.`,
    )
  if (dropped > 0) scribe.notice('capture-drops', null, `${dropped} packets were dropped while capturing.`)
  if (duplicates.count > packets * DUPLICATE) {
    scribe.notice(
      'packets-duplicate',
      null,
      `${duplicates.count} of ${packets} packets were captured twice; copies count once in the facts.`,
    )
  }
  if (connections.silence.isOneSided) {
    scribe.notice(
      'capture-one-sided',
      null,
      'Of most connections only one direction was captured: silence and loss are not told of.',
    )
  }
  if (backwards > packets * BACKWARDS) {
    scribe.notice(
      'packets-backwards',
      null,
      `The time goes back ${backwards} times in ${packets} packets; reordercap sorts them.`,
    )
  }
}

function tellBounds({ connections, exchanges, icmp, fragments }: Observer, scribe: Scribe): void {
  const evicted = connections.evicted + exchanges.evicted
  if (evicted > 0) scribe.notice('flows-evicted', null, `${evicted} open flows were ended early to bound memory.`)
  const { bounded } = connections.waiting
  if (bounded > 0)
    scribe.notice(
      'state-bounded',
      null,
      `${bounded} gaps in TCP streams were given up because too much data waited behind them.`,
    )
  if (fragments.evicted > 0)
    scribe.notice('state-bounded', null, `${fragments.evicted} fragmented datagrams were given up.`)
  if (icmp.uncounted > 0) scribe.notice('state-bounded', null, `${icmp.uncounted} ICMP messages were not counted.`)
}
