// The port between reassembled conversations and the protocols inside them: what an application sees and what it may say.
import type { DnsRow, Fields, HttpRow, Instant, PacketPlace, Tally, TlsRow } from '../model/index.ts'

/** Who talks to whom; of a TCP connection or of a UDP exchange. Addresses as text, `port` is the server's. */
export interface Conversation {
  readonly client: string
  readonly clientPort: number
  readonly server: string
  readonly port: number
  readonly proto: 'tcp' | 'udp'
  /** The SYN was captured, so the first chunk is the first of the connection. False for UDP. */
  readonly sawStart: boolean
}

/** Payload in the order its sender sent it. One object is used for all chunks: keep nothing of it but `place`. */
export interface Chunk {
  /** Valid only during the call; copy what is kept. */
  readonly data: Uint8Array
  /** When this data became complete: time of the packet, or of the later packet that filled the hole before it. Behind a hole that nothing filled (`gap`): the time of its own packet. */
  readonly time: Instant
  /** The packet that carried it. Reading it costs a digest of the packet: read it only to cite. A fresh object each time. */
  readonly place: PacketPlace
  readonly from: 'client' | 'server'
  /** Bytes of this direction missing right before this chunk: lost, or not kept. */
  readonly gap: number
  /** Bytes of this segment after `data` that were sent but not captured (snaplen). */
  readonly cut: number
}

/** How a conversation ended: both sides said so, a reset, or the capture (or its memory) ended first. */
export type Ending = 'fin' | 'reset' | 'capture'

/** One side said it will send no more, or broke the conversation. */
export interface Closing {
  readonly from: 'client' | 'server'
  readonly how: 'fin' | 'reset'
  readonly time: Instant
  /** The packet with FIN or RST; as in a chunk, read it only to cite. */
  readonly place: PacketPlace
}

/** Follows one TCP conversation from the chunk that was recognised. Must bound what it keeps. Never throws. */
export interface Analyzer {
  chunk(chunk: Chunk): void
  /** The first FIN or RST of each side: a FIN after the chunks before it, a RST at once. One object is used for all: keep nothing of it. */
  closing?(closing: Closing): void
  /** @param time of the last packet of the conversation, or of the capture where `how` is `capture` */
  end(time: Instant, how: Ending): void
  /** Whether the client awaits an answer now: asked when a reset arrives, before `end`. */
  readonly awaiting: boolean
}

/** A protocol over TCP. Has no state of its own. */
export interface Application {
  /** Name in `connections.service`: `dns`, `tls`, `http`, `postgresql`, … */
  readonly name: string
  /** Whether this chunk looks like the protocol; asked for the first chunks of a conversation, either direction, in order of the registry. */
  recognise(chunk: Chunk, conversation: Conversation): boolean
  /** The chunk that was recognised is the first the analyzer gets. */
  open(conversation: Conversation, output: Output): Analyzer
  /** Once per capture, after the last conversation ended: to state what only the whole capture shows. `output` is the one given to `open`. */
  finish?(output: Output, time: Instant): void
}

/** Follows all UDP exchanges of one protocol in one capture. Must bound what it keeps. Never throws. */
export interface DatagramAnalyzer {
  /** @returns whether it was this protocol: then the exchange's `service` is its name */
  datagram(chunk: Chunk, conversation: Conversation): boolean
  /** @param time of the last packet of the capture */
  end(time: Instant): void
}

/** A protocol over UDP. Has no state of its own. */
export interface DatagramApplication {
  readonly name: string
  /** Datagrams from or to these ports are offered, in order of the registry, until one says it is its protocol. */
  readonly ports: readonly number[]
  /** Once per capture. */
  open(output: Output): DatagramAnalyzer
}

/** What was observed, as it becomes a fact. */
export interface Observation {
  /** Kind of fact, as `grammars/README.md` lists them. */
  readonly kind: string
  readonly time: Instant
  readonly place: PacketPlace
  /** One line that says what the packet is; as a function where it is rarely asked for: what it says must not change. */
  readonly excerpt: string | (() => string)
  readonly fields: Fields
}

/** Takes what an application finds. */
export interface Output {
  fact(observation: Observation): void
  dns(row: DnsRow): void
  tls(row: TlsRow): void
  http(row: HttpRow): void
  /** Every response counts here, whether a row or a fact is made of it or not. */
  readonly tally: Tally
}
