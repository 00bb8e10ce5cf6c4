package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// fakeCloser closes what it is given. Sessions 70 and 71 are later successes, 72 is partial, 73 failed.
type fakeCloser struct {
	roots     []incident.Incident
	suggested []incident.Pair
	asked     [][]int64 // whom sessions were looked for
	draft     *desk.Draft
	within    time.Duration
	closed    []string
}

var someSessions = []desk.ExecutionRow{aSession(70, 0, backup.Success), aSession(71, 1, backup.Success), aSession(72, 2, backup.Partial), aSession(73, 3, backup.Failed)}

func (f *fakeCloser) Incidents(_ context.Context, _ desk.Actor, ids []int64) ([]incident.Incident, error) {
	return slices.DeleteFunc(slices.Clone(f.roots), func(in incident.Incident) bool { return !slices.Contains(ids, int64(in.ID)) }), nil
}

func (f *fakeCloser) Categories(context.Context, desk.Actor) ([]desk.Category, error) {
	return []desk.Category{{Name: "Network"}, {Name: "Human", Retired: true}, {Name: "Other"}}, nil
}

func (f *fakeCloser) Sessions(_ context.Context, _ desk.Actor, ids []incident.ExecutionID) ([]desk.ExecutionRow, error) {
	return slices.DeleteFunc(slices.Clone(someSessions), func(s desk.ExecutionRow) bool { return !slices.Contains(ids, incident.ExecutionID(s.ID)) }), nil
}

func (f *fakeCloser) Candidates(_ context.Context, _ desk.Actor, ids []int64, q desk.CandidateQuery) ([]desk.Candidate, error) {
	f.asked = append(f.asked, ids)
	found := []desk.Candidate{{ExecutionRow: someSessions[0], Fits: len(ids), Reason: "same routine and client"}, {ExecutionRow: someSessions[1], Fits: len(ids)}, {ExecutionRow: someSessions[2], Fits: len(ids), Note: true}}
	f.within = q.Within
	if q.Text != "" {
		found = append(found, desk.Candidate{ExecutionRow: someSessions[3], Refused: "it saved nothing: its outcome is failed"})
	}
	return found, nil
}

func (f *fakeCloser) SuggestPairs(context.Context, desk.Actor, []int64, desk.Progress) ([]incident.Pair, error) {
	return f.suggested, nil
}

func (f *fakeCloser) Draft(context.Context, desk.Actor, int64) (desk.Draft, bool, error) {
	if f.draft == nil {
		return desk.Draft{}, false, nil
	}
	return *f.draft, true, nil
}

func (f *fakeCloser) KeepDraft(_ context.Context, _ desk.Actor, _ int64, d *desk.Draft) error {
	f.draft = d
	return nil
}

func (f *fakeCloser) Close(_ context.Context, _ desk.Actor, ids []int64, as incident.Closing, a incident.Account, _ desk.Progress) error {
	f.closed = append(f.closed, fmt.Sprint(ids, as, a))
	return nil
}

func (f *fakeCloser) CloseReprocessed(_ context.Context, _ desk.Actor, ids []int64, r incident.Reprocessing, _ desk.Progress) error {
	f.closed = append(f.closed, fmt.Sprint(ids, r.Pairs, r.TakenOut, r.Account))
	return nil
}

// closeStage is the wizard in its window.
type closeStage struct {
	*closeWizard
	t    *testing.T
	desk *fakeCloser
	q    *queue
	done int
}

func newCloseStage(t *testing.T, d *fakeCloser) *closeStage {
	t.Helper()
	s := &closeStage{t: t, desk: d}
	var ids []int64
	for _, in := range d.roots {
		ids = append(ids, int64(in.ID))
	}
	s.q = newWizardStage(t, func(z *wizard) {
		f, err := readClose(t.Context(), d, z.ui.actor, ids)
		if err != nil {
			t.Fatal(err)
		}
		s.closeWizard = newCloseWizard(z, d, ids, f)
		z.done = func() { s.done++ }
	})
	return s
}

// fill gives the account that all need.
func (s *closeStage) fill(status string) {
	s.account.status.SetSelected(status)
	s.account.category.SetSelected("Network")
	s.account.description.SetText("A switch was down.")
	s.account.solution.SetText("It was replaced.")
}

