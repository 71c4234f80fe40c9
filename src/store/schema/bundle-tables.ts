// The tables of what was analysed: bundles, runs, sources, counts over time, what could not be read.

export const BUNDLE_TABLES = `
CREATE TABLE bundles ( -- one support bundle; analysed again, all its rows are replaced
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE, -- of the file where one file was given, else of the list of labels, sizes and CRC-32s
  paths_json TEXT NOT NULL -- paths as given, sorted
) STRICT;

CREATE TABLE runs ( -- the run that made the rows of a bundle
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  faultline_version TEXT NOT NULL,
  grammar TEXT NOT NULL, -- names and hash of the rules used
  command TEXT NOT NULL, -- command line, paths as given
  exit_code INTEGER NOT NULL, -- 0 all was read, 4 part of the input could not be read
  duration_ms REAL NOT NULL, -- the only value that differs between two runs over the same bundle
  verdict TEXT NOT NULL, -- what happened, in one sentence
  root_causes_json TEXT NOT NULL -- causes of the findings with role root, the most likely first
) STRICT;

CREATE TABLE sources ( -- one file of a bundle, or one member of an archive in it
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, -- 0-based, in order of path
  path TEXT NOT NULL, -- members stand behind an exclamation mark: bundle.tar.gz!logs/access.log
  reader TEXT NOT NULL, -- format it was read as: nginx-access, journald-json, pcap, plain
  charset TEXT, -- what text was transcoded from; null where it was UTF-8 or no text
  bytes INTEGER NOT NULL,
  records INTEGER NOT NULL, -- log records, or packets
  events INTEGER NOT NULL, -- records that could matter
  coverage REAL NOT NULL, -- share of lines or packets that the reader understood, 0 to 1
  first_time TEXT, -- RFC 3339 in UTC
  first_time_unix_us INTEGER,
  last_time TEXT,
  last_time_unix_us INTEGER,
  modified_time TEXT, -- of the file or archive member
  modified_time_unix_us INTEGER,
  clock_zone TEXT, -- UTC, +02:00 or an IANA name; null where none is known
  clock_quality TEXT NOT NULL, -- exact, zone-assumed, year-inferred, none
  clock_offset_us INTEGER NOT NULL, -- added to every time of the source to agree with the bundle
  UNIQUE (bundle_id, position)
) STRICT;

CREATE TABLE minutes ( -- counts of everything in a source by time, whether it became an event or not
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  time TEXT, -- start of the bucket
  time_unix_us INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  trace_lines INTEGER, -- by severity; null where none was counted
  debug_lines INTEGER,
  info_lines INTEGER,
  warn_lines INTEGER,
  error_lines INTEGER,
  fatal_lines INTEGER,
  requests INTEGER NOT NULL,
  status_4xx INTEGER NOT NULL, -- requests answered 400 to 499
  status_5xx INTEGER NOT NULL, -- requests answered 500 to 599
  p50_us INTEGER, -- median duration of requests, microseconds; null without logged durations
  p99_us INTEGER
) STRICT;

CREATE TABLE templates ( -- messages of severity that no rule explains; never a cause
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  template TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_time TEXT,
  first_time_unix_us INTEGER,
  last_time TEXT,
  last_time_unix_us INTEGER,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE, -- of the example
  line INTEGER, -- 1-based; null where the example is a packet
  line_end INTEGER,
  packet INTEGER, -- 1-based; null where the example is text
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  digest INTEGER NOT NULL, -- CRC-32 of those bytes
  excerpt TEXT NOT NULL
) STRICT;

CREATE TABLE read_problems ( -- what could not be read, was cut or was bounded
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE, -- null where the path never became a source
  path TEXT NOT NULL,
  code TEXT NOT NULL, -- capture-cut, encrypted, limit-size, ...
  byte_offset INTEGER, -- where in the source; null where there is no such place
  detail TEXT NOT NULL -- one sentence
) STRICT;
`

/** Since version 3. */
export const BUNDLE_KINDS = `
CREATE TABLE bundle_kinds ( -- what collected a bundle, where its files tell
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, -- sosreport, must-gather, troubleshoot, cluster-info-dump, ...
  PRIMARY KEY (bundle_id, kind)
) STRICT, WITHOUT ROWID;
`
