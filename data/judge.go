package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Old history (DESIGN.md 3): more than manyOld openings older than oldAge wait for an answer instead of flooding the table.
const (
	oldAge  = 7 * 24 * time.Hour
	manyOld = 200
)

// judge asks the rules about every execution that is new or changed, and opens what calls for an incident.
func (g *ingest) judge(ctx context.Context) error {
	if err := g.judgeChanged(ctx); err != nil {
		return err
	}
	ids, err := g.candidates(ctx)
	if err != nil {
		return err
	}
	var old []int64
	cancelled := ctx.Err
	ctx = context.WithoutCancel(ctx) // many small statements; the driver starts a goroutine each to watch a context that can end
	for _, id := range ids {
		if err := cancelled(); err != nil {
			return err
		}
		f, err := g.finding(ctx, id)
		if err != nil {
			return err
		}
		change, calls := g.Rules.Open(f)
		at := f.Execution.At()
		switch {
		case !calls:
			err = g.triedAgain(ctx, f)
		case !g.Since.IsZero() && !at.IsZero() && at.Before(g.Since):
			g.before++
		case !g.OpenAll && !at.IsZero() && at.Before(g.Judged.Add(-oldAge)):
			old = append(old, id)
		default:
			err = g.open(ctx, f, change)
		}
		if err != nil {
			return err
		}
	}
	if len(old) > manyOld {
		return g.ask(ctx, old)
	}
	return g.openAll(ctx, old)
}

