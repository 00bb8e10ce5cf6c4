package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// sorts are the allowed orders; each has an index.
var sorts = map[string]string{
	"": "", "id": "", "opened": "opened", "title": "title", "routine": "policy", "client": "client", "tool": "tool", "kind": "kind",
	"failure": "failure", "failed": "failed", "state": "state", "closing": "closing", "merged": "merged", "assignee": "assignee", "vital": "vital",
}

// IncidentIDs gives the ids of all that match, sorted; with a Limit, the first of them.
func (s *Store) IncidentIDs(ctx context.Context, scope desk.Scope, q desk.IncidentQuery) ([]int64, error) {
	s = s.within(scope)
	column, ok := sorts[q.Sort]
	if !ok {
		return nil, say.Error("incidents cannot be sorted by %q; use one of %v", q.Sort, desk.IncidentSorts)
	}
	order := orderBy(column, q.Desc)
	w := s.incidentWhere(q, s.textFind)
	if q.Limit == 0 {
		return all(ctx, s.read, one[int64], "SELECT id FROM incidents"+w.String()+order, w.args...)
	}
	few, err := s.few(ctx, q)
	if err != nil {
		return nil, err
	}
	if few {
		return all(ctx, s.read, one[int64], "SELECT id FROM (SELECT * FROM incidents"+w.String()+" LIMIT -1)"+order+" LIMIT ?", append(w.args, q.Limit)...)
	}
	w = s.incidentWhere(q, false)
	return all(ctx, s.read, one[int64], "SELECT id FROM incidents "+walk(column)+w.String()+order+" LIMIT ?", append(w.args, q.Limit)...)
}

// fewRows can be sorted in no time. More of them are dense enough that a walk along the order's own index meets the first page
// soon. SQLite cannot know which it is; a look at no more than so many matches tells.
const fewRows = 5000

func (s *Store) few(ctx context.Context, q desk.IncidentQuery) (bool, error) {
	if s.textFind && !plain(q.Text) {
		return true, nil // a walk would not find what the index finds
	}
	if match := matchAll(q.Text); s.textFind && match != "" {
		n, err := s.atMost(ctx, "SELECT 1 FROM incidents_text WHERE incidents_text MATCH ?", match)
		if err != nil || n <= fewRows {
			return err == nil, err
		}
	}
	w := s.incidentWhere(q, false)
	n, err := s.atMost(ctx, "SELECT 1 FROM incidents"+w.String(), w.args...)
	return n <= fewRows, err
}

// atMost counts the rows of a query, but stops when there are more than a few.
func (s *Store) atMost(ctx context.Context, query string, args ...any) (n int, err error) {
	err = s.count(ctx, &n, fmt.Sprintf("SELECT COUNT(*) FROM (%s LIMIT %d)", query, fewRows+1), args...)
	return n, err
}

// walk forces the index of an order.
func walk(column string) string {
	if column == "" {
		return "NOT INDEXED"
	}
	return "INDEXED BY incidents_by_" + column
}

// orderBy sorts by the column, then by id in the same direction, so that one walk along an index gives the order.
func orderBy(column string, desc bool) string {
	direction := ""
	if desc {
		direction = " DESC"
	}
	if column == "" {
		return " ORDER BY id" + direction
	}
	return " ORDER BY " + column + direction + ", id" + direction
}

