package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"backstop/app/incident"
)

// press types keys into what has the focus.
func (s *closeStage) press(names ...fyne.KeyName) {
	s.t.Helper()
	for _, k := range names {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		s.q.run()
	}
}

func (s *closeStage) tab() { s.window.Canvas().FocusNext() }

func (s *closeStage) typed(text string) {
	test.Type(s.window.Canvas().Focused(), text)
	s.q.run()
}

// typeAccount fills the first step with keys alone: Reprocessed, the last of the statuses; Network, the first category; two texts.
func (s *closeStage) typeAccount() {
	s.t.Helper()
	s.press(fyne.KeyLeft)
	s.tab()
	s.press(fyne.KeyRight)
	s.tab()
	s.typed("A switch was down.")
	s.tab()
	s.typed("It was replaced.")
	s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	s.q.run()
}

// The whole of it without a mouse: one session for some, another for the others, a pair undone and linked again.
func TestCloseWizard_byKeysAlone(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}})
	s.typeAccount()
	s.wantStep("Sessions")
	s.window.Canvas().Focus(s.choice.table)
	s.press(fyne.KeyHome, fyne.KeySpace) // 1 not yet
	s.window.Canvas().Focus(s.choice.grid)
	s.press(fyne.KeyDown, fyne.KeySpace) // 71
	s.typed("a")
	if got := fmt.Sprint(s.choice.table.Selected(), s.pairing.pairs); got != "[1] [{2 71 } {3 71 }]" {
		t.Fatalf("selected and linked: %s", got)
	}
	s.typed("a")
	s.press(fyne.KeyReturn)
	s.wantStep("Verification")
	s.press(fyne.KeyHome)
	s.typed("x")
	s.press(fyne.KeyReturn)
	s.wantHint("1 has no session yet")
	s.window.Canvas().Focus(s.back)
	s.press(fyne.KeyReturn)
	s.wantStep("Sessions")
	s.typed("a")
	s.press(fyne.KeyReturn)
	s.wantStep("Verification")
	s.press(fyne.KeyReturn)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] [{2 71 } {3 71 } {1 70 }] [] {Network A switch was down. It was replaced.}]" || s.done != 1 {
		t.Errorf("closed %s", got)
	}
}

// Every field and every list of every step can be reached with Tab.
func TestCloseWizard_tabReachesAll(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}})
	reaches := func(what ...fyne.Focusable) {
		t.Helper()
		reached := map[fyne.Focusable]bool{}
		for range 12 {
			s.tab()
			reached[s.window.Canvas().Focused()] = true
		}
		for _, w := range what {
			if !reached[w] {
				t.Errorf("%s: Tab does not reach %T", s.steps[s.at].title, w)
			}
		}
	}
	reaches(s.account.status, s.account.category, s.account.description, s.account.solution, s.next, s.cancel)
	s.fill("Reprocessed")
	s.tap(s.next)
	reaches(s.choice.table, s.choice.search, s.choice.grid, s.back, s.next)
	s.tap(s.next)
	reaches(s.check.grid, s.back, s.next)
}

// Back keeps what was entered, from the last step to the first and forth again.
func TestCloseWizard_backKeepsAll(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}})
	s.fill("Reprocessed")
	s.tap(s.next)
	s.choice.table.Select(1, 2)
	s.q.run()
	s.choice.grid.Select(72)
	s.choice.note.SetText("Only scratch files are missing.")
	s.letter('a')
	s.tap(s.next)
	s.check.grid.Select(s.check.rows.ID(0)) // 3, without one
	s.letter('t')
	before := fmt.Sprint(s.pairing.pairs, s.pairing.out, s.account.read(), s.account.as())
	s.tap(s.back)
	s.tap(s.back)
	s.wantStep("Closing status")
	s.tap(s.next)
	s.tap(s.next)
	s.wantStep("Verification")
	if after := fmt.Sprint(s.pairing.pairs, s.pairing.out, s.account.read(), s.account.as()); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}
	s.tap(s.next)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] [{1 72 Only scratch files are missing.} {2 72 Only scratch files are missing.}] [3] {Network A switch was down. It was replaced.}]" {
		t.Errorf("closed %s", got)
	}
}

