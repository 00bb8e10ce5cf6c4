package main

import (
	"context"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"

	"backstop/app/desk"
	"backstop/assets"
)

// samples writes the exports that come with the program beside the database and names them.
func (a *App) samples() ([]string, error) {
	folder := filepath.Join(a.folder, "samples")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	files, err := fs.ReadDir(assets.Samples(), ".")
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, f := range files {
		raw, err := fs.ReadFile(assets.Samples(), f.Name())
		if err != nil {
			return nil, err
		}
		path := filepath.Join(folder, f.Name())
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			return nil, err
		}
		paths = append(paths, path)
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
