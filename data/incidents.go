package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

var incidentColumns = strings.Fields(`title opened_as cause vital opened execution routine source due failed kind tool policy client failure code session
	state assignee team until closing category description solution closed evidence_changed into_id merge_id before_merge`)

func incidentValues(in incident.Incident) ([]any, error) {
	before := ""
	if in.Before != nil {
		b, err := json.Marshal(in.Before)
		if err != nil {
			return nil, err
		}
		before = string(b)
	}
	return []any{
		in.Title, in.OpenedAs, int64(in.Cause), in.Vital, in.Opened.UnixMilli(), orNull(int64(in.Execution)), orNull(in.Routine), in.Source,
		millis(in.Due), millis(in.Failed), int64(in.Kind), in.Tool, in.Policy, in.Client, in.Failure, in.Code, in.Session,
		int64(in.State), in.Assignee, in.Team, millis(in.Until), int64(in.Closing), in.Category, in.Description, in.Solution, millis(in.ClosedAt),
		in.EvidenceChanged, orNull(int64(in.Into)), in.MergeID, before,
	}, nil
}

func orNull(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func scanIncident(rows *sql.Rows) (incident.Incident, error) {
	var in incident.Incident
	var opened int64
	var execution, routine, due, failed, until, closed, into sql.NullInt64
	var before string
	err := rows.Scan(&in.ID, &in.Newest, &in.Title, &in.OpenedAs, &in.Cause, &in.Vital, &opened, &execution, &routine, &in.Source,
		&due, &failed, &in.Kind, &in.Tool, &in.Policy, &in.Client, &in.Failure, &in.Code, &in.Session,
		&in.State, &in.Assignee, &in.Team, &until, &in.Closing, &in.Category, &in.Description, &in.Solution, &closed,
		&in.EvidenceChanged, &into, &in.MergeID, &before)
	if err != nil {
		return in, err
	}
	in.Opened = time.UnixMilli(opened).UTC()
	in.Execution, in.Routine, in.Into = incident.ExecutionID(execution.Int64), routine.Int64, incident.ID(into.Int64)
	in.Due, in.Failed, in.Until, in.ClosedAt = instant(due), instant(failed), instant(until), instant(closed)
	if before != "" {
		in.Before = &incident.Before{}
		return in, json.Unmarshal([]byte(before), in.Before)
	}
	return in, nil
}

// findIncident loads an incident with its links and its children.
func findIncident(ctx context.Context, q querier, id incident.ID) (incident.Incident, error) {
	in, err := loadIncidents(ctx, q, "id = ?", id)
	if err != nil {
		return incident.Incident{}, err
	}
	if len(in) == 0 {
		return incident.Incident{}, say.Error("incident %d: %w", id, desk.ErrNotFound)
	}
	in[0].Merged, err = loadIncidents(ctx, q, "into_id = ?", id)
	return in[0], err
}

func loadIncidents(ctx context.Context, q querier, where string, args ...any) ([]incident.Incident, error) {
	var found []incident.Incident
	if err := each(ctx, q, func(rows *sql.Rows) error {
		in, err := scanIncident(rows)
		found = append(found, in)
		return err
	}, "SELECT id, changed, "+strings.Join(incidentColumns, ", ")+" FROM incidents WHERE "+where+" ORDER BY id", args...); err != nil {
		return nil, err
	}
	for i := range found {
		if err := loadLinks(ctx, q, &found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func loadLinks(ctx context.Context, q querier, in *incident.Incident) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		var l incident.Link
		var proposed bool
		if err := rows.Scan(&l.Session, &l.Note, &proposed); err != nil {
			return err
		}
		if proposed {
			in.Proposed = append(in.Proposed, l)
		} else {
			in.Links = append(in.Links, l)
		}
		return nil
	}, "SELECT session, note, proposed FROM links WHERE incident = ? ORDER BY session", in.ID)
}

// Apply runs rule on the incidents and saves what it returns, with the timeline entries, in one transaction: all or nothing.
func (s *Store) Apply(ctx context.Context, scope desk.Scope, judged time.Time, want desk.Want, rule func(desk.Loaded) ([]incident.Change, error)) ([]incident.Change, error) {
	var changes []incident.Change
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		loaded, err := load(context.WithoutCancel(ctx), tx, want)
		if err != nil {
			return err
		}
		if err := checkScope(ctx, tx, scope, loaded); err != nil {
			return err
		}
		if changes, err = rule(loaded); err != nil {
			return err // the rule's own words; nothing was written
		}
		if changes, err = saveChanges(ctx, tx, judged, changes, want.Progress); err != nil {
			return err
		}
		return s.indexText(ctx, tx, changes)
	})
	return changes, err // the desk tells the windows now, after commit
}

