-- The panel reads what it needs of a routine's runs from this index alone.
DROP INDEX executions_by_routine;
CREATE INDEX executions_by_routine ON executions(routine, at, outcome, kind, bytes, expires, retry, will_retry);
