-- Rules that say which branch a routine belongs to, whatever its source's: the first that fits, in order.
CREATE TABLE placings (
  position INTEGER PRIMARY KEY,             -- from 1
  client   INTEGER NOT NULL,                -- 1: the pattern is of the client's name, 0: of the routine's
  pattern  TEXT NOT NULL,
  branch   INTEGER NOT NULL REFERENCES branches(id)
) STRICT;
-- A routine is placed when its first run comes, and moved with all its runs when somebody asks for it. NULL: where its source belongs.
ALTER TABLE routines ADD COLUMN placed INTEGER REFERENCES branches(id);
CREATE INDEX routines_placed ON routines(placed) WHERE placed IS NOT NULL;
-- Where the routines that were moved last had been.
CREATE TABLE moved_from (
  routine INTEGER PRIMARY KEY REFERENCES routines(id),
  placed  INTEGER REFERENCES branches(id)
) STRICT;