// candidates are the executions of this file that ended otherwise than in success, oldest first, and the known ones that
// changed and have no incident yet.
func (g *ingest) candidates(ctx context.Context) ([]int64, error) {
	var ids []int64
	var id int64
	if err := each(ctx, g.tx, func(rows *sql.Rows) error {
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT id FROM executions WHERE id > ? AND outcome NOT IN (?, ?) ORDER BY at, id", g.high, backup.Running, backup.Success); err != nil {
		return nil, err
	}
	for _, c := range g.changed {
		if c.to.Outcome.Final() && c.to.Outcome != backup.Success && c.callsAnew() {
			ids = append(ids, c.id)
		}
	}
	return ids, nil
}

// callsAnew tells whether what the rules open by has changed. Other words alone open nothing that did not open before: it may
// wait for an answer, or be from before a date.
func (c changedExecution) callsAnew() bool {
	return c.from.Outcome != c.to.Outcome || c.from.WillRetry && !c.to.WillRetry
}

// finding gathers what the rules need to know around an execution.
func (g *ingest) finding(ctx context.Context, id int64) (incident.Finding, error) {
	return finding(ctx, g.tx, g.Rules, id)
}

func finding(ctx context.Context, tx *sql.Tx, rules desk.IntakeRules, id int64) (incident.Finding, error) {
	f := incident.Finding{ID: incident.ExecutionID(id)}
	var row factRow
	e := &row.e
	to := append([]any{&f.Routine, &f.Source, &e.Tool, &e.Routine, &e.Client, &e.Schedule}, row.targets()...)
	if err := tx.QueryRowContext(ctx, `SELECT e.routine, e.source, r.tool, r.name, r.client, r.schedule, `+factList("e.")+`
		FROM executions e JOIN routines r ON r.id = e.routine WHERE e.id = ?`, id).Scan(to...); err != nil {
		return f, say.Error("execution %d: %w", id, err)
	}
	f.Execution = row.stated().Execution
	tool, err := toolSettings(ctx, tx, f.Execution.Tool)
	if err != nil {
		return f, err
	}
	settings, err := routineSettings(ctx, tx, f.Routine)
	if err != nil {
		return f, err
	}
	f.Policy = rules.Policy(f.Execution, tool, settings)
	if f.Before, f.After, err = run(ctx, tx, f, settings); err != nil {
		return f, err
	}
	f.Children, err = children(ctx, tx, f.Execution)
	return f, err
}

func incidentOf(ctx context.Context, q querier, execution int64) (incident.ID, error) {
	var id incident.ID
	err := q.QueryRowContext(ctx, "SELECT id FROM incidents WHERE execution = ?", execution).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// judgeChanged tells incidents whose own execution, or a linked session, says something else now.
func (g *ingest) judgeChanged(ctx context.Context) error {
	for _, c := range g.changed {
		if err := g.moved(ctx, c); err != nil {
			return err
		}
		if c.from.Outcome == c.to.Outcome {
			continue
		}
		ids, err := concerned(ctx, g.tx, c.id)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := g.change(ctx, id, func(in incident.Incident) (incident.Change, bool) {
				return g.Rules.Changed(in, incident.ExecutionID(c.id), c.from, c.to)
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// moved tells the incident of an execution, merged or not, that it lies at another time.
func (g *ingest) moved(ctx context.Context, c changedExecution) error {
	if c.from.At().Equal(c.to.At()) {
		return nil
	}
	own, err := incidentOf(ctx, g.tx, c.id)
	if err != nil || own == 0 {
		return err
	}
	in, err := findIncident(ctx, g.tx, own)
	if err != nil {
		return err
	}
	if change, ok := g.Rules.Moved(in, c.to); ok {
		return g.save(ctx, []incident.Change{change})
	}
	return nil
}

// concerned are the incidents that an execution opened or made good; for a merged one its destination, which speaks for it.
func concerned(ctx context.Context, tx *sql.Tx, execution int64) ([]incident.ID, error) {
	return all(ctx, tx, one[incident.ID], `SELECT COALESCE(into_id, id) FROM incidents WHERE execution = ?1
		UNION SELECT COALESCE(i.into_id, i.id) FROM links l JOIN incidents i ON i.id = l.incident WHERE l.session = ?1 AND l.proposed = 0`, execution)
}

// triedAgain tells the incident of a run about a later try that failed too.
func (g *ingest) triedAgain(ctx context.Context, f incident.Finding) error {
	id := incident.Finding{Before: f.Before}.RunIncident() // to that of a later try an earlier one, read late, is no news
	if own, err := incidentOf(ctx, g.tx, int64(f.ID)); err != nil || id == 0 || own == id {
		return err
	}
	return g.change(ctx, id, func(in incident.Incident) (incident.Change, bool) { return g.Rules.TriedAgain(in, f) })
}

func (g *ingest) change(ctx context.Context, id incident.ID, rule func(incident.Incident) (incident.Change, bool)) error {
	in, err := findIncident(ctx, g.tx, id)
	if err == nil && in.Into != 0 {
		in, err = findIncident(ctx, g.tx, in.Into) // which speaks for it
	}
	if err != nil {
		return err
	}
	if c, ok := rule(in); ok {
		return g.save(ctx, []incident.Change{c})
	}
	return nil
}

func (g *ingest) save(ctx context.Context, changes []incident.Change) error {
	_, err := saveChanges(ctx, g.tx, g.otherInstant(), changes, nil)
	return err
}

// otherInstant is the instant judged by, where it is not the machine's.
func (g *ingest) otherInstant() time.Time { return otherInstant(g.At, g.Judged) }

func otherInstant(at, judged time.Time) time.Time {
	if judged.Equal(at) {
		return time.Time{}
	}
	return judged
}

// ask leaves the old openings waiting as one visible question.
func (g *ingest) ask(ctx context.Context, old []int64) error {
	r, err := g.tx.ExecContext(ctx, "INSERT INTO questions (source, file, asked) VALUES (?,?,?)", g.File.SourceID, g.file, g.At.UnixMilli())
	if err != nil {
		return err
	}
	question, err := r.LastInsertId()
	if err != nil {
		return err
	}
	for _, id := range old {
		if _, err := g.tx.ExecContext(ctx, "INSERT INTO waiting VALUES (?,?)", question, id); err != nil {
			return err
		}
	}
	return appendEntries(ctx, g.tx, []timeline.Entry{{
		Subject: timeline.Question, SubjectID: question, At: g.At, Judged: g.otherInstant(), Actor: timeline.System, Action: say.N("asked"),
		Details: []timeline.Detail{timeline.Said(say.N("old failures"), fmt.Sprint(len(old))), timeline.Said(say.N("file"), g.File.Path)},
	}})
}

// openAll opens the incidents of executions that waited.
func (g *ingest) openAll(ctx context.Context, ids []int64) error {
	for _, id := range ids {
		f, err := g.finding(ctx, id)
		if err != nil {
			return err
		}
		if change, calls := g.Rules.Open(f); calls {
			if err := g.open(ctx, f, change); err != nil {
				return err
			}
		}
	}
	return nil
}

// open saves a new incident and lets a child explain its coordinator's.
func (g *ingest) open(ctx context.Context, f incident.Finding, change incident.Change) error {
	if known, err := g.missedBefore(ctx, change.Incident); err != nil || known != 0 {
		return errors.Join(err, g.late(ctx, known, int64(f.ID)))
	}
	saved, err := saveChanges(ctx, g.tx, g.otherInstant(), []incident.Change{change}, nil)
	if err != nil {
		return err
	}
	g.result.Incidents++
	return g.explain(ctx, f.Execution, saved[0].Incident)
}

// explain lets a failed child take its coordinator's incident under its own.
func (g *ingest) explain(ctx context.Context, child backup.Execution, own incident.Incident) error {
	if child.Parent == "" {
		return nil
	}
	var parent incident.ID
	key := backup.Execution{Tool: child.Tool, Session: child.Parent}.KeyUnder(child.Instance, time.Time{}, 0)
	err := g.tx.QueryRowContext(ctx, `SELECT i.id FROM executions e JOIN incidents i ON i.execution = e.id
		WHERE e.key = ?1 AND i.id <> ?2 AND (e.at IS NULL OR ?3 IS NULL OR ABS(e.at - ?3) <= ?4) ORDER BY ABS(e.at - ?3) LIMIT 1`,
		key[:], own.ID, millis(child.At()), backup.Restart.Milliseconds()).Scan(&parent)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	in, err := findIncident(ctx, g.tx, parent)
	if err != nil {
		return err
	}
	changes, err := g.Rules.Explained(in, own)
	if err != nil || len(changes) == 0 {
		return err
	}
	return g.save(ctx, changes)
}