func (s *closeStage) tap(b *button) {
	test.Tap(b)
	s.q.run()
}

func (s *closeStage) letter(r rune) {
	s.window.Canvas().OnTypedRune()(r)
	s.q.run()
}

// at fails unless this step is up.
func (s *closeStage) wantStep(title string) {
	s.t.Helper()
	if got := s.steps[s.at].title; got != title {
		s.t.Fatalf("at %q, want %q; hint %q", got, title, s.hint.Text)
	}
}

func (s *closeStage) wantHint(part string) {
	s.t.Helper()
	if !s.hint.Visible() || !strings.Contains(s.hint.Text, part) {
		s.t.Fatalf("hint %q, want %q", s.hint.Text, part)
	}
}

// Success and Missed go to the end at once.
func TestCloseWizard_asksForAnAccount(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}})
	s.wantStep("Closing status")
	for _, tt := range []struct {
		hint string
		fill func()
	}{
		{"Choose a closing status.", func() { s.account.status.SetSelected("Missed (lost)") }},
		{"A description is needed", func() { s.account.description.SetText("A switch was down.") }},
		{"A solution is needed", func() { s.account.solution.SetText("None in time.") }},
	} {
		s.tap(s.next)
		s.wantHint(tt.hint)
		tt.fill()
	}
	if s.next.Text != "Close 3 incidents" {
		t.Errorf("the button says %q", s.next.Text)
	}
	s.tap(s.next)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] missed {Other A switch was down. None in time.}]" || s.done != 1 {
		t.Errorf("closed %s", got)
	}
	if got := s.account.whatText(); got != "1 is closed. 2 merged incidents will be closed with it; the timeline of each says from where." {
		t.Errorf("said %q", got)
	}
}

// One session for all is three times Next.
func TestCloseWizard_oneSessionForAll(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}})
	s.fill("Reprocessed")
	s.tap(s.next)
	s.wantStep("Sessions")
	if got := fmt.Sprint(s.desk.asked[len(s.desk.asked)-1]); got != "[1 2 3]" {
		t.Errorf("sessions were looked for for %s", got)
	}
	s.tap(s.next)
	s.wantStep("Verification")
	s.tap(s.next)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] [{1 70 } {2 70 } {3 70 }] [] {Network A switch was down. It was replaced.}]" {
		t.Errorf("closed %s", got)
	}
}

// Some with one session, the others with another; a pair is undone, and its incident chosen for again.
func TestCloseWizard_addsReprocessing(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}})
	s.fill("Reprocessed")
	s.tap(s.next)
	s.choice.table.Select(1)
	s.q.run()
	s.choice.grid.Select(71)
	s.letter('a')
	if got := fmt.Sprint(s.choice.table.Selected(), s.pairing.pairs); got != "[2 3] [{1 71 }]" {
		t.Errorf("selected and linked: %s", got)
	}
	s.letter('A') // the best for the others
	s.tap(s.next)
	s.wantStep("Verification")
	s.check.grid.Select(s.check.rows.ID(1))
	s.letter('x')
	if got := s.check.noteText(s.check.rows.rows[0]); s.check.rows.rows[0].in.ID != 2 || got != "no session yet" {
		t.Errorf("first is %d: %q", s.check.rows.rows[0].in.ID, got)
	}
	s.tap(s.next)
	s.wantHint("2 has no session yet")
	s.tap(s.back)
	s.wantStep("Sessions")
	if got := fmt.Sprint(s.choice.table.Selected()); got != "[2]" {
		t.Errorf("to be chosen for: %s", got)
	}
	s.letter('a')
	s.tap(s.next)
	s.tap(s.next)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] [{1 71 } {3 70 } {2 70 }] [] {Network A switch was down. It was replaced.}]" {
		t.Errorf("closed %s", got)
	}
}

func TestCloseWizard_suggestsAndTakesOut(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}, suggested: []incident.Pair{{Incident: 1, Session: 70}, {Incident: 3, Session: 71}}})
	s.fill("Reprocessed")
	s.tap(s.next)
	s.letter('s')
	s.wantStep("Verification")
	if got := s.check.said.Text; got != "3 incidents, 2 sessions. 1 without one: go Back and choose, or take out what nothing made good." {
		t.Errorf("said %q", got)
	}
	s.check.grid.Select(s.check.rows.ID(0))
	s.letter('t')
	if s.next.Text != "Close 2 incidents" {
		t.Errorf("the button says %q", s.next.Text)
	}
	s.tap(s.next)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] [{1 70 } {3 71 }] [2] {Network A switch was down. It was replaced.}]" {
		t.Errorf("closed %s", got)
	}
}

