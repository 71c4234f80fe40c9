-- A store of schema version 1, as its first release wrote it: the sample of this folder.
PRAGMA application_id = 1179407436;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE bundles ( -- one support bundle; analysed again, all its rows are replaced
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE, -- of the file where one file was given, else of the list of labels, sizes and CRC-32s
  paths_json TEXT NOT NULL -- paths as given, sorted
) STRICT;
INSERT INTO bundles VALUES(1,'aa11','["bundle"]');
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
INSERT INTO runs VALUES(1,1,'0.1.0','shipped 1a2b3c4d','faultline analyze bundle',4,12.5,'198.51.100.7:8080 refuses connections.','["network.refused"]');
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
INSERT INTO sources VALUES(1,1,0,'logs/app.log','plain',NULL,1200,40,3,0.97499999999999997779,'2025-03-01T10:00:00.000Z',1740823200000000,'2025-03-01T10:00:05.000001Z',1740823205000001,'2025-03-01T10:00:09.000Z',1740823209000000,'+02:00','zone-assumed',-1500);
INSERT INTO sources VALUES(2,1,1,'net/trace.pcap','pcap',NULL,1200,40,3,0.97499999999999997779,'2025-03-01T10:00:00.000Z',1740823200000000,'2025-03-01T10:00:05.000001Z',1740823205000001,NULL,NULL,NULL,'exact',0);
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
INSERT INTO minutes VALUES(1,1,'2025-03-01T10:00:00.000Z',1740823200000000,40,NULL,NULL,37,NULL,3,NULL,0,0,0,NULL,NULL);
INSERT INTO minutes VALUES(2,2,'2025-03-01T10:00:00.000Z',1740823200000000,0,NULL,NULL,NULL,NULL,NULL,NULL,9,1,2,1500,20000);
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
INSERT INTO templates VALUES(1,1,'cache miss for <*>',5,'2025-03-01T10:00:00.000Z',1740823200000000,NULL,NULL,1,30,30,NULL,1100,140,4294967295,'cache miss for 7');
CREATE TABLE read_problems ( -- what could not be read, was cut or was bounded
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE, -- null where the path never became a source
  path TEXT NOT NULL,
  code TEXT NOT NULL, -- capture-cut, encrypted, limit-size, ...
  byte_offset INTEGER, -- where in the source; null where there is no such place
  detail TEXT NOT NULL -- one sentence
) STRICT;
INSERT INTO read_problems VALUES(1,1,2,'net/trace.pcap','capture-cut',1190,'The last packet is cut.');
INSERT INTO read_problems VALUES(2,1,NULL,'missing.log','not-found',NULL,'There is no such file.');
CREATE TABLE events ( -- log records and facts about packets that could matter
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, -- log, or the kind of fact: tcp.unanswered, dns.response, http.request
  time TEXT, -- RFC 3339 in UTC
  time_unix_us INTEGER,
  time_quality TEXT NOT NULL, -- exact, zone-assumed, year-inferred, inherited, none
  line INTEGER, -- 1-based; null where it is a packet
  line_end INTEGER,
  packet INTEGER, -- 1-based; null where it is text
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  digest INTEGER NOT NULL, -- CRC-32 of those bytes
  severity_number INTEGER, -- OpenTelemetry: 1 trace, 5 debug, 9 info, 13 warn, 17 error, 21 fatal
  severity_text TEXT,
  host_name TEXT,
  service_name TEXT, -- the program that wrote it
  process_pid INTEGER,
  request_id TEXT,
  client_address TEXT,
  server_address TEXT,
  server_port INTEGER,
  http_response_status_code INTEGER,
  body TEXT NOT NULL, -- the message without its header; of a fact one line that says it
  detail TEXT, -- what a record says beside its body: error, stack, further fields
  raw TEXT NOT NULL, -- as quoted in a report
  attributes_json TEXT NOT NULL -- all fields
) STRICT;
INSERT INTO events VALUES(1,1,'log','2025-03-01T10:00:01.000Z',1740823201000000,'exact',12,14,NULL,900,140,4294967295,17,'error','web-1','shop',77,'req-7','192.0.2.1',NULL,NULL,502,'连接被拒绝 connect ECONNREFUSED','stack=at run',replace('Error: connect ECONNREFUSED 198.51.100.7:8080\n    at TCP.<anonymous> (node:net:1300:16)\n    at run (app.js:1:2)','\n',char(10)),'{"client":"192.0.2.1","status":"502","retry":true}');
CREATE TABLE connections ( -- one row a TCP connection or UDP conversation, as in Zeek's conn.log; orig is the client
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  community_id TEXT NOT NULL, -- the same in Zeek, Suricata and Wireshark
  proto TEXT NOT NULL,
  service TEXT, -- protocol above, by its content
  id_orig_h TEXT NOT NULL,
  id_orig_p INTEGER NOT NULL,
  id_resp_h TEXT NOT NULL,
  id_resp_p INTEGER NOT NULL,
  first_time TEXT,
  first_time_unix_us INTEGER NOT NULL,
  last_time TEXT,
  last_time_unix_us INTEGER NOT NULL,
  duration REAL NOT NULL, -- seconds, first packet to last
  conn_state TEXT NOT NULL, -- S0 unanswered, REJ refused, SF closed properly, RSTO and RSTR reset
  history TEXT NOT NULL,
  orig_pkts INTEGER NOT NULL,
  resp_pkts INTEGER NOT NULL,
  orig_bytes INTEGER NOT NULL, -- payload as sent, repeats included
  resp_bytes INTEGER NOT NULL,
  missed_bytes INTEGER NOT NULL,
  handshake_rtt REAL, -- seconds, last SYN to first ACK without SYN; null where the handshake was not seen
  connect_time REAL, -- seconds, first SYN to first ACK without SYN: what the user waited
  retransmissions INTEGER NOT NULL, -- plain ones; fast and spurious have their own columns
  fast_retransmissions INTEGER NOT NULL,
  spurious_retransmissions INTEGER NOT NULL,
  out_of_order INTEGER NOT NULL,
  duplicate_acks INTEGER NOT NULL,
  lost_segments INTEGER NOT NULL,
  acked_unseen INTEGER NOT NULL,
  zero_windows INTEGER NOT NULL,
  zero_window_probes INTEGER NOT NULL,
  window_fulls INTEGER NOT NULL,
  keep_alives INTEGER NOT NULL,
  port_reused INTEGER NOT NULL,
  zero_window_time REAL NOT NULL -- seconds that the receive window stood closed
) STRICT;
INSERT INTO connections VALUES(1,1,'C1','1:LQU9qZlK+B5F3KDmev6m5PMibrg=','tcp',NULL,'192.0.2.1',40001,'198.51.100.7',8080,'2025-03-01T10:00:01.000200Z',1740823201000200,'2025-03-01T10:00:01.000250Z',1740823201000250,5.0000000000000002393e-05,'REJ','Sr',1,1,0,0,0,NULL,0.0012340000000000000707,1,2,3,4,5,6,7,8,9,10,11,12,1.3000000000000000444);
CREATE TABLE dns ( -- one row a DNS transaction
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  time TEXT, -- of the first query
  time_unix_us INTEGER NOT NULL,
  client TEXT NOT NULL,
  client_port INTEGER NOT NULL,
  server TEXT NOT NULL,
  server_port INTEGER NOT NULL,
  proto TEXT NOT NULL,
  trans_id INTEGER NOT NULL,
  query TEXT NOT NULL,
  qtype_name TEXT NOT NULL,
  rcode INTEGER, -- null without an answer
  rcode_name TEXT,
  rtt REAL, -- seconds, first query to its answer
  queries INTEGER NOT NULL, -- how often it was asked
  answered INTEGER NOT NULL, -- 0 or 1
  answers_json TEXT NOT NULL
) STRICT;
CREATE TABLE tls ( -- one row a TLS handshake
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  time TEXT,
  time_unix_us INTEGER NOT NULL,
  id_orig_h TEXT NOT NULL,
  id_orig_p INTEGER NOT NULL,
  id_resp_h TEXT NOT NULL,
  id_resp_p INTEGER NOT NULL,
  server_name TEXT, -- asked for by the client (SNI)
  version TEXT,
  cipher TEXT,
  established INTEGER NOT NULL, -- 0 or 1
  last_alert INTEGER, -- description number of the last alert seen in the clear
  alert_from TEXT, -- client or server
  certificate_not_before TEXT,
  certificate_not_before_unix_us INTEGER,
  certificate_not_after TEXT,
  certificate_not_after_unix_us INTEGER,
  certificate_names_json TEXT NOT NULL,
  certificate_issuer TEXT
) STRICT;
CREATE TABLE http ( -- one row a request, from packets or from an access log
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  time TEXT,
  time_unix_us INTEGER NOT NULL,
  origin TEXT NOT NULL, -- packets or log
  client TEXT NOT NULL,
  client_port INTEGER NOT NULL,
  server TEXT NOT NULL,
  server_port INTEGER NOT NULL,
  version TEXT NOT NULL,
  method TEXT,
  host TEXT,
  uri TEXT,
  status_code INTEGER, -- null without a response
  duration REAL, -- seconds, end of the request to end of the response
  request_id TEXT,
  user_agent TEXT
) STRICT;
INSERT INTO http VALUES(1,2,'2025-03-01T10:00:02.000Z',1740823202000000,'packets','192.0.2.1',40002,'198.51.100.9',80,'1','GET','shop.example','/cart',502,0.060999999999999998667,'req-9','curl/8');
CREATE TABLE icmp ( -- ICMP messages of one kind between two hosts
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  src TEXT NOT NULL,
  dst TEXT NOT NULL,
  type INTEGER NOT NULL,
  code INTEGER NOT NULL,
  count INTEGER NOT NULL,
  first_time TEXT,
  first_time_unix_us INTEGER NOT NULL
) STRICT;
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
INSERT INTO causes VALUES('network.refused','{server}:{port} refuses connections','critical',9,0.69999999999999995559,'["server","port"]','Start the service.','Find out why it stopped.','Watch it.','["https://www.rfc-editor.org/rfc/rfc9293"]');
INSERT INTO causes VALUES('upstream.bad-gateway','Requests end with 502','high',0,0.0,'[]','Start the service.','Find out why it stopped.','Watch it.','[]');
INSERT INTO causes VALUES('dns.servfail','dns.servfail','info',0,0.0,'[]','','','','[]');
INSERT INTO causes VALUES('network.filtered','network.filtered','info',0,0.0,'[]','','','','[]');
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
INSERT INTO findings VALUES(1,1,0,'network.refused-1a2b','network.refused','root',0.99250000000000004884,'critical',1,'{"server":"198.51.100.7","port":8080}','198.51.100.7:8080 refuses connections','2025-03-01T10:00:01.000Z',1740823201000000,'2025-03-01T10:00:04.000Z',1740823204000000,4,2,'Start the service.','Find out why it stopped.','Watch it.');
INSERT INTO findings VALUES(2,1,1,'upstream.bad-gateway-77','upstream.bad-gateway','symptom',0.8000000000000000444,'high',2,'{"service":null}','Requests end with 502',NULL,NULL,NULL,NULL,4,2,'Start the service.','Find out why it stopped.','Watch it.');
CREATE TABLE figures ( -- the numbers that tell of a finding
  id INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value REAL, -- durations in microseconds, shares 0 to 1; null where it is no number
  unit TEXT NOT NULL -- count, share, duration, per-second, bytes, ratio
) STRICT;
INSERT INTO figures VALUES(1,1,'refused',4.0,'count');
INSERT INTO figures VALUES(2,1,'share',0.25,'share');
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
INSERT INTO evidence VALUES(1,1,1,12,14,NULL,900,140,4294967295,'2025-03-01T10:00:01.000Z',1740823201000000,replace('Error: connect ECONNREFUSED 198.51.100.7:8080\n    at TCP.<anonymous> (node:net:1300:16)\n    at run (app.js:1:2)','\n',char(10)),'trigger','dial_refused','req-7',3);
INSERT INTO evidence VALUES(2,1,2,NULL,NULL,7,540,54,17,'2025-03-01T10:00:01.000250Z',1740823201000250,'198.51.100.7:8080 answers SYN of 192.0.2.1 with RST','context','tcp.refused',NULL,1);
INSERT INTO evidence VALUES(3,2,1,12,14,NULL,77,140,4294967295,NULL,NULL,replace('Error: connect ECONNREFUSED 198.51.100.7:8080\n    at TCP.<anonymous> (node:net:1300:16)\n    at run (app.js:1:2)','\n',char(10)),'counter','dial_refused','req-8',3);
CREATE TABLE finding_links ( -- the causal chain: one finding made another
  id INTEGER PRIMARY KEY,
  cause_finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  effect_finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  lag_us INTEGER, -- first time of the effect less first time of the cause
  basis TEXT NOT NULL -- why they are held to belong together
) STRICT;
INSERT INTO finding_links VALUES(1,1,2,250,'same server');
CREATE TABLE checks ( -- every cause was looked at: with what result
  id INTEGER PRIMARY KEY,
  bundle_id INTEGER NOT NULL REFERENCES bundles(id) ON DELETE CASCADE,
  cause_id TEXT NOT NULL REFERENCES causes(id),
  state TEXT NOT NULL, -- clean, found, no-data, open
  examined INTEGER NOT NULL, -- events and counted requests that were looked at
  open_question TEXT -- what could not be observed
) STRICT;
INSERT INTO checks VALUES(1,1,'dns.servfail','clean',12,NULL);
INSERT INTO checks VALUES(2,1,'network.filtered','open',0,'no capture covers it');
CREATE VIEW v_findings AS -- findings, the most likely root first
SELECT findings.id, fingerprint, findings.role, cause_id AS cause, findings.title, confidence, severity, first_time, last_time, event_count,
  (SELECT count(*) FROM evidence WHERE finding_id = findings.id) AS evidence,
  (SELECT group_concat(other.cause_id, ', ') FROM finding_links JOIN findings AS other ON other.id = cause_finding_id
    WHERE effect_finding_id = findings.id) AS explained_by, -- causes of the findings that made this one
  remedy_now, bundles.sha256 AS bundle
