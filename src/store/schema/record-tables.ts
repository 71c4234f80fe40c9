// The tables of records: log events and facts, and what packets were, with Zeek's and OpenTelemetry's column names.

export const RECORD_TABLES = `
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
`
