// What the formats of capture files have in common: they cut bytes into packets and say where they gave up.
import type { NoticeCode } from '../../model/index.ts'
import type { Packet } from '../packet.ts'
import type { Intake } from './intake.ts'

/** Longest packet that any capturing program writes (libpcap's MAXIMUM_SNAPLEN): beyond it a length is a lie. */
export const LONGEST_PACKET = 262_144

/** Why a capture could not be read to its end. */
export interface Damage {
  readonly code: NoticeCode
  readonly offset: number
  readonly detail: string
}

/** Where packets and what lies between them go. */
export interface PacketTarget {
  /** Filled by a framer before each call of `packet`. */
  readonly current: Packet
  packet(): void
  /** Packets that the capturing machine says it lost. */
  dropped(count: number): void
  /** One systemd journal entry; it takes a packet number, as in Wireshark. */
  journalEntry(bytes: Uint8Array): void
  /** A record that is no packet and yet takes a number. */
  otherRecord(): void
  damaged(damage: Damage): void
}

/** Cuts one kind of capture file into packets. */
export interface Framer {
  /** Name of the format for messages: `pcap`, `pcapng`. */
  readonly name: string
  /** Hands over all whole records of `intake` and moves its start behind them. */
  consume(intake: Intake): void
  /** Bytes the next record needs, at most LARGEST_RECORD; 0 where there is no reading on. */
  readonly needed: number
  /** Lets go of what would outlive it. */
  end?(): void
}
