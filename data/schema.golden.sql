CREATE TABLE blocks (
  source  INTEGER NOT NULL REFERENCES sources(id),
  path    TEXT NOT NULL,
  text    BLOB NOT NULL,                    -- hash
  ordinal INTEGER NOT NULL,                 -- among equal ones
  start   INTEGER NOT NULL,                 -- in the text
  seen    INTEGER NOT NULL,
  key     BLOB NOT NULL,                    -- of its execution: a run that was cut off here goes on under it
  PRIMARY KEY (source, path, text, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE branches (
  id      INTEGER PRIMARY KEY,
  company TEXT NOT NULL,
  name    TEXT NOT NULL,
  UNIQUE (company, name)
) STRICT;

CREATE TABLE executions (
  id            INTEGER PRIMARY KEY,
  key           BLOB NOT NULL,
  era           INTEGER NOT NULL DEFAULT 0, -- counts the runs under one native id that started over
  routine       INTEGER NOT NULL REFERENCES routines(id),
  source        INTEGER NOT NULL REFERENCES sources(id),
  file          INTEGER NOT NULL REFERENCES files(id),
  record        INTEGER NOT NULL,           -- its place among the file's records
  line          INTEGER NOT NULL,
  instance      TEXT NOT NULL,
  session       TEXT NOT NULL,
  parent        TEXT NOT NULL,
  kind          INTEGER NOT NULL,
  vital         INTEGER NOT NULL,
  level         TEXT NOT NULL,
  outcome       INTEGER NOT NULL,
  native_status TEXT NOT NULL,
  code          TEXT NOT NULL,
  error         TEXT NOT NULL,
  start         INTEGER,
  end           INTEGER,
  at            INTEGER,                    -- start, else end: what lists sort by
  start_text    TEXT NOT NULL,
  end_text      TEXT NOT NULL,
  absolute      INTEGER NOT NULL,
  from_file     INTEGER NOT NULL,
  time_note     TEXT NOT NULL,
  bytes         INTEGER,
  files         INTEGER,
  tries         INTEGER NOT NULL,
  first_outcome INTEGER NOT NULL,
  retry         INTEGER NOT NULL,
  will_retry    INTEGER NOT NULL,
  evidence      INTEGER NOT NULL,
  exported      INTEGER NOT NULL,
  format        TEXT NOT NULL
, told INTEGER NOT NULL DEFAULT 0, stated_by INTEGER REFERENCES files(id), mixed INTEGER NOT NULL DEFAULT 0, expires INTEGER) STRICT;

CREATE INDEX executions_by_error ON executions(error, routine) WHERE error <> '';

CREATE UNIQUE INDEX executions_by_key ON executions(key, era);

CREATE INDEX executions_by_parent ON executions(parent) WHERE parent <> '';

CREATE INDEX executions_by_result ON executions(outcome, kind, at, routine);

CREATE INDEX executions_by_routine ON executions(routine, at, outcome, kind, bytes, expires, retry, will_retry);

CREATE INDEX executions_by_session ON executions(session COLLATE NOCASE);

CREATE INDEX executions_by_size ON executions(bytes, at, routine, outcome, kind);

CREATE INDEX executions_by_time ON executions(at, routine, outcome, kind);

CREATE INDEX executions_running ON executions(at) WHERE outcome = 1;

CREATE TABLE expected (
  routine INTEGER PRIMARY KEY REFERENCES routines(id),
  due     INTEGER NOT NULL,                 -- due times before are judged
  look    INTEGER NOT NULL,                 -- nothing is to be judged before this instant
  needs   INTEGER NOT NULL                  -- nor before a source's data reaches here
) STRICT;

CREATE INDEX expected_by_look ON expected(look);

CREATE TABLE files (
  id          INTEGER PRIMARY KEY,
  source      INTEGER NOT NULL REFERENCES sources(id),
  path        TEXT NOT NULL,
  sha256      BLOB NOT NULL,
  size        INTEGER NOT NULL,
  modified    INTEGER NOT NULL,
  status      TEXT NOT NULL,
  reason      TEXT NOT NULL DEFAULT '',
  format      TEXT NOT NULL DEFAULT '',
  version     INTEGER NOT NULL DEFAULT 0,
  executions  INTEGER NOT NULL DEFAULT 0,
  new         INTEGER NOT NULL DEFAULT 0,
  updated     INTEGER NOT NULL DEFAULT 0,
  unchanged   INTEGER NOT NULL DEFAULT 0,
  incidents   INTEGER NOT NULL DEFAULT 0,
  timeless    INTEGER NOT NULL DEFAULT 0,   -- holds records known only by text and file time: a duplicate needs the same time too
  notes       TEXT NOT NULL DEFAULT '[]',   -- JSON array
  grown       INTEGER NOT NULL DEFAULT 0,   -- how often it was read on
  resume_at   INTEGER NOT NULL DEFAULT 0,   -- where a grown file is read on, in bytes
  resume_line INTEGER NOT NULL DEFAULT 0,
  imported    INTEGER NOT NULL,
  importer    TEXT NOT NULL
, zone TEXT, zone_given INTEGER NOT NULL DEFAULT 0, code_page TEXT, date_order INTEGER, grew_into INTEGER REFERENCES files(id), first_run INTEGER NOT NULL DEFAULT 0, last_run INTEGER NOT NULL DEFAULT 0, read_again INTEGER, dropped INTEGER) STRICT;

CREATE INDEX files_by_content ON files(sha256);

CREATE INDEX files_by_longer ON files(grew_into) WHERE grew_into IS NOT NULL;

CREATE INDEX files_by_path ON files(source, path);

CREATE INDEX files_by_status ON files(status, imported);

CREATE TABLE incidents (
  id               INTEGER PRIMARY KEY,
  title            TEXT NOT NULL,
  opened_as        TEXT NOT NULL,
  cause            INTEGER NOT NULL,
  vital            INTEGER NOT NULL,
  opened           INTEGER NOT NULL,
  execution        INTEGER REFERENCES executions(id),
  routine          INTEGER REFERENCES routines(id),
  source           INTEGER NOT NULL REFERENCES sources(id),
  due              INTEGER,
  failed           INTEGER,
  kind             INTEGER NOT NULL,
  tool             TEXT NOT NULL,
  policy           TEXT NOT NULL,
  client           TEXT NOT NULL,
  failure          TEXT NOT NULL,
  code             TEXT NOT NULL,
  session          TEXT NOT NULL,
  state            INTEGER NOT NULL,
  assignee         TEXT NOT NULL,
  team             TEXT NOT NULL,
  until            INTEGER,
  closing          INTEGER NOT NULL,
  category         TEXT NOT NULL,
  description      TEXT NOT NULL,
  solution         TEXT NOT NULL,
  closed           INTEGER,
  evidence_changed INTEGER NOT NULL,
  into_id          INTEGER REFERENCES incidents(id),
  merge_id         INTEGER NOT NULL,
  before_merge     TEXT NOT NULL,           -- JSON; what unmerging restores
  merged           INTEGER NOT NULL DEFAULT 0, -- how many incidents were merged into it
  changed          INTEGER NOT NULL         -- sequence number of its newest timeline entry
) STRICT;

CREATE INDEX incidents_by_assignee ON incidents(assignee, id);

CREATE INDEX incidents_by_client ON incidents(client, id);

CREATE INDEX incidents_by_closing ON incidents(closing, id);

CREATE INDEX incidents_by_destination ON incidents(into_id) WHERE into_id IS NOT NULL;

CREATE UNIQUE INDEX incidents_by_due ON incidents(routine, due) WHERE due IS NOT NULL;

CREATE UNIQUE INDEX incidents_by_execution ON incidents(execution) WHERE execution IS NOT NULL;

CREATE INDEX incidents_by_failed ON incidents(failed, id);

CREATE INDEX incidents_by_failure ON incidents(failure, id);

CREATE INDEX incidents_by_hold ON incidents(until) WHERE until IS NOT NULL;

CREATE INDEX incidents_by_kind ON incidents(kind, id);

CREATE INDEX incidents_by_merged ON incidents(merged, id);

CREATE INDEX incidents_by_opened ON incidents(opened, id);

CREATE INDEX incidents_by_policy ON incidents(policy, id);

CREATE INDEX incidents_by_routine ON incidents(routine, failed) WHERE routine IS NOT NULL;

CREATE INDEX incidents_by_state ON incidents(state, id);

CREATE INDEX incidents_by_title ON incidents(title, id);

CREATE INDEX incidents_by_tool ON incidents(tool, id);

CREATE INDEX incidents_by_vital ON incidents(vital, id);

CREATE TABLE legal_holds (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,                     -- incident, routine or client
  ref    TEXT NOT NULL COLLATE NOCASE,      -- its number or name
  since  INTEGER NOT NULL,
  who    TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (kind, ref)
) STRICT;

CREATE TABLE links (
  incident INTEGER NOT NULL REFERENCES incidents(id),
  session  INTEGER NOT NULL REFERENCES executions(id),
  note     TEXT NOT NULL,
  proposed INTEGER NOT NULL,                -- 1: kept from before a reopening
  PRIMARY KEY (incident, session, proposed)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_session ON links(session);

CREATE TABLE location_clients (               -- none: all of the branch
  location INTEGER NOT NULL REFERENCES locations(id),
  client   TEXT NOT NULL COLLATE NOCASE,      -- under any of its host's names
  PRIMARY KEY (location, client)
) STRICT, WITHOUT ROWID;

CREATE TABLE location_routines (              -- none: all of the branch
  location INTEGER NOT NULL REFERENCES locations(id),
  name     TEXT NOT NULL,
  PRIMARY KEY (location, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE location_users (
  location INTEGER NOT NULL REFERENCES locations(id),
  user     INTEGER NOT NULL REFERENCES users(id),
  PRIMARY KEY (location, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE locations (
  id     INTEGER PRIMARY KEY,
  branch INTEGER NOT NULL REFERENCES branches(id),
  name   TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE logs (
  execution INTEGER PRIMARY KEY REFERENCES executions(id),
  packed    INTEGER NOT NULL,               -- 1: gzip
  body      BLOB NOT NULL
) STRICT;

CREATE TABLE mappings (
  name    TEXT PRIMARY KEY,
  version INTEGER NOT NULL,                 -- counts the changes: files of an older one can be read again
  body    TEXT NOT NULL,                    -- JSON, as it is shared
  saved   INTEGER NOT NULL,
  saver   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE misses (
  incident INTEGER PRIMARY KEY REFERENCES incidents(id),
  routine  INTEGER NOT NULL REFERENCES routines(id),
  due      INTEGER NOT NULL,
  latest   INTEGER NOT NULL,                -- due + grace
  opens    INTEGER NOT NULL,                -- a start from here
  closes   INTEGER NOT NULL,                -- until here (exclusive) is that of this due time
  starts   TEXT NOT NULL,                   -- the last before, newest first; JSON array
  covered  INTEGER NOT NULL,                -- up to where the data reached
  file     INTEGER NOT NULL REFERENCES files(id),
  late     INTEGER NOT NULL,                -- 1: nobody looked when it came due
  UNIQUE (routine, due)
) STRICT;

CREATE INDEX misses_by_closes ON misses(closes);

CREATE TABLE moved_from (
  routine INTEGER PRIMARY KEY REFERENCES routines(id),
  placed  INTEGER REFERENCES branches(id)
) STRICT;

CREATE TABLE placings (
  position INTEGER PRIMARY KEY,             -- from 1
  client   INTEGER NOT NULL,                -- 1: the pattern is of the client's name, 0: of the routine's
  pattern  TEXT NOT NULL,
  branch   INTEGER NOT NULL REFERENCES branches(id)
) STRICT;

CREATE TABLE presences (
  tool      TEXT NOT NULL,
  policy    TEXT NOT NULL,
  client    TEXT NOT NULL COLLATE NOCASE,
  source    INTEGER NOT NULL,
  routine   INTEGER NOT NULL,               -- of its newest run, like the rest
  execution INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  overdue   INTEGER,                        -- NULL: too little is known
  told      INTEGER NOT NULL DEFAULT 0,     -- the newest run when its absence was found
  PRIMARY KEY (tool, policy, client)
) STRICT, WITHOUT ROWID;

CREATE INDEX presences_by_source ON presences(source, at);

CREATE INDEX presences_overdue ON presences(overdue) WHERE overdue IS NOT NULL AND told <> execution;

CREATE TABLE problems (
  file   INTEGER NOT NULL REFERENCES files(id),
  line   INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE INDEX problems_by_file ON problems(file);

CREATE TABLE prunings (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,                  -- when it was done
  before INTEGER NOT NULL                   -- executions before this instant went
) STRICT;

CREATE TABLE questions (
  id       INTEGER PRIMARY KEY,
  source   INTEGER NOT NULL REFERENCES sources(id),
  file     INTEGER NOT NULL REFERENCES files(id),
  asked    INTEGER NOT NULL,
  answered INTEGER,
  answer   TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE risk_again (
  execution INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE risk_incidents (
  risk     INTEGER NOT NULL REFERENCES risks(id),
  incident INTEGER NOT NULL REFERENCES incidents(id),
  PRIMARY KEY (risk, incident)
) STRICT, WITHOUT ROWID;

CREATE INDEX risk_incidents_by_incident ON risk_incidents(incident);

CREATE TABLE risk_marks (
  analysis TEXT PRIMARY KEY,
  upto     INTEGER NOT NULL,
  judged   INTEGER                          -- when it last looked
) STRICT, WITHOUT ROWID;

CREATE TABLE risk_runs (
  risk      INTEGER NOT NULL REFERENCES risks(id),
  execution INTEGER NOT NULL REFERENCES executions(id),
  at        INTEGER NOT NULL,
  value     INTEGER NOT NULL,
  role      INTEGER NOT NULL,
  PRIMARY KEY (risk, execution)
) STRICT, WITHOUT ROWID;

CREATE INDEX risk_runs_by_execution ON risk_runs(execution);

CREATE TABLE risks (
  id       INTEGER PRIMARY KEY,
  kind     INTEGER NOT NULL,
  key      TEXT NOT NULL,                   -- the same for all about the same
  mark     INTEGER NOT NULL,                -- the execution or incident it was found by
  routine  INTEGER REFERENCES routines(id),
  source   INTEGER NOT NULL REFERENCES sources(id),
  tool     TEXT NOT NULL,
  policy   TEXT NOT NULL,
  client   TEXT NOT NULL,
  level    TEXT NOT NULL,
  company  TEXT NOT NULL,
  category TEXT NOT NULL,
  found    INTEGER NOT NULL,
  since    INTEGER NOT NULL,
  usual    INTEGER NOT NULL,                -- bytes or milliseconds
  value    INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  assignee TEXT NOT NULL,
  solution TEXT NOT NULL,
  resolved INTEGER,
  changed  INTEGER NOT NULL DEFAULT 0       -- sequence number of its newest timeline entry
) STRICT;

CREATE TRIGGER risks_need_an_owner BEFORE UPDATE ON risks
  WHEN old.assignee = '' AND (new.state <> old.state OR new.solution <> old.solution OR new.resolved IS NOT old.resolved)
  BEGIN SELECT RAISE(ABORT, 'a risk must be assigned to somebody first'); END;

CREATE UNIQUE INDEX risks_by_mark ON risks(key, mark);

CREATE INDEX risks_by_routine ON risks(routine) WHERE routine IS NOT NULL;

CREATE UNIQUE INDEX risks_open ON risks(key) WHERE resolved IS NULL;

CREATE TABLE routine_settings (
  routine    INTEGER PRIMARY KEY REFERENCES routines(id),
  disabled   INTEGER NOT NULL,
  vital      INTEGER NOT NULL,              -- 0: as the format knows, 1 yes, 2 no
  partial    INTEGER NOT NULL,              -- opens an incident; 0: as for the tool
  cancelled  INTEGER NOT NULL,
  restores   INTEGER NOT NULL,
  no_volume     INTEGER NOT NULL,           -- risk analyses that do not run
  no_duration   INTEGER NOT NULL,
  no_policy     INTEGER NOT NULL,
  no_recurrence INTEGER NOT NULL,
  stalled    INTEGER NOT NULL,              -- milliseconds; 0: as is usual
  cron       TEXT NOT NULL,                 -- the expectation
  every      INTEGER NOT NULL,              -- milliseconds
  anchor     INTEGER,
  zone       TEXT NOT NULL,
  grace      INTEGER NOT NULL,              -- milliseconds
  learned    INTEGER NOT NULL,
  calendar   TEXT NOT NULL,
  cover_from INTEGER
) STRICT;

CREATE TABLE routine_sources (
  routine INTEGER NOT NULL REFERENCES routines(id),
  source  INTEGER NOT NULL REFERENCES sources(id),
  PRIMARY KEY (routine, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE routines (
  id       INTEGER PRIMARY KEY,
  tool     TEXT NOT NULL,
  name     TEXT NOT NULL,
  client   TEXT NOT NULL,
  schedule TEXT NOT NULL, kind INTEGER NOT NULL DEFAULT 0, vital INTEGER NOT NULL DEFAULT 0, format TEXT NOT NULL DEFAULT '', source INTEGER NOT NULL DEFAULT 0, outcome INTEGER NOT NULL DEFAULT 0, first INTEGER, last INTEGER, runs INTEGER NOT NULL DEFAULT 0, host TEXT NOT NULL DEFAULT '', placed INTEGER REFERENCES branches(id),
  UNIQUE (tool, name, client, schedule)
) STRICT;

CREATE INDEX routines_by_client ON routines(client, id);

CREATE INDEX routines_by_host ON routines(host, tool, name, schedule);

CREATE INDEX routines_by_last ON routines(last, id);

CREATE INDEX routines_by_name ON routines(name, id);

CREATE INDEX routines_placed ON routines(placed) WHERE placed IS NOT NULL;

CREATE TABLE servers (
  tool   TEXT NOT NULL,
  server TEXT NOT NULL,
  PRIMARY KEY (tool, server)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL                       -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE silences (
  incident INTEGER PRIMARY KEY REFERENCES incidents(id),
  source   INTEGER NOT NULL REFERENCES sources(id),
  since    INTEGER NOT NULL,
  every    INTEGER NOT NULL,                -- milliseconds
  ended    INTEGER,                         -- when data came
  file     INTEGER REFERENCES files(id), late INTEGER NOT NULL DEFAULT 0,    -- that came
  UNIQUE (source, since)
) STRICT;

CREATE TABLE source_mappings (
  source  INTEGER NOT NULL REFERENCES sources(id),
  mapping TEXT NOT NULL REFERENCES mappings(name),
  PRIMARY KEY (source, mapping)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_servers (
  source INTEGER NOT NULL REFERENCES sources(id),
  tool   TEXT NOT NULL,
  server TEXT NOT NULL,
  PRIMARY KEY (source, tool)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER changed_sources_have_branches AFTER UPDATE OF company, branch ON sources WHEN new.company <> '' OR new.branch <> ''
  BEGIN INSERT OR IGNORE INTO branches (company, name) VALUES (new.company, new.branch); END;

CREATE TRIGGER new_sources_have_branches AFTER INSERT ON sources WHEN new.company <> '' OR new.branch <> ''
  BEGIN INSERT OR IGNORE INTO branches (company, name) VALUES (new.company, new.branch); END;

CREATE TABLE sources (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  folder     TEXT NOT NULL DEFAULT '',
  tool       TEXT NOT NULL DEFAULT '',
  instance   TEXT NOT NULL DEFAULT '',
  zone       TEXT NOT NULL DEFAULT '',
  code_page  TEXT NOT NULL DEFAULT '',
  date_order INTEGER NOT NULL DEFAULT 0,
  company    TEXT NOT NULL DEFAULT '',
  branch     TEXT NOT NULL DEFAULT '',
  after      INTEGER NOT NULL DEFAULT 0,
  paused     INTEGER NOT NULL DEFAULT 0,
  removed    INTEGER,                       -- when; its files and executions stay
  state      TEXT NOT NULL DEFAULT '',      -- of the folder, as the watcher last saw it
  state_said TEXT NOT NULL DEFAULT '',
  state_at   INTEGER
, rhythm INTEGER NOT NULL DEFAULT 0, every INTEGER NOT NULL DEFAULT 0, delivered INTEGER, covered INTEGER, covered_by INTEGER) STRICT;

CREATE TABLE stalls (
  incident INTEGER PRIMARY KEY REFERENCES incidents(id),
  since    INTEGER NOT NULL,
  most     INTEGER NOT NULL,                -- milliseconds: its limit
  usual    INTEGER NOT NULL,                -- milliseconds; 0: unknown
  late     INTEGER NOT NULL                 -- 1: nobody looked when it passed its limit
) STRICT;

CREATE TABLE statuses (
  tool     TEXT NOT NULL,
  word     TEXT NOT NULL,
  any_word INTEGER NOT NULL,                -- 1: whatever the word
  code     TEXT NOT NULL,
  any_code INTEGER NOT NULL,
  told     INTEGER NOT NULL,                -- the outcome that the format tells
  outcome  INTEGER NOT NULL, opens INTEGER NOT NULL DEFAULT 0,                -- 0: as its outcome does, 1: never, 2: always
  PRIMARY KEY (tool, word, any_word, code, any_code, told)
) STRICT, WITHOUT ROWID;

CREATE TABLE timeline (
  seq        INTEGER PRIMARY KEY,
  subject    TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  judged     INTEGER NOT NULL DEFAULT 0,
  actor      TEXT NOT NULL,
  action     TEXT NOT NULL,
  details    TEXT NOT NULL,                 -- JSON array of {name, from, to}
  hash       BLOB NOT NULL
) STRICT;

CREATE TRIGGER timeline_is_never_changed BEFORE UPDATE ON timeline BEGIN SELECT RAISE(ABORT, 'the timeline is never changed'); END;

CREATE TRIGGER timeline_is_never_cut BEFORE DELETE ON timeline BEGIN SELECT RAISE(ABORT, 'the timeline is never cut'); END;

CREATE TRIGGER timeline_only_goes_on BEFORE INSERT ON timeline WHEN new.seq <= (SELECT MAX(seq) FROM timeline) BEGIN SELECT RAISE(ABORT, 'the timeline only goes on'); END;

CREATE INDEX timeline_by_subject ON timeline(subject, subject_id, seq);

CREATE TABLE tombstones (
  key     BLOB NOT NULL,
  at      INTEGER NOT NULL,                 -- its start, else its end
  routine INTEGER NOT NULL REFERENCES routines(id),
  source  INTEGER NOT NULL REFERENCES sources(id),
  outcome INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  bytes   INTEGER,
  pruning INTEGER REFERENCES prunings(id),  -- NULL until the timeline tells of it
  PRIMARY KEY (key, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX tombstones_by_routine ON tombstones(routine, at);

CREATE INDEX tombstones_untold ON tombstones(key) WHERE pruning IS NULL;

CREATE TABLE tool_settings (
  tool      TEXT PRIMARY KEY,
  partial   INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  restores  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user_branches (
  user   INTEGER NOT NULL REFERENCES users(id),
  branch INTEGER NOT NULL REFERENCES branches(id),
  PRIMARY KEY (user, branch)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
  email    TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role     INTEGER NOT NULL,
  active   INTEGER NOT NULL,
  password TEXT NOT NULL,                   -- argon2id with its cost and salt
  one_time INTEGER NOT NULL,                -- 1: somebody else gave it, it must be changed
  failures TEXT NOT NULL DEFAULT '[]'       -- when signing in failed lately; JSON array of milliseconds
, everything INTEGER NOT NULL DEFAULT 1) STRICT;

CREATE TRIGGER users_are_never_deleted BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'users are deactivated, never deleted'); END;

CREATE TABLE waiting (
  question  INTEGER NOT NULL REFERENCES questions(id),
  execution INTEGER NOT NULL REFERENCES executions(id),
  PRIMARY KEY (question, execution)
) STRICT, WITHOUT ROWID;
