// Full-text search over evidence: three letters in a row are a word, so that Chinese and parts of names are found.

/**
 * The text itself stays in `evidence`. Events have no such index: it would take three times their room and 20 us a row,
 * while LIKE looks through 100,000 of them in 30 ms.
 */
export const SEARCH_TABLES = `
CREATE VIRTUAL TABLE evidence_fts -- ask WHERE evidence_fts MATCH '"three letters or more"'; rowid is evidence.id
USING fts5(excerpt, content='evidence', content_rowid='id', tokenize='trigram');
`

/** For stores whose evidence is older than the index. */
export const FILL_SEARCH_TABLES = `INSERT INTO evidence_fts (evidence_fts) VALUES ('rebuild');`

const OF_BUNDLE = `FROM evidence JOIN findings ON findings.id = finding_id WHERE bundle_id = ?`

/** In the order of their numbers: a number below the one before makes the index write out all it has gathered. */
export const INDEX_EVIDENCE = `
INSERT INTO evidence_fts (rowid, excerpt) SELECT evidence.id, excerpt ${OF_BUNDLE} ORDER BY evidence.id`

/** Before the rows themselves go: the index has to be told what it forgets. */
export const FORGET_EVIDENCE = `
INSERT INTO evidence_fts (evidence_fts, rowid, excerpt) SELECT 'delete', evidence.id, excerpt ${OF_BUNDLE}`
