package data

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/mattn/go-sqlite3"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Verify walks the whole timeline and asks SQLite whether the file is sound. Heads are hashes kept elsewhere: only they can
// tell that the newest entries were cut off or that the chain was built anew.
func (s *Store) Verify(ctx context.Context, heads []string) (desk.Verification, error) {
	var c timeline.Checker
	for _, h := range heads {
		hash, err := timeline.ParseHash(h)
		if err != nil {
			return desk.Verification{}, err
		}
		c.Seek(hash)
	}
	var v desk.Verification
	broken, err := s.walk(ctx, &c, &v)
	if broken != nil {
		v.Findings = append(v.Findings, say.Err(broken))
	}
	whole := broken == nil && err == nil // else a head may stand behind the break
	if err := damage(&v, err); err != nil {
		return v, err
	}
	head, entries := c.Head()
	v.Head, v.Entries = head.String(), entries
	for _, h := range c.Heads() {
		switch {
		case h.RestoredAt > 0:
			v.Restored = append(v.Restored, say.T("head %s was given up by the restore in entry %d", h.Hash, h.RestoredAt))
		case !h.Found && whole:
			v.Findings = append(v.Findings, say.T("head %s does not occur: entries were cut off or the timeline was built anew", h.Hash))
		}
	}
	return v, damage(&v, s.sound(ctx, &v))
}

// damage makes a finding of what SQLite cannot read: verify is asked for when something seems wrong.
func damage(v *desk.Verification, err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) || e.Code != sqlite3.ErrCorrupt {
		return err
	}
	if said := say.T("the database file is damaged: %s", e.Error()); !slices.Contains(v.Findings, said) {
		v.Findings = append(v.Findings, said)
	}
	return nil
}

func (s *Store) walk(ctx context.Context, c *timeline.Checker, v *desk.Verification) (*timeline.Break, error) {
	var broken *timeline.Break
	stop := errors.New("broken")
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		e, details, hash, err := scanEntry(rows)
		if err != nil {
			return err
		}
		var stored timeline.Hash
		copy(stored[:], hash)
		if err := c.NextText(e, details, stored); errors.As(err, &broken) {
			return stop
		}
		if e.Subject == timeline.Database && e.Action == timeline.Restored {
			v.Restored = append(v.Restored, say.T("entry %d: restored from a copy by %s", e.Seq, e.Actor))
		}
		return nil
	}, "SELECT "+entryColumns+" FROM timeline ORDER BY seq")
	if errors.Is(err, stop) {
		err = nil
	}
	return broken, err
}

// sound asks SQLite about pages, indexes and references.
func (s *Store) sound(ctx context.Context, v *desk.Verification) error {
	var said string
	if err := each(ctx, s.read, func(rows *sql.Rows) error {
		err := rows.Scan(&said)
		if said != "ok" {
			v.Findings = append(v.Findings, say.T("the database file is damaged: %s", said))
		}
		return err
	}, "PRAGMA integrity_check(20)"); err != nil {
		return err
	}
	var child, parent string
	return each(ctx, s.read, func(rows *sql.Rows) error {
		err := rows.Scan(&child, &parent)
		v.Findings = append(v.Findings, say.T("rows of %s point to rows of %s that are gone", child, parent))
		return err
	}, "SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check")
}
