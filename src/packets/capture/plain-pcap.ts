// Plain microsecond pcap through the npm package pcap-parser, behind a guard that it cannot be led astray.
import { EventEmitter } from 'node:events'
import { type Parser, parse } from 'pcap-parser'
import type { Framer, PacketTarget } from './framer.ts'
import type { Intake } from './intake.ts'
import { HEADER_LENGTH, PcapFramer, type PcapKind } from './pcap.ts'

/** The stream the parser listens to: it gives what is emitted here, when it is emitted, whole records only. */
class Feed extends EventEmitter {
  pause(): void {
    this.removeAllListeners('drain')
  }

  resume(): void {
    this.emit('drain')
  }
}

/**
 * The package parses the header and is driven by the data; its way of cutting records is replaced by batches of the
 * guard: three events and four slices a packet cost more than all of the analysis, its buffer grows without bound
 * on a lying length, and a cut last record would be dropped without a word.
 */
export class PlainPcapFramer implements Framer {
  readonly name = 'pcap'
  readonly #feed = new Feed()
  readonly #parser: Parser
  readonly #kind: PcapKind
  readonly #target: PacketTarget
  #records: PcapFramer | null = null

  constructor(kind: PcapKind, target: PacketTarget) {
    this.#kind = kind
    this.#target = target
    this.#parser = parse(this.#feed)
    this.#parser.on('globalHeader', (header) => {
      this.#records = new PcapFramer(this.#kind, header.linkLayerType & 0xffff, this.#target)
    })
    // Magic and version were checked before: an error here is a broken program.
    this.#parser.on('error', (error) => {
      throw error
    })
  }

  get needed(): number {
    return this.#records?.needed ?? HEADER_LENGTH
  }

  consume(intake: Intake): void {
    if (this.#records === null) this.#readHeader(intake)
    if (this.#records !== null) this.#readRecords(intake, this.#records)
  }

  /** The package leaves a task that holds the feed until the thread waits, which it may not do for many captures. */
  end(): void {
    this.#feed.removeAllListeners()
  }

  #readHeader(intake: Intake): void {
    const at = intake.start
    this.#feed.emit('data', intake.bytes.subarray(at, at + HEADER_LENGTH))
    intake.start = at + HEADER_LENGTH
  }

  #readRecords(intake: Intake, records: PcapFramer): void {
    const parser = this.#parser
    parser.buffer = null
    parser.state = () => {
      intake.start = records.batch(intake.bytes, intake.start, intake)
      parser.buffer = null
      return false
    }
    this.#feed.emit('data', intake.bytes.subarray(intake.start, intake.end))
  }
}
