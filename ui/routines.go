package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
)

// routinesPage is the table of all routines seen, with what is set for each.
type routinesPage struct {
	*listPage[desk.RoutineRow, desk.RoutineQuery]
	object fyne.CanvasObject
	tools  map[string]desk.ToolSettings

	tool, client, kind, marks *chooser
	bar                       *fyne.Container
	count                     *widget.Label
	toast                     *toast
	offer                     *offer
	none                      *fyne.Container // no routine was ever seen
	nothing                   *fyne.Container // nothing matches
}

func newRoutinesPage(u *UI, w fyne.Window) *routinesPage {
	p := &routinesPage{toast: newToast(u), offer: newOffer(u, w)}
	p.listPage = newListPage(u, w, listing[desk.RoutineRow, desk.RoutineQuery]{
		name: say.N("routines"), counted: func(n int) string { return say.Many(n, "1 routine", "%s routines") }, hint: say.T("Search routine, client, tool, schedule"),
		list: routineLister(u.desk, u.actor), columns: routineColumns(u, func(tool string) desk.ToolSettings { return p.tools[tool] }),
		sort: sortRoutines, filters: routineFilters, empty: p.empty,
		text: func(q *desk.RoutineQuery) *string { return &q.Text },
	})
	p.onClear = func() { p.filter(desk.RoutineQuery{}) }
	p.tip = u.routineTip
	p.grid.OnSelected = p.showBar
	p.grid.OnMenu = p.menu
	p.grid.OnOpen = func(id int64) { p.askExpectation([]int64{id}) }
	p.grid.OnLink = func(_ string, id int64) { p.askExpectation([]int64{id}) }
	p.query = desk.RoutineQuery{Sort: "name"}
	p.grid.SetSort("name", false)
	p.lay()
	return p
}

func (p *routinesPage) lay() {
	p.tool = newChooser(say.T("Tool"), func(c []string) { p.query.Tools = c; p.asked() })
	p.client = newChooser(say.T("Client"), func(c []string) { p.query.Clients = c; p.asked() })
	p.kind = newChooser(say.T("Kind"), func(c []string) { p.query.Kinds = kindsNamed(c); p.asked() })
	p.kind.options = kindWords(kinds)
	p.marks = newChooser(say.T("Show"), func(c []string) { markRoutines(&p.query, c); p.marks.set(routineMarks(p.query)); p.asked() })
	p.marks.options = []string{say.T(isVital), say.T(isDisabled), say.T(isExpected), say.T(isNotExpected)}
	p.none = emptyState(say.T("No routines yet"), say.T("A routine is a policy or job of a backup tool on a client. Each one that an export names is listed here."))
	p.nothing = emptyState(say.T("Nothing matches"), say.T("No routine matches the search and the filters."), widget.NewButton(say.T("Show all routines"), func() { p.filter(desk.RoutineQuery{}) }))
	p.bar = p.selectionBar()
	learn := newButton(say.T("Learn from history…"), nil, p.learn)
	p.ui.only(desk.ToAdminister, p.window, learn)
	p.object = p.build([]fyne.CanvasObject{p.filterRow(p.tool.button, p.client.button, p.kind.button, p.marks.button, learn)}, p.bar, p.offer.object, p.toast.object)
}

func (p *routinesPage) empty(int) *fyne.Container {
	if p.unfiltered() {
		return p.none
	}
	return p.nothing
}

// routineAction is one thing that can be done with routines.
type routineAction struct {
	label string
	key   rune
	run   func(*routinesPage, []int64)
}

func routineActions() []routineAction {
	return []routineAction{
		{say.T("Expectation"), 'x', (*routinesPage).askExpectation},
		{say.T("Settings"), 's', (*routinesPage).askSettings},
		{say.T("Proposals"), 'p', (*routinesPage).askProposals},
		{say.T("Judge again"), 'j', func(p *routinesPage, ids []int64) { p.ui.openRejudge(p.judgedOf(ids)) }},
	}
}

// judgedOf is what judging again is about where routines are chosen: the one, else all of their tool, else everything.
func (p *routinesPage) judgedOf(ids []int64) (tool string, routine int64, name string) {
	if len(ids) == 1 {
		return "", ids[0], p.titleOf(ids)
	}
	for i, id := range ids {
		r, ok := p.model.rows[id]
		if !ok || i > 0 && r.Tool != tool {
			return "", 0, ""
		}
		tool = r.Tool
	}
	return tool, 0, ""
}

// offerRejudge follows a change of what opens an incident.
func (p *routinesPage) offerRejudge(ids []int64) {
	tool, routine, name := p.judgedOf(ids)
	p.toast.offerRejudge(say.Many(len(ids), "1 routine changed.", "%s routines changed."), tool, routine, name)
}

// selectionBar appears with a selection and offers what can be done with it.
func (p *routinesPage) selectionBar() *fyne.Container {
	p.count = widget.NewLabel("")
	p.count.TextStyle.Bold = true
	row := container.NewHBox(p.count)
	for _, a := range routineActions() {
		b := newButton(a.label+"…", nil, func() { a.run(p, p.chosen()) })
		p.ui.only(desk.ToAdminister, p.window, b)
		row.Add(b)
	}
	copyRows := newButton(say.T("Copy"), theme.ContentCopyIcon(), p.copy)
	row.Objects = append(row.Objects, copyRows, layout.NewSpacer(), quiet(say.T("Select none"), nil, p.grid.Clear))
	bar := container.NewStack(newSurface(theme.ColorNameSelection), row)
	bar.Hide()
	return bar
}

