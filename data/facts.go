package data

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// Facts are what the figures of a period are counted from; the counting is the figures' own.
func (s *Store) Facts(ctx context.Context, scope desk.Scope, q desk.FactQuery) (figure.Facts, error) {
	s = s.within(scope)
	var f figure.Facts
	var err error
	if f.Cases, err = s.cases(ctx, q); err != nil {
		return f, err
	}
	if f.Runs, err = s.runs(ctx, q); err != nil {
		return f, err
	}
	if f.Routines, err = s.routines(ctx, q); err != nil {
		return f, err
	}
	f.Copies, err = s.copies(ctx, q)
	return f, err
}

// firstAction is when a person first did something about an incident.
const firstAction = "(SELECT t.at FROM timeline t WHERE t.subject = '" + string(timeline.Incident) + "' AND t.subject_id = incidents.id AND t.actor <> '" + timeline.System + "' ORDER BY t.seq LIMIT 1)"

// cases are the incidents that were open at some time of the period.
func (s *Store) cases(ctx context.Context, q desk.FactQuery) ([]figure.Case, error) {
	w := s.incidentWhere(q.Incidents, s.textFind)
	w.add("opened < ? AND (closed IS NULL OR closed >= ?)", q.To.UnixMilli(), q.From.UnixMilli())
	names, err := hostNames(ctx, s.read)
	if err != nil {
		return nil, err
	}
	categories, holds, routines := once[string]{}, once[figure.Hold]{}, once[figure.Routine]{}
	return all(ctx, s.read, func(rows *sql.Rows) (figure.Case, error) {
		var c figure.Case
		var hold figure.Hold
		var of figure.Routine
		var failure string
		err := rows.Scan(&c.ID, &c.Cause, &c.State, &c.Closing, &c.Category, &c.Opened, &c.Closed, &c.Acted, &c.Due, &c.Execution, &c.Into, &hold.Team, &hold.Until, &of.Tool, &of.Policy, &of.Client, &failure)
		c.Category = *categories.same(c.Category)
		if c.Category == "" {
			c.Proposed = *categories.same(desk.ProposeCategory(failure))
		}
		if c.State == incident.OnHold {
			c.Hold = holds.same(hold)
		}
		of.Host = names.Named(of.Client)
		c.Routine = routines.same(of)
		return c, err
	}, "SELECT id, cause, state, closing, category, opened, COALESCE(closed, 0), COALESCE("+firstAction+`, 0), COALESCE(due, 0), COALESCE(execution, 0), COALESCE(into_id, 0), team, COALESCE(until, 0), tool, policy, client, failure
		FROM incidents`+w.String()+" ORDER BY opened, id", w.args...)
}

// once keeps one copy of what comes again and again.
type once[T comparable] map[T]*T

func (o once[T]) same(v T) *T {
	known, ok := o[v]
	if !ok {
		known = &v
		o[v] = known
	}
	return known
}

// lateTries is how long after a period repetitions of its runs are looked for.
const lateTries = 48 * time.Hour

// coordinates tells that an execution only starts others that are in hand: counting it would count them twice.
const coordinates = "EXISTS (SELECT 1 FROM executions c WHERE c.parent = e.session AND c.parent <> '' AND c.instance = e.instance AND c.id <> e.id)"

func (s *Store) runs(ctx context.Context, q desk.FactQuery) ([]figure.Run, error) {
	runs := figure.NewRuns(q.Period)
	w := routinesOf(q.Incidents)
	ofBranches(&w, "e.source", "e.routine", q.Incidents.Companies, q.Incidents.Branches)
	w.add("e.at >= ? AND e.at < ? AND e.kind <> ? AND NOT "+coordinates, q.From.UnixMilli(), q.To.Add(lateTries).UnixMilli(), int64(backup.Restore))
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var t figure.Try
		err := rows.Scan(&t.At, &t.ID, &t.Routine, &t.Outcome, &t.First, &t.Tries, &t.Retry)
		runs.Add(t)
		return err
	}, "SELECT e.at, e.id, e.routine, e.outcome, e.first_outcome, e.tries, e.retry FROM executions e JOIN routines r ON r.id = e.routine"+w.String()+" ORDER BY e.at, e.id", w.args...)
	if err != nil {
		return nil, err
	}
	if err := s.missed(ctx, q, runs.Missed); err != nil {
		return nil, err
	}
	return runs.All(), nil
}

