package data

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

var settingColumns = strings.Fields(`disabled vital partial cancelled restores no_volume no_duration no_policy no_recurrence stalled
	cron every anchor zone grace learned calendar cover_from`)

func settingValues(s desk.RoutineSettings) []any {
	x := s.Expectation
	return []any{
		s.Disabled, int64(s.Vital), int64(s.Partial), int64(s.Cancelled), int64(s.Restores), s.Off.Volume, s.Off.Duration, s.Off.Policy, s.Off.Recurrence,
		s.Stalled.Milliseconds(), x.Cron, x.Every.Milliseconds(), millis(x.Anchor), x.Zone, x.Grace.Milliseconds(), x.Learned, s.Calendar, millis(s.CoverFrom),
	}
}

// settingRow receives the columns of one row, which may not be there.
type settingRow struct {
	s                     desk.RoutineSettings
	stalled, every, grace int64
	anchor, cover         sql.NullInt64
}

func (r *settingRow) targets() []any {
	s := &r.s
	x := &s.Expectation
	return []any{
		&s.Disabled, &s.Vital, &s.Partial, &s.Cancelled, &s.Restores, &s.Off.Volume, &s.Off.Duration, &s.Off.Policy, &s.Off.Recurrence,
		&r.stalled, &x.Cron, &r.every, &r.anchor, &x.Zone, &r.grace, &x.Learned, &s.Calendar, &r.cover,
	}
}

func (r *settingRow) settings() desk.RoutineSettings {
	s := r.s
	s.Stalled, s.CoverFrom = milliseconds(r.stalled), instant(r.cover)
	s.Expectation.Every, s.Expectation.Grace, s.Expectation.Anchor = milliseconds(r.every), milliseconds(r.grace), instant(r.anchor)
	return s
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

// settingList selects the columns where the row may be missing: no row decides nothing.
func settingList(prefix string) string {
	parts := make([]string, len(settingColumns))
	for i, c := range settingColumns {
		switch c {
		case "anchor", "cover_from":
			parts[i] = prefix + c
		case "cron", "zone", "calendar":
			parts[i] = "COALESCE(" + prefix + c + ", '')"
		default:
			parts[i] = "COALESCE(" + prefix + c + ", 0)"
		}
	}
	return strings.Join(parts, ", ")
}

func routineSettings(ctx context.Context, q querier, routine int64) (desk.RoutineSettings, error) {
	var r settingRow
	err := q.QueryRowContext(ctx, "SELECT "+settingList("s.")+" FROM routines r LEFT JOIN routine_settings s ON s.routine = r.id WHERE r.id = ?", routine).Scan(r.targets()...)
	if errors.Is(err, sql.ErrNoRows) {
		return desk.RoutineSettings{}, say.Error("routine %d: %w", routine, desk.ErrNotFound)
	}
	return r.settings(), err
}

// RoutineSettings gives the settings of routines, in the order of the ids.
func (s *Store) RoutineSettings(ctx context.Context, scope desk.Scope, ids []int64) ([]desk.RoutineSettings, error) {
	s = s.within(scope)
	found := make([]desk.RoutineSettings, 0, len(ids))
	for _, id := range ids {
		one, err := routineSettings(ctx, s.read, id)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}

// ChangeRoutines changes the settings of routines with the entries that say so: all of them or none.
func (s *Store) ChangeRoutines(ctx context.Context, scope desk.Scope, ids []int64, change desk.RoutineChange) (changed int, err error) {
	quick := context.WithoutCancel(ctx)
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			before, err := routineSettings(quick, tx, id)
			if err != nil {
				return err
			}
			after, entries, err := change(id, before)
			if err != nil {
				return err
			}
			if len(entries) == 0 {
				continue
			}
			changed++
			if err := saveRoutine(quick, tx, id, after); err != nil {
				return err
			}
			if err := expectFrom(quick, tx, id, before, after); err != nil {
				return err
			}
			if err := appendEntries(quick, tx, entries); err != nil {
				return err
			}
		}
		return nil
	})
	return changed, err
}

func saveRoutine(ctx context.Context, tx *sql.Tx, id int64, s desk.RoutineSettings) error {
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO routine_settings (routine, "+strings.Join(settingColumns, ", ")+") VALUES (?, "+marks(len(settingColumns))+")",
		append([]any{id}, settingValues(s)...)...)
	return err
}

// ToolSettings gives the settings of every tool that has any.
func (s *Store) ToolSettings(ctx context.Context) (map[string]desk.ToolSettings, error) {
	found := map[string]desk.ToolSettings{}
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var tool string
		var t desk.ToolSettings
		err := rows.Scan(&tool, &t.Partial, &t.Cancelled, &t.Restores)
		found[tool] = t
		return err
	}, "SELECT tool, partial, cancelled, restores FROM tool_settings")
	return found, err
}

func toolSettings(ctx context.Context, q querier, tool string) (t desk.ToolSettings, err error) {
	err = q.QueryRowContext(ctx, "SELECT partial, cancelled, restores FROM tool_settings WHERE tool = ?", tool).Scan(&t.Partial, &t.Cancelled, &t.Restores)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return t, err
}

// SaveTool keeps a tool's settings with the entries that say why.
func (s *Store) SaveTool(ctx context.Context, tool string, t desk.ToolSettings, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO tool_settings (tool, partial, cancelled, restores) VALUES (?,?,?,?)",
			tool, int64(t.Partial), int64(t.Cancelled), int64(t.Restores)); err != nil {
			return err
		}
		return appendEntries(ctx, tx, entries)
	})
}

// SaveCalendars keeps the calendars; what they take out or give back is looked at anew.
func (s *Store) SaveCalendars(ctx context.Context, name string, value any, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := saveSetting(ctx, tx, name, value); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE expected SET look = 0, needs = 0"); err != nil {
			return err
		}
		return appendEntries(ctx, tx, entries)
	})
}
