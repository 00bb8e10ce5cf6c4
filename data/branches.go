package data

import (
	"context"
	"database/sql"
	"errors"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Branches lists all by company and name.
func (s *Store) Branches(ctx context.Context) ([]desk.Branch, error) {
	return all(ctx, s.read, func(rows *sql.Rows) (desk.Branch, error) {
		var b desk.Branch
		err := rows.Scan(&b.ID, &b.Company, &b.Name, &b.Sources)
		return b, err
	}, "SELECT b.id, b.company, b.name, (SELECT COUNT(*) FROM sources s WHERE s.company = b.company AND s.branch = b.name AND s.removed IS NULL) FROM branches b ORDER BY b.company, b.name")
}

// AddBranch makes a branch; one that is there is refused.
func (s *Store) AddBranch(ctx context.Context, company, name string, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO branches (company, name) VALUES (?, ?)", company, name)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(say.Error("there is this branch already"), err)
		}
		return appendEntries(ctx, tx, entries)
	})
}

// SightOf is what a user was given to see.
func (s *Store) SightOf(ctx context.Context, user people.ID) (desk.Sight, error) {
	return sightOf(ctx, s.read, user)
}

func sightOf(ctx context.Context, q querier, user people.ID) (desk.Sight, error) {
	var to desk.Sight
	err := q.QueryRowContext(ctx, "SELECT everything FROM users WHERE id = ?", user).Scan(&to.Everything)
	if errors.Is(err, sql.ErrNoRows) {
		err = desk.ErrNotFound
	}
	if err != nil {
		return to, say.Error("user %d: %w", user, err)
	}
	to.Branches, err = all(ctx, q, one[int64], "SELECT branch FROM user_branches WHERE user = ? ORDER BY branch", user)
	return to, err
}

// SaveSight changes what a user sees, with its entries.
func (s *Store) SaveSight(ctx context.Context, user people.ID, to desk.Sight, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := execAll(ctx, tx, []statement{
			{"UPDATE users SET everything = ? WHERE id = ?", []any{to.Everything, user}},
			{"DELETE FROM user_branches WHERE user = ?", []any{user}},
		}); err != nil {
			return err
		}
		for _, b := range to.Branches {
			if _, err := tx.ExecContext(ctx, "INSERT INTO user_branches VALUES (?, ?)", user, b); err != nil {
				return err
			}
		}
		return appendEntries(ctx, tx, entries)
	})
}

// Locations lists the virtual locations by name.
func (s *Store) Locations(ctx context.Context) ([]desk.Location, error) {
	found, err := all(ctx, s.read, func(rows *sql.Rows) (desk.Location, error) {
		var l desk.Location
		err := rows.Scan(&l.ID, &l.Branch, &l.Name)
		return l, err
	}, "SELECT id, branch, name FROM locations ORDER BY name")
	for i := range found {
		l := &found[i]
		if err == nil {
			l.Routines, err = all(ctx, s.read, one[string], "SELECT name FROM location_routines WHERE location = ? ORDER BY name", l.ID)
		}
		if err == nil {
			l.Clients, err = all(ctx, s.read, one[string], "SELECT client FROM location_clients WHERE location = ? ORDER BY client", l.ID)
		}
		if err == nil {
			l.Users, err = all(ctx, s.read, one[people.ID], "SELECT user FROM location_users WHERE location = ? ORDER BY user", l.ID)
		}
	}
	return found, err
}

// SaveLocation adds a virtual location (ID 0) or changes one.
func (s *Store) SaveLocation(ctx context.Context, l desk.Location, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if l.ID == 0 {
			r, err := tx.ExecContext(ctx, "INSERT INTO locations (branch, name) VALUES (?, ?)", l.Branch, l.Name)
			if err != nil {
				return err
			}
			if l.ID, err = r.LastInsertId(); err != nil {
				return err
			}
		}
		do := append([]statement{{"UPDATE locations SET branch = ?, name = ? WHERE id = ?", []any{l.Branch, l.Name, l.ID}}}, emptied(l.ID)...)
		for _, r := range l.Routines {
			do = append(do, statement{"INSERT OR IGNORE INTO location_routines VALUES (?, ?)", []any{l.ID, r}})
		}
		for _, c := range l.Clients {
			do = append(do, statement{"INSERT OR IGNORE INTO location_clients VALUES (?, ?)", []any{l.ID, c}})
		}
		for _, u := range l.Users {
			do = append(do, statement{"INSERT OR IGNORE INTO location_users VALUES (?, ?)", []any{l.ID, u}})
		}
		if err := execAll(ctx, tx, do); err != nil {
			return err
		}
		return appendEntries(ctx, tx, entries)
	})
}

// RemoveLocation takes a virtual location away.
func (s *Store) RemoveLocation(ctx context.Context, id int64, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := execAll(ctx, tx, append(emptied(id), statement{"DELETE FROM locations WHERE id = ?", []any{id}})); err != nil {
			return err
		}
		return appendEntries(ctx, tx, entries)
	})
}

func emptied(location int64) []statement {
	return []statement{
		{"DELETE FROM location_routines WHERE location = ?", []any{location}},
		{"DELETE FROM location_clients WHERE location = ?", []any{location}},
		{"DELETE FROM location_users WHERE location = ?", []any{location}},
	}
}

// statement is one of several that belong together.
type statement struct {
	query string
	args  []any
}

func execAll(ctx context.Context, tx *sql.Tx, all []statement) error {
	for _, st := range all {
		if _, err := tx.ExecContext(ctx, st.query, st.args...); err != nil {
			return err
		}
	}
	return nil
}
