package data

import (
	"context"
	"database/sql"
	"slices"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// lastRuns is how many runs of the routine an incident shows.
const lastRuns = 30

// Incident gives everything about one incident.
func (s *Store) Incident(ctx context.Context, scope desk.Scope, id incident.ID) (desk.Detail, error) {
	s = s.within(scope)
	var d desk.Detail
	var err error
	if d.Incident, err = findIncident(ctx, s.read, id); err != nil {
		return d, err
	}
	rows, err := s.IncidentRows(ctx, scope, []int64{int64(id)})
	if err != nil || len(rows) == 0 {
		return d, say.Error("incident %d: %w", id, orNotFound(err))
	}
	d.Row = rows[0]
	if d.Source, err = sourceSeen(ctx, s.read, d.Incident.Source); err != nil {
		return d, err
	}
	for _, part := range []func(context.Context, desk.Scope, *desk.Detail) error{s.addBranch, s.addExecution, s.addSessions, s.addChildren, s.addHistory, s.addMadeGood, s.addExplanation} {
		if err := part(ctx, scope, &d); err != nil {
			return d, err
		}
	}
	return d, nil
}

// Incidents gives incidents with their children and links, in the order asked for.
func (s *Store) Incidents(ctx context.Context, scope desk.Scope, ids []incident.ID) ([]incident.Incident, error) {
	s = s.within(scope)
	found := make([]incident.Incident, len(ids))
	var err error
	for i, id := range ids {
		if found[i], err = findIncident(ctx, s.read, id); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func orNotFound(err error) error {
	if err == nil {
		return desk.ErrNotFound
	}
	return err
}

func (s *Store) addBranch(ctx context.Context, _ desk.Scope, d *desk.Detail) error {
	return s.read.QueryRowContext(ctx, "SELECT "+rowsCompany+", "+rowsBranch+" FROM incidents i LEFT JOIN sources s ON s.id = i.source LEFT JOIN routines r ON r.id = i.routine "+placedIn+" WHERE i.id = ?", d.Incident.ID).Scan(&d.Company, &d.Branch)
}

func (s *Store) addExecution(ctx context.Context, _ desk.Scope, d *desk.Detail) error {
	if d.Incident.Execution == 0 {
		return nil
	}
	rows, err := executionRows(ctx, s.read, "e.id = ?", d.Incident.Execution)
	if err != nil || len(rows) == 0 {
		return err
	}
	d.Execution = &rows[0]
	d.File, err = evidenceOf(ctx, s.read, d.Incident.Execution)
	return err
}

func (s *Store) addSessions(ctx context.Context, _ desk.Scope, d *desk.Detail) (err error) {
	d.Sessions, err = executionRows(ctx, s.read, "e.id IN (SELECT session FROM links WHERE incident = ? AND proposed = 0) ORDER BY e.at", d.Incident.ID)
	return err
}

func (s *Store) addChildren(ctx context.Context, scope desk.Scope, d *desk.Detail) (err error) {
	ids := make([]int64, len(d.Incident.Merged))
	for i, c := range d.Incident.Merged {
		ids[i] = int64(c.ID)
	}
	d.Children, err = s.IncidentRows(ctx, scope, ids)
	return err
}

func (s *Store) addHistory(ctx context.Context, _ desk.Scope, d *desk.Detail) (err error) {
	if d.Incident.Routine == 0 {
		return nil
	}
	d.History, err = lastRunsOf(ctx, s.read, d.Incident.Routine)
	return err
}

func (s *Store) addMadeGood(ctx context.Context, _ desk.Scope, d *desk.Detail) error {
	var w where
	ids := []int64{int64(d.Incident.Execution)}
	for _, e := range slices.Concat(d.Sessions, d.History) {
		ids = append(ids, e.ID)
	}
	in(&w, "session", ids)
	w.add("proposed = 0")
	d.MadeGood = map[int64][]int64{}
	return each(ctx, s.read, func(rows *sql.Rows) error {
		var session, in int64
		err := rows.Scan(&session, &in)
		d.MadeGood[session] = append(d.MadeGood[session], in)
		return err
	}, "SELECT session, incident FROM links"+w.String()+" ORDER BY session, incident", w.args...)
}

// addExplanation adds why the sweep opened it.
func (s *Store) addExplanation(ctx context.Context, scope desk.Scope, d *desk.Detail) error {
	found, err := s.Explanations(ctx, scope, []int64{int64(d.Incident.ID)})
	d.Explanation = found[int64(d.Incident.ID)]
	return err
}
