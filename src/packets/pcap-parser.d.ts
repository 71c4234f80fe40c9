// Types of the npm package pcap-parser 0.2.1, with the fields of its parser that the guard relies on.
declare module 'pcap-parser' {
  import type { EventEmitter } from 'node:events'

  export interface GlobalHeader {
    readonly magicNumber: string
    readonly majorVersion: number
    readonly minorVersion: number
    readonly snapshotLength: number
    readonly linkLayerType: number
  }

  export interface PacketHeader {
    readonly timestampSeconds: number
    readonly timestampMicroseconds: number
    readonly capturedLength: number
    readonly originalLength: number
  }

  export interface Parser extends EventEmitter {
    /** What was received and not yet consumed. */
    buffer: Buffer | null
    /** Consumes from `buffer`; true asks to be called again. */
    state: () => boolean
    readonly endianness: 'LE' | 'BE' | null
    on(event: 'globalHeader', listener: (header: GlobalHeader) => void): this
    on(event: 'packet', listener: (packet: { readonly header: PacketHeader; readonly data: Buffer }) => void): this
    on(event: 'error', listener: (error: Error) => void): this
    on(event: 'end', listener: () => void): this
  }

  /** What it asks of a stream. */
  export interface Input extends EventEmitter {
    pause(): void
    resume(): void
  }

  export function parse(input: Input): Parser
}
