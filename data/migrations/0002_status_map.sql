-- What people say that a tool's words mean, beside what its format makes of them.
CREATE TABLE statuses (
  tool     TEXT NOT NULL,
  word     TEXT NOT NULL,
  any_word INTEGER NOT NULL,                -- 1: whatever the word
  code     TEXT NOT NULL,
  any_code INTEGER NOT NULL,
  told     INTEGER NOT NULL,                -- the outcome that the format tells
  outcome  INTEGER NOT NULL,                -- the one that it means here
  opens    INTEGER NOT NULL,                -- 0: as its outcome does, 1: never, 2: always
  PRIMARY KEY (tool, word, any_word, code, any_code, told)
) STRICT, WITHOUT ROWID;

-- What the format made of the tool's words, where it is not the outcome; 0 where it is.
ALTER TABLE executions ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
