-- Who may sign in. Users are deactivated, never deleted: the record names them.
CREATE TABLE users (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
  email    TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role     INTEGER NOT NULL,
  active   INTEGER NOT NULL,
  password TEXT NOT NULL,                   -- argon2id with its cost and salt
  one_time INTEGER NOT NULL,                -- 1: somebody else gave it, it must be changed
  failures TEXT NOT NULL DEFAULT '[]'       -- when signing in failed lately; JSON array of milliseconds
) STRICT;
CREATE TRIGGER users_are_never_deleted BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'users are deactivated, never deleted'); END;
