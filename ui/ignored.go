package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// ignoreKeeper is what the list of ignored files asks of the desk.
type ignoreKeeper interface {
	Ignored(ctx context.Context, actor desk.Actor) ([]backup.IgnoreRule, error)
	HeedFiles(ctx context.Context, actor desk.Actor, rule backup.IgnoreRule, reason string) error
	Sources(ctx context.Context, actor desk.Actor) ([]desk.SourceState, error)
}

// ignoredRule is a rule with the name of its source.
type ignoredRule struct {
	backup.IgnoreRule
	number int64
	source string
}

// ignoredPart lists the files that are passed over, and takes that back.
type ignoredPart struct {
	ui     *UI
	desk   ignoreKeeper
	object fyne.CanvasObject
	window fyne.Window
	asking *handling
	toast  *toast
	rows   *list[ignoredRule]
	grid   *grid.Grid[ignoredRule]
	heed   *button
}

func newIgnoredPart(u *UI, w fyne.Window, d ignoreKeeper) *ignoredPart {
	p := &ignoredPart{ui: u, window: w, desk: d, toast: newToast(u)}
	p.asking = &handling{ui: u, window: w, toast: p.toast}
	p.rows = &list[ignoredRule]{id: func(r ignoredRule) int64 { return r.number }}
	p.grid = grid.New[ignoredRule](p.rows, ignoredColumns(u)...)
	p.grid.OnSelected = func([]int64) { p.enable() }
	p.grid.SetEmpty(emptyState(say.T("No files are ignored"), say.T("Choose a rejected file under Sources and press Ignore files like this…")))
	p.heed = newButton(say.T("Read them again…"), theme.VisibilityIcon(), p.askHeed)
	u.only(desk.ToAdminister, w, p.heed)
	about := widget.NewLabel(say.T("Files that are not read where they come by themselves. Nothing in them opens an incident, so each rule bears its reason and stands on the timeline.") + " " + say.T("Default: none, so that nothing is missed silently."))
	about.Wrapping = fyne.TextWrapWord
	about.Importance = widget.LowImportance
	top := container.NewVBox(headed(heading(say.T("Ignored files")), p.heed), about)
	p.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), top), p.toast.object, p.grid)
	p.enable()
	return p
}

func ignoredColumns(u *UI) []grid.Column[ignoredRule] {
	type row = ignoredRule
	return []grid.Column[row]{
		{Key: "files", Title: say.T("Files named"), Width: 232, Text: func(r row) string { return r.Pattern }},
		{Key: "source", Title: say.T("In"), Width: 168, Text: func(r row) string { return r.source }},
		{Key: "reason", Title: say.T("Reason"), Width: 376, Text: func(r row) string { return r.Reason }},
		{Key: "at", Title: say.T("Since"), Width: 128, Text: func(r row) string { return u.clockText(r.At) }, Value: func(r row) any { return r.At }},
		{Key: "by", Title: say.T("Person"), Width: 136, Text: func(r row) string { return personWord(r.By) }},
	}
}

func (p *ignoredPart) focus() { p.window.Canvas().Focus(p.grid) }

func (p *ignoredPart) enable() { enable(p.heed, len(p.grid.Selected()) == 1) }

func (p *ignoredPart) reload(e desk.Event) {
	if !e.Settings && !e.Sources {
		return
	}
	ask(p.ui.work, p.read, func(rows []ignoredRule, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.rows.rows = rows
		p.grid.Reload()
		p.enable()
	})
}

func (p *ignoredPart) read() ([]ignoredRule, error) {
	rules, err := p.desk.Ignored(p.ui.ctx, p.ui.actor)
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	sources, err := p.desk.Sources(p.ui.ctx, p.ui.actor)
	names := map[int64]string{0: say.T("every source")}
	for _, s := range sources {
		names[s.ID] = desk.SourceWord(s.Name)
	}
	rows := make([]ignoredRule, 0, len(rules))
	for i, r := range rules {
		name, ok := names[r.Source]
		if !ok {
			name = say.T("a source that was removed")
		}
		rows = append(rows, ignoredRule{r, int64(i + 1), name})
	}
	return rows, err
}

func (p *ignoredPart) askHeed() {
	rule, ok := p.rows.find(p.grid.Selected()[0])
	if !ok {
		return
	}
	p.asking.askWords(question{
		title: say.T("Read files like %s again", look.Printable(rule.Pattern)), text: say.T("What was passed over in watched folders is read now, and may open incidents."), placeHolder: say.T("why"), ok: say.T("Read them"),
		rows: 3, needed: say.T("say why; it goes on record"),
	}, func(reason string) error { return p.desk.HeedFiles(p.ui.ctx, p.ui.actor, rule.IgnoreRule, reason) }, func() { p.toast.show(say.T("They are read from now on."), nil) })
}
