-- What retention dropped is remembered: an old file brings nothing of it again, and the panel's days still add up.

CREATE TABLE prunings (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,                  -- when it was done
  before INTEGER NOT NULL                   -- executions before this instant went
) STRICT;

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

CREATE TABLE legal_holds (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,                     -- incident, routine or client
  ref    TEXT NOT NULL COLLATE NOCASE,      -- its number or name
  since  INTEGER NOT NULL,
  who    TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (kind, ref)
) STRICT;

ALTER TABLE files ADD COLUMN dropped INTEGER; -- when its kept copy was pruned
