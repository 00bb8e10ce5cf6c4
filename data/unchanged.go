package data

import (
	"context"
	"strings"
)

// statedColumns are the fact columns that backup.Execution compares to tell a change. The key stands for the session, and what
// the format makes of the tool's words for the outcome: a status map that has changed meanwhile is for what comes anew.
var statedColumns = strings.Fields(`instance parent kind vital level native_status code error start end expires bytes files tries first_outcome retry will_retry`)

// passUnchanged sorts out the records that say word for word what was known before, all in one statement: exports overlap, so most
// records of most files are such. One that brings the first log or the stronger evidence is none of them, nor one whose
// execution another record of the file speaks of in other words, nor one of an id that ever started over.
func (g *ingest) passUnchanged(ctx context.Context) error {
	same := " AND " + asTold("e.") + " = " + asTold("s.")
	for _, c := range g.comparedColumns() {
		same += " AND e." + c + " IS s." + c
	}
	if g.again != nil {
		same += " AND (s.log IS NULL OR s.log IS (SELECT l.body FROM logs l WHERE l.execution = e.id))"
	}
	for _, q := range []struct {
		text string
		args []any
	}{
		{"CREATE TABLE staged.touched (id INTEGER PRIMARY KEY, updated INTEGER NOT NULL)", nil},
		{"CREATE TABLE staged.same (record INTEGER PRIMARY KEY, id INTEGER NOT NULL)", nil},
		{`INSERT INTO staged.same SELECT s.rowid, e.id
			FROM staged.records s JOIN executions e ON e.key = s.key AND e.era = 0 JOIN routines r ON r.id = e.routine
			WHERE e.id <= ? AND r.name = s.name AND r.client = s.client AND r.schedule = s.schedule` + same + `
			AND s.evidence <= e.evidence AND (s.log IS NULL OR EXISTS (SELECT 1 FROM logs l WHERE l.execution = e.id))
			AND NOT EXISTS (SELECT 1 FROM executions x WHERE x.key = s.key AND x.era > 0)`, []any{g.high}},
		{`DELETE FROM staged.same WHERE id IN (SELECT e.id FROM staged.records s JOIN executions e ON e.key IN (s.key, s.other_key)
			WHERE s.rowid NOT IN (SELECT record FROM staged.same))`, nil},
		{"INSERT OR IGNORE INTO staged.touched SELECT id, 0 FROM staged.same", nil},
	} {
		if _, err := g.tx.ExecContext(ctx, q.text, q.args...); err != nil {
			return err
		}
	}
	return nil
}

// comparedColumns are those, and for a file that is read again also what no other file could improve.
func (g *ingest) comparedColumns() []string {
	if g.again == nil {
		return statedColumns
	}
	return append(strings.Fields("session start_text end_text absolute time_note"), statedColumns...)
}

// asTold is what a format made of the tool's words, of the table behind a prefix.
func asTold(prefix string) string {
	return "COALESCE(NULLIF(" + prefix + "told, 0), " + prefix + "outcome)"
}
