package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/risk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// risksPage is the list of risks with its search and filters.
type risksPage struct {
	*listPage[desk.RiskRow, desk.RiskQuery]
	object fyne.CanvasObject

	kind, state, person, routine, tool *chooser

	resolved *tick
	count    *widget.Label
	bar      *fyne.Container // appears with a selection
	act      *riskHandling
	none     *fyne.Container // no risk was ever found
	nothing  *fyne.Container // nothing matches
}

func newRisksPage(u *UI, w fyne.Window) *risksPage {
	p := &risksPage{}
	p.listPage = newListPage(u, w, listing[desk.RiskRow, desk.RiskQuery]{
		name: say.N("risks"), counted: func(n int) string { return say.Many(n, "1 risk", "%s risks") }, hint: say.T("Search routine, client, level, category, solution"),
		list: riskLister(u.desk, u.actor), columns: riskColumns(u), filters: riskFilters, empty: p.empty,
		text: func(q *desk.RiskQuery) *string { return &q.Text },
		sort: func(q *desk.RiskQuery, key string, desc bool) { q.Sort, q.Desc = key, desc },
	})
	p.onClear = func() { p.filter(desk.RiskQuery{}) }
	p.tip = p.tell
	p.grid.OnSelected = p.selected
	p.grid.OnMenu = p.menu
	p.grid.OnOpen = func(id int64) { u.openRisk(id) }
	p.grid.OnLink = func(_ string, id int64) { u.openRisk(id) }
	p.act = newRiskHandling(u, w, p.chosen, p.known)
	p.query = desk.RiskQuery{Sort: "id", Desc: true}
	p.grid.SetSort("id", true)
	p.lay()
	return p
}

// riskReader is what a list of risks asks of the desk.
type riskReader interface {
	RiskIDs(ctx context.Context, actor desk.Actor, q desk.RiskQuery) ([]int64, error)
	RiskRows(ctx context.Context, actor desk.Actor, ids []int64) ([]desk.RiskRow, error)
}

func riskLister(d riskReader, actor desk.Actor) lister[desk.RiskRow, desk.RiskQuery] {
	return lister[desk.RiskRow, desk.RiskQuery]{
		ids: func(ctx context.Context, q desk.RiskQuery, limit int) ([]int64, error) {
			q.Limit = limit
			return d.RiskIDs(ctx, actor, q)
		},
		rows: func(ctx context.Context, ids []int64) ([]desk.RiskRow, error) { return d.RiskRows(ctx, actor, ids) },
		id:   func(r desk.RiskRow) int64 { return int64(r.ID) },
	}
}

func riskColumns(u *UI) []grid.Column[desk.RiskRow] {
	type row = desk.RiskRow
	return []grid.Column[row]{
		{Key: "id", Title: say.T("Risk"), Width: 64, Right: true, Link: true, Text: func(r row) string { return idText(int64(r.ID)) }},
		{Key: "found", Title: say.T("Found"), Width: 124, Text: func(r row) string { return u.clockText(r.Found) }},
		{Key: "kind", Title: say.T("Type"), Width: 124, Text: func(r row) string { return riskKindWord(r.Kind) }},
		{Key: "routine", Title: say.T("Routine"), Width: 108, Text: func(r row) string { return r.Policy }},
		{Key: "client", Title: say.T("Client"), Width: 100, Text: func(r row) string { return r.Client }},
		{Key: "level", Title: say.T("Level"), Width: 56, Text: func(r row) string { return r.Level }},
		{Key: "what", Title: say.T("What was found"), Width: 254, Text: u.riskText},
		{Key: "state", Title: say.T("State"), Width: 124, Text: func(r row) string { return riskStateWord(r.State) }, Tone: func(r row) look.Tone { return riskStateTone(r.State) }},
		{Key: "assignee", Title: say.T("Assigned to"), Width: 88, Text: func(r row) string { return assigneeText(r.Assignee) }, Tone: nobodyTone},
		{Key: "since", Title: say.T("Since"), Width: 124, Hidden: true, Text: func(r row) string { return u.clockText(r.Since) }},
		{Key: "tool", Title: say.T("Tool"), Width: 92, Hidden: true, Text: func(r row) string { return r.Tool }},
	}
}

