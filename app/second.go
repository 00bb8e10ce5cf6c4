package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"backstop/app/say"
)

// A second start over the same database lays a file into a folder that the first one looks at. The first shows its window and takes the
// file away, which is the answer. No port is opened, and the folder is its owner's alone, as the data folder is.

const (
	answerWithin = 5 * time.Second // else the first is taken for one that hangs
	answerLook   = 20 * time.Millisecond
)

func callsIn(folder string) string { return filepath.Join(folder, "calls") }

// callFirst asks the desk that is open with the database to show its window, and tells whether it did.
func callFirst(ctx context.Context, folder string) (bool, error) {
	if err := os.MkdirAll(callsIn(folder), 0o700); err != nil {
		return false, err
	}
	f, err := os.CreateTemp(callsIn(folder), "")
	if err != nil {
		return false, say.Error("the open desk cannot be called: %w", err)
	}
	defer os.Remove(f.Name()) // no effect after the answer
	if err := f.Close(); err != nil {
		return false, err
	}
	look := time.NewTicker(answerLook)
	defer look.Stop()
	for {
		if _, err := os.Stat(f.Name()); errors.Is(err, fs.ErrNotExist) {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, nil
		case <-look.C:
		}
	}
}

// hearCalls calls f when a second start asks for the window, until stop is called; f is given what says that it is shown.
func hearCalls(folder string, f func(shown func())) (stop func() error, err error) {
	if err := os.MkdirAll(callsIn(folder), 0o700); err != nil {
		return nil, err
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := w.Add(callsIn(folder)); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	go func() {
		for e := range w.Events {
			if e.Has(fsnotify.Create) {
				f(func() { _ = os.Remove(e.Name) }) // else the second says that the first is open
			}
		}
	}()
	go func() {
		for range w.Errors { // a call that is lost is said by the second
		}
	}()
	return w.Close, nil
}
