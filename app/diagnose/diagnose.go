// Package diagnose writes what somebody who has trouble with Backstop hands to whoever maintains it: one zip of text files in which,
// unless the person wants it otherwise, no host, job, client or person is named.
package diagnose

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// Facts are what is written.
type Facts struct {
	Version string // of the program, with commit, compiler and system
	Desk    desk.Diagnosis
	Formats []backup.FormatInfo
	Own     map[string]string // what is set for this computer alone
	Log     string            // the program's own log; one that is not there is left out
	Names   bool              // settings and log as they are, with the names in them
}

// mostLog is how much of the log's end is taken, in bytes.
const mostLog = 1 << 20

// Write makes the zip at path. It is there whole or not at all.
func Write(path string, f Facts) (err error) {
	out, err := os.CreateTemp(filepath.Dir(path), ".backstop-*.part")
	if err != nil {
		return say.Error("diagnostics: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(say.Error("diagnostics: %w", err), os.Remove(out.Name()))
		}
	}()
	if err := errors.Join(f.write(out), out.Close()); err != nil {
		return err
	}
	return os.Rename(out.Name(), path)
}

func (f Facts) write(to io.Writer) error {
	log, err := f.log()
	if err != nil {
		return err
	}
	z := zip.NewWriter(to)
	for _, part := range []struct{ name, text string }{
		{"about.txt", f.about()}, {"counts.txt", f.counts()}, {"settings.txt", f.settings()}, {"formats.txt", f.formats()}, {"log.txt", log},
	} {
		w, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

func (f Facts) about() string {
	names := "In settings.txt and log.txt every word that is not one of the trade is folded to its shape: letters are x, digits #."
	if f.Names {
		names = "settings.txt and log.txt are as they are: they name hosts, jobs, clients and people."
	}
	return fmt.Sprintf("%s\ndatabase: layout %d, %d bytes, SQLite %s\n\n%s\n", f.Version, f.Desk.Layout, f.Desk.Bytes, f.Desk.SQLite, names)
}

func (f Facts) counts() string {
	var b strings.Builder
	for _, t := range slices.Sorted(maps.Keys(f.Desk.Counts)) {
		fmt.Fprintf(&b, "%s %d\n", t, f.Desk.Counts[t])
	}
	return b.String()
}

// settings are listed by name; the names are ours, the values need not be.
func (f Facts) settings() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f.Own)) {
		fmt.Fprintf(&b, "this computer: %s = %s\n", name, f.Own[name])
	}
	for _, name := range slices.Sorted(maps.Keys(f.Desk.Settings)) {
		value := f.Desk.Settings[name]
		if !f.Names {
			value = backup.Fold(value)
		}
		fmt.Fprintf(&b, "%s = %s\n", name, value)
	}
	return b.String()
}

func (f Facts) formats() string {
	var b strings.Builder
	for _, i := range f.Formats {
		fmt.Fprintf(&b, "%s %d\n", i.Name, i.Version)
	}
	return b.String()
}

func (f Facts) log() (string, error) {
	raw, err := end(f.Log, mostLog)
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no log\n", nil
	}
	if err != nil || f.Names {
		return string(raw), err
	}
	var b strings.Builder
	for line := range bytes.Lines(raw) {
		b.WriteString(foldLine(string(line)))
	}
	return b.String(), nil
}

// ours is what the program itself put into a line of its log: when, how grave, and words that stand in its source. What follows are values.
var ours = regexp.MustCompile(`^time=\S+ level=[A-Z]+ msg=(?:"[^"\\]*"|[^\s"]+)`)

func foldLine(line string) string {
	kept := ours.FindString(line)
	return kept + backup.Fold(line[len(kept):])
}

// end is the last part of a file, from the beginning of a line.
func end(path string, most int64) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	from := max(0, info.Size()-most)
	raw, err := io.ReadAll(io.NewSectionReader(in, from, most))
	if _, rest, found := bytes.Cut(raw, []byte("\n")); from > 0 && found {
		raw = rest
	}
	return raw, err
}
