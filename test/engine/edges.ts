// Where the examples lie that are no part of the manual: at the edges of counts and windows, and of evidence it does not show.
import { fileURLToPath } from 'node:url'

export const EDGES = fileURLToPath(new URL('./edges.fault', import.meta.url))
export const EVIDENCE = fileURLToPath(new URL('./evidence.fault', import.meta.url))
