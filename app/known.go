package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"backstop/app/desk"
	"backstop/app/say"
)

// lastKnown is what the desk remembers, outside of the database, of how it left it: a head that is kept elsewhere. A database that lacks
// it has lost its newest part, whether its write-ahead log was deleted or an older file was put in its place.
type lastKnown struct {
	Open    bool      `json:"open"` // nobody closed it: the program was killed, or the machine failed
	Entries int64     `json:"entries"`
	Head    string    `json:"head"`
	At      time.Time `json:"at"`
}

func knownIn(folder string) string { return filepath.Join(folder, "desk.json") }

// readKnown gives nothing known where there is no file, or none that can be read.
func readKnown(folder string) (k lastKnown) {
	raw, err := os.ReadFile(knownIn(folder))
	if err != nil || json.Unmarshal(raw, &k) != nil {
		return lastKnown{}
	}
	return k
}

// remember writes it whole or not at all.
func (k lastKnown) remember(folder string) error {
	raw, err := json.Marshal(k)
	if err != nil {
		return err
	}
	half := knownIn(folder) + ".half"
	if err := os.WriteFile(half, raw, 0o600); err != nil {
		return say.Error("what the desk remembers: %w", err)
	}
	return os.Rename(half, knownIn(folder))
}

// rememberHead keeps the head of the timeline outside of the database while it changes.
func (a *App) rememberHead(ctx context.Context, open bool) error {
	entries, head, err := a.Desk.Head(ctx, desk.System())
	if err != nil || a.known.Open == open && a.known.Head == head {
		return err
	}
	k := lastKnown{Open: open, Entries: entries, Head: head, At: a.Desk.Now()}
	if err := k.remember(a.folder); err != nil {
		return err // tried again at the next look
	}
	a.known = k
	return nil
}

// once gives what goes wrong over and over only the first time, and logs that it goes well again.
func (a *App) once(what string) func(error) error {
	failing := false
	return func(err error) error {
		was := failing
		failing = err != nil
		switch {
		case was && !failing:
			a.Log.Info("works again", "what", what)
		case was:
			return nil
		}
		return err
	}
}

// missing tells what the desk last knew that the database does not hold.
func (a *App) missing(ctx context.Context, k lastKnown) (bool, error) {
	if k.Entries == 0 {
		return false, nil
	}
	holds, err := a.Desk.Carries(ctx, desk.System(), k.Entries, k.Head)
	return !holds, err
}

// forget is for a database that one begins anew by moving all copies away.
func forget(folder string) error {
	err := os.Remove(knownIn(folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
