package data

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/people"
)

// monday is the morning on which everything here happens: the runs are those of the night before.
var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func at(hours float64) time.Time { return monday.Add(time.Duration(hours * float64(time.Hour))) }

// aDesk is a store on a real file, with the desk's own rules over it.
type aDesk struct {
	*Store
	t      testing.TB
	desk   *desk.Desk
	now    time.Time
	source backup.Source
}

func newDesk(t testing.TB) *aDesk {
	t.Helper()
	d := openDesk(t, filepath.Join(t.TempDir(), "desk.db"))
	d.source = d.addSource(backup.Source{Name: "night exports"})
	return d
}

func openDesk(t testing.TB, path string) *aDesk {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d := &aDesk{Store: s, t: t, now: monday}
	d.desk = desk.New(desk.Parts{
		Store: s, Now: func() time.Time { return d.now }, Log: slog.New(slog.DiscardHandler), Cost: people.Cost{Passes: 1, Memory: 8, Threads: 1},
		Formats: []backup.FormatInfo{{Name: "veeam_csv"}, {Name: "ends_only", EndsOnly: true}},
	})
	return d
}

func (d *aDesk) addSource(s backup.Source) backup.Source {
	d.t.Helper()
	s, err := d.desk.SaveSource(d.t.Context(), rosa, s, "")
	d.must(err)
	return s
}

func (d *aDesk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// rosa is the administrator on duty.
var rosa = desk.Actor{Name: "rosa"}

// night is one execution of FS-DAILY on the client harbour, six hours before the morning.
func night(session string, o backup.Outcome, change ...func(*backup.Execution)) backup.Execution {
	e := backup.Execution{
		Tool: "Veeam", Instance: "vault", Session: session, Routine: "FS-DAILY", Client: "harbour", Kind: backup.Data, Level: "full",
		Outcome: o, NativeStatus: o.String(), Start: at(-6), End: at(-5), Absolute: true, Evidence: backup.List,
	}
	for _, c := range change {
		c(&e)
	}
	return e
}

func from(hours float64) func(*backup.Execution) {
	return func(e *backup.Execution) { e.Start, e.End = at(hours), at(hours+1) }
}

func says(text string) func(*backup.Execution) { return func(e *backup.Execution) { e.Error = text } }

func under(server string) func(*backup.Execution) {
	return func(e *backup.Execution) { e.Instance = server }
}

func again(e *backup.Execution) { e.Retry = true }

// line is a record that only its text tells.
func line(text string, offset int64) backup.Execution {
	return backup.Execution{Tool: "restic", Kind: backup.Data, Outcome: backup.Failed, Error: text, Text: text, Evidence: backup.Report, Offset: offset, Line: int(offset) + 1}
}

// export is a file on its way in. Equal records are equal content.
type export struct {
	backup.File
	records []any // backup.Execution or error
}

func (d *aDesk) export(path string, modified time.Time, records ...any) export {
	content := fmt.Sprintf("%+v", records)
	return export{backup.File{
		SourceID: d.source.ID, Path: path, SHA256: sha256.Sum256([]byte(content)), Size: int64(len(content)), ModTime: modified, Format: "veeam_csv", Version: 1,
	}, records}
}

func (x export) each() iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for _, r := range x.records {
			e, _ := r.(backup.Execution)
			err, _ := r.(error)
			if !yield(e, err) {
				return
			}
		}
	}
}

// take imports a file by the watcher's rules, or others.
func (d *aDesk) take(x export, how ...desk.ImportRules) backup.FileResult {
	d.t.Helper()
	var rules desk.ImportRules
	for _, r := range how {
		rules = r
	}
	res, err := d.desk.Intake(desk.System(), rules).Ingest(d.t.Context(), x.File, x.each())
	d.must(err)
	return res
}

// read imports records as a file that was exported at eight plus some hours.
func (d *aDesk) read(hours float64, records ...any) backup.FileResult {
	d.t.Helper()
	return d.take(d.export(fmt.Sprintf("export %v.csv", hours), at(hours), records...))
}

// want compares the counts of a result: new, updated, unchanged, incidents.
func want(t testing.TB, res backup.FileResult, counts ...int) {
	t.Helper()
	got := []int{res.New, res.Updated, res.Unchanged, res.Incidents}
	if fmt.Sprint(got) != fmt.Sprint(counts) || res.Executions != got[0]+got[1]+got[2] {
		t.Errorf("new, updated, unchanged, incidents = %v of %d executions, want %v", got, res.Executions, counts)
	}
}

// rows gives what a query finds, a line each, cells parted by " | ".
func (d *aDesk) rows(query string, args ...any) []string {
	d.t.Helper()
	lines, err := all(d.t.Context(), d.Store.read, func(rows *sql.Rows) (string, error) {
		names, err := rows.Columns()
		if err != nil {
			return "", err
		}
		cells, to := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range cells {
			to[i] = &cells[i]
		}
		err = rows.Scan(to...)
		said := make([]string, len(cells))
		for i, c := range cells {
			said[i] = c.String
		}
		return strings.Join(said, " | "), err
	}, query, args...)
	d.must(err)
	return lines
}

// said lists what the timeline says under an action, oldest first: "subject id by actor: name: from → to, …".
func (d *aDesk) said(action string) []string {
	d.t.Helper()
	entries, err := d.Timeline(d.t.Context(), desk.Everything(), desk.TimelineQuery{Action: action})
	d.must(err)
	said := make([]string, len(entries))
	for i, e := range entries {
		var details []string
		for _, x := range e.Details {
			if x.From != "" {
				x.To = x.From + " → " + x.To
			}
			details = append(details, x.Name+": "+x.To)
		}
		said[len(said)-1-i] = fmt.Sprintf("%s %d by %s: %s", e.Subject, e.SubjectID, e.Actor, strings.Join(details, ", "))
	}
	return said
}

// verified checks that the chain holds and the file is sound.
func (d *aDesk) verified(heads ...string) desk.Verification {
	d.t.Helper()
	v, err := d.Verify(context.Background(), heads)
	d.must(err)
	return v
}

func equal(t testing.TB, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func cancelledContext(t testing.TB) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
