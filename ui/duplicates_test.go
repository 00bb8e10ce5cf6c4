package ui

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backstop/app/desk"
	"backstop/app/incident"
)

// fakeDuplicates proposes two groups until they are merged: 1 with 2, and 3 with 5 and 6.
type fakeDuplicates struct {
	fakeMerger
	from time.Time
}

func (f *fakeDuplicates) DuplicatesOfTheDay(_ context.Context, _ desk.Actor, from, _ time.Time, _ *time.Location) ([]desk.Duplicates, error) {
	f.from = from
	groups := []desk.Duplicates{
		{Day: someMonday, Routine: "FS", Client: "harbour", Error: "status 58", IDs: []int64{1, 2}},
		{Day: someMonday, Routine: "DB", Client: "quay", Error: "status 13", IDs: []int64{3, 5, 6}},
	}
	for _, r := range f.merged {
		for i, g := range groups {
			if g.IDs[0] == r.Into {
				groups = append(groups[:i], groups[i+1:]...)
				break
			}
		}
	}
	return groups, f.err
}

type duplicatesStage struct {
	*duplicatesWizard
	desk  *fakeDuplicates
	q     *queue
	toast *toast
}

func newDuplicatesStage(t *testing.T) *duplicatesStage {
	t.Helper()
	s := &duplicatesStage{desk: &fakeDuplicates{}}
	s.q = newWizardStage(t, func(z *wizard) {
		s.toast = newToast(z.ui)
		s.duplicatesWizard = newDuplicatesWizard(z, s.desk, s.toast)
	})
	return s
}

func (s *duplicatesStage) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		s.q.run()
	}
}

func (s *duplicatesStage) letter(r rune) {
	s.window.Canvas().Focused().TypedRune(r)
	s.q.run()
}

// wantMerged fails unless these were merged into those.
func (s *duplicatesStage) wantMerged(t *testing.T, want string) {
	t.Helper()
	if got := fmt.Sprint(s.desk.merged); got != want {
		t.Errorf("merged %s, want %s", got, want)
	}
}

// One click merges all that are proposed; what would become of them can be seen before.
func TestDuplicates_mergesAll(t *testing.T) {
	s := newDuplicatesStage(t)
	if got := s.said.Text; got != "2 groups of 5 incidents: open, of one routine and client, with the same error on one day. Each group becomes its oldest incident." {
		t.Errorf("said %q", got)
	}
	if got := s.preview.said.Text; got != "2 times on 2026-03-02: FS, harbour, status 58." || s.preview.rows.Len() != 2 {
		t.Errorf("of the first it says %q, %d rows", got, s.preview.rows.Len())
	}
	if s.next.Text != "Merge 2 groups" {
		t.Fatalf("the button says %q", s.next.Text)
	}
	test.Tap(s.next)
	s.q.run()
	s.wantMerged(t, "[{1 [2] } {3 [5 6] }]")
	if s.ui.Window("wizard") != nil || s.toast.said.Text != "3 incidents merged into 2." || !s.toast.undo.Visible() {
		t.Errorf("told %q", s.toast.said.Text)
	}
}

// With keys alone: the cursor looks at a group, Space unticks it, Enter merges the rest.
func TestDuplicates_mergesWhatIsTicked(t *testing.T) {
	s := newDuplicatesStage(t)
	s.press(fyne.KeyDown)
	if s.preview.rows.Len() != 3 {
		t.Errorf("%d rows of the second group", s.preview.rows.Len())
	}
	s.press(fyne.KeySpace, fyne.KeyUp, fyne.KeySpace)
	s.press(fyne.KeyReturn)
	if s.hint.Text != "Tick the groups that are to be merged." || s.next.Text != "Merge 0 groups" {
		t.Errorf("hint %q, button %q", s.hint.Text, s.next.Text)
	}
	s.press(fyne.KeySpace, fyne.KeyReturn)
	s.wantMerged(t, "[{1 [2] }]")
}

// One group after the other, and what was merged so is told when the window is left.
func TestDuplicates_mergesOneByOne(t *testing.T) {
	s := newDuplicatesStage(t)
	s.press(fyne.KeyDown)
	s.letter('g')
	s.wantMerged(t, "[{3 [5 6] }]")
	if s.groups.Len() != 1 || s.preview.rows.Len() != 2 || s.next.Text != "Merge 1 group" {
		t.Errorf("%d groups are left, %d rows, button %q", s.groups.Len(), s.preview.rows.Len(), s.next.Text)
	}
	s.letter('G')
	if s.groups.Len() != 0 || s.preview.rows.Len() != 0 || s.preview.said.Text != "" {
		t.Errorf("%d groups are left", s.groups.Len())
	}
	s.letter('g')
	if s.hint.Text != "There is no group to merge." {
		t.Errorf("hint %q", s.hint.Text)
	}
	s.press(fyne.KeyReturn)
	if s.hint.Text != "There are no duplicates to merge." {
		t.Errorf("hint %q", s.hint.Text)
	}
	s.press(fyne.KeyEscape)
	if s.ui.Window("wizard") != nil || s.toast.said.Text != "3 incidents merged into 2." {
		t.Errorf("told %q", s.toast.said.Text)
	}
}

func TestDuplicates_isLeftWithoutAWord(t *testing.T) {
	s := newDuplicatesStage(t)
	s.press(fyne.KeyEscape)
	if s.ui.Window("wizard") != nil || s.toast.said.Text != "" || len(s.desk.merged) > 0 {
		t.Errorf("told %q", s.toast.said.Text)
	}
}

// What somebody else did meanwhile refuses all; the reason is said, and the proposal follows.
func TestDuplicates_saysWhatWentWrong(t *testing.T) {
	s := newDuplicatesStage(t)
	s.desk.err = errors.Join(incident.ErrNotAllowed)
	s.press(fyne.KeyReturn)
	if !s.hint.Visible() || s.ui.Window("wizard") == nil {
		t.Errorf("hint %q", s.hint.Text)
	}
	s.desk.err, s.desk.merged = nil, []desk.MergeRequest{{Into: 1, From: []int64{2}}}
	s.hear(desk.Event{Incidents: true})
	s.q.run()
	if s.groups.Len() != 1 || s.next.Text != "Merge 1 group" {
		t.Errorf("%d groups, button %q", s.groups.Len(), s.next.Text)
	}
}

func TestDuplicates_ofAPeriod(t *testing.T) {
	s := newDuplicatesStage(t)
	if !s.desk.from.IsZero() {
		t.Errorf("asked from %v", s.desk.from)
	}
	s.press(fyne.KeySpace)
	s.period.toggle("last 24 hours", true)
	s.q.run()
	if want := s.ui.now().Add(-24 * time.Hour); !s.desk.from.Equal(want) || len(s.grid.Selected()) != 2 {
		t.Errorf("asked from %v, %d ticked", s.desk.from, len(s.grid.Selected()))
	}
}