func (p *routinesPage) showBar(ids []int64) {
	if len(ids) == 0 {
		p.bar.Hide()
		return
	}
	p.count.SetText(say.T("%s selected", countText(len(ids))))
	p.bar.Show()
}

// items are the actions for a menu; those that are not for the person's role say so.
func (p *routinesPage) items() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, a := range routineActions() {
		items = append(items, p.ui.onlyItem(desk.ToAdminister, fyne.NewMenuItem(a.label+"…", func() { a.run(p, p.chosen()) })))
	}
	return items
}

// commands are the actions that are available now.
func (p *routinesPage) commands() []command {
	ids := p.chosen()
	if len(ids) == 0 {
		return nil
	}
	return menuItemCommands(p.items(), p.titleOf(ids))
}

func (p *routinesPage) menu(_ []int64, at fyne.Position) {
	items := append(append(p.items(), fyne.NewMenuItemSeparator()), p.copyItems()...)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.window.Canvas(), at)
}

// typedRune runs the action of a key and tells whether there is one.
func (p *routinesPage) typedRune(r rune) bool {
	for _, a := range routineActions() {
		if r == a.key || r == a.key-'a'+'A' {
			if ids := p.chosen(); len(ids) > 0 && p.window.Canvas().Overlays().Top() == nil {
				a.run(p, ids)
			}
			return true
		}
	}
	return false
}

// start asks for the first rows.
func (p *routinesPage) start() {
	p.recallColumns()
	p.filter(p.recallFilters(desk.RoutineQuery{}))
	p.askAround()
}

// reload keeps what is shown until the newer answer is there.
func (p *routinesPage) reload(e desk.Event) {
	if e.Routines || e.Incidents || e.Sources || e.Settings {
		p.model.reload()
		p.askAround()
	}
}

// askAround asks for what the filters can offer and for the settings of tools.
func (p *routinesPage) askAround() {
	ask(p.ui.work, func() (desk.RoutineChoices, error) { return p.ui.desk.RoutineChoices(p.ui.ctx, p.ui.actor) }, func(c desk.RoutineChoices, err error) {
		if err == nil {
			p.tool.options, p.client.options = c.Tools, c.Clients
		}
	})
	ask(p.ui.work, func() (map[string]desk.ToolSettings, error) { return p.ui.desk.ToolSettings(p.ui.ctx, p.ui.actor) }, func(t map[string]desk.ToolSettings, err error) {
		if err == nil {
			p.tools = t
			p.grid.Reload()
		}
	})
}

// filter replaces the filters; the order stays.
func (p *routinesPage) filter(q desk.RoutineQuery) {
	q.Sort, q.Desc = p.query.Sort, p.query.Desc
	p.query = q
	p.tool.set(q.Tools)
	p.client.set(q.Clients)
	p.kind.set(kindWords(q.Kinds))
	p.marks.set(routineMarks(q))
	p.showSearch()
	p.asked()
}

// learn proposes expectations for the routines that are selected, else for all that the filters match.
func (p *routinesPage) learn() {
	ids := p.grid.Selected()
	if len(ids) == 0 {
		ids = p.model.ids
	}
	if len(ids) == 0 {
		p.toast.show(say.T("There are no routines to learn from."), nil)
		return
	}
	p.askProposals(ids)
}

// withSettings asks for the settings of routines and goes on with them.
func (p *routinesPage) withSettings(ids []int64, next func([]desk.RoutineSettings)) {
	ask(p.ui.work, func() ([]desk.RoutineSettings, error) { return p.ui.desk.RoutineSettings(p.ui.ctx, p.ui.actor, ids) }, func(now []desk.RoutineSettings, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.focus() // who came by mouse has no focus to return to
		next(now)
	})
}

// titleOf names one routine, or how many.
func (p *routinesPage) titleOf(ids []int64) string {
	if r, ok := p.model.rows[ids[0]]; ok && len(ids) == 1 {
		return shorten(say.T("%s on %s", routineName(r), r.Client), 60)
	}
	return say.Many(len(ids), "1 routine", "%s routines")
}

// change is the work of changing routines; what was done is said below the table.
func (p *routinesPage) change(ids []int64, reason string, change func(*desk.RoutineSettings)) func() error {
	return p.ui.changeRoutines(ids, reason, change, p.saidBelow(ids))
}

// saidBelow says what was done to routines, and offers to close what would not open any more.
func (p *routinesPage) saidBelow(ids []int64) func(what string) {
	return func(what string) {
		p.toast.show(what, nil)
		p.offer.look(ids)
	}
}

// changeRoutines is the work of changing routines; said is told what was done.
func (u *UI) changeRoutines(ids []int64, reason string, change func(*desk.RoutineSettings), said func(string)) func() error {
	return func() error {
		n, err := u.desk.ChangeRoutines(u.ctx, u.actor, ids, reason, change)
		if err == nil {
			tell(func() { said(changedText(n, len(ids))) })
		}
		return err
	}
}

// changedText says how many of those chosen really changed.
func changedText(n, of int) string {
	switch {
	case n == 0:
		return say.T("Nothing changed: that is how it was.")
	case n == of:
		return say.Many(n, "1 routine changed.", "%s routines changed.")
	}
	return say.Many(n, "1 routine changed; the others were so already.", "%s routines changed; the others were so already.")
}
