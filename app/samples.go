package main

import (
	"context"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"backstop/app/desk"
	"backstop/assets"
)

// samples writes the exports that come with the program beside the database and names them. What is there already stays: it is known when it is
// imported again.
func (a *App) samples() ([]string, error) {
	folder := filepath.Join(a.folder, "samples")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	files, err := fs.ReadDir(assets.Samples(), ".")
	if err != nil {
		return nil, err
	}
	days := samplesAge(time.Now())
	var paths []string
	for _, f := range files {
		path := filepath.Join(folder, f.Name())
		paths = append(paths, path)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		raw, err := fs.ReadFile(assets.Samples(), f.Name())
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, later(raw, days), 0o600); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// importSamples fills an empty desk for its pictures.
func (a *App) importSamples(ctx context.Context) error {
	paths, err := a.samples()
	if err != nil {
		return err
	}
	request := desk.ImportRequest{Source: desk.ByHand, Zone: "UTC", Paths: paths}
	request.OpenAll = true
	_, err = a.Desk.Import(ctx, desk.Actor{Name: userName()}, request, nil)
	return err
}

// userName is the operating system's user, who is the actor until there are users of our own.
func userName() string {
	u, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return filepath.Base(filepath.FromSlash(u.Username))
}
