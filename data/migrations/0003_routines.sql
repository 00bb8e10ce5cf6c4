-- What a routine's executions come to, kept with each import so that no list of routines reads the history.
ALTER TABLE routines ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;         -- of its newest execution, like the rest
ALTER TABLE routines ADD COLUMN vital INTEGER NOT NULL DEFAULT 0;        -- as its format knows
ALTER TABLE routines ADD COLUMN format TEXT NOT NULL DEFAULT '';
ALTER TABLE routines ADD COLUMN source INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routines ADD COLUMN outcome INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routines ADD COLUMN first INTEGER;                           -- start, else end, of its oldest execution
ALTER TABLE routines ADD COLUMN last INTEGER;
ALTER TABLE routines ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;

UPDATE routines SET first = h.first, last = h.last, runs = h.runs
FROM (SELECT routine, MIN(at) AS first, MAX(at) AS last, COUNT(*) AS runs FROM executions GROUP BY routine) h WHERE h.routine = routines.id;
UPDATE routines SET kind = e.kind, vital = e.vital, format = e.format, source = e.source, outcome = e.outcome
FROM executions e WHERE e.id = (SELECT id FROM executions n WHERE n.routine = routines.id ORDER BY n.at DESC, n.id DESC LIMIT 1);

CREATE INDEX routines_by_last ON routines(last, id);
CREATE INDEX routines_by_name ON routines(name, id);
CREATE INDEX routines_by_client ON routines(client, id);

-- What people decided about a routine. No row decides nothing.
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

CREATE TABLE tool_settings (
  tool      TEXT PRIMARY KEY,
  partial   INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  restores  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
