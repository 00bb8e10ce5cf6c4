-- Company and branch of sources, as something that people are given. A source names both in words; each pair there is has a row.
CREATE TABLE branches (
  id      INTEGER PRIMARY KEY,
  company TEXT NOT NULL,
  name    TEXT NOT NULL,
  UNIQUE (company, name)
) STRICT;
INSERT INTO branches (company, name) SELECT DISTINCT company, branch FROM sources WHERE company <> '' OR branch <> '';
CREATE TRIGGER new_sources_have_branches AFTER INSERT ON sources WHEN new.company <> '' OR new.branch <> ''
  BEGIN INSERT OR IGNORE INTO branches (company, name) VALUES (new.company, new.branch); END;
CREATE TRIGGER changed_sources_have_branches AFTER UPDATE OF company, branch ON sources WHEN new.company <> '' OR new.branch <> ''
  BEGIN INSERT OR IGNORE INTO branches (company, name) VALUES (new.company, new.branch); END;

-- What users see: everything, or branches that they were given; Clients the locations that they belong to.
ALTER TABLE users ADD COLUMN everything INTEGER NOT NULL DEFAULT 1;
CREATE TABLE user_branches (
  user   INTEGER NOT NULL REFERENCES users(id),
  branch INTEGER NOT NULL REFERENCES branches(id),
  PRIMARY KEY (user, branch)
) STRICT, WITHOUT ROWID;
CREATE TABLE locations (
  id     INTEGER PRIMARY KEY,
  branch INTEGER NOT NULL REFERENCES branches(id),
  name   TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
CREATE TABLE location_routines (              -- none: all of the branch
  location INTEGER NOT NULL REFERENCES locations(id),
  name     TEXT NOT NULL,
  PRIMARY KEY (location, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE location_clients (               -- none: all of the branch
  location INTEGER NOT NULL REFERENCES locations(id),
  client   TEXT NOT NULL COLLATE NOCASE,      -- under any of its host's names
  PRIMARY KEY (location, client)
) STRICT, WITHOUT ROWID;
CREATE TABLE location_users (
  location INTEGER NOT NULL REFERENCES locations(id),
  user     INTEGER NOT NULL REFERENCES users(id),
  PRIMARY KEY (location, user)
) STRICT, WITHOUT ROWID;