FROM findings JOIN bundles ON bundles.id = findings.bundle_id
ORDER BY findings.bundle_id, position
;
CREATE VIEW v_timeline AS -- what happened, in order of time: findings where they begin, their evidence, all other events
SELECT time, time_unix_us, what, severity, path, line, packet, text FROM (
  SELECT first_time AS time, first_time_unix_us AS time_unix_us, 0 AS rank, 'finding ' || role AS what, severity,
    NULL AS path, NULL AS line, NULL AS packet, cause_id || ': ' || title AS text, id
  FROM findings
  UNION ALL
  SELECT time, time_unix_us, 1, signal, NULL, path, line, packet, excerpt, evidence.id
  FROM evidence JOIN sources ON sources.id = source_id
  UNION ALL
  SELECT time, time_unix_us, 2, kind, severity_text, path, line, packet, raw, events.id
  FROM events JOIN sources ON sources.id = source_id
  WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.source_id = events.source_id AND evidence.byte_offset = events.byte_offset)
)
ORDER BY time_unix_us IS NULL, time_unix_us, rank, id
;
CREATE VIEW v_requests AS -- every record that names a request, one row each; ask WHERE request_id = ...
SELECT request_id, time, time_unix_us, kind AS what, http_response_status_code AS status_code, NULL AS duration, path, line, packet, raw AS text
FROM events JOIN sources ON sources.id = source_id WHERE request_id IS NOT NULL
UNION ALL
SELECT request_id, time, time_unix_us, 'http ' || origin, status_code, duration, path, NULL, NULL, coalesce(method || ' ' || uri, method, uri)
FROM http JOIN sources ON sources.id = source_id WHERE request_id IS NOT NULL
UNION ALL
SELECT request_id, time, time_unix_us, signal, NULL, NULL, path, line, packet, excerpt
FROM evidence JOIN sources ON sources.id = source_id
WHERE request_id IS NOT NULL AND NOT EXISTS
  (SELECT 1 FROM events WHERE events.source_id = evidence.source_id AND events.byte_offset = evidence.byte_offset AND events.request_id IS NOT NULL)
