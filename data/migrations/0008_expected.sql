-- When a source is expected to bring something, when it last did, and up to where what it brought reaches.
ALTER TABLE sources ADD COLUMN rhythm INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN every INTEGER NOT NULL DEFAULT 0;         -- milliseconds
ALTER TABLE sources ADD COLUMN delivered INTEGER;                        -- the instant judged by
ALTER TABLE sources ADD COLUMN covered INTEGER;                          -- the newest start or end that its files state
ALTER TABLE sources ADD COLUMN covered_by INTEGER;                       -- the file that states it

UPDATE sources SET rhythm = 1 WHERE name IN ('command line', 'dropped files');
UPDATE sources SET delivered = (SELECT MAX(imported) FROM files f WHERE f.source = sources.id AND f.status = 'imported');
UPDATE sources SET covered = c.at, covered_by = c.file
FROM (SELECT e.source AS source, e.file AS file, MAX(MAX(COALESCE(e.start, 0), COALESCE(e.end, 0))) AS at
	FROM executions e JOIN files f ON f.id = e.file WHERE e.from_file = 0 AND COALESCE(e.end, e.start, 0) <= f.imported GROUP BY e.source) c
WHERE c.source = sources.id AND c.at > 0;

-- Which sources report a routine.
CREATE TABLE routine_sources (
  routine INTEGER NOT NULL REFERENCES routines(id),
  source  INTEGER NOT NULL REFERENCES sources(id),
  PRIMARY KEY (routine, source)
) STRICT, WITHOUT ROWID;
INSERT INTO routine_sources SELECT DISTINCT routine, source FROM executions;

-- Where the judging of each routine with an expectation goes on: a sweep looks here, never through the history.
CREATE TABLE expected (
  routine INTEGER PRIMARY KEY REFERENCES routines(id),
  due     INTEGER NOT NULL,                 -- due times before are judged
  look    INTEGER NOT NULL,                 -- nothing is to be judged before this instant
  needs   INTEGER NOT NULL                  -- nor before a source's data reaches here
) STRICT;
CREATE INDEX expected_by_look ON expected(look);

-- What explains an incident of a run that did not start.
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

-- The incidents of silent sources.
CREATE TABLE silences (
  incident INTEGER PRIMARY KEY REFERENCES incidents(id),
  source   INTEGER NOT NULL REFERENCES sources(id),
  since    INTEGER NOT NULL,
  every    INTEGER NOT NULL,                -- milliseconds
  ended    INTEGER,                         -- when data came
  file     INTEGER REFERENCES files(id),    -- that came
  UNIQUE (source, since)
) STRICT;

CREATE INDEX executions_running ON executions(at) WHERE outcome = 1;
