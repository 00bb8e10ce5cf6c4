package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/app/timeline"
)

const userColumns = "id, name, email, role, active"

func userTargets(u *people.User) []any { return []any{&u.ID, &u.Name, &u.Email, &u.Role, &u.Active} }

// Standing tells how many users there are, and who the one is that acts; 0 is nobody.
func (s *Store) Standing(ctx context.Context, user people.ID) (desk.Standing, error) {
	var st desk.Standing
	if err := s.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM users").Scan(&st.Users); err != nil || user == 0 {
		return st, err
	}
	err := s.read.QueryRowContext(ctx, "SELECT "+userColumns+", one_time FROM users WHERE id = ?", user).Scan(append(userTargets(&st.User), &st.OneTime)...)
	if errors.Is(err, sql.ErrNoRows) {
		return st, nil
	}
	if err != nil {
		return st, err
	}
	if st.Sight, err = sightOf(ctx, s.read, user); err != nil {
		return st, err
	}
	st.Through, err = all(ctx, s.read, func(rows *sql.Rows) (desk.Window, error) {
		var w desk.Window
		err := rows.Scan(&w.Branch, &w.Location)
		return w, err
	}, "SELECT branch, id FROM locations WHERE id IN (SELECT location FROM location_users WHERE user = ?) ORDER BY id", user)
	return st, err
}

// Users lists all, by name.
func (s *Store) Users(ctx context.Context) ([]people.User, error) { return users(ctx, s.read) }

func users(ctx context.Context, q querier) ([]people.User, error) {
	return all(ctx, q, func(rows *sql.Rows) (people.User, error) {
		var u people.User
		err := rows.Scan(userTargets(&u)...)
		return u, err
	}, "SELECT "+userColumns+" FROM users ORDER BY name")
}

// SaveUser adds a user (ID 0) or changes one, as the rule says when it sees all of them inside the transaction. Without entries nothing
// is saved.
func (s *Store) SaveUser(ctx context.Context, rule func(all []people.User) (desk.UserChange, error)) (people.User, error) {
	var c desk.UserChange
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		there, err := users(ctx, tx)
		if err != nil {
			return err
		}
		if c, err = rule(there); err != nil || len(c.Entries) == 0 {
			return err
		}
		if err := writeUser(ctx, tx, &c); err != nil {
			return err
		}
		return appendEntries(ctx, tx, about(c.Entries, int64(c.User.ID)))
	})
	return c.User, err
}

func writeUser(ctx context.Context, tx *sql.Tx, c *desk.UserChange) error {
	u := &c.User
	if u.ID == 0 {
		r, err := tx.ExecContext(ctx, "INSERT INTO users (name, email, role, active, password, one_time) VALUES (?,?,?,?,?,?)", u.Name, u.Email, int64(u.Role), u.Active, c.Password, c.OneTime)
		if err != nil {
			return err
		}
		id, err := r.LastInsertId()
		u.ID = people.ID(id)
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE users SET email = ?, role = ?, active = ? WHERE id = ?", u.Email, int64(u.Role), u.Active, u.ID); err != nil || c.Password == "" {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE users SET password = ?, one_time = ?, failures = '[]' WHERE id = ?", c.Password, c.OneTime, u.ID)
	return err
}

// Login finds a user by name, whatever its case, with what recognises them.
func (s *Store) Login(ctx context.Context, name string) (desk.Login, error) {
	return login(ctx, s.read, "name = ?", name)
}

func login(ctx context.Context, q querier, where string, arg any) (desk.Login, error) {
	var l desk.Login
	var failures string
	err := q.QueryRowContext(ctx, "SELECT "+userColumns+", password, one_time, failures FROM users WHERE "+where, arg).
		Scan(append(userTargets(&l.User), &l.Password, &l.OneTime, &failures)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = desk.ErrNotFound
	}
	if err != nil {
		return l, say.Error("user %v: %w", arg, err)
	}
	var at []int64
	if err := json.Unmarshal([]byte(failures), &at); err != nil {
		return l, say.Error("user %v: %w", arg, err)
	}
	for _, ms := range at {
		l.Failures = append(l.Failures, time.UnixMilli(ms).UTC())
	}
	return l, nil
}

// ChangeLogin changes what recognises a user, with its entries.
func (s *Store) ChangeLogin(ctx context.Context, user people.ID, rule func(desk.Login) (desk.Login, []timeline.Entry, error)) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		before, err := login(ctx, tx, "id = ?", user)
		if err != nil {
			return err
		}
		l, entries, err := rule(before)
		if err != nil {
			return err
		}
		at := make([]int64, len(l.Failures))
		for i, t := range l.Failures {
			at[i] = t.UnixMilli()
		}
		failures, err := json.Marshal(at)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE users SET password = ?, one_time = ?, failures = ? WHERE id = ?", l.Password, l.OneTime, string(failures), user); err != nil {
			return err
		}
		return appendEntries(ctx, tx, about(entries, int64(user)))
	})
}
