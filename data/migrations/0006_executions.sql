-- Lists of executions: each index holds what filters ask for, so that a walk along it need not look at the rows.
ALTER TABLE executions ADD COLUMN expires INTEGER; -- when the copy may be overwritten, where the tool tells

DROP INDEX executions_by_time;
DROP INDEX executions_by_routine;
CREATE INDEX executions_by_time ON executions(at, routine, outcome, kind);
CREATE INDEX executions_by_routine ON executions(routine, at, outcome, kind);
CREATE INDEX executions_by_result ON executions(outcome, kind, at, routine);
CREATE INDEX executions_by_size ON executions(bytes, at, routine, outcome, kind);
CREATE INDEX executions_by_session ON executions(session COLLATE NOCASE);
CREATE INDEX executions_by_error ON executions(error) WHERE error <> '';
