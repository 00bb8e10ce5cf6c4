package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// forgottenBar stands above all pages until somebody has said, or put off, what becomes of the files that were imported after the state
// that the database went back to.
type forgottenBar struct {
	*strap
	ui   *UI
	said *widget.Label
	now  desk.Forgotten
}

func newForgottenBar(u *UI, w fyne.Window) *forgottenBar {
	b := &forgottenBar{ui: u, said: widget.NewLabel("")}
	b.said.Wrapping = fyne.TextWrapWord
	later := newButton(say.T("Not now"), nil, func() {
		ask(u.work, func() (struct{}, error) { return struct{}{}, u.desk.LeaveForgotten(u.ctx, u.actor, false, "") }, func(_ struct{}, err error) { u.showError(w, err) })
	})
	again := newButton(say.T("Read again…"), nil, func() { u.askForgotten(w, b.now) })
	again.Importance = widget.HighImportance
	u.only(desk.ToImport, w, later, again)
	b.strap = newStrap(theme.QuestionIcon(), b.said, later, again)
	return b
}

// reload shows the question while it waits. One that was put off is found among those of the sources.
func (b *forgottenBar) reload(e desk.Event) {
	if !e.Sources {
		return
	}
	ask(b.ui.work, func() (desk.Forgotten, error) { return b.ui.desk.Forgotten(b.ui.ctx, b.ui.actor) }, func(f desk.Forgotten, err error) {
		b.now = f
		waits := err == nil && len(f.Files) > 0 && !f.Later
		if waits {
			b.said.SetText(b.ui.forgottenWords(f) + " " + say.T("Until this is answered, no folder is looked into."))
		}
		b.show(waits)
	})
}

func (u *UI) forgottenWords(f desk.Forgotten) string {
	first, last := u.clockText(f.Files[0].Imported), u.clockText(f.Files[len(f.Files)-1].Imported)
	files := say.Many(len(f.Files), "1 file", "%s files")
	if first == last {
		return say.T("This database went back to an earlier state. Imported after it, and kept: %s, %s.", files, first)
	}
	return say.T("This database went back to an earlier state. Imported after it, and kept: %s, from %s to %s.", files, first, last)
}

// forgottenQuestion is the same one as it waits on the page of the sources, where it can be answered for good.
func (u *UI) forgottenQuestion(w fyne.Window, f desk.Forgotten) fyne.CanvasObject {
	said := widget.NewLabel(u.forgottenWords(f) + " " + say.T("Read them again?"))
	said.Wrapping = fyne.TextWrapWord
	again := newButton(say.T("Read again…"), nil, func() { u.askForgotten(w, f) })
	leave := newButton(say.T("Leave them…"), nil, func() {
		u.askReason(w, say.T("Leave the files unread"), say.T("Their runs stay unknown, and what failed opens no incident. The copies stay until retention drops them."), say.T("Leave them"), func(reason string) error {
			return u.desk.LeaveForgotten(u.ctx, u.actor, true, reason)
		}, nil)
	})
	u.only(desk.ToImport, w, again, leave)
	return asked(said, container.NewHBox(again, leave))
}

// askForgotten says what reading the files again does, and asks what those belong to whose sources are not known either.
func (u *UI) askForgotten(w fyne.Window, f desk.Forgotten) {
	ask(u.work, func() ([]desk.SourceState, error) { return u.desk.Sources(u.ctx, u.actor) }, func(sources []desk.SourceState, err error) {
		if err != nil {
			u.showError(w, err)
			return
		}
		names := []string{desk.ByHand}
		for _, s := range sources {
			if s.Name != desk.ByHand {
				names = append(names, s.Name)
			}
		}
		u.showForgotten(w, f, names)
	})
}

func (u *UI) showForgotten(w fyne.Window, f desk.Forgotten, sources []string) {
	about := widget.NewLabel(say.T("They are read in the order in which they were imported, with the settings of today. Their runs come back, and incidents as the rules open them. What people did to those since does not: notes, closings, merges."))
	about.Wrapping = fyne.TextWrapWord
	files := widget.NewLabel(u.forgottenList(f.Files))
	files.Wrapping = fyne.TextWrapBreak
	body := container.NewVBox(files, about)
	instead := map[string]*choice{}
	if len(f.Lost) > 0 {
		lost := widget.NewLabel(say.T("These sources are not in this database either. Their files are read as those of the source chosen here, with its settings; or add the source again first, under its name."))
		lost.Wrapping = fyne.TextWrapWord
		form := container.New(layout.NewFormLayout())
		for _, name := range f.Lost {
			c := newChoice(each(sources, desk.SourceWord), nil)
			c.SetSelectedIndex(0)
			instead[name] = c
			form.Add(widget.NewLabel(lostName(name)))
			form.Add(c)
		}
		body.Add(lost)
		body.Add(form)
	}
	p := u.newPrompt(w, say.Many(len(f.Files), "Read 1 file again?", "Read %s files again?"), body, say.T("Read again"), justClose)
	p.accepted = func() {
		chosen := map[string]string{}
		for name, c := range instead {
			chosen[name] = sources[max(c.SelectedIndex(), 0)]
		}
		u.main.importing.run(say.Many(len(f.Files), "Reading 1 file again …", "Reading %s files again …"), func(ctx context.Context, tell func(backup.Progress)) ([]backup.FileResult, error) {
			return u.desk.ReadForgotten(ctx, u.actor, chosen, tell)
		})
	}
	p.show(fyne.NewSize(600, 0), p.ok)
}

// forgottenList are the first of the files, each with when it was imported.
func (u *UI) forgottenList(files []backup.Origin) string {
	const shown = 8
	var lines []string
	for _, o := range files[:min(len(files), shown)] {
		lines = append(lines, u.clockText(o.Imported)+"  "+look.Printable(o.Path))
	}
	if len(files) > shown {
		lines = append(lines, say.T("… and %s more", countText(len(files)-shown)))
	}
	return strings.Join(lines, "\n")
}

// lostName is a source that the database does not know, or whose name nobody knows.
func lostName(name string) string {
	if name == "" {
		return say.T("of a source that nobody knows")
	}
	return look.Printable(desk.SourceWord(name))
}
