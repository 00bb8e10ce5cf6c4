package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

type fakeLogs map[int64]string

var errNoDisk = errors.New("the disk is gone")

func (f fakeLogs) Log(_ context.Context, _ desk.Actor, execution int64) ([]byte, error) {
	if execution == 13 {
		return nil, errNoDisk
	}
	return []byte(f[execution]), nil
}

// failed is an incident whose run has a log, or none with 0.
func failed(run int64) desk.Detail {
	d := desk.Detail{Row: desk.IncidentRow{ID: 7}, Incident: incident.Incident{ID: 7, Failure: "58  cannot connect"}}
	d.Execution = &desk.ExecutionRow{ID: run, HasLog: run != 0, Execution: backup.Execution{Outcome: backup.Failed}}
	return d
}

func newFailure(t *testing.T) (*failureTab, *queue, *later) {
	t.Helper()
	u, q, l := newTestUI(t)
	logs := fakeLogs{1: "begin\nerror one\nfine\nerror two\nend\n", 2: "another log\n"}
	w := test.NewTempWindow(t, widget.NewLabel(""))
	f := newFailureTab(u, w, logs)
	w.SetContent(f.object)
	w.Resize(fyne.NewSize(800, 400))
	return f, q, l
}

// said is the text that stands in place of a log.
func (t *failureTab) said() string {
	if box, ok := t.body.Objects[0].(*fyne.Container); ok {
		return box.Objects[0].(*widget.Label).Text
	}
	return ""
}

func TestFailure_showsTheLog(t *testing.T) {
	f, q, _ := newFailure(t)
	f.show(failed(1))
	if f.said() != "Reading the log …" {
		t.Errorf("while it is read: %q", f.said())
	}
	q.run()
	if f.viewer == nil || f.lines.Len() != 5 {
		t.Fatalf("lines %+v", f.lines)
	}
	viewer := f.viewer
	f.show(failed(1)) // the incident was read again
	q.run()
	if f.viewer != viewer {
		t.Error("the same log was read again: where one reads is lost")
	}
	f.show(failed(2))
	q.run()
	if f.lines.Line(0) != "another log" {
		t.Error("the log of another incident is not shown")
	}
}

func TestFailure_saysWhatIsKnownWithoutALog(t *testing.T) {
	f, q, _ := newFailure(t)
	f.show(failed(0))
	q.run()
	if got, want := f.said(), "No log was kept; the failure text was: 58  cannot connect"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	f.show(failed(13))
	q.run()
	if got := f.said(); !strings.Contains(got, "could not be read") || !strings.Contains(got, "disk is gone") {
		t.Errorf("%q", got)
	}
}

func TestFailure_searches(t *testing.T) {
	f, q, l := newFailure(t)
	f.show(failed(1))
	q.run()
	test.Type(f.search, "ERROR")
	l.run() // the pause after typing
	q.run()
	walk := []string{f.count.Text}
	for _, by := range []int{1, 1, -1} {
		f.step(by)
		walk = append(walk, f.count.Text)
	}
	if got, want := strings.Join(walk, ", "), "1 of 2, 2 of 2, 1 of 2, 2 of 2"; got != want {
		t.Errorf("walked %s, want %s", got, want)
	}
	if got := f.viewer.Selected(); got != "error two\n" {
		t.Errorf("selected %q", got)
	}
	f.search.SetText("nowhere")
	l.run()
	q.run()
	if f.count.Text != "not found" {
		t.Errorf("count %q", f.count.Text)
	}
}

// An answer to an older search or about an older log is dropped.
func TestFailure_dropsLateAnswers(t *testing.T) {
	f, q, l := newFailure(t)
	f.show(failed(1))
	q.run()
	f.search.SetText("error")
	l.run()
	f.search.SetText("fine")
	l.run()
	q.run()
	if f.count.Text != "1 of 1" {
		t.Errorf("count %q", f.count.Text)
	}
	f.show(failed(2))
	f.show(failed(1))
	q.run()
	if f.lines.Len() != 5 {
		t.Errorf("the log of the incident that was left is shown: %d lines", f.lines.Len())
	}
}

func TestFailure_copies(t *testing.T) {
	f, q, _ := newFailure(t)
	f.show(failed(1))
	q.run()
	f.viewer.Reveal(1)
	f.copy()
	if got := f.ui.app.Clipboard().Content(); got != "error one\n" {
		t.Errorf("copied %q", got)
	}
}

type brokenFile struct{ strings.Builder }

func (*brokenFile) Close() error { return errNoDisk }

func TestWriteLog_saysWhatClosingSays(t *testing.T) {
	to := &brokenFile{}
	if err := writeLog(to, "log"); !errors.Is(err, errNoDisk) || to.String() != "log" {
		t.Errorf("%v, wrote %q", err, to.String())
	}
}

func TestStrip_choosesByMouseAndKeys(t *testing.T) {
	u, _, _ := newTestUI(t)
	var hovered, chosen []int64
	s := newStrip(func(r desk.ExecutionRow, ok bool) {
		if ok {
			hovered = append(hovered, r.ID)
		}
	}, func(r desk.ExecutionRow) { chosen = append(chosen, r.ID) })
	w := test.NewTempWindow(t, container.NewHBox(s))
	w.SetPadded(false)
	run := func(id int64, o backup.Outcome, size int64) desk.ExecutionRow {
		return desk.ExecutionRow{ID: id, Execution: backup.Execution{Outcome: o, Bytes: backup.N(size), Start: u.now()}}
	}
	s.show([]desk.ExecutionRow{run(3, backup.Failed, 0), run(2, backup.Partial, 50), run(1, backup.Success, 100)}, 3) // the newest first
	w.Resize(fyne.NewSize(400, 80))
	test.MoveMouse(w.Canvas(), fyne.NewPos(5, 20))
	test.TapCanvas(w.Canvas(), fyne.NewPos(2*barStep+5, 20))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) // there is none before it
	if len(hovered) == 0 || hovered[0] != 1 {
		t.Errorf("hovered %v, want the oldest at the left", hovered)
	}
	if want := []int64{3, 2, 1}; len(chosen) != 3 || chosen[0] != want[0] || chosen[1] != want[1] || chosen[2] != want[2] {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
	if s.height(0) != barHeight || s.height(2) != barLeast {
		t.Errorf("heights %v and %v", s.height(0), s.height(2))
	}
}
