// What is true or not of one end of a TCP connection: the bits of a word of its row.
export const BASE_KNOWN = 1
export const FIRST_ACK = 2
export const WITH_SYN = 4
export const WITH_FIN = 8
export const WITH_RESET = 16
export const ORIG = 32
export const IGNORED = 64
export const SPOKE_LAST = 128
export const TROUBLED = 256
export const SHAKING = 512
export const TRANSLATED = 1024
export const SEALED = 2048
