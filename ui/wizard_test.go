package ui

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// forgetful is a store that keeps no settings, such as the sizes of windows that are closed; nothing else is asked of it.
type forgetful struct{ desk.Store }

func (forgetful) Setting(context.Context, string, any) error { return nil }

func (forgetful) SaveSetting(context.Context, string, any, []timeline.Entry) error { return nil }

// newWizardStage opens a wizard that build fills.
func newWizardStage(t *testing.T, build func(*wizard)) *queue {
	t.Helper()
	u, q, _ := newTestUI(t)
	u.desk = desk.New(desk.Parts{Store: forgetful{}})
	u.openWizard("wizard", "Wizard", fyne.NewSize(900, 600), build)
	q.run()
	return q
}

// A step that is not needed is passed over both ways, and the last button says what it does.
func TestWizard_passesOverWhatIsNotNeeded(t *testing.T) {
	var z *wizard
	long, refused := false, errors.New("tick the box")
	newWizardStage(t, func(w *wizard) {
		z = w
		page := func(title string) step { return step{title: title, body: widget.NewLabel(title)} }
		z.steps = []step{page("What"), page("Sessions"), page("Pairs")}
		z.steps[0].ready = func() error { return refused }
		z.steps[1].needed = func() bool { return long }
		z.steps[2].needed = func() bool { return long }
		z.finishing = func() string { return "Close" }
		z.lost = func() string { return "" }
	})
	if z.next.Text != "Close" || z.back.Hidden {
		t.Errorf("one step, and the button says %q", z.next.Text)
	}
	long = true
	z.refresh()
	test.Tap(z.next)
	if z.at != 0 || z.next.Text != "Next" || z.hint.Text != "Tick the box." {
		t.Errorf("at %d, %q, hint %q", z.at, z.next.Text, z.hint.Text)
	}
	refused = nil
	test.Tap(z.next)
	if z.at != 1 || z.hint.Visible() {
		t.Errorf("at %d, hint %q", z.at, z.hint.Text)
	}
	test.Tap(z.next)
	if z.at != 2 || z.next.Text != "Close" {
		t.Errorf("at %d, %q", z.at, z.next.Text)
	}
	z.steps[1].needed = func() bool { return false }
	test.Tap(z.back)
	if z.at != 0 || !z.back.Disabled() {
		t.Errorf("back at %d", z.at)
	}
}

// The keys of a step are its own.
func TestWizard_letters(t *testing.T) {
	var z *wizard
	pressed := 0
	newWizardStage(t, func(w *wizard) {
		z = w
		z.steps = []step{{title: "One", body: widget.NewLabel(""), letters: map[rune]func(){'x': func() { pressed++ }}}}
		z.finishing, z.lost = func() string { return "Close" }, func() string { return "" }
	})
	for _, r := range "xyX?" {
		z.window.Canvas().OnTypedRune()(r)
	}
	if pressed != 2 {
		t.Errorf("pressed %d times", pressed)
	}
	if z.window.Canvas().Overlays().Top() == nil {
		t.Error("? shows no keys")
	}
}