// missed tells the runs that did not start and of which no execution tells.
func (s *Store) missed(ctx context.Context, q desk.FactQuery, tell func(at, incident, routine int64)) error {
	w := s.incidentWhere(q.Incidents, s.textFind)
	w.add("due >= ? AND due < ? AND execution IS NULL AND cause = ?", q.From.UnixMilli(), q.To.UnixMilli(), int64(incident.CauseMissed))
	return each(ctx, s.read, func(rows *sql.Rows) error {
		var at, id, routine int64
		if err := rows.Scan(&at, &id, &routine); err != nil {
			return err
		}
		tell(at, id, routine)
		return nil
	}, "SELECT due, id, routine FROM incidents"+w.String(), w.args...)
}

// routinesOf is a filter of incidents as far as it tells something of routines.
func routinesOf(q desk.IncidentQuery) where {
	var w where
	in(&w, "r.tool", q.Tools)
	in(&w, "r.client", q.Clients)
	in(&w, "r.name", q.Routines)
	return w
}

func (s *Store) routines(ctx context.Context, q desk.FactQuery) (map[int64]figure.Routine, error) {
	names, err := hostNames(ctx, s.read)
	if err != nil {
		return nil, err
	}
	w := routinesOf(q.Incidents)
	found := map[int64]figure.Routine{}
	return found, each(ctx, s.read, func(rows *sql.Rows) error {
		var id int64
		var r figure.Routine
		if err := rows.Scan(&id, &r.Tool, &r.Policy, &r.Client); err != nil {
			return err
		}
		r.Host = names.Named(r.Client)
		found[id] = r
		return nil
	}, "SELECT r.id, r.tool, r.name, r.client FROM routines r"+w.String(), w.args...)
}

// goodCopy tells that an execution e of a routine r is one to restore from: a success, or a partial run where those of the routine open no
// incident, because its own setting says so or else that of its tool.
var goodCopy = fmt.Sprintf(`(e.outcome = %d OR e.outcome = %d AND %d = COALESCE(NULLIF((SELECT p.partial FROM routine_settings p WHERE p.routine = r.id), 0),
	(SELECT p.partial FROM tool_settings p WHERE p.tool = r.tool), 0))`, backup.Success, backup.Partial, backup.No)

// copies finds the last good copy of every client, under whatever name of it, before the end of the period: the newest of its
// routines' last ones, one that has not expired by then. A walk back along each routine meets it soon.
func (s *Store) copies(ctx context.Context, q desk.FactQuery) ([]figure.Copy, error) {
	names, err := hostNames(ctx, s.read)
	if err != nil {
		return nil, err
	}
	kinds := desk.GoodKinds()
	var of where
	of.add("e.routine = r.id AND e.at < ? AND e.kind IN (?, ?)", q.To.UnixMilli(), int64(kinds[0]), int64(kinds[1]))
	ofBranches(&of, "e.source", "e.routine", q.Incidents.Companies, q.Incidents.Branches)
	good := where{conditions: slices.Clone(of.conditions), args: slices.Clone(of.args)}
	good.add(goodCopy+" AND (e.expires IS NULL OR e.expires > ?)", q.To.UnixMilli())
	w := routinesOf(q.Incidents)
	found := map[string]int{}
	var copies []figure.Copy
	err = each(ctx, s.read, func(rows *sql.Rows) error {
		var c figure.Copy
		var since, at, execution sql.NullInt64
		if err := rows.Scan(&c.Client, &since, &execution, &at); err != nil || !since.Valid {
			return err
		}
		c.Since, c.At, c.Execution = instant(since), instant(at), execution.Int64
		name := names.Host(c.Client)
		c.Client = names.Named(c.Client)
		if i, known := found[name]; known {
			copies[i] = later(copies[i], c)
			return nil
		}
		found[name] = len(copies)
		copies = append(copies, c)
		return nil
	}, `SELECT x.client, x.since, g.id, COALESCE(g.end, g.start) FROM (SELECT r.client AS client,
			(SELECT e.at FROM executions e`+of.String()+` ORDER BY e.at LIMIT 1) AS since,
			(SELECT e.id FROM executions e`+good.String()+` ORDER BY e.at DESC LIMIT 1) AS good FROM routines r`+w.String()+`) x
		LEFT JOIN executions g ON g.id = x.good ORDER BY x.client`, slices.Concat(of.args, good.args, w.args)...)
	return copies, err
}

// later joins what two routines of a client know: the newer copy, and the time since the client is known.
func later(a, b figure.Copy) figure.Copy {
	if b.Since.Before(a.Since) {
		a.Since = b.Since
	}
	if b.At.After(a.At) {
		a.At, a.Execution = b.At, b.Execution
	}
	return a
}
