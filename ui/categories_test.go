package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
)

// fakeCategories notes what was asked for.
type fakeCategories struct {
	list []desk.Category
	done []string
	err  error
}

func (f *fakeCategories) Categories(context.Context, desk.Actor) ([]desk.Category, error) {
	return slices.Clone(f.list), nil
}

func (f *fakeCategories) note(words ...any) error {
	if f.err == nil {
		f.done = append(f.done, fmt.Sprint(words...))
	}
	return f.err
}

func (f *fakeCategories) AddCategory(_ context.Context, actor desk.Actor, name string) error {
	return f.note(actor.Name, " adds ", name)
}

func (f *fakeCategories) RenameCategory(_ context.Context, actor desk.Actor, from, to string) error {
	return f.note(actor.Name, " renames ", from, " to ", to)
}

func (f *fakeCategories) RetireCategory(_ context.Context, actor desk.Actor, name string, retired bool) error {
	return f.note(actor.Name, " retires ", name, " ", retired)
}

func newCategories(t *testing.T) (*categoriesPart, *fakeCategories, *queue) {
	t.Helper()
	u, q, _ := newTestUI(t)
	f := &fakeCategories{list: []desk.Category{{Name: "Network"}, {Name: "Tape", Retired: true}}}
	w := test.NewTempWindow(t, widget.NewLabel(""))
	p := newCategoriesPart(u, w, f)
	w.SetContent(p.object)
	w.Resize(fyne.NewSize(900, 600))
	p.reload(desk.Event{Settings: true})
	q.run()
	return p, f, q
}

func TestCategories_areEdited(t *testing.T) {
	p, f, q := newCategories(t)
	if !p.rename.Disabled() || !p.retire.Disabled() {
		t.Error("without a choice there is nothing to rename or retire")
	}
	answer := func(text string) {
		field := p.window.Canvas().Focused().(*field)
		field.SetText(text)
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		q.run()
	}
	p.askAdd()
	answer("Robot")
	p.grid.Select(1)
	test.Tap(p.rename)
	answer("Networks")
	test.Tap(p.retire)
	q.run()
	p.grid.Select(2)
	if p.retire.Text != "Take back" {
		t.Errorf("the button of a retired one says %q", p.retire.Text)
	}
	test.Tap(p.retire)
	q.run()
	if want := []string{"ines adds Robot", "ines renames Network to Networks", "ines retires Network true", "ines retires Tape false"}; !slices.Equal(f.done, want) {
		t.Errorf("%q, want %q", f.done, want)
	}
}

// A refusal is said in the dialog, which stays with what was entered.
func TestPrompt_staysWhenRefused(t *testing.T) {
	p, f, q := newCategories(t)
	f.err = errors.New("there is a category \"Network\" already")
	p.askAdd()
	answer := p.window.Canvas().Focused().(*field)
	answer.SetText("network")
	answer.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	q.run()
	if p.window.Canvas().Overlays().Top() == nil || answer.Text != "network" {
		t.Fatal("the dialog is gone")
	}
	answer.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.window.Canvas().Overlays().Top() != nil {
		t.Error("Escape did not leave it")
	}
}

// Letters of the window below open nothing while a dialog is open, and are the window's again afterwards.
func TestPrompt_keepsTheLettersToItself(t *testing.T) {
	u, _, _ := newTestUI(t)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	heard := ""
	w.Canvas().SetOnTypedRune(func(r rune) { heard += string(r) })
	p := u.newPrompt(w, "Title", widget.NewLabel("body"), "OK", justClose)
	p.show(fyne.NewSize(300, 0), p.ok)
	p.ok.TypedRune('e')
	p.ok.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if heard != "" {
		t.Errorf("the window heard %q", heard)
	}
	w.Canvas().OnTypedRune()('n')
	if heard != "n" {
		t.Errorf("afterwards the window heard %q", heard)
	}
}

func TestToast_goesByItself(t *testing.T) {
	u, q, l := newTestUI(t)
	to := newToast(u)
	undone := 0
	to.show("Renamed.", func() error { undone++; return nil })
	first := l.due
	l.due = nil
	to.show("Noted.", func() error { undone++; return nil })
	first[0]() // the time of the first is over, that of the second is not
	if !to.object.Visible() || to.said.Text != "Noted." {
		t.Errorf("it says %q", to.said.Text)
	}
	test.Tap(to.undo)
	q.run()
	if undone != 1 || to.said.Text != "Taken back." || to.undo.Visible() {
		t.Errorf("undone %d times, it says %q", undone, to.said.Text)
	}
	l.run()
	if to.object.Visible() {
		t.Error("it stayed")
	}
}
