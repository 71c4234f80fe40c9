// Reads of numbers and text out of bytes; a read past the end gives zeros or less text, so lengths are checked by the caller.

export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}

export function u16(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1)
}

export function u24(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 16) | u16(bytes, at + 1)
}

export function u32(bytes: Uint8Array, at: number): number {
  return u8(bytes, at) * 0x1000000 + u24(bytes, at + 1)
}

export function u16le(bytes: Uint8Array, at: number): number {
  return u8(bytes, at) | (u8(bytes, at + 1) << 8)
}

export function u24le(bytes: Uint8Array, at: number): number {
  return u16le(bytes, at) | (u8(bytes, at + 2) << 16)
}

/** The same memory as a Buffer, for its fast searches and conversions. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Each byte one character: nothing can be wrong in it. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return asBuffer(bytes).toString('latin1', from, Math.min(to, bytes.length))
}

/** UTF-8; what is none becomes U+FFFD. */
export function utf8(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return asBuffer(bytes).toString('utf8', from, Math.min(to, bytes.length))
}

export function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false
  return true
}

/** A copy of at most `limit` bytes, for what must outlive the call. */
export function copyOf(bytes: Uint8Array, limit: number): Uint8Array {
  return Uint8Array.prototype.slice.call(bytes, 0, limit)
}
