-- What drifts, is gone or recurs, and what became of it.
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
CREATE UNIQUE INDEX risks_by_mark ON risks(key, mark);
CREATE UNIQUE INDEX risks_open ON risks(key) WHERE resolved IS NULL;
CREATE INDEX risks_by_routine ON risks(routine) WHERE routine IS NOT NULL;
-- Whoever writes: while a risk belongs to nobody, nothing can be done about it.
CREATE TRIGGER risks_need_an_owner BEFORE UPDATE ON risks
  WHEN old.assignee = '' AND (new.state <> old.state OR new.solution <> old.solution OR new.resolved IS NOT old.resolved)
  BEGIN SELECT RAISE(ABORT, 'a risk must be assigned to somebody first'); END;

-- Its evidence: the executions compared, and the incidents of a recurrence.
CREATE TABLE risk_runs (
  risk      INTEGER NOT NULL REFERENCES risks(id),
  execution INTEGER NOT NULL REFERENCES executions(id),
  at        INTEGER NOT NULL,
  value     INTEGER NOT NULL,
  role      INTEGER NOT NULL,
  PRIMARY KEY (risk, execution)
) STRICT, WITHOUT ROWID;
CREATE INDEX risk_runs_by_execution ON risk_runs(execution);
CREATE TABLE risk_incidents (
  risk     INTEGER NOT NULL REFERENCES risks(id),
  incident INTEGER NOT NULL REFERENCES incidents(id),
  PRIMARY KEY (risk, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX risk_incidents_by_incident ON risk_incidents(incident);

-- How far each analysis has looked, so that a sweep takes as long as what is new.
CREATE TABLE risk_marks (
  analysis TEXT PRIMARY KEY,
  upto     INTEGER NOT NULL,
  judged   INTEGER                          -- when it last looked
) STRICT, WITHOUT ROWID;
-- Known executions that say something else since.
CREATE TABLE risk_again (
  execution INTEGER PRIMARY KEY
) STRICT;

-- A client in a policy: its newest run, and from when its absence counts.
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

CREATE INDEX incidents_by_routine ON incidents(routine, failed) WHERE routine IS NOT NULL;