// incidentWhere is the filter. Text goes through its own index where that helps.
func (s *Store) incidentWhere(q desk.IncidentQuery, indexed bool) where {
	var w where
	in(&w, "state", numbers(q.States))
	in(&w, "closing", numbers(q.Closings))
	in(&w, "cause", numbers(q.Causes))
	in(&w, "tool", q.Tools)
	in(&w, "client", q.Clients)
	if q.Assignee != "" {
		w.add("assignee = ?", q.Assignee)
	}
	if q.NobodyActive {
		w.add("assignee IN (SELECT name FROM users WHERE active = 0)")
	}
	if !q.OpenedFrom.IsZero() {
		w.add("opened >= ?", q.OpenedFrom.UnixMilli())
	}
	if !q.OpenedTo.IsZero() {
		w.add("opened < ?", q.OpenedTo.UnixMilli())
	}
	if !q.FailedFrom.IsZero() {
		w.add("failed >= ?", q.FailedFrom.UnixMilli())
	}
	if !q.FailedTo.IsZero() {
		w.add("failed < ?", q.FailedTo.UnixMilli())
	}
	if q.EvidenceChanged {
		w.add("evidence_changed = 1")
	}
	if !q.LostSince.IsZero() {
		w.add("closing = ? AND closed >= ?", int64(incident.ClosedMissed), q.LostSince.UnixMilli())
	}
	if q.Into != 0 {
		w.add("into_id = ?", q.Into)
	}
	if q.WithoutMerged {
		w.add("state <> ?", int64(incident.Merged))
	}
	if !q.ClosedFrom.IsZero() {
		w.add("closed >= ?", q.ClosedFrom.UnixMilli())
	}
	if !q.ClosedTo.IsZero() {
		w.add("closed < ?", q.ClosedTo.UnixMilli())
	}
	if !q.OpenAt.IsZero() {
		w.add("opened < ? AND (closed IS NULL OR closed >= ?)", q.OpenAt.UnixMilli(), q.OpenAt.UnixMilli())
	}
	if q.MergedOnly {
		w.add("into_id IS NOT NULL")
	}
	if q.ActedOn {
		w.add(firstAction + " IS NOT NULL")
	}
	in(&w, "policy", q.Routines)
	ofBranches(&w, "source", "routine", q.Companies, q.Branches)
	addText(&w, q.Text, indexed)
	return w
}

// ofBranches narrows rows to those of one of the companies and one of the branches, where the rules put their routine or else their source is.
func ofBranches(w *where, source, routine string, companies, branches []string) {
	var s, b where
	in(&s, "company", companies)
	in(&s, "branch", branches)
	in(&b, "company", companies)
	in(&b, "name", branches)
	if len(s.conditions) > 0 {
		w.add("("+source+" IN (SELECT id FROM sources"+s.String()+") AND COALESCE("+routine+", 0) NOT IN ("+placedByRule+") OR "+
			routine+" IN ("+placedByRule+" AND placed IN (SELECT id FROM branches"+b.String()+")))", slices.Concat(s.args, b.args)...)
	}
}

func numbers[T ~uint8](values []T) []int64 {
	ns := make([]int64, len(values))
	for i, v := range values {
		ns[i] = int64(v)
	}
	return ns
}

const rowColumns = `id, title, opened_as, cause, vital, opened, failed, due, kind, tool, policy, client, session, code, failure, state, closing, category, closed,
	COALESCE(into_id, 0), merged, assignee, team, until, evidence_changed`

func scanRow(rows *sql.Rows) (desk.IncidentRow, error) {
	var r desk.IncidentRow
	var opened int64
	var failed, due, closed, until sql.NullInt64
	err := rows.Scan(&r.ID, &r.Title, &r.OpenedAs, &r.Cause, &r.Vital, &opened, &failed, &due, &r.Kind, &r.Tool, &r.Routine, &r.Client, &r.Session, &r.Code, &r.Failure,
		&r.State, &r.Closing, &r.Category, &closed, &r.Into, &r.Merged, &r.Assignee, &r.Team, &until, &r.EvidenceChanged)
	r.Opened = time.UnixMilli(opened).UTC()
	r.Failed, r.Due, r.ClosedAt, r.Until = instant(failed), instant(due), instant(closed), instant(until)
	return r, err
}

// IncidentRows gives the rows of the ids, in their order; ids that are gone are left out.
func (s *Store) IncidentRows(ctx context.Context, scope desk.Scope, ids []int64) ([]desk.IncidentRow, error) {
	s = s.within(scope)
	return byID(ctx, s.read, ids, "SELECT "+rowColumns+" FROM incidents WHERE id IN ", scanRow, func(r desk.IncidentRow) int64 { return r.ID })
}

