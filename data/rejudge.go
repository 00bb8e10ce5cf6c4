package data

import (
	"context"
	"database/sql"
	"errors"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// errPreview takes a transaction back that was only to show what it does.
var errPreview = say.Error("only a preview")

// Rejudge judges executions in hand by the status map and the settings of today, in one transaction. A preview is the same work,
// taken back.
func (s *Store) Rejudge(ctx context.Context, r desk.Rejudging) (desk.Rejudged, error) {
	j := &rejudge{Rejudging: r, g: &ingest{store: s}}
	j.g.Actor, j.g.At, j.g.Judged, j.g.Rules = r.Actor, r.At, r.Judged, r.Rules
	// The statements end by ctx, and so does what they are part of; a transaction that ended by it would take the connection along.
	err := s.inTx(context.WithoutCancel(ctx), func(tx *sql.Tx) error {
		j.g.tx = tx
		for _, step := range []func(context.Context) error{j.count, j.changeOutcomes, j.tellIncidents, j.open, j.offer, j.record} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		if r.Preview {
			return errPreview
		}
		return nil
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return j.done, err
}

// rejudge is one judging while it runs.
type rejudge struct {
	desk.Rejudging
	g    *ingest
	done desk.Rejudged
}

// which filters executions e with their routines r by what is asked for.
func (j *rejudge) which() where {
	var w where
	if j.Tool != "" {
		w.add("r.tool = ?", j.Tool)
	}
	if j.Routine != 0 {
		w.add("e.routine = ?", j.Routine)
	}
	if !j.From.IsZero() {
		w.add("COALESCE(e.at, 0) >= ?", j.From.UnixMilli())
	}
	return w
}

const ofRoutines = " FROM executions e JOIN routines r ON r.id = e.routine"

func (j *rejudge) count(ctx context.Context) error {
	w := j.which()
	return errors.Join(
		j.g.tx.QueryRowContext(ctx, "SELECT COUNT(*)"+ofRoutines+w.String(), w.args...).Scan(&j.done.Executions),
		j.g.tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM incidents").Scan(&j.g.newest))
}

// changeOutcomes gives every execution the outcome that its tool's words have now. Executions of one status change together.
func (j *rejudge) changeOutcomes(ctx context.Context) error {
	w := j.which()
	groups, err := all(ctx, j.g.tx, func(rows *sql.Rows) (c desk.RejudgedStatus, err error) {
		err = rows.Scan(&c.Tool, &c.Word, &c.Code, &c.Told, &c.From, &c.Count)
		return c, err
	}, "SELECT r.tool, e.native_status, e.code, "+asTold("e.")+", e.outcome, COUNT(*)"+ofRoutines+w.String()+" GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5", w.args...)
	if err != nil {
		return err
	}
	for _, c := range groups {
		to := j.Rules.Statuses.Judge(backup.Execution{Tool: c.Tool, NativeStatus: c.Word, Code: c.Code, Outcome: c.Told})
		if c.To = to.Outcome; c.From == c.To {
			continue
		}
		if err := j.changeGroup(ctx, c, to); err != nil {
			return err
		}
		j.done.Changed = append(j.done.Changed, c)
	}
	return j.tellRoutines(ctx)
}

// tellRoutines keeps the outcome of each routine's last run.
func (j *rejudge) tellRoutines(ctx context.Context) error {
	if len(j.done.Changed) == 0 {
		return nil
	}
	_, err := j.g.tx.ExecContext(ctx, `UPDATE routines SET outcome = COALESCE((SELECT e.outcome FROM executions e WHERE e.routine = routines.id ORDER BY e.at DESC, e.id DESC LIMIT 1), outcome)
		WHERE ?1 = '' OR tool = ?1`, j.Tool)
	return err
}

func (j *rejudge) changeGroup(ctx context.Context, c desk.RejudgedStatus, to backup.Execution) error {
	w := j.which()
	w.add("r.tool = ?", c.Tool)
	w.add("e.native_status = ? AND e.code = ? AND "+asTold("e.")+" = ? AND e.outcome = ?", c.Word, c.Code, int64(c.Told), int64(c.From))
	if err := j.remember(ctx, w, to); err != nil {
		return err
	}
	_, err := j.g.tx.ExecContext(ctx, "UPDATE executions SET outcome = ?, told = ? WHERE id IN (SELECT e.id"+ofRoutines+w.String()+")",
		append([]any{int64(to.Outcome), int64(to.Told)}, w.args...)...)
	return err
}

// remember notes the executions that incidents are to be told of: their own, and those that made them good.
func (j *rejudge) remember(ctx context.Context, w where, to backup.Execution) error {
	w.add("(EXISTS (SELECT 1 FROM incidents i WHERE i.execution = e.id) OR EXISTS (SELECT 1 FROM links l WHERE l.session = e.id AND l.proposed = 0))")
	ids, err := all(ctx, j.g.tx, one[int64], "SELECT e.id"+ofRoutines+w.String()+" ORDER BY e.id", w.args...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		f, err := j.g.finding(ctx, id)
		if err != nil {
			return err
		}
		after := f.Execution
		after.Outcome, after.Told = to.Outcome, to.Told
		j.g.changed = append(j.g.changed, changedExecution{id, f.Execution, after})
	}
	return nil
}

func (j *rejudge) tellIncidents(ctx context.Context) error {
	const flagged = "SELECT COUNT(*) FROM incidents WHERE evidence_changed"
	var before, after int
	if err := j.g.tx.QueryRowContext(ctx, flagged).Scan(&before); err != nil {
		return err
	}
	if err := j.g.judgeChanged(ctx); err != nil {
		return err
	}
	err := j.g.tx.QueryRowContext(ctx, flagged).Scan(&after)
	j.done.Flagged = after - before
	return err
}

// open opens what today's settings open and nothing has opened yet. What waits for an answer is opened by that.
func (j *rejudge) open(ctx context.Context) error {
	w := j.which()
	w.add("e.outcome NOT IN (?, ?)", int64(backup.Running), int64(backup.Success))
	w.add("NOT EXISTS (SELECT 1 FROM incidents i WHERE i.execution = e.id)")
	w.add("NOT EXISTS (SELECT 1 FROM waiting x JOIN questions q ON q.id = x.question WHERE x.execution = e.id AND q.answered IS NULL)")
	ids, err := all(ctx, j.g.tx, one[int64], "SELECT e.id"+ofRoutines+w.String()+" ORDER BY e.at, e.id", w.args...)
	if err != nil {
		return err
	}
	quick := context.WithoutCancel(ctx) // many small statements; the driver starts a goroutine each to watch a context that can end
	for i, id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		if j.Progress != nil {
			j.Progress(i, len(ids))
		}
		if err := j.openOne(quick, id); err != nil {
			return err
		}
	}
	return j.g.indexText(ctx)
}

func (j *rejudge) openOne(ctx context.Context, id int64) error {
	f, err := j.g.finding(ctx, id)
	if err != nil {
		return err
	}
	change, calls := j.Rules.Open(f)
	if !calls {
		return nil
	}
	e := f.Execution
	j.done.Opened = append(j.done.Opened, desk.RejudgedRun{ID: id, Tool: e.Tool, Routine: e.Routine, Client: e.Client, At: e.At(), Outcome: e.Outcome, Failure: change.Incident.Failure})
	return j.g.open(ctx, f, change)
}

// offer finds the open incidents that today's settings would not open.
func (j *rejudge) offer(ctx context.Context) (err error) {
	var w where
	if j.Tool != "" {
		w.add("r.tool = ?", j.Tool)
	}
	if j.Routine != 0 {
		w.add("r.id = ?", j.Routine)
	}
	if !j.From.IsZero() {
		w.add("COALESCE(i.failed, 0) >= ?", j.From.UnixMilli())
	}
	j.done.Offered, err = offered(ctx, j.g.tx, j.Rules, w)
	return err
}

func (j *rejudge) record(ctx context.Context) error {
	return appendEntries(ctx, j.g.tx, []timeline.Entry{{
		Subject: timeline.Setting, SubjectID: 0, At: j.At, Judged: j.g.otherInstant(), Actor: j.Actor, Action: say.N("judged again"), Details: j.done.Details(j.RejudgeRequest),
	}})
}
