//go:build !windows

package system

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"backstop/app/say"
)

// On tells whether the wish stands. One that the desktop's own settings switched off does not.
func (s Startup) On() (bool, error) {
	raw, err := os.ReadFile(s.path())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, say.Error("start with the session: %w", err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
		switch strings.ReplaceAll(lines.Text(), " ", "") {
		case "Hidden=true", "X-GNOME-Autostart-enabled=false":
			return false, nil
		}
	}
	return true, nil
}

// Set makes or takes back the wish.
func (s Startup) Set(on bool) error {
	path := s.path()
	if !on {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return say.Error("start with the session: %w", err)
		}
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return say.Error("start with the session: %w", err)
	}
	if err := os.WriteFile(path, []byte(s.entry()), 0o600); err != nil {
		return say.Error("start with the session: %w", err)
	}
	return nil
}
