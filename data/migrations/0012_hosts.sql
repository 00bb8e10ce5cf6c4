-- The one name of each routine's client that people confirmed, in lower case: what runs under another name of the host is compared by it.
ALTER TABLE routines ADD COLUMN host TEXT NOT NULL DEFAULT '';
CREATE INDEX routines_by_host ON routines(host, tool, name, schedule);
