// The part of the npm package dns-packet that is used here; the package brings no types.
declare module 'dns-packet' {
  interface Record {
    readonly type: string
    readonly data?: unknown
    readonly extendedRcode?: number
  }
  interface Packet {
    readonly answers: readonly Record[]
    readonly additionals: readonly Record[]
  }
  const dnsPacket: {
    /** Throws on damage, but for a last record that is cut: then `bytes` is more than there are. */
    decode: { (bytes: Buffer): Packet; bytes: number }
    name: {
      /** Throws on a name that is cut, too long or points forward; `bytes` is the length of the last one read. */
      decode: { (bytes: Buffer, offset: number): string; bytes: number }
    }
  }
  export default dnsPacket
}
