-- How people taught exports that no format knows.
CREATE TABLE mappings (
  name    TEXT PRIMARY KEY,
  version INTEGER NOT NULL,                 -- counts the changes: files of an older one can be read again
  body    TEXT NOT NULL,                    -- JSON, as it is shared
  saved   INTEGER NOT NULL,
  saver   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The sources whose files are read by them where no format claims a file.
CREATE TABLE source_mappings (
  source  INTEGER NOT NULL REFERENCES sources(id),
  mapping TEXT NOT NULL REFERENCES mappings(name),
  PRIMARY KEY (source, mapping)
) STRICT, WITHOUT ROWID;
