package data

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"time"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// SettledRoutines lists the routines that people decided something about, by name.
func (s *Store) SettledRoutines(ctx context.Context, scope desk.Scope) ([]desk.SettledRoutine, error) {
	s = s.within(scope)
	return all(ctx, s.read, func(rows *sql.Rows) (desk.SettledRoutine, error) {
		var r desk.SettledRoutine
		var set settingRow
		err := rows.Scan(append([]any{&r.ID, &r.Tool, &r.Name, &r.Client, &r.Known, &r.Company, &r.Branch}, set.targets()...)...)
		r.Settings = set.settings()
		return r, err
	}, "SELECT r.id, r.tool, r.name, r.client, r.vital, "+rowsCompany+", "+rowsBranch+", "+settingList("x.")+` FROM routine_settings x JOIN routines r ON r.id = x.routine
		LEFT JOIN sources s ON s.id = r.source `+placedIn+` ORDER BY r.name, r.client, r.tool, r.id`)
}

// Unopened lists the answers and the imports by which old failures opened no incident, the oldest first.
func (s *Store) Unopened(ctx context.Context, scope desk.Scope) ([]desk.Unopened, error) {
	s = s.within(scope)
	const left = "(SELECT COUNT(*) FROM waiting w WHERE w.question = q.id AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.execution = w.execution))"
	return all(ctx, s.read, func(rows *sql.Rows) (desk.Unopened, error) {
		var u desk.Unopened
		var at int64
		var details []byte
		if err := rows.Scan(&u.Seq, &u.Subject, &u.SubjectID, &at, &u.Actor, &u.Action, &details, &u.Source, &u.Company, &u.Branch, &u.File, &u.Left); err != nil {
			return u, err
		}
		var err error
		u.At, u.File = time.UnixMilli(at).UTC(), filepath.Base(u.File)
		if u.Details, err = timeline.ParseText(details); err != nil {
			return u, err
		}
		for _, d := range u.Details {
			if d.Name == "not opened" {
				_, err = fmt.Sscan(d.To, &u.Left)
			}
		}
		return u, err
	}, `SELECT t.seq, t.subject, t.subject_id, t.at, t.actor, t.action, t.details, s.name, s.company, s.branch, f.path, `+left+`
			FROM questions q JOIN timeline t ON t.subject = 'question' AND t.subject_id = q.id AND t.action = 'answered' JOIN sources s ON s.id = q.source JOIN files f ON f.id = q.file
		UNION ALL SELECT t.seq, t.subject, t.subject_id, t.at, t.actor, t.action, t.details, s.name, s.company, s.branch, f.path, 0
			FROM timeline t JOIN files f ON f.id = t.subject_id JOIN sources s ON s.id = f.source WHERE t.subject = 'file' AND t.details LIKE '%"incidents since"%' ORDER BY 1`)
}
