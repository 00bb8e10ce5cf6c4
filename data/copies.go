package data

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/say"
)

// The name of a copy says when it was made and what for: "20260302-093000-daily.db".
const copyTime = "20060102-150405"

var copyWords = map[desk.CopyReason]string{
	desk.DailyCopy: "daily", desk.BeforeVersion: "version", desk.BeforePruning: "pruning", desk.ByRequest: "asked",
}

// Copies lists the copies in the data folder, newest first.
func (s *Store) Copies(context.Context) ([]desk.Copy, error) { return copiesIn(s.vault) }

func copiesIn(folder string) ([]desk.Copy, error) {
	files, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, say.Error("the folder of copies cannot be read: %w", err)
	}
	var list []desk.Copy
	for _, f := range files {
		c, ok := copyNamed(f.Name())
		info, err := f.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue // not ours, or gone meanwhile
		}
		c.Path, c.Size = filepath.Join(folder, f.Name()), info.Size()
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b desk.Copy) int { return cmp.Or(b.Made.Compare(a.Made), strings.Compare(b.Path, a.Path)) })
	return list, nil
}

// copyNamed reads what a copy's name says.
func copyNamed(name string) (desk.Copy, bool) {
	base, isDB := strings.CutSuffix(name, ".db")
	if !isDB || len(base) < len(copyTime)+2 || base[len(copyTime)] != '-' {
		return desk.Copy{}, false
	}
	made, err := time.Parse(copyTime, base[:len(copyTime)])
	word, _, _ := strings.Cut(base[len(copyTime)+1:], "-")
	for why, w := range copyWords {
		if err == nil && w == word {
			return desk.Copy{Made: made, Why: why}, true
		}
	}
	return desk.Copy{}, false
}

// Copy makes a copy in the data folder. Progress is told bytes; the bytes it comes to are a guess, since a copy leaves out what is free.
func (s *Store) Copy(ctx context.Context, made time.Time, why desk.CopyReason, progress desk.Progress) (desk.Copy, error) {
	return s.copyAs(ctx, made, why, "", progress)
}

func (s *Store) copyAs(ctx context.Context, made time.Time, why desk.CopyReason, more string, progress desk.Progress) (desk.Copy, error) {
	if err := os.MkdirAll(s.vault, 0o700); err != nil {
		return desk.Copy{}, say.Error("the folder of copies cannot be made: %w", err)
	}
	c := desk.Copy{Path: filepath.Join(s.vault, made.UTC().Format(copyTime)+"-"+copyWords[why]+more+".db"), Made: made.UTC().Truncate(time.Second), Why: why}
	if err := s.copyTo(ctx, c.Path, progress); err != nil {
		return desk.Copy{}, err
	}
	info, err := os.Stat(c.Path)
	if err == nil {
		c.Size = info.Size()
	}
	return c, err
}

// RemoveCopy drops a copy; one that is gone already is no error.
func (s *Store) RemoveCopy(_ context.Context, c desk.Copy) error {
	if filepath.Dir(c.Path) != s.vault {
		return say.Error("%s is no copy of the data folder", c.Path)
	}
	if err := os.Remove(c.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return say.Error("an old copy cannot be removed: %w", err)
	}
	return nil
}

// clearParts removes what a crash left of copies that were being made.
func clearParts(folder string) error {
	files, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), partEnd) {
			err = errors.Join(err, os.Remove(filepath.Join(folder, f.Name())))
		}
	}
	return err
}
