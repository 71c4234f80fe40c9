// How tests of tickets keep a file: as the command line does.
import { writeWhole } from '../../src/cli/write-file.ts'

export const save = (path: string, bytes: Uint8Array): void => writeWhole(path, [bytes])
