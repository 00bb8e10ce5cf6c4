package ui

import (
	"context"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/ui/look"
)

// showLines tells something about a file above the lines that it begins with.
func (u *UI) showLines(w fyne.Window, title, told string, b backup.Beginning) {
	about := widget.NewLabel(told)
	about.Wrapping = fyne.TextWrapWord
	shown := make([]string, 0, len(b.Lines))
	for _, l := range b.Lines {
		shown = append(shown, look.Printable(strings.ReplaceAll(l, "\t", "    ")))
	}
	lines := widget.NewLabelWithStyle(strings.Join(shown, "\n"), fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	below := mutedText(say.T("It begins with (%s, line ends %s):", b.Encoding, b.LineEnds))
	p := u.newPrompt(w, title, container.NewBorder(container.NewVBox(about, below), nil, nil, nil, container.NewScroll(lines)), "OK", justClose)
	p.cancel.Hide()
	p.show(fyne.NewSize(880, 560), p.ok)
}

// authorsReport shows what would be told to the authors of a file that cannot be read. The person may change it: what is folded, and is
// nobody's name, can be written out.
type authorsReport struct {
	ui     *UI
	window fyne.Window
	text   *field
}

// report gathers the report of the chosen file.
func (f *sourceFiles) report() {
	r, ok := f.chosen()
	if !ok {
		return
	}
	f.begins(r, func(b backup.Beginning, err error) {
		if err != nil {
			f.ui.showError(f.page.window, err)
			return
		}
		(&authorsReport{ui: f.ui, window: f.page.window}).open(backup.ForAuthors(r.Path, r.Reason, b))
	})
}

func (a *authorsReport) open(text string) {
	a.text = newTextField("", 20)
	a.text.Wrapping = fyne.TextWrapOff
	a.text.TextStyle.Monospace = true
	a.text.SetText(text)
	about := mutedText(say.T("Nothing is sent. Look through it, write what is missing, then copy or save it for whoever maintains Backstop."))
	copied := newButton(say.T("Copy"), theme.ContentCopyIcon(), func() { fyne.CurrentApp().Clipboard().SetContent(a.text.Text) })
	buttons := container.NewHBox(copied)
	p := a.ui.newPrompt(a.window, say.T("Report for the authors"), container.NewBorder(about, buttons, nil, nil, a.text), say.T("Save…"), justClose)
	p.accepted = a.save
	a.text.in(p)
	p.show(fyne.NewSize(880, 620), copied)
}

func (a *authorsReport) save() {
	text := a.text.Text
	a.ui.askFile(a.window, saving{title: say.T("Save the report"), name: "backstop-unread-export", kinds: []string{".txt"}, write: func(_ context.Context, path string, _ func(string)) (string, error) {
		return path, os.WriteFile(path, []byte(text), 0o600)
	}})
}