// What cannot make it good says why, and a partial session asks for a note.
func TestCloseWizard_refusesSessions(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{anIncident(1, incident.New)}})
	s.fill("Reprocessed")
	s.tap(s.next)
	s.choice.search.SetText("s7")
	s.choice.ask()
	s.q.run()
	s.choice.grid.Select(73)
	s.tap(s.next)
	s.wantHint("Session s73 cannot make it good: it saved nothing: its outcome is failed.")
	for _, option := range []string{"within 24 hours", "within 7 days"} {
		s.choice.began.toggle(option, true)
		s.q.run()
	}
	if s.desk.within != 7*24*time.Hour || s.choice.search.Text != "s7" {
		t.Errorf("asked within %v", s.desk.within)
	}
	s.choice.grid.Clear()
	s.tap(s.next)
	s.wantHint("Choose the session that made them good")
	s.choice.grid.Select(72)
	if !s.choice.asks.Visible() {
		t.Error("no note is asked for")
	}
	s.tap(s.next)
	s.wantHint("A note is needed")
	s.choice.note.SetText("Only scratch files are missing.")
	s.tap(s.next)
	s.tap(s.next)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] [{1 72 Only scratch files are missing.}] [] {Network A switch was down. It was replaced.}]" {
		t.Errorf("closed %s", got)
	}
}

// What was begun for one incident is kept with it; for several the person is asked.
func TestCloseWizard_keepsADraft(t *testing.T) {
	d := &fakeCloser{roots: []incident.Incident{aGroup()}}
	s := newCloseStage(t, d)
	s.fill("Reprocessed")
	s.tap(s.next)
	s.letter('a')
	s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.q.run()
	if d.draft == nil || d.draft.Account.Description != "A switch was down." || len(d.draft.Pairs) != 3 {
		t.Fatalf("kept %+v", d.draft)
	}
	s = newCloseStage(t, d)
	if s.account.status.Selected != "Reprocessed" || s.account.solution.Text != "It was replaced." || len(s.pairing.pairs) != 3 || !s.account.taken.Visible() {
		t.Errorf("taken up: %q, %d pairs", s.account.status.Selected, len(s.pairing.pairs))
	}
	for range 3 {
		s.tap(s.next)
	}
	if d.draft != nil || len(d.closed) != 1 {
		t.Errorf("the draft stayed: %+v", d.draft)
	}

	s = newCloseStage(t, &fakeCloser{roots: []incident.Incident{anIncident(1, incident.New), anIncident(2, incident.New)}})
	s.fill("Missed (lost)")
	s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.window.Canvas().Overlays().Top() == nil {
		t.Error("what was entered for several is lost without a word")
	}
}

// More than fifty are shown first; vital ones need their own tick.
func TestCloseWizard_ofMany(t *testing.T) {
	d := &fakeCloser{}
	for id := incident.ID(1); id <= 60; id++ {
		in := anIncident(id, incident.New)
		in.Tool, in.Client = []string{"Veeam", "restic", "Veeam"}[id%3], fmt.Sprintf("host-%d", id%5)
		in.Vital = id == 7
		d.roots = append(d.roots, in)
	}
	s := newCloseStage(t, d)
	s.wantStep("What is closed")
	s.tap(s.next)
	s.wantHint("Vital incidents are among them")
	s.scope.agreed.SetChecked(true)
	s.tap(s.next)
	s.wantStep("Closing status")
	rows := shares(s.pairing.members)
	if got := fmt.Sprint(rows[0], rows[1], rows[2], rows[3], len(rows)); got != "{Vital 7 · FS-7 failed · host-2 1} {Tool Veeam 40} {Tool restic 20} {Client host-0 12} 8" {
		t.Errorf("shares: %s", got)
	}
	if got := sharesText(rows); got != "2 tools, 5 clients, 1 vital" {
		t.Errorf("said %q", got)
	}
}
