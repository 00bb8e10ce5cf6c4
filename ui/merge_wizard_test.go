package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backstop/app/desk"
	"backstop/app/incident"
)

// fakeMerger has incidents 1 to 4: the third is on hold, the fourth is closed.
type fakeMerger struct {
	merged []desk.MergeRequest
	err    error
	during func(ctx context.Context, progress desk.Progress)
}

var someMonday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func anIncident(id incident.ID, s incident.State) incident.Incident {
	return incident.Incident{ID: id, Title: fmt.Sprintf("FS-%d failed", id), Client: "harbour", State: s, Cause: incident.CauseFailed, Opened: someMonday.Add(-time.Duration(id) * time.Hour), Failed: someMonday.Add(-time.Duration(id) * time.Hour)}
}

func (f *fakeMerger) Incidents(_ context.Context, _ desk.Actor, ids []int64) ([]incident.Incident, error) {
	var ins []incident.Incident
	for _, id := range ids {
		in := anIncident(incident.ID(id), incident.New)
		switch id {
		case 3:
			in.State, in.Until = incident.OnHold, someMonday.Add(26*time.Hour)
		case 4:
			in.State = incident.Closed
		}
		ins = append(ins, in)
	}
	return ins, nil
}

func (f *fakeMerger) MergeAll(ctx context.Context, _ desk.Actor, r []desk.MergeRequest, progress desk.Progress) error {
	if f.during != nil {
		f.during(ctx, progress)
	}
	if f.err == nil && ctx.Err() == nil {
		f.merged = append(f.merged, r...)
	}
	return errors.Join(f.err, ctx.Err())
}

// mergeStage is the wizard in its window.
type mergeStage struct {
	*mergeWizard
	desk *fakeMerger
	q    *queue
	done int
}

func newMergeStage(t *testing.T, ids ...int64) *mergeStage {
	t.Helper()
	s := &mergeStage{desk: &fakeMerger{}}
	s.q = newWizardStage(t, func(z *wizard) {
		s.mergeWizard = newMergeWizard(z, s.desk, ids, "selected")
		z.done = func() { s.done++ }
	})
	return s
}

func (s *mergeStage) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		s.q.run()
	}
}

func TestMergeWizard_asksBeforeItMerges(t *testing.T) {
	s := newMergeStage(t, 1, 2, 3, 4)
	if s.chosen != 3 {
		t.Errorf("destination %d is offered, not the oldest", s.chosen)
	}
	if got := s.said.Text; !strings.HasPrefix(got, "3 open incidents, selected. Left out: 1 closed.") {
		t.Errorf("said %q", got)
	}
	s.destination(0)
	test.Tap(s.next)
	if got := s.hint.Text; got != "Choose the destination." || s.at != 0 {
		t.Fatalf("hint = %q at %d", got, s.at)
	}
	s.destination(2)
	s.name.SetText("File servers down")
	test.Tap(s.next)
	s.wantPreview(t, "2 the destination: stays as it is", "1 into 2", "3 into 2; its hold until 2026-03-03 10:00 is left")
	if got := s.next.Text; got != "Merge 3 incidents" {
		t.Errorf("the button says %q", got)
	}
	if len(s.desk.merged) > 0 {
		t.Fatal("merged before it was asked for")
	}
	test.Tap(s.next)
	s.q.run()
	want := desk.MergeRequest{Into: 2, From: []int64{1, 3}, Title: "File servers down"}
	if len(s.desk.merged) != 1 || fmt.Sprint(s.desk.merged[0]) != fmt.Sprint(want) {
		t.Fatalf("merged = %+v, want %+v", s.desk.merged, want)
	}
	if s.done != 1 || s.ui.Window("wizard") != nil {
		t.Error("the window is still there")
	}
}

func (s *mergeStage) destination(id int64) {
	s.grid.Clear()
	if id != 0 {
		s.grid.Select(id)
	}
}

