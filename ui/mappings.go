package ui

import (
	"context"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// mappingKeeper is what the list of mappings asks of the desk.
type mappingKeeper interface {
	Mappings(ctx context.Context, actor desk.Actor) ([]desk.MappingRow, error)
	TakeMappings(ctx context.Context, actor desk.Actor, mappings []backup.Mapping, reason string) error
	RemoveMapping(ctx context.Context, actor desk.Actor, name, reason string) error
}

// mappingsPart lists what people taught, and shares it as a file.
type mappingsPart struct {
	ui     *UI
	window fyne.Window
	desk   mappingKeeper
	object fyne.CanvasObject
	asking *handling // for its dialogs
	toast  *toast

	rows   *list[desk.MappingRow]
	grid   *grid.Grid[desk.MappingRow]
	remove *button
	share  *button
}

func newMappingsPart(u *UI, w fyne.Window, d mappingKeeper) *mappingsPart {
	p := &mappingsPart{ui: u, window: w, desk: d, toast: newToast(u)}
	p.asking = &handling{ui: u, window: w, toast: p.toast}
	p.rows = &list[desk.MappingRow]{id: p.number}
	p.grid = grid.New[desk.MappingRow](p.rows, mappingColumns(u)...)
	p.grid.OnSelected = func([]int64) { p.enable() }
	p.grid.SetEmpty(emptyState(say.T("No mappings"), say.T("Choose a rejected file under Sources and press Teach… Or take a file of mappings that somebody shared.")))
	p.lay()
	return p
}

func mappingColumns(u *UI) []grid.Column[desk.MappingRow] {
	type row = desk.MappingRow
	return []grid.Column[row]{
		{Key: "name", Title: say.T("Mapping"), Width: 232, Text: func(r row) string { return r.Mapping.Name }},
		{Key: "tool", Title: say.T("Tool"), Width: 136, Text: func(r row) string { return r.Mapping.Constants[backup.FieldTool] }},
		{Key: "shape", Title: say.T("Shape"), Width: 72, Text: func(r row) string { return string(r.Mapping.Shape) }},
		{Key: "sources", Title: say.T("Sources"), Width: 72, Right: true, Text: func(r row) string { return countText(len(r.Sources)) }},
		{Key: "outcomes", Title: say.T("Words"), Width: 304, Text: func(r row) string { return r.Mapping.OutcomeWords() }},
		{Key: "saved", Title: say.T("Saved"), Width: 124, Text: func(r row) string { return u.clockText(r.SavedAt) }},
		{Key: "by", Title: say.T("Person"), Width: 112, Text: func(r row) string { return personWord(r.SavedBy) }},
	}
}

// number is a mapping's place in the list, from 1.
func (p *mappingsPart) number(m desk.MappingRow) int64 {
	for i, r := range p.rows.rows {
		if r.Mapping.Name == m.Mapping.Name {
			return int64(i + 1)
		}
	}
	return 0
}

func (p *mappingsPart) lay() {
	about := widget.NewLabel(say.T("How exports that no format knows are read. A mapping reads the files of its sources that have its columns; it holds no data of yours and can be shared.") + " " + say.T("Default: none; what Backstop reads by itself needs none."))
	about.Wrapping = fyne.TextWrapWord
	about.Importance = widget.LowImportance
	take := newButton(say.T("Take from a file…"), theme.FolderOpenIcon(), p.choose)
	p.share = newButton(say.T("Share as a file…"), theme.DocumentSaveIcon(), p.askShare)
	p.remove = newButton(say.T("Remove…"), theme.DeleteIcon(), p.askRemove)
	p.ui.only(desk.ToTeach, p.window, take, p.remove)
	top := container.NewVBox(headed(heading(say.T("Mappings")), p.remove, p.share, take), about)
	p.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), top), p.toast.object, p.grid)
	p.enable()
}

func (p *mappingsPart) focus() { p.window.Canvas().Focus(p.grid) }

// chosen are the mappings selected, else all.
func (p *mappingsPart) chosen() []backup.Mapping {
	var some, every []backup.Mapping
	selected := p.grid.Selected()
	for _, r := range p.rows.rows {
		every = append(every, r.Mapping)
		for _, id := range selected {
			if id == p.number(r) {
				some = append(some, r.Mapping)
			}
		}
	}
	if len(some) == 0 {
		return every
	}
	return some
}

func (p *mappingsPart) enable() {
	enable(p.remove, len(p.grid.Selected()) == 1)
	enable(p.share, p.rows.Len() > 0)
}

func (p *mappingsPart) reload(e desk.Event) {
	if !e.Settings {
		return
	}
	ask(p.ui.work, func() ([]desk.MappingRow, error) { return p.desk.Mappings(p.ui.ctx, p.ui.actor) }, func(rows []desk.MappingRow, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.rows.rows = rows
		p.grid.Reload()
		p.enable()
	})
}

func (p *mappingsPart) askRemove() {
	name := p.chosen()[0].Name
	p.asking.askWords(question{
		title: say.T("Remove %s", name), text: say.T("What it read stays. Files that it reads are rejected from then on, and open no incident."), placeHolder: say.T("why"), ok: say.T("Remove"), rows: 3,
		needed: say.T("say why; it goes on record"),
	}, func(reason string) error { return p.desk.RemoveMapping(p.ui.ctx, p.ui.actor, name, reason) }, func() { p.toast.show(say.T("Removed."), nil) })
}

// askShare writes the chosen mappings to a file.
func (p *mappingsPart) askShare() {
	mappings := p.chosen()
	p.ui.askFile(p.window, saving{
		title: say.Many(len(mappings), "Share 1 mapping", "Share %s mappings"), name: "backstop-mappings", kinds: []string{".json"},
		write: func(_ context.Context, path string, _ func(string)) (string, error) {
			return path, writeMappings(path, mappings)
		},
	})
}

func writeMappings(path string, mappings []backup.Mapping) error {
	var text strings.Builder
	if err := backup.WriteMappings(&text, mappings); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text.String()), 0o600)
}

// choose takes mappings from a file.
func (p *mappingsPart) choose() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
		}
		if err != nil || r == nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		p.take(path)
	}, p.window)
	d.Resize(fyne.NewSize(800, 560))
	d.Show()
}

// take reads a file of mappings and asks why where it would replace some.
func (p *mappingsPart) take(path string) {
	f, err := os.Open(path)
	if err != nil {
		p.ui.showError(p.window, err)
		return
	}
	defer f.Close()
	mappings, err := backup.ReadMappings(f)
	if err != nil {
		p.ui.showError(p.window, say.Error("%s: %w", shortPath(path), err))
		return
	}
	p.asking.askWords(question{
		title: say.Many(len(mappings), "Take 1 mapping", "Take %s mappings"), text: say.T("Mappings of the same name are replaced; the sources that read by them stay."), placeHolder: say.T("where they come from, and why"), ok: say.T("Take"),
		rows: 2, needed: say.T("say where they come from; it goes on record"),
	}, func(reason string) error { return p.desk.TakeMappings(p.ui.ctx, p.ui.actor, mappings, reason) }, func() { p.toast.show(say.Many(len(mappings), "1 mapping taken.", "%s mappings taken."), nil) })
}
