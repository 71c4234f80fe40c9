// Names of the things that analysis says of a segment, as Wireshark's tcp.analysis fields.

export const RETRANSMISSION = 0x0001
export const LOST_SEGMENT = 0x0002
export const ACKED_UNSEEN = 0x0004
export const KEEP_ALIVE = 0x0008
export const DUPLICATE_ACK = 0x0010
export const ZERO_WINDOW = 0x0020
export const ZERO_WINDOW_PROBE = 0x0040
export const ZERO_WINDOW_PROBE_ACK = 0x0080
export const KEEP_ALIVE_ACK = 0x0100
export const OUT_OF_ORDER = 0x0200
export const FAST_RETRANSMISSION = 0x0400
export const WINDOW_UPDATE = 0x0800
export const WINDOW_FULL = 0x1000
export const SPURIOUS_RETRANSMISSION = 0x4000