func (s *mergeStage) wantPreview(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	for _, b := range s.preview.rows.rows {
		got = append(got, fmt.Sprintf("%d %s", b.was.ID, s.preview.howText(b)))
	}
	if !slices.Equal(got, want) {
		t.Errorf("preview %q, want %q", got, want)
	}
}

// With keys alone: Space chooses, Enter goes on and does it.
func TestMergeWizard_byKeys(t *testing.T) {
	s := newMergeStage(t, 1, 2)
	s.press(fyne.KeyHome, fyne.KeySpace, fyne.KeyReturn)
	if s.at != 1 {
		t.Fatalf("at step %d: %q", s.at, s.hint.Text)
	}
	s.press(fyne.KeyReturn)
	if len(s.desk.merged) != 1 || s.desk.merged[0].Into != 1 {
		t.Errorf("merged = %+v", s.desk.merged)
	}
}

func TestMergeWizard_keepsWhatWasEntered(t *testing.T) {
	s := newMergeStage(t, 1, 2, 3)
	s.destination(1)
	s.name.SetText("One of three")
	test.Tap(s.next)
	test.Tap(s.back)
	if s.chosen != 1 || s.name.Text != "One of three" || s.at != 0 || !s.back.Disabled() {
		t.Errorf("destination %d, name %q", s.chosen, s.name.Text)
	}
}

// Escape asks only when something would be lost.
func TestMergeWizard_isLeft(t *testing.T) {
	s := newMergeStage(t, 1, 2)
	s.press(fyne.KeyEscape)
	if s.ui.Window("wizard") != nil {
		t.Fatal("it asks although nothing was entered")
	}
	s = newMergeStage(t, 1, 2)
	s.name.SetText("Two")
	s.press(fyne.KeyEscape)
	if s.window.Canvas().Overlays().Top() == nil {
		t.Fatal("it does not ask")
	}
	s.press(fyne.KeyEscape)
	if s.window.Canvas().Overlays().Top() != nil || s.ui.Window("wizard") == nil {
		t.Fatal("the person wanted to stay")
	}
	s.press(fyne.KeyEscape, fyne.KeyReturn)
	if s.ui.Window("wizard") != nil || len(s.desk.merged) > 0 || s.done > 0 {
		t.Error("it was not left")
	}
}

func TestMergeWizard_needsTwo(t *testing.T) {
	s := newMergeStage(t, 1, 4)
	test.Tap(s.next)
	if got := s.hint.Text; got != "At least two open incidents are needed for a merge." {
		t.Errorf("hint = %q", got)
	}
}

func TestMergeWizard_saysWhatWentWrong(t *testing.T) {
	s := newMergeStage(t, 1, 2)
	s.desk.err = fmt.Errorf("2 is merged into 7: open that one: %w", incident.ErrNotAllowed)
	s.press(fyne.KeyReturn, fyne.KeyReturn)
	if got := s.hint.Text; got != "2 is merged into 7: open that one." || s.done > 0 {
		t.Errorf("hint = %q", got)
	}
	s.desk.err = nil
	s.press(fyne.KeyReturn)
	if s.done != 1 {
		t.Error("it cannot be tried again")
	}
}

// What takes long shows how far it is, lets nothing else be pressed, and can be stopped.
func TestMergeWizard_showsProgressAndStops(t *testing.T) {
	s := newMergeStage(t, 1, 2)
	s.desk.during = func(_ context.Context, progress desk.Progress) {
		progress(1, 2)
		if s.bar.Value != 0.5 || !s.bar.Visible() || !s.next.Disabled() || !s.back.Disabled() {
			t.Errorf("bar at %v", s.bar.Value)
		}
		s.cancel.OnTapped()
	}
	s.press(fyne.KeyReturn, fyne.KeyReturn)
	if got := s.hint.Text; got != "Cancelled: nothing was changed." || len(s.desk.merged) > 0 || s.bar.Visible() {
		t.Errorf("hint = %q", got)
	}
}
