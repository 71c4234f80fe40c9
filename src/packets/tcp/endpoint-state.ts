// Zeek's states of one end of a TCP connection (analyzer/protocol/tcp/TCP_Endpoint.h).

export const INACTIVE = 0
export const SYN_SENT = 1
export const SYN_ACK_SENT = 2
export const PARTIAL = 3
export const ESTABLISHED = 4
export const CLOSED = 5
export const RESET = 6