func load(ctx context.Context, tx *sql.Tx, want desk.Want) (desk.Loaded, error) {
	var l desk.Loaded
	for _, id := range want.Incidents {
		in, err := findIncident(ctx, tx, id)
		if err != nil {
			return l, err
		}
		l.Incidents = append(l.Incidents, in)
	}
	for _, id := range want.Sessions {
		s, err := findSession(ctx, tx, id)
		if err != nil {
			return l, err
		}
		l.Sessions = append(l.Sessions, s)
	}
	return l, nil
}

// saveChanges writes incidents as the rules left them, new ones included, and their entries. It is the only way to save one.
func saveChanges(ctx context.Context, tx *sql.Tx, judged time.Time, changes []incident.Change, progress desk.Progress) ([]incident.Change, error) {
	for i := range changes {
		if progress != nil {
			progress(i, len(changes))
		}
		in := &changes[i].Incident
		opening := in.ID == 0
		if err := writeIncident(ctx, tx, in); err != nil {
			return nil, err
		}
		for j := range changes[i].Entries {
			e := &changes[i].Entries[j]
			e.Judged = judged
			if opening || e.SubjectID == 0 {
				e.SubjectID = int64(in.ID)
			}
		}
		if err := appendEntries(ctx, tx, changes[i].Entries); err != nil {
			return nil, err
		}
		if n := len(changes[i].Entries); n > 0 {
			if _, err := tx.ExecContext(ctx, "UPDATE incidents SET changed = ? WHERE id = ?", changes[i].Entries[n-1].Seq, in.ID); err != nil {
				return nil, err
			}
		}
	}
	return changes, countMerged(ctx, tx, changes)
}

func writeIncident(ctx context.Context, tx *sql.Tx, in *incident.Incident) error {
	values, err := incidentValues(*in)
	if err != nil {
		return err
	}
	if in.ID == 0 {
		r, err := tx.ExecContext(ctx, "INSERT INTO incidents ("+strings.Join(incidentColumns, ", ")+", changed) VALUES ("+marks(len(values))+", 0)", values...)
		if err != nil {
			return err
		}
		id, err := r.LastInsertId()
		in.ID = incident.ID(id)
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE incidents SET "+strings.Join(incidentColumns, " = ?, ")+" = ? WHERE id = ?", append(values, in.ID)...); err != nil {
		return say.Error("incident %d: %w", in.ID, err)
	}
	return writeLinks(ctx, tx, *in)
}

func writeLinks(ctx context.Context, tx *sql.Tx, in incident.Incident) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM links WHERE incident = ?", in.ID); err != nil {
		return err
	}
	for proposed, links := range [][]incident.Link{in.Links, in.Proposed} {
		for _, l := range links {
			if _, err := tx.ExecContext(ctx, "INSERT INTO links VALUES (?,?,?,?)", in.ID, l.Session, l.Note, proposed); err != nil {
				return say.Error("link of incident %d to execution %d: %w", in.ID, l.Session, err)
			}
		}
	}
	return nil
}

// countMerged keeps the column Merged Incidents of every destination that a change touched.
func countMerged(ctx context.Context, tx *sql.Tx, changes []incident.Change) error {
	touched := map[incident.ID]bool{}
	for _, c := range changes {
		touched[c.Incident.ID] = true
		touched[c.Incident.Into] = true
		if c.Incident.Before != nil {
			touched[c.Incident.Before.Into] = true
		}
	}
	for id := range touched {
		if id == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, "UPDATE incidents SET merged = (SELECT COUNT(*) FROM incidents c WHERE c.into_id = ?1) WHERE id = ?1 AND merged <> (SELECT COUNT(*) FROM incidents c WHERE c.into_id = ?1)", id); err != nil {
			return err
		}
	}
	return nil
}
