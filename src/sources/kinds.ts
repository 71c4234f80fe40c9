// Kinds of files that are no text and not read: what their first bytes say they are.

interface Kind {
  readonly magic: string
  readonly is: string
}

/** As Latin-1 text. Asked only of bytes that are no text: a log may begin with `MZ` or `070701`. */
const KINDS: readonly Kind[] = [
  { magic: '\x7fELF', is: 'an ELF program, library or core dump' },
  { magic: 'MZ', is: 'a Windows program or library' },
  { magic: '\xca\xfe\xba\xbe', is: 'a Java class or macOS program' },
  { magic: '\xcf\xfa\xed\xfe', is: 'a macOS program' },
  { magic: '\0asm', is: 'WebAssembly' },
  { magic: '\x89PNG', is: 'a PNG image' },
  { magic: '\xff\xd8\xff', is: 'a JPEG image' },
  { magic: 'GIF8', is: 'a GIF image' },
  { magic: 'RIFF', is: 'a RIFF image, sound or film' },
  { magic: '%PDF-', is: 'a PDF document' },
  { magic: '\xd0\xcf\x11\xe0', is: 'a Microsoft Office document' },
  { magic: 'SQLite format 3\0', is: 'an SQLite database' },
  { magic: 'ElfFile\0', is: 'a Windows event log: export it as text or XML' },
  { magic: 'JAVA PROFILE 1.', is: 'a Java heap dump' },
  { magic: 'FLR\0', is: 'a Java flight recording' },
  { magic: '7z\xbc\xaf\x27\x1c', is: 'a 7-Zip archive: unpack it first' },
  { magic: 'Rar!\x1a\x07', is: 'a RAR archive: unpack it first' },
  { magic: '\x04\x22\x4d\x18', is: 'compressed with LZ4: unpack it first' },
  { magic: '\x1f\x9d', is: 'compressed with compress: unpack it first' },
  { magic: '\x1f\xa0', is: 'compressed with compress: unpack it first' },
  { magic: '\x5d\0\0', is: 'compressed with LZMA: unpack it first' },
  { magic: '\x89LZO', is: 'compressed with LZO: unpack it first' },
  { magic: 'LZIP', is: 'compressed with lzip: unpack it first' },
  { magic: '\xff\x06\0\0sNaPpY', is: 'compressed with Snappy: unpack it first' },
  { magic: 'MSCF\0\0\0\0', is: 'a cabinet archive: unpack it first' },
  { magic: '\xed\xab\xee\xdb', is: 'an RPM package' },
  { magic: '!<arch>\n', is: 'an ar archive or Debian package' },
  { magic: '070701', is: 'a cpio archive: unpack it first' },
  { magic: '070702', is: 'a cpio archive: unpack it first' },
  { magic: '070707', is: 'a cpio archive: unpack it first' },
  { magic: '\xc7\x71', is: 'a cpio archive: unpack it first' },
  { magic: 'PAR1', is: 'a Parquet table' },
  { magic: 'Obj\x01', is: 'an Avro file' },
]

/** These would pass for text by their head. */
const TEXT_LIKE = /^(?:%PDF-\d\.\d|!<arch>\n)/

/** Captures by other tools than those of libpcap and Wireshark. */
const CAPTURES: readonly Kind[] = [
  { magic: 'snoop\0\0\0', is: 'snoop' },
  { magic: 'btsnoop\0', is: 'btsnoop' },
  { magic: 'TRSNIFF data    \x1a', is: 'Sniffer' },
  { magic: 'XCP\0', is: 'NetXRay' },
  { magic: 'GMBU', is: 'Microsoft Network Monitor' },
  { magic: 'RTSS', is: 'Microsoft Network Monitor' },
  { magic: 'iptrace 1.0', is: 'AIX iptrace' },
  { magic: 'iptrace 2.0', is: 'AIX iptrace' },
  { magic: '\x54\x52\x00\x64\x00', is: 'IBM iSeries trace' },
]

const LONGEST = 24

export function kindOf(head: Uint8Array): string | null {
  return find(KINDS, head)
}

export function foreignCaptureOf(head: Uint8Array): string | null {
  return find(CAPTURES, head)
}

export function isTextLike(head: Uint8Array): boolean {
  return TEXT_LIKE.test(Buffer.from(head.subarray(0, LONGEST)).toString('latin1'))
}

function find(kinds: readonly Kind[], head: Uint8Array): string | null {
  const start = Buffer.from(head.subarray(0, LONGEST)).toString('latin1')
  return kinds.find(({ magic }) => start.startsWith(magic))?.is ?? null
}
