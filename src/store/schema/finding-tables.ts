// The tables of what was concluded: causes, findings, their figures and evidence, the links between them, the checks.

export const FINDING_TABLES = `
CREATE TABLE causes ( -- the causes that the rules know, whether found or not
  id TEXT PRIMARY KEY, -- network.filtered
  title TEXT NOT NULL, -- may name parts of the key in braces
  severity TEXT NOT NULL,
  impact INTEGER NOT NULL, -- 0 to 10
  report_from REAL NOT NULL, -- confidence from which a finding is a root cause
  key_json TEXT NOT NULL, -- names of the fields that tell two findings of this cause apart
  remedy_now TEXT NOT NULL, -- within 30 minutes
  remedy_next TEXT NOT NULL, -- within 2 hours
  remedy_lasting TEXT NOT NULL, -- within 24 hours
  references_json TEXT NOT NULL -- public documentation
) STRICT;

CREATE TABLE findings ( -- an episode of one cause with one key
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, -- 0-based; the most likely root comes first
  fingerprint TEXT NOT NULL, -- stable over runs: cause, key and first time make it
  cause_id TEXT NOT NULL REFERENCES causes(id),
  role TEXT NOT NULL, -- root, symptom, suspect
  confidence REAL NOT NULL, -- 0 to 1
  severity TEXT NOT NULL, -- critical, high, medium, low, info
  severity_rank INTEGER NOT NULL, -- 1 is critical
  key_json TEXT NOT NULL,
  title TEXT NOT NULL,
  first_time TEXT,
  first_time_unix_us INTEGER,
  last_time TEXT,
  last_time_unix_us INTEGER,
  event_count INTEGER NOT NULL,
  evidence_omitted INTEGER NOT NULL, -- pieces of evidence beyond those kept
  remedy_now TEXT NOT NULL,
  remedy_next TEXT NOT NULL,
  remedy_lasting TEXT NOT NULL,
  UNIQUE (bundle_id, fingerprint)
) STRICT;

CREATE TABLE figures ( -- the numbers that tell of a finding
  id INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value REAL, -- durations in microseconds, shares 0 to 1; null where it is no number
  unit TEXT NOT NULL -- count, share, duration, per-second, bytes, ratio
) STRICT;

CREATE TABLE evidence ( -- a quotation: where it lies in the bundle and what it says
  id INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  line INTEGER, -- 1-based; null where it is a packet
  line_end INTEGER,
  packet INTEGER, -- 1-based; null where it is text
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  digest INTEGER NOT NULL, -- CRC-32 of those bytes: what verify compares
  time TEXT,
  time_unix_us INTEGER,
  excerpt TEXT NOT NULL,
  role TEXT NOT NULL, -- trigger, context, counter
  signal TEXT NOT NULL, -- the signal or kind of fact it matched
  request_id TEXT,
  count INTEGER NOT NULL -- equal ones it stands for, itself included
) STRICT;

CREATE TABLE finding_links ( -- the causal chain: one finding made another
  id INTEGER PRIMARY KEY,
  cause_finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  effect_finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  lag_us INTEGER, -- first time of the effect less first time of the cause
  basis TEXT NOT NULL -- why they are held to belong together
) STRICT;

CREATE TABLE checks ( -- every cause was looked at: with what result
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  cause_id TEXT NOT NULL REFERENCES causes(id),
  state TEXT NOT NULL, -- clean, found, no-data, open
  examined INTEGER NOT NULL, -- events and counted requests that were looked at
  open_question TEXT -- what could not be observed
) STRICT;
`
