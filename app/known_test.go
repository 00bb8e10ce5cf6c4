package main

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"
)

// What is remembered of the timeline and cannot be written is tried again, and said once; so is that it works again.
func TestKnown_isTriedAgain(t *testing.T) {
	s := newShell(t)
	a := s.app()
	var log bytes.Buffer
	a.Log = slog.New(slog.NewTextHandler(&log, nil))
	half := knownIn(a.folder) + ".half"
	if err := errors.Join(a.rememberHead(t.Context(), true), os.Mkdir(half, 0o700)); err != nil {
		t.Fatal(err)
	}
	once := a.once("remembering the newest entry")
	look := func(open bool, wrong bool) {
		t.Helper()
		if err := once(a.rememberHead(t.Context(), open)); (err != nil) != wrong {
			t.Errorf("told: %v", err)
		}
	}
	look(false, true)
	look(false, false) // said already
	if err := os.Remove(half); err != nil {
		t.Fatal(err)
	}
	look(false, false)
	if k := readKnown(a.folder); k.Open || strings.Count(log.String(), "works again") != 1 {
		t.Errorf("known: %+v; log: %s", k, &log)
	}
}
