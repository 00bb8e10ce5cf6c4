package data

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/risk"
	"backstop/app/say"
)

// riskSorts are the allowed orders.
var riskSorts = map[string]string{
	"": "", "id": "", "found": "found", "kind": "kind", "routine": "policy", "client": "client", "tool": "tool", "level": "level",
	"what": "value * 1.0 / MAX(usual, 1)", "since": "since", "state": "state", "assignee": "assignee",
}

// RiskIDs gives the ids of all that match, sorted; with a Limit, the first of them.
func (s *Store) RiskIDs(ctx context.Context, scope desk.Scope, q desk.RiskQuery) ([]int64, error) {
	s = s.within(scope)
	column, ok := riskSorts[q.Sort]
	if !ok {
		return nil, say.Error("risks cannot be sorted by %q; use one of %v", q.Sort, desk.RiskSorts)
	}
	limit := q.Limit
	if limit == 0 {
		limit = -1
	}
	w := riskWhere(q)
	return all(ctx, s.read, one[int64], "SELECT id FROM risks"+w.String()+orderBy(column, q.Desc)+" LIMIT ?", append(w.args, limit)...)
}

func riskWhere(q desk.RiskQuery) where {
	var w where
	in(&w, "kind", numbers(q.Kinds))
	in(&w, "state", numbers(q.States))
	in(&w, "tool", q.Tools)
	in(&w, "policy", q.Routines)
	in(&w, "client", q.Clients)
	ofBranches(&w, "source", "("+strings.ReplaceAll(riskRoutine, "main.", "")+")", q.Companies, q.Branches)
	if !q.Resolved {
		w.add("resolved IS NULL")
	}
	if q.Assignee != "" {
		w.add("assignee = ?", q.Assignee)
	}
	if q.Nobody {
		w.add("assignee = ''")
	}
	if q.Routine != 0 {
		w.add("routine = ?", q.Routine)
	}
	if !q.OpenFrom.IsZero() {
		w.add("(resolved IS NULL OR resolved >= ?)", q.OpenFrom.UnixMilli())
	}
	if !q.OpenTo.IsZero() {
		w.add("found < ?", q.OpenTo.UnixMilli())
	}
	for _, word := range strings.Fields(q.Text) {
		condition, args := anyLike(word, "tool", "policy", "client", "level", "company", "category", "solution")
		w.add("(CAST(id AS TEXT) = ? OR "+condition+")", append([]any{word}, args...)...)
	}
	return w
}

const riskRowColumns = `id, kind, COALESCE(routine, 0), tool, policy, client, level, company, category, found, since, usual, value, state, assignee, solution, resolved,
	(SELECT COUNT(*) FROM risk_runs r WHERE r.risk = risks.id AND r.role = 2) + (SELECT COUNT(*) FROM risk_incidents i WHERE i.risk = risks.id)`

func scanRiskRow(rows *sql.Rows) (desk.RiskRow, error) {
	var r desk.RiskRow
	var found, since int64
	var resolved sql.NullInt64
	err := rows.Scan(&r.ID, &r.Kind, &r.Routine, &r.Tool, &r.Policy, &r.Client, &r.Level, &r.Company, &r.Category, &found, &since, &r.Usual, &r.Value,
		&r.State, &r.Assignee, &r.Solution, &resolved, &r.Evidence)
	r.Found, r.Since, r.Resolved = time.UnixMilli(found).UTC(), time.UnixMilli(since).UTC(), instant(resolved)
	return r, err
}

// RiskRows gives the rows of the ids, in their order; ids that are gone are left out.
func (s *Store) RiskRows(ctx context.Context, scope desk.Scope, ids []int64) ([]desk.RiskRow, error) {
	s = s.within(scope)
	return byID(ctx, s.read, ids, "SELECT "+riskRowColumns+" FROM risks WHERE id IN ", scanRiskRow, func(r desk.RiskRow) int64 { return int64(r.ID) })
}

// laterRuns is how many successes since are shown beside the evidence.
const laterRuns = 20

// Risk gives everything about one risk.
func (s *Store) Risk(ctx context.Context, scope desk.Scope, id risk.ID) (desk.RiskDetail, error) {
	s = s.within(scope)
	var d desk.RiskDetail
	var err error
	if d.Risk, err = findRisk(ctx, s.read, id); err != nil {
		return d, err
	}
	if d.Runs, err = executionRows(ctx, s.read, "e.id IN (SELECT execution FROM risk_runs WHERE risk = ?) ORDER BY e.at, e.id", id); err != nil {
		return d, err
	}
	if r := d.Risk; r.Level != "" || r.Kind == risk.Volume || r.Kind == risk.Duration {
		if d.Later, err = executionRows(ctx, s.read, `e.routine = ? AND e.at > ? AND e.outcome = 2 AND e.level = ? COLLATE NOCASE
			AND e.id NOT IN (SELECT execution FROM risk_runs WHERE risk = ?) ORDER BY e.at, e.id LIMIT ?`, r.Routine, r.Since.UnixMilli(), r.Level, id, laterRuns); err != nil {
			return d, err
		}
	}
	if err := s.addAbout(ctx, &d); err != nil {
		return d, err
	}
	ids := make([]int64, len(d.Risk.Incidents))
	for i, in := range d.Risk.Incidents {
		ids[i] = int64(in)
	}
	d.Incidents, err = s.IncidentRows(ctx, scope, ids)
	return d, err
}

// RiskChoices lists what filters can offer.
func (s *Store) RiskChoices(ctx context.Context, scope desk.Scope) (desk.RiskChoices, error) {
	s = s.within(scope)
	var c desk.RiskChoices
	var err error
	for _, choice := range []struct {
		column string
		into   *[]string
	}{{"tool", &c.Tools}, {"policy", &c.Routines}, {"client", &c.Clients}, {"assignee", &c.People}} {
		if *choice.into, err = all(ctx, s.read, one[string], "SELECT DISTINCT "+choice.column+" FROM risks WHERE "+choice.column+" <> '' ORDER BY 1 LIMIT 2000"); err != nil {
			return c, err
		}
	}
	return c, nil
}

// mostStarts bounds the runs that are told of an absence.
const mostStarts = 5000

// addAbout tells which routines a risk is about, and of an absence when they ran.
func (s *Store) addAbout(ctx context.Context, d *desk.RiskDetail) (err error) {
	r := d.Risk
	if r.Kind != risk.Absence {
		d.Routines = []int64{r.Routine}
		return nil
	}
	names, err := hostNames(ctx, s.read)
	if err != nil {
		return err
	}
	if d.Routines, err = all(ctx, s.read, one[int64], "SELECT id FROM routines WHERE tool = ? AND name = ? AND (host = ? OR ? = '') ORDER BY id", r.Tool, r.Policy, names.Host(r.Client), r.Client); err != nil {
		return err
	}
	var w where
	in(&w, "routine", d.Routines)
	w.add("at >= ? AND kind <> ?", r.Since.Add(-desk.AbsenceBefore).UnixMilli(), int64(backup.Restore))
	d.Starts, err = all(ctx, s.read, func(rows *sql.Rows) (time.Time, error) {
		var at int64
		err := rows.Scan(&at)
		return time.UnixMilli(at).UTC(), err
	}, "SELECT at FROM executions"+w.String()+" ORDER BY at LIMIT ?", append(w.args, mostStarts)...)
	return err
}