// nobodyTone sets back that nobody has it.
func nobodyTone(r desk.RiskRow) look.Tone {
	if r.Assignee == "" {
		return look.Muted
	}
	return look.Plain
}

// riskFilters tells what narrows a question, in words.
func riskFilters(q desk.RiskQuery) []string {
	fs := slices.Concat(oneOf(say.T("Type"), riskWords(q.Kinds, riskKindWord)), oneOf(say.T("State"), riskWords(q.States, riskStateWord)), oneOf(say.T("Routine"), q.Routines), oneOf(say.T("Tool"), q.Tools))
	if q.Assignee != "" {
		fs = append(fs, say.T("assigned to %s", look.Printable(q.Assignee)))
	}
	if q.Nobody {
		fs = append(fs, say.T("assigned to nobody"))
	}
	if q.Resolved && len(q.States) == 0 {
		fs = append(fs, say.T("resolved too"))
	}
	return append(fs, textFilter(q.Text)...)
}

func riskWords[V any](values []V, word func(V) string) []string {
	var words []string
	for _, v := range values {
		words = append(words, word(v))
	}
	return words
}

func (p *risksPage) lay() {
	p.kind = newChooser(say.T("Type"), func(words []string) { p.query.Kinds = riskKindsNamed(words); p.asked() })
	for _, k := range risk.Kinds {
		p.kind.options = append(p.kind.options, riskKindWord(k))
	}
	p.state = newChooser(say.T("State"), p.chooseState)
	for _, s := range riskStates {
		p.state.options = append(p.state.options, riskStateWord(s))
	}
	p.person = newChooser(say.T("Assigned to"), p.choosePerson)
	p.person.options = []string{assigneeText("")}
	p.routine = newChooser(say.T("Routine"), func(c []string) { p.query.Routines = c; p.asked() })
	p.tool = newChooser(say.T("Tool"), func(c []string) { p.query.Tools = c; p.asked() })
	p.resolved = newTick(say.T("Resolved too"), false)
	p.resolved.OnChanged = func(on bool) { p.query.Resolved = on; p.asked() }
	p.count = widget.NewLabel("")
	p.count.TextStyle.Bold = true
	p.bar = p.selectionBar()
	p.none = emptyState(say.T("No risks"), say.T("A sweep looks for sizes and durations that are off, for clients that are gone and for failures that recur."))
	p.nothing = emptyState(say.T("Nothing matches"), say.T("No risk matches the search and the filters. Resolved ones are hidden unless asked for."),
		widget.NewButton(say.T("Show all risks"), func() { p.filter(desk.RiskQuery{Resolved: true}) }))
	filters := p.filterRow(p.kind.button, p.state.button, p.person.button, p.routine.button, p.tool.button, p.resolved)
	p.object = p.build([]fyne.CanvasObject{filters}, p.bar, p.act.toast.object)
}

// selectionBar offers what can be done with the selection.
func (p *risksPage) selectionBar() *fyne.Container {
	row := container.NewHBox(p.count)
	for _, a := range riskActions() {
		row.Add(newButton(a.label+"…", nil, func() { p.act.run(a) }))
	}
	row.Objects = append(row.Objects, newButton(say.T("Copy"), theme.ContentCopyIcon(), p.copy), layout.NewSpacer(), quiet(say.T("Select none"), nil, p.grid.Clear))
	bar := container.NewStack(newSurface(theme.ColorNameSelection), row)
	bar.Hide()
	return bar
}

func (p *risksPage) selected(ids []int64) {
	p.bar.Hidden = len(ids) == 0
	p.count.SetText(say.T("%s selected", countText(len(ids))))
	p.bar.Refresh()
}

