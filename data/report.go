package data

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"iter"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Head is the newest entry of the timeline: its number and its hash. An empty timeline has neither.
func (s *Store) Head(ctx context.Context) (entries int64, hash string, err error) {
	var raw []byte
	err = s.read.QueryRowContext(ctx, "SELECT seq, hash FROM timeline ORDER BY seq DESC LIMIT 1").Scan(&entries, &raw)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	return entries, hex.EncodeToString(raw), err
}

// held is when the hold of an incident that is on hold began.
const held = "(SELECT t.at FROM timeline t WHERE t.subject = 'incident' AND t.subject_id = incidents.id AND t.action = 'held' ORDER BY t.seq DESC LIMIT 1)"

// Register gives all of the incidents that the register lists, in the order of the ids; those that are gone are left out.
func (s *Store) Register(ctx context.Context, scope desk.Scope, ids []int64) ([]desk.RegisterRow, error) {
	s = s.within(scope)
	rows, err := s.IncidentRows(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	more := make(map[int64]desk.RegisterRow, len(rows))
	if err := each(ctx, s.read, func(found *sql.Rows) error {
		var r desk.RegisterRow
		var since sql.NullInt64
		err := found.Scan(&r.ID, &r.Description, &r.Solution, &r.Company, &r.Branch, &since)
		r.Held = instant(since)
		more[r.ID] = r
		return err
	}, "SELECT incidents.id, description, solution, "+rowsCompany+", "+rowsBranch+", CASE WHEN incidents.state = ? THEN "+held+" END FROM incidents LEFT JOIN sources s ON s.id = incidents.source LEFT JOIN routines r ON r.id = incidents.routine "+placedIn+" WHERE incidents.id IN ("+fromJSON+")",
		int64(incident.OnHold), jsonOf(ids)); err != nil {
		return nil, err
	}
	out := make([]desk.RegisterRow, len(rows))
	for i, r := range rows {
		out[i] = more[r.ID]
		out[i].IncidentRow = r
	}
	return out, nil
}

// fromJSON stands for a list of ids of any length, bound as one value.
const fromJSON = "SELECT value FROM json_each(?)"

func jsonOf(ids []int64) string {
	if ids == nil {
		ids = []int64{}
	}
	b, err := json.Marshal(ids)
	if err != nil {
		panic(err) // numbers always can
	}
	return string(b)
}

// Pairs yields the incidents with the sessions that made them good, by incident.
func (s *Store) Pairs(ctx context.Context, scope desk.Scope, ids []int64) iter.Seq2[desk.Pair, error] {
	s = s.within(scope)
	return stream(func(row func(desk.Pair) error) error {
		return each(ctx, s.read, func(rows *sql.Rows) error {
			var p desk.Pair
			var failed sql.NullInt64
			var f factRow
			e := &f.e
			to := []any{&p.Incident, &p.Client, &p.Routine, &failed, &p.Note, &p.Session.ID, &e.Tool, &e.Routine, &e.Client, &e.Schedule}
			if err := rows.Scan(append(to, f.targets()...)...); err != nil {
				return err
			}
			p.Failed, p.Session.Execution = instant(failed), f.stated().Execution
			return row(p)
		}, "SELECT i.id, i.client, i.policy, i.failed, l.note, e.id, r.tool, r.name, r.client, r.schedule, "+factList("e.")+` FROM links l JOIN incidents i ON i.id = l.incident JOIN executions e ON e.id = l.session
			JOIN routines r ON r.id = e.routine WHERE l.proposed = 0 AND i.id IN (`+fromJSON+") ORDER BY i.id, e.at, e.id", jsonOf(ids))
	})
}

// Losses yields the windows of lost positions, by incident. Good copies are those of the routine that failed, under any name of its client.
func (s *Store) Losses(ctx context.Context, scope desk.Scope, ids []int64) iter.Seq2[desk.Loss, error] {
	s = s.within(scope)
	kinds := desk.GoodKinds()
	good := "(SELECT COALESCE(e.end, e.start) FROM routines r JOIN " + sameRoutine + " JOIN executions e ON e.routine = o.id WHERE r.id = i.routine AND " + goodCopy + " AND e.kind IN (?1, ?2) AND e.at "
	return stream(func(row func(desk.Loss) error) error {
		return each(ctx, s.read, func(rows *sql.Rows) error {
			var l desk.Loss
			var failed, before, after sql.NullInt64
			if err := rows.Scan(&l.Incident, &l.Tool, &l.Routine, &l.Client, &failed, &before, &after); err != nil {
				return err
			}
			l.Failed, l.Before, l.After = instant(failed), instant(before), instant(after)
			return row(l)
		}, "SELECT i.id, i.tool, i.policy, i.client, i.failed, "+good+"< i.failed AND (e.expires IS NULL OR e.expires > i.failed) ORDER BY e.at DESC LIMIT 1), "+good+`> i.failed ORDER BY e.at LIMIT 1)
			FROM incidents i WHERE i.id IN (SELECT value FROM json_each(?3)) ORDER BY i.client, i.id`, int64(kinds[0]), int64(kinds[1]), jsonOf(ids))
	})
}

// Entries yields the entries of a time, oldest first.
func (s *Store) Entries(ctx context.Context, scope desk.Scope, q desk.EntryQuery) iter.Seq2[timeline.Entry, error] {
	s = s.within(scope)
	var w where
	w.add("at >= ? AND at < ?", q.From.UnixMilli(), q.To.UnixMilli())
	if q.Incidents != nil {
		w.add("subject = 'incident' AND subject_id IN ("+fromJSON+")", jsonOf(q.Incidents))
	}
	return stream(func(row func(timeline.Entry) error) error {
		return each(ctx, s.read, func(rows *sql.Rows) error {
			e, details, _, err := scanEntry(rows)
			if err != nil {
				return err
			}
			if e.Details, err = timeline.ParseText(details); err != nil {
				return err
			}
			return row(e)
		}, "SELECT "+entryColumns+" FROM timeline"+w.String()+" ORDER BY seq", w.args...)
	})
}

// errEnough ends a stream that nobody reads on.
var errEnough = say.Error("enough")

// stream turns a query that hands out rows into a sequence.
func stream[T any](query func(row func(T) error) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := query(func(v T) error {
			if !yield(v, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			var none T
			yield(none, err)
		}
	}
}
