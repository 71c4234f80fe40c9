// Teddy's eight buckets of words, and how much of a text each would stop at by mistake.
import { BUCKET_STATE, bytes, folds, MASKS, WORD } from './memory.as'
import { byteShare } from './rarity.as'

export const BUCKETS: usize = 8
const SLOTS: usize = BUCKETS * WORD
const CASE: u32 = 0x20

/**
 * A slot is a position of the word in one bucket: sixteen bits each for the low and high halves of bytes accepted there (a byte
 * passes when both of its halves do), the share of bytes that pass, and the shares a new half would add by the other halves.
 */
const LOW: usize = BUCKET_STATE
const HIGH: usize = LOW + SLOTS * 2
const PASSING: usize = HIGH + SLOTS * 2
const PRODUCT: usize = PASSING + SLOTS * 8
const BY_LOW: usize = PRODUCT + BUCKETS * 8
const BY_HIGH: usize = BY_LOW + SLOTS * 16 * 8

@inline
function accepts(halves: usize, slot: usize, half: u32): bool {
  return ((load<u16>(halves + (slot << 1)) >> half) & 1) != 0
}

@inline
function byHalf(table: usize, slot: usize, half: u32): usize {
  return table + (((slot << 4) + half) << 3)
}

/** What the high half of `byte` adds when it is new. */
function gain(slot: usize, byte: u32, isNewLow: bool): f64 {
  if (accepts(HIGH, slot, byte >> 4)) return 0
  return load<f64>(byHalf(BY_HIGH, slot, byte >> 4)) + (isNewLow ? byteShare(byte) : 0)
}

/** Share of bytes that pass `slot` with the byte at `at` accepted too; past the literal's `end` all are. */
function passingWith(slot: usize, at: usize, end: usize): f64 {
  const before = load<f64>(PASSING + (slot << 3))
  if (at >= end || before == 1) return 1
  const byte = <u32>load<u8>(bytes + at)
  const isNewLow = !accepts(LOW, slot, byte & 15)
  let share = before + gain(slot, byte, isNewLow)
  if (load<u8>(folds + at)) share += gain(slot, byte & ~CASE, isNewLow)
  return isNewLow ? share + load<f64>(byHalf(BY_LOW, slot, byte & 15)) : share
}

/** How much more of a text `bucket` would stop at with the word at `at` in it. */
export function growth(bucket: usize, at: usize, end: usize): f64 {
  let product: f64 = 1
  for (let position: usize = 0; position < WORD; position++)
    product *= passingWith(bucket * WORD + position, at + position, end)
  return product - load<f64>(PRODUCT + (bucket << 3))
}

function acceptHalf(halves: usize, slot: usize, half: u32): void {
  const at = halves + (slot << 1)
  store<u16>(at, load<u16>(at) | ((<u16>1) << (<u16>half)))
}

function acceptLow(slot: usize, half: u32): void {
  if (accepts(LOW, slot, half)) return
  acceptHalf(LOW, slot, half)
  for (let high: u32 = 0; high < 16; high++) {
    const at = byHalf(BY_HIGH, slot, high)
    store<f64>(at, load<f64>(at) + byteShare((high << 4) | half))
  }
}

function acceptHigh(slot: usize, half: u32): void {
  if (accepts(HIGH, slot, half)) return
  acceptHalf(HIGH, slot, half)
  for (let low: u32 = 0; low < 16; low++) {
    const at = byHalf(BY_LOW, slot, low)
    store<f64>(at, load<f64>(at) + byteShare((half << 4) | low))
  }
}

function accept(slot: usize, at: usize, end: usize): void {
  if (at >= end) {
    for (let half: u32 = 0; half < 16; half++) {
      acceptHalf(LOW, slot, half)
      acceptHalf(HIGH, slot, half)
    }
    return
  }
  const byte = <u32>load<u8>(bytes + at)
  acceptLow(slot, byte & 15)
  acceptHigh(slot, byte >> 4)
  if (load<u8>(folds + at)) acceptHigh(slot, (byte & ~CASE) >> 4)
}

/** Puts the word at `at` into `bucket`. */
export function add(bucket: usize, at: usize, end: usize): void {
  const product = PRODUCT + (bucket << 3)
  store<f64>(product, load<f64>(product) + growth(bucket, at, end))
  for (let position: usize = 0; position < WORD; position++) {
    const slot = bucket * WORD + position
    store<f64>(PASSING + (slot << 3), passingWith(slot, at + position, end))
    accept(slot, at + position, end)
  }
}

/** The bit of the slot's bucket when it accepts `half`. */
function bit(halves: usize, slot: usize, half: usize): u8 {
  return accepts(halves, slot, <u32>half) ? (<u8>1) << (<u8>(slot / WORD)) : 0
}

/** Turns the halves round: for each half a byte with a bit for each bucket. */
export function writeMasks(): void {
  for (let slot: usize = 0; slot < SLOTS; slot++)
    for (let half: usize = 0; half < 16; half++) {
      const low = MASKS + (slot % WORD) * 32 + half
      store<u8>(low, load<u8>(low) | bit(LOW, slot, half))
      store<u8>(low + 16, load<u8>(low + 16) | bit(HIGH, slot, half))
    }
}
