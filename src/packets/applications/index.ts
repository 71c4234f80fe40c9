// The protocols that are understood inside conversations, in the order they are asked whether they recognise a chunk.
import type { Application, DatagramApplication } from '../application.ts'

export const APPLICATIONS: readonly Application[] = []

export const DATAGRAM_APPLICATIONS: readonly DatagramApplication[] = []
