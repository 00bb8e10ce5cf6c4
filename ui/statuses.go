package ui

import (
	"context"
	"slices"

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

// statusKeeper is what the editor of the status map asks of the desk.
type statusKeeper interface {
	Statuses(ctx context.Context, actor desk.Actor) ([]desk.StatusRow, error)
	MapStatus(ctx context.Context, actor desk.Actor, rule backup.StatusRule, reason string) error
	ResetStatuses(ctx context.Context, actor desk.Actor, tool, reason string, rules ...backup.StatusRule) error
}

// statusesPart shows what tools' words and codes mean, and changes it: each word seen in this database or known to a format, what the
// format makes of it, what it means here, and whether it opens an incident.
type statusesPart struct {
	ui     *UI
	window fyne.Window
	desk   statusKeeper
	object fyne.CanvasObject
	toast  *toast

	all     []desk.StatusRow
	rows    *list[desk.StatusRow]
	numbers map[desk.StatusSeen]int64 // a row's number as long as the window is there
	grid    *grid.Grid[desk.StatusRow]
	tool    *chooser
	seen    *tick
	changed *tick
	said    *widget.Label
	change  *button
	reset   *button
	looked  bool // somebody has: counting goes over every execution, and nobody counts what nobody looks at
}

func newStatusesPart(u *UI, w fyne.Window, d statusKeeper) *statusesPart {
	p := &statusesPart{ui: u, window: w, desk: d, toast: newToast(u), numbers: map[desk.StatusSeen]int64{}, said: widget.NewLabel("")}
	p.rows = &list[desk.StatusRow]{id: p.number}
	p.grid = grid.New[desk.StatusRow](p.rows, statusColumns(u)...)
	p.grid.OnSelected = func([]int64) { p.enable() }
	p.grid.OnCurrent = func(int64) { p.enable() }
	p.grid.OnOpen = func(id int64) { p.ask(id) }
	p.tool = newChooser(say.T("Tool"), func([]string) { p.narrow() })
	p.seen = newTick(say.T("Only what was seen here"), false)
	p.seen.OnChanged = func(bool) { p.narrow() }
	p.changed = newTick(say.T("Only what was changed here"), false)
	p.changed.OnChanged = func(bool) { p.narrow() }
	p.build()
	return p
}

func statusColumns(u *UI) []grid.Column[desk.StatusRow] {
	type row = desk.StatusRow
	return []grid.Column[row]{
		{Key: "tool", Title: say.T("Tool"), Width: 128, Text: func(r row) string { return r.Tool }},
		{Key: "word", Title: say.T("Word"), Width: 176, Text: func(r row) string { return orNone(r.Word, r.Code) }},
		{Key: "code", Title: say.T("Code"), Width: 80, Text: func(r row) string { return r.Code }},
		{Key: "meaning", Title: say.T("The code in words"), Width: 176, Text: func(r row) string { return say.Again(r.Meaning) }},
		{Key: "told", Title: say.T("Built-in"), Width: 128, Text: func(r row) string { return outcomeWord(r.Told) }, Tone: func(r row) look.Tone { return outcomeTone(r.Told) }},
		{Key: "outcome", Title: say.T("Means here"), Width: 128, Text: func(r row) string { return outcomeWord(r.Outcome) }, Tone: func(r row) look.Tone { return outcomeTone(r.Outcome) }},
		{Key: "opens", Title: say.T("Opens an incident"), Width: 136, Text: statusOpensText},
		{Key: "count", Title: say.T("Seen"), Width: 72, Right: true, Text: func(r row) string { return countText(r.Count) }},
		{Key: "last", Title: say.C("time something was seen", "Last"), Width: 124, Text: func(r row) string { return u.clockText(r.Last) }},
	}
}

// orNone is a tool's word; a run that ended without one has no code either.
func orNone(word, code string) string {
	if word == "" && code == "" {
		return say.T("(no word of its own)")
	}
	return word
}

// statusOpensText tells by itself from decided.
func statusOpensText(r desk.StatusRow) string {
	switch {
	case r.Rule != nil && r.Rule.Opens == backup.Yes && r.Opens:
		return say.T("yes, decided here")
	case r.Rule != nil && r.Rule.Opens == backup.No:
		return say.T("no, decided here")
	case r.Opens:
		return say.T("yes")
	}
	return say.T("no")
}

func (p *statusesPart) build() {
	about := widget.NewLabel(say.T("How a run ended is told by its tool in its own words, which stay as they are. Here stands what they count as. A change is for runs that come from then on; those in hand are judged again on request.") + " " + say.T("Default: as the tool documents them."))
	about.Wrapping = fyne.TextWrapWord
	about.Importance = widget.LowImportance
	p.change = newButton(say.T("Change…"), theme.DocumentCreateIcon(), func() { p.ask(p.one()) })
	p.reset = newButton(say.T("Reset to built-in…"), theme.ContentUndoIcon(), p.askReset)
	judge := newButton(say.T("Judge again…"), theme.ViewRefreshIcon(), func() { p.ui.openRejudge(p.onlyTool(), 0, "") })
	p.ui.only(desk.ToAdminister, p.window, p.change, p.reset, judge)
	p.said.Importance, p.said.Alignment = widget.LowImportance, fyne.TextAlignTrailing
	top := container.NewVBox(
		headed(heading(say.T("What tools' words mean")), p.change, p.reset, judge),
		about,
		container.NewBorder(nil, nil, container.NewHBox(p.tool.button, p.seen, p.changed), nil, p.said))
	p.grid.SetEmpty(noRows(say.T("Counting …"), ""))
	p.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), top), p.toast.object, p.grid)
	p.enable()
}

