// Reads logs in parts side by side; what comes out is what reading them in one go gives.
import type { ByteReader, OnDisk } from '../../model/index.ts'
import { BEGINNING } from '../road/start.ts'
import { Cutter } from './cutter.ts'
import { type PartedInput, PartedLog } from './parted-log.ts'
import { Ranges } from './ranges.ts'
import { RecordPlaces } from './record-places.ts'

export interface PartedSource extends PartedInput {
  readonly bytes: ByteReader
  readonly disk: OnDisk | null
}

/** Parts of a source whose size is not known before that are worth the start of threads. */
const LEAST_PARTS = 4

/** @returns once the source has been read to its end: what is still to be waited for until all of it has been taken */
export async function readInParts(input: PartedSource): Promise<{ readonly rest: Promise<void> }> {
  const { bytes, disk, log, road, readers } = input
  const taken = { rest: Promise.resolve() }
  const isLarge = disk !== null && disk.size >= readers.sizes.least
  if (road.isParted && isLarge) {
    const places = new RecordPlaces(log.known, readers.readAt)
    await new PartedLog(input, new Ranges({ bytes, disk, places, sizes: readers.sizes })).take()
    return taken
  }
  if (!road.isParted && (isLarge || !readers.busy)) {
    await readers.turn()
    await road.read(bytes, BEGINNING)
    return taken
  }
  const cutter = new Cutter(bytes, road.isParted ? log.known : null, readers)
  const parted = new PartedLog(input, cutter)
  const parts = await parted.begin(LEAST_PARTS)
  if (cutter.ended && readers.busy) return { rest: parted.takeLater() }
  if (!road.isParted || (parts < LEAST_PARTS && !readers.busy)) await parted.takeHere()
  else await parted.take()
  return taken
}
