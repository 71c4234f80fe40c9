// Packet captures: files, layers, flows, TCP analysis and the protocols inside, as facts and rows.

import type { ByteReader, PacketSink, SourceSummary } from '../model/index.ts'
import { APPLICATIONS, DATAGRAM_APPLICATIONS } from './applications/index.ts'
import { readPackets } from './capture/index.ts'
import { tellNotices } from './notices.ts'
import { Observer } from './observer.ts'
import { Scribe } from './scribe.ts'

export interface ReadCaptureOptions {
  /** Index of the source in the bundle. */
  readonly source: number
  /** Label of the source, for notices. */
  readonly path: string
}

/**
 * Reads a capture of any known kind, decompressed, to its end or to its first damage.
 * Facts and rows go to `sink`; rows of flows come when the flow or the capture ends.
 */
export async function readCapture(
  bytes: ByteReader,
  options: ReadCaptureOptions,
  sink: PacketSink,
): Promise<SourceSummary> {
  const scribe = new Scribe(sink, options.source, options.path)
  const observer = new Observer(scribe, { applications: APPLICATIONS, datagramApplications: DATAGRAM_APPLICATIONS })
  const count = await readPackets(bytes, observer)
  observer.finish()
  tellNotices(observer, scribe)
  return observer.summary(count)
}

export { type RewriteOptions, type RewrittenCapture, rewriteCapture } from './rewrite/rewrite-capture.ts'
