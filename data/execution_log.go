package data

import (
	"context"
	"database/sql"
	"slices"

	"backstop/app/desk"
	"backstop/app/risk"
)

// ExecutionLog gives the rows of the ids with what is around them, in their order; ids that are gone are left out.
func (s *Store) ExecutionLog(ctx context.Context, scope desk.Scope, ids []int64) ([]desk.Logged, error) {
	s = s.within(scope)
	rows, err := s.ExecutionRows(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	logged := make([]desk.Logged, len(rows))
	places := make(map[int64]int, len(rows))
	settings := map[int64]desk.RoutineSettings{}
	for i, r := range rows {
		l := &logged[i]
		l.ExecutionRow = r
		places[r.ID] = i
		if err := s.addBefore(ctx, l, settings); err != nil {
			return nil, err
		}
	}
	return logged, s.addLinks(ctx, ids, func(execution int64) *desk.Logged {
		if i, ok := places[execution]; ok {
			return &logged[i]
		}
		return &desk.Logged{}
	})
}

// addBefore adds the runs that one is compared with, the run before it, and the settings of its routine.
func (s *Store) addBefore(ctx context.Context, l *desk.Logged, settings map[int64]desk.RoutineSettings) (err error) {
	set, known := settings[l.RoutineID]
	if !known {
		if set, err = routineSettings(ctx, s.read, l.RoutineID); err != nil {
			return err
		}
		settings[l.RoutineID] = set
	}
	l.Settings = set
	at := l.At()
	if at.IsZero() {
		return nil
	}
	if err := each(ctx, s.read, func(rows *sql.Rows) error {
		var bytes, took sql.NullInt64
		err := rows.Scan(&bytes, &took)
		if bytes.Valid {
			l.Sizes = append(l.Sizes, bytes.Int64)
		}
		if took.Valid {
			l.Times = append(l.Times, took.Int64)
		}
		return err
	}, "SELECT e.bytes, e.end - e.start FROM executions e WHERE e.routine = ? AND e.at < ? AND e.level = ? COLLATE NOCASE AND "+drifting+" ORDER BY e.at DESC LIMIT ?",
		l.RoutineID, at.UnixMilli(), l.Level, risk.MostCompared); err != nil {
		return err
	}
	if set.Expectation.None() {
		return nil
	}
	var before sql.NullInt64
	err = s.read.QueryRowContext(ctx, "SELECT MAX(at) FROM executions WHERE routine = ? AND at < ?", l.RoutineID, at.UnixMilli()).Scan(&before)
	l.Before = instant(before)
	return err
}

// addLinks adds what became of the incidents that executions opened, and those that they made good.
func (s *Store) addLinks(ctx context.Context, ids []int64, of func(execution int64) *desk.Logged) error {
	for part := range slices.Chunk(ids, 500) {
		var made, opened where
		in(&made, "session", part)
		in(&opened, "execution", part)
		if err := each(ctx, s.read, func(rows *sql.Rows) error {
			var session, incident int64
			err := rows.Scan(&session, &incident)
			l := of(session)
			l.MadeGood = append(l.MadeGood, incident)
			return err
		}, "SELECT session, incident FROM links"+made.String()+" AND proposed = 0 ORDER BY session, incident", made.args...); err != nil {
			return err
		}
		if err := each(ctx, s.read, func(rows *sql.Rows) error {
			var execution int64
			var l desk.Logged
			err := rows.Scan(&execution, &l.Closing)
			of(execution).Closing = l.Closing
			return err
		}, "SELECT execution, closing FROM incidents"+opened.String(), opened.args...); err != nil {
			return err
		}
	}
	return nil
}
