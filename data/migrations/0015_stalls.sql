-- What explains the incident of a run that was still running past its limit.
CREATE TABLE stalls (
  incident INTEGER PRIMARY KEY REFERENCES incidents(id),
  since    INTEGER NOT NULL,
  most     INTEGER NOT NULL,                -- milliseconds: its limit
  usual    INTEGER NOT NULL,                -- milliseconds; 0: unknown
  late     INTEGER NOT NULL                 -- 1: nobody looked when it passed its limit
) STRICT;
ALTER TABLE silences ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