;
CREATE VIEW v_errors_by_minute AS -- lines and requests of all sources by minute, with how many were errors
SELECT substr(time, 1, 16) || ':00Z' AS minute, sum(lines) AS lines, sum(coalesce(warn_lines, 0)) AS warnings,
  sum(coalesce(error_lines, 0) + coalesce(fatal_lines, 0)) AS errors, sum(requests) AS requests,
  sum(status_4xx) AS status_4xx, sum(status_5xx) AS status_5xx, max(p99_us) / 1e6 AS p99, -- seconds, of the slowest source
  sources.bundle_id
FROM minutes JOIN sources ON sources.id = source_id
GROUP BY sources.bundle_id, minute ORDER BY sources.bundle_id, minute
;
CREATE VIEW v_unread AS -- what could not be read, was cut or was bounded
SELECT path, code, byte_offset, detail, bundles.sha256 AS bundle
FROM read_problems JOIN bundles ON bundles.id = bundle_id ORDER BY read_problems.id
;
CREATE VIEW v_http AS -- requests with the file they were seen in
SELECT http.id, time, time_unix_us, origin, client, server, server_port, method, host, uri, status_code, duration, request_id, user_agent, path
FROM http JOIN sources ON sources.id = source_id
;
CREATE VIEW v_slow AS -- whatever has a duration, in seconds: requests, names looked up, connections opened; ask ORDER BY seconds DESC
SELECT 'http' AS what, duration AS seconds, time, client, server, coalesce(method || ' ' || uri, method, uri) AS text, request_id, path
FROM http JOIN sources ON sources.id = source_id WHERE duration IS NOT NULL
UNION ALL
SELECT 'dns', rtt, time, client, server, query || ' ' || qtype_name, NULL, path
FROM dns JOIN sources ON sources.id = source_id WHERE rtt IS NOT NULL
UNION ALL
SELECT 'connect', connect_time, connections.first_time, id_orig_h, id_resp_h, id_resp_h || ':' || id_resp_p, NULL, path
FROM connections JOIN sources ON sources.id = source_id WHERE connect_time IS NOT NULL
;
CREATE INDEX runs_by_bundle_id ON runs (bundle_id);
CREATE INDEX minutes_by_source_id_and_time_unix_us ON minutes (source_id, time_unix_us);
CREATE INDEX templates_by_bundle_id ON templates (bundle_id);
CREATE INDEX templates_by_source_id ON templates (source_id);
CREATE INDEX read_problems_by_bundle_id ON read_problems (bundle_id);
CREATE INDEX read_problems_by_source_id ON read_problems (source_id);
CREATE INDEX events_by_source_id_and_byte_offset ON events (source_id, byte_offset);
CREATE INDEX events_by_time_unix_us ON events (time_unix_us);
CREATE INDEX events_by_request_id ON events (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX connections_by_source_id ON connections (source_id);
CREATE INDEX connections_by_id_resp_h_and_id_resp_p ON connections (id_resp_h, id_resp_p);
CREATE INDEX dns_by_source_id ON dns (source_id);
CREATE INDEX dns_by_query ON dns (query);
CREATE INDEX tls_by_source_id ON tls (source_id);
CREATE INDEX http_by_source_id ON http (source_id);
CREATE INDEX http_by_request_id ON http (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX http_by_duration ON http (duration) WHERE duration IS NOT NULL;
CREATE INDEX icmp_by_source_id ON icmp (source_id);
CREATE INDEX findings_by_cause_id ON findings (cause_id);
CREATE INDEX figures_by_finding_id ON figures (finding_id);
CREATE INDEX evidence_by_finding_id ON evidence (finding_id);
CREATE INDEX evidence_by_source_id_and_byte_offset ON evidence (source_id, byte_offset);
CREATE INDEX evidence_by_request_id ON evidence (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX finding_links_by_cause_finding_id ON finding_links (cause_finding_id);
CREATE INDEX finding_links_by_effect_finding_id ON finding_links (effect_finding_id);
CREATE INDEX checks_by_bundle_id ON checks (bundle_id);
CREATE INDEX checks_by_cause_id ON checks (cause_id);
COMMIT;
