// Order of sequence numbers (RFC 9293, 3.4).

/** Whether sequence number `a` comes after `b`, modulo 2^32. */
export function isAfter(a: number, b: number): boolean {
  return ((b - a) | 0) < 0
}