// number is a row's, from 1.
func (p *statusesPart) number(r desk.StatusRow) int64 {
	key := desk.StatusSeen{Tool: r.Tool, Ending: r.Ending}
	if p.numbers[key] == 0 {
		p.numbers[key] = int64(len(p.numbers) + 1)
	}
	return p.numbers[key]
}

// one is the row that is selected, else the one under the cursor; 0 for none.
func (p *statusesPart) one() int64 {
	if ids := p.grid.Selected(); len(ids) == 1 {
		return ids[0]
	}
	id, _ := p.grid.Current()
	return id
}

// onlyTool is the tool that the list is narrowed to; "" for several.
func (p *statusesPart) onlyTool() string {
	if len(p.tool.chosen) == 1 {
		return p.tool.chosen[0]
	}
	return ""
}

func (p *statusesPart) focus() {
	p.looked = true
	p.read()
	p.window.Canvas().Focus(p.grid)
}

func (p *statusesPart) reload(e desk.Event) {
	if p.looked && e.Settings {
		p.read()
	}
}

func (p *statusesPart) read() {
	ask(p.ui.work, func() ([]desk.StatusRow, error) { return p.desk.Statuses(p.ui.ctx, p.ui.actor) }, func(rows []desk.StatusRow, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.all = rows
		p.tool.options = nil
		for _, r := range rows {
			if !slices.Contains(p.tool.options, r.Tool) {
				p.tool.options = append(p.tool.options, r.Tool)
			}
		}
		p.narrow()
	})
}

// narrow shows the rows that the filters leave.
func (p *statusesPart) narrow() {
	p.rows.rows = nil
	for _, r := range p.all {
		if p.shows(r) {
			p.rows.rows = append(p.rows.rows, r)
		}
	}
	p.grid.SetEmpty(noRows(say.T("Nothing to show."), say.T("Words appear here as soon as an export with them is read. Clear the filters to see all.")))
	p.grid.Reload()
	p.said.SetText(say.T("%s of %s words and codes", countText(len(p.rows.rows)), countText(len(p.all))) + p.changedText())
	p.enable()
}

// shows tells whether the filters leave a row.
func (p *statusesPart) shows(r desk.StatusRow) bool {
	return (len(p.tool.chosen) == 0 || slices.Contains(p.tool.chosen, r.Tool)) && (!p.seen.Checked || r.Count > 0) && (!p.changed.Checked || r.Rule != nil)
}

// changedText counts what differs from the formats' own map.
func (p *statusesPart) changedText() string {
	n := 0
	for _, r := range p.all {
		if r.Rule != nil {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return say.T(", %s changed here", countText(n))
}

func (p *statusesPart) enable() {
	r, ok := p.rows.find(p.one())
	enable(&p.change.DisableableWidget, ok)
	enable(&p.reset.DisableableWidget, ok && r.Rule != nil)
}

// askReset gives a status back to its format's own map.
func (p *statusesPart) askReset() {
	r, ok := p.rows.find(p.one())
	if !ok || r.Rule == nil {
		return
	}
	rule := *r.Rule
	h := &handling{ui: p.ui, window: p.window, toast: p.toast}
	h.askWords(question{
		title: say.T("Reset to built-in"), text: say.T("%s: %s means %s again.", r.Tool, desk.SayStatuses(rule), outcomeWord(rule.Told)),
		placeHolder: say.T("why"), ok: say.T("Reset"), rows: 3, needed: say.T("say why; it goes on record"),
	}, func(reason string) error {
		return p.desk.ResetStatuses(p.ui.ctx, p.ui.actor, rule.Tool, reason, rule)
	}, p.did)
}

// did says what a change does not reach.
func (p *statusesPart) did() {
	p.toast.offerRejudge(say.T("Changed."), p.onlyTool(), 0, "")
}
