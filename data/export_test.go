package data

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/timeline"
)

// shelf keeps files in memory.
type shelf map[string]string

func (s shelf) Each(_ context.Context, use func(string, int64, io.Reader) error) error {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if err := use(name, int64(len(s[name])), strings.NewReader(s[name])); err != nil {
			return err
		}
	}
	return nil
}

func (s shelf) Copies(context.Context, func([32]byte) bool, func(backup.KeptCopy) error) error {
	return nil
}

func (s shelf) Take(_ context.Context, name string, content io.Reader) error {
	raw, err := io.ReadAll(content)
	s[name] = string(raw)
	return err
}

func (s shelf) Size(sum [32]byte) (int64, bool) {
	text, there := s[hex.EncodeToString(sum[:])]
	return int64(len(text)), there
}

func (s shelf) Remove(sum [32]byte) error {
	delete(s, hex.EncodeToString(sum[:]))
	return nil
}

// export writes all into a file.
func (d *aDesk) exportAll(kept shelf) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "all.zip")
	_, err := d.ExportAll(d.t.Context(), path, d.now, kept, nil)
	d.must(err)
	return path
}

func (d *aDesk) takeAll(path string, kept shelf) error {
	_, err := d.TakeAll(d.t.Context(), path, kept, nil, func(x desk.Exported) []timeline.Entry {
		return []timeline.Entry{{Subject: timeline.Database, At: d.now, Actor: "rosa", Action: "taken in", Details: []timeline.Detail{timeline.Said("head", x.Head)}}}
	})
	return err
}

// aLife is a database in which much was done.
func aLife(t *testing.T) *aDesk {
	t.Helper()
	d := newDesk(t)
	d.addSource(backup.Source{Name: "harbour", Company: "Meadow", Branch: "Quay"})
	d.read(0, night("1", backup.Failed, says("can't connect \u2028 <&> \"quoted\" \\ näher")), night("2", backup.Success), night("3", backup.Partial, from(-30)))
	d.must(d.desk.Note(t.Context(), rosa, []int64{1}, "looked at it"))
	d.must(d.desk.SavePreference(t.Context(), "columns", []int{1, 2}))
	_, err := d.desk.FirstUser(t.Context(), rosa, people.User{Name: "Rosa", Email: "rosa@meadow.example"}, "a calm wall of stone")
	d.must(err)
	return d
}

// What was exported and taken in elsewhere is the same to the last row, and its chain holds: each table is compared.
func TestExport_comesBackWhole(t *testing.T) {
	d := aLife(t)
	kept := shelf{"ab/" + strings.Repeat("ab", 32) + ".gz": "packed"}
	path := d.exportAll(kept)
	info, err := os.Stat(path)
	d.must(err)
	if info.Mode().Perm()&0o077 != 0 && filepath.Separator == '/' {
		t.Errorf("others may read it: %s", info.Mode())
	}
	head := d.verified().Head

	other := openDesk(t, filepath.Join(t.TempDir(), "desk.db"))
	took := shelf{}
	other.must(other.takeAll(path, took))
	if !maps.Equal(took, kept) {
		t.Errorf("kept files: %v", took)
	}
	tables, err := tablesOf(t.Context(), d.Store.read)
	d.must(err)
	compared := 0
	for _, x := range tables {
		if x.rows == 0 || x.name == "timeline" {
			continue
		}
		compared++
		query := "SELECT " + strings.Join(x.columns, ", ") + " FROM " + x.name + " ORDER BY 1, 2"
		if len(x.columns) == 1 {
			query = strings.TrimSuffix(query, ", 2")
		}
		equal(t, other.rows(query), d.rows(query)...)
	}
	if compared < 10 {
		t.Errorf("only %d tables had rows", compared)
	}
	v := other.verified(head)
	if len(v.Findings) > 0 || v.Entries != d.verified().Entries+1 {
		t.Errorf("verified: %+v", v)
	}
	equal(t, other.said("taken in"), "database 0 by rosa: head: "+head)
	ids, err := other.IncidentIDs(t.Context(), desk.Everything(), desk.IncidentQuery{Text: "näher", Sort: "id"})
	if err != nil || len(ids) != 1 {
		t.Errorf("the text index finds %v, %v", ids, err)
	}
}

func TestTakeAll_refuses(t *testing.T) {
	d := aLife(t)
	path := d.exportAll(shelf{})
	t.Run("a database in use", func(t *testing.T) {
		before := d.verified().Head
		if err := d.takeAll(path, shelf{}); !errors.Is(err, errNotEmpty) || d.verified().Head != before {
			t.Errorf("error = %v", err)
		}
	})
	other := openDesk(t, filepath.Join(t.TempDir(), "desk.db"))
	for _, tt := range []struct {
		name, part, from, to, says string
	}{
		{"an entry that was changed", "tables/timeline.jsonl", "looked at it", "looked away", "the export is damaged or was changed: entry "},
		{"an entry that was cut off", "tables/timeline.jsonl", "", "", "head "},
		{"a newer layout", "about.json", `"layout":`, `"layout":9`, "by a newer Backstop"},
		{"another program's archive", "about.json", "Backstop", "Frontstop", "is no export of everything"},
		{"half a table", "tables/executions.jsonl", `"start":`, `"start":}`, "executions: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			forged := rewrite(t, path, tt.part, func(text string) string {
				if tt.from == "" {
					lines := strings.SplitAfter(text, "\n")
					return strings.Join(lines[:len(lines)-2], "")
				}
				return strings.Replace(text, tt.from, tt.to, 1)
			})
			if err := other.takeAll(forged, shelf{}); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error = %v", err)
			}
			equal(t, other.rows("SELECT COUNT(*) FROM timeline"), "0")
		})
	}
	left, err := os.ReadDir(other.staging)
	other.must(err)
	for _, f := range left {
		if strings.HasPrefix(f.Name(), stagePrefix) {
			t.Errorf("left %s", f.Name())
		}
	}
}

// rewrite changes the text of one part of an archive.
func rewrite(t *testing.T, path, part string, change func(string) string) string {
	t.Helper()
	from, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		w, createErr := to.Create(f.Name)
		if err = errors.Join(err, createErr); err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			raw = []byte(change(string(raw)))
		}
		if _, err := w.Write(raw); err != nil {
			t.Fatal(err)
		}
	}
	forged := filepath.Join(t.TempDir(), "forged.zip")
	if err := errors.Join(to.Close(), os.WriteFile(forged, out.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return forged
}

// An export that is called off leaves nothing, and an existing file is never written over.
func TestExport_allOrNothing(t *testing.T) {
	d := aLife(t)
	folder := t.TempDir()
	there := filepath.Join(folder, "there.zip")
	d.must(os.WriteFile(there, []byte("mine"), 0o600))
	if _, err := d.ExportAll(t.Context(), there, time.Now(), shelf{}, nil); err == nil {
		t.Error("a file was written over")
	}
	if _, err := d.ExportAll(cancelledContext(t), filepath.Join(folder, "off.zip"), time.Now(), shelf{}, nil); err == nil {
		t.Error("it was not called off")
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}
