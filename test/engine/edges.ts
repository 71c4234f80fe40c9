// Where the examples lie that stand at the edges of counts and windows.

export const EDGES = new URL('./edges.fault', import.meta.url)