// Escape leaves without a word where nothing was entered, whatever is selected and whatever step is up.
func TestCloseWizard_escapeLeaves(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{anIncident(1, incident.New), anIncident(2, incident.New)}})
	s.press(fyne.KeyEscape)
	if s.ui.Window("wizard") != nil {
		t.Fatal("it asks although nothing was entered")
	}
	s = newCloseStage(t, &fakeCloser{roots: []incident.Incident{anIncident(1, incident.New), anIncident(2, incident.New)}})
	s.fill("Reprocessed")
	s.tap(s.next)
	s.window.Canvas().Focus(s.choice.table)
	s.press(fyne.KeyEscape)
	if s.window.Canvas().Overlays().Top() == nil {
		t.Fatal("it does not ask")
	}
	s.press(fyne.KeyEscape) // stay
	s.wantStep("Sessions")
	s.press(fyne.KeyEscape, fyne.KeyReturn)
	if s.ui.Window("wizard") != nil || len(s.desk.closed) > 0 {
		t.Error("it was not left")
	}
}

// A suggestion begins with the sessions in it; the account is still the person's, and the pairs can be corrected.
func TestCloseWizard_beginsSuggested(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{aGroup()}, suggested: []incident.Pair{{Incident: 1, Session: 70}, {Incident: 3, Session: 71}}})
	s.account.choose(incident.Reprocessed)
	s.suggest(s.account.tellSuggested)
	s.q.run()
	s.wantStep("Closing status")
	if got := s.account.taken.Text; !s.account.taken.Visible() || got != "Sessions are suggested for 2 of 3 incidents: the last step shows which." {
		t.Errorf("said %q", got)
	}
	s.fill("Reprocessed")
	s.tap(s.next)
	s.tap(s.next)
	s.wantStep("Verification")
	s.tap(s.next)
	s.wantHint("2 has no session yet")
	s.letter('t')
	s.tap(s.next)
	if got := fmt.Sprint(s.desk.closed); got != "[[1] [{1 70 } {3 71 }] [2] {Network A switch was down. It was replaced.}]" {
		t.Errorf("closed %s", got)
	}
}

// What was taken out is not said to be closed.
func TestCloseWizard_saysWhatWasDone(t *testing.T) {
	s := newCloseStage(t, &fakeCloser{roots: []incident.Incident{anIncident(1, incident.New), anIncident(2, incident.New), anIncident(3, incident.New)}})
	s.fill("Missed (lost)")
	if got := s.doneText(); got != "3 incidents closed as Missed (lost)." {
		t.Errorf("said %q", got)
	}
	s.fill("Reprocessed")
	for id, want := range map[incident.ID]string{2: "2 incidents closed as Reprocessed. 1 incident taken out: open.", 3: "1 closed as Reprocessed. 2 incidents taken out: open."} {
		s.pairing.out = []incident.ID{2, 3}[:id-1]
		if got := s.doneText(); got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}

func TestAccountPage_tellsWhatIsSuggested(t *testing.T) {
	for want, suggested := range map[string][]incident.Pair{
		"A session is suggested: the next step shows it.":              {{Incident: 1, Session: 70}},
		"No session can be suggested: choose one in the next step.":    nil,
		"Sessions are suggested for 1 of 2 incidents: the last step s": {{Incident: 2, Session: 70}},
	} {
		roots := []incident.Incident{anIncident(1, incident.New)}
		if len(suggested) > 0 && suggested[0].Incident == 2 {
			roots = append(roots, anIncident(2, incident.New))
		}
		s := newCloseStage(t, &fakeCloser{roots: roots, suggested: suggested})
		s.suggest(s.account.tellSuggested)
		s.q.run()
		if got := s.account.taken.Text; len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}