// byID gives the rows of ids, in their order; ids that are gone are left out. The query ends where the list of ids begins.
func byID[R any](ctx context.Context, q querier, ids []int64, query string, scan func(*sql.Rows) (R, error), id func(R) int64) ([]R, error) {
	found := make(map[int64]R, len(ids))
	const most = 500 // place holders in one statement
	for part := range slices.Chunk(ids, most) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		if err := each(ctx, q, func(rows *sql.Rows) error {
			r, err := scan(rows)
			found[id(r)] = r
			return err
		}, query+"("+marks(len(part))+")", args...); err != nil {
			return nil, err
		}
	}
	out := make([]R, 0, len(ids))
	for _, id := range ids {
		if r, ok := found[id]; ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// Choices lists what filters can offer.
func (s *Store) Choices(ctx context.Context, scope desk.Scope) (desk.Choices, error) {
	s = s.within(scope)
	var c desk.Choices
	for column, into := range map[string]*[]string{"tool": &c.Tools, "client": &c.Clients} {
		// walks the column's index from value to value; a plain DISTINCT would read all of it
		if err := each(ctx, s.read, func(rows *sql.Rows) error {
			var x string
			err := rows.Scan(&x)
			*into = append(*into, x)
			return err
		}, `WITH RECURSIVE v(x) AS (SELECT MIN(`+column+`) FROM incidents UNION ALL
			SELECT (SELECT MIN(`+column+`) FROM incidents WHERE `+column+` > v.x) FROM v WHERE v.x IS NOT NULL) SELECT x FROM v WHERE x IS NOT NULL LIMIT 2000`); err != nil {
			return c, err
		}
	}
	var err error
	if c.Companies, err = all(ctx, s.read, one[string], companyNames); err != nil {
		return c, err
	}
	c.Branches, err = all(ctx, s.read, one[string], branchNames)
	return c, err
}

// Figures counts what stands above the table.
func (s *Store) Figures(ctx context.Context, scope desk.Scope, now time.Time) (desk.Figures, error) {
	s = s.within(scope)
	var f desk.Figures
	var state incident.State
	var n int
	if err := each(ctx, s.read, func(rows *sql.Rows) error {
		err := rows.Scan(&state, &n)
		f.Open += n
		switch state {
		case incident.New:
			f.New = n
		case incident.InProgress:
			f.InProgress = n
		case incident.OnHold:
			f.OnHold = n
		case incident.Closed, incident.Merged:
		}
		return err
	}, "SELECT state, COUNT(*) FROM incidents WHERE state IN (?,?,?) GROUP BY state", int64(incident.New), int64(incident.InProgress), int64(incident.OnHold)); err != nil {
		return f, err
	}
	day := now.Add(-24 * time.Hour).UnixMilli()
	return f, errors.Join(
		s.count(ctx, &f.LostThisWeek, "SELECT COUNT(*) FROM incidents WHERE closing = ? AND closed >= ?", int64(incident.ClosedMissed), now.Add(-desk.Week).UnixMilli()),
		s.count(ctx, &f.Evidence, "SELECT COUNT(*) FROM incidents WHERE evidence_changed = 1"),
		s.count(ctx, &f.FirstTryRuns, "SELECT ("+firstTries+") + ("+missedRuns+")", day, now.UnixMilli(), day, now.UnixMilli()),
		s.count(ctx, &f.FirstTryGood, firstTries+" AND CASE WHEN e.tries > 1 AND e.first_outcome > 0 THEN e.first_outcome ELSE e.outcome END = ?", day, now.UnixMilli(), int64(backup.Success)),
		s.count(ctx, &f.Risks, "SELECT COUNT(*) FROM risks WHERE resolved IS NULL"),
		s.count(ctx, &f.Questions, "SELECT COUNT(*) FROM questions WHERE answered IS NULL"),
		s.count(ctx, &f.Rejected, "SELECT COUNT(*) FROM files f JOIN sources s ON s.id = f.source WHERE s.removed IS NULL AND "+stillRejected),
	)
}

// firstTries and missedRuns count the runs of a period as figure.Definitions has them: repetitions are left out, and so is what still
// runs, what was restored and what only starts others; what did not start is counted.
const (
	firstTries = "SELECT COUNT(*) FROM executions e WHERE e.at >= ? AND e.at < ? AND e.retry = 0 AND e.outcome > 1 AND e.kind <> 5 AND NOT " + coordinates
	missedRuns = "SELECT COUNT(*) FROM incidents WHERE due >= ? AND due < ? AND execution IS NULL AND cause = 3"
)

func (s *Store) count(ctx context.Context, into *int, query string, args ...any) error {
	return s.read.QueryRowContext(ctx, query, args...).Scan(into)
}
