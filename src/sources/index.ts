// Sources: paths, archives, compression and character sets become streams of bytes with a label.
export { type OpenBundle, type OpenOptions, openBundle } from './bundle.ts'
export { bundleKindsOf } from './bundle-kinds.ts'
export { DEFAULT_LIMITS, type Limits } from './limits.ts'
export { unpackXz } from './unpack-xz.ts'
export { createArchive, type NewArchive, type NewMember } from './write-archive.ts'
