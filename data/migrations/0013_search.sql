-- A search in errors tells their routines without a look at the rows.
DROP INDEX executions_by_error;
CREATE INDEX executions_by_error ON executions(error, routine) WHERE error <> '';