// chooseState filters by states; one that is resolved brings the resolved ones in.
func (p *risksPage) chooseState(words []string) {
	p.query.States = nil
	for _, s := range riskStates {
		if slices.Contains(words, riskStateWord(s)) {
			p.query.States = append(p.query.States, s)
			p.query.Resolved = p.query.Resolved || s.Resolved()
		}
	}
	p.showTick()
	p.asked()
}

func (p *risksPage) showTick() {
	p.resolved.OnChanged = nil
	p.resolved.SetChecked(p.query.Resolved)
	p.resolved.OnChanged = func(on bool) { p.query.Resolved = on; p.asked() }
}

// choosePerson filters by one person; the newest choice wins.
func (p *risksPage) choosePerson(names []string) {
	p.query.Assignee, p.query.Nobody = "", false
	if len(names) > 0 {
		name := names[len(names)-1]
		p.person.set([]string{name})
		if p.query.Nobody = name == assigneeText(""); !p.query.Nobody {
			p.query.Assignee = name
		}
	}
	p.asked()
}

func riskKindsNamed(words []string) []risk.Kind {
	return slices.DeleteFunc(slices.Clone(risk.Kinds), func(k risk.Kind) bool { return !slices.Contains(words, riskKindWord(k)) })
}

// filter replaces the filters; the order stays.
func (p *risksPage) filter(q desk.RiskQuery) {
	q.Sort, q.Desc = p.query.Sort, p.query.Desc
	p.query = q
	p.kind.set(riskWords(q.Kinds, riskKindWord))
	p.state.set(riskWords(q.States, riskStateWord))
	p.person.set(namesOf(q.Assignee))
	if q.Nobody {
		p.person.set([]string{assigneeText("")})
	}
	p.routine.set(q.Routines)
	p.tool.set(q.Tools)
	p.showTick()
	p.showSearch()
	p.asked()
}

func (p *risksPage) empty(int) *fyne.Container {
	if p.unfiltered() {
		return p.none
	}
	return p.nothing
}

// start asks for the first rows.
func (p *risksPage) start() {
	p.recallColumns()
	p.filter(p.recallFilters(desk.RiskQuery{}))
	p.askChoices()
}

// reload keeps what is shown until the newer answer is there.
func (p *risksPage) reload(e desk.Event) {
	if e.Risks {
		p.model.reload()
		p.askChoices()
	}
}

func (p *risksPage) askChoices() {
	ask(p.ui.work, func() (desk.RiskChoices, error) { return p.ui.desk.RiskChoices(p.ui.ctx, p.ui.actor) }, func(c desk.RiskChoices, err error) {
		if err == nil {
			p.person.options = append([]string{assigneeText("")}, c.People...)
			p.routine.options, p.tool.options = c.Routines, c.Tools
		}
	})
}

func (p *risksPage) menu(_ []int64, at fyne.Position) {
	items := append(append(p.act.items(), fyne.NewMenuItemSeparator()), p.copyItems()...)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.window.Canvas(), at)
}

// known are the risks of rows that are at hand, as far as the rules for actions look at them.
func (p *risksPage) known(ids []int64) []risk.Risk {
	var rs []risk.Risk
	for _, id := range ids {
		if r, ok := p.model.rows[id]; ok {
			rs = append(rs, risk.Risk{ID: r.ID, About: r.About, State: r.State, Assignee: r.Assignee})
		}
	}
	return rs
}

// tell says below the list what a cell has no room for.
func (p *risksPage) tell(r desk.RiskRow, key string) string {
	switch key {
	case "kind":
		return r.Kind.Rule()
	case "what":
		return strings.TrimSpace(p.ui.riskText(r) + "  ·  " + say.T("since %s", p.ui.clockText(r.Since)))
	case "found":
		return say.T("Found %s ago", p.ui.ageText(r.Found))
	}
	return ""
}
