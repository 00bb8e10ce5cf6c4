package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// incidentsPage is the table of incidents with its figures, search and filters.
type incidentsPage struct {
	*listPage[desk.IncidentRow, desk.IncidentQuery]
	main   *mainWindow
	object fyne.CanvasObject

	figures *figureLine
	state   *chooser
	tool    *chooser
	client  *chooser
	opened  *chooser
	merge   *mergeAll

	duplicates *button
	bar        *selectionBar
	act        *handling
	first      *fyne.Container // nothing was ever imported
	nothing    *fyne.Container // nothing matches
}

func newIncidentsPage(u *UI, w fyne.Window, main *mainWindow) *incidentsPage {
	p := &incidentsPage{main: main}
	p.listPage = newListPage(u, w, listing[desk.IncidentRow, desk.IncidentQuery]{
		name: say.N("incidents"), counted: func(n int) string { return say.Many(n, "1 incident", "%s incidents") }, hint: say.T("Search title, routine, client, failure"),
		list: incidentLister(u.desk, u.actor), columns: p.columns(u), sort: sortIncidents, filters: u.incidentFilters, empty: p.empty,
		text: func(q *desk.IncidentQuery) *string { return &q.Text },
		views: savedViews[desk.IncidentQuery]{all: u.desk.Views, save: u.desk.SaveView, remove: u.desk.RemoveView, show: func(q desk.IncidentQuery) {
			p.filter(q)
			main.goTo("Incidents")
		}},
	})
	if u.signedIn {
		p.views.own = []desk.View{{Name: say.N("Nobody active"), Query: desk.IncidentQuery{States: desk.OpenStates, NobodyActive: true}}}
	}
	p.onAsk = func() { p.merge.ask(p.query) }
	p.onClear = func() { p.filter(desk.IncidentQuery{}) }
	p.tip = u.incidentTip
	p.grid.OnSelected = func(ids []int64) { p.bar.show(ids) }
	p.grid.OnMenu = p.menu
	p.grid.OnOpen = func(id int64) { u.openIncident(id, "") }
	p.grid.OnLink = p.follow
	p.act = newHandling(u, w, p.chosen, p.known)
	p.query = desk.IncidentQuery{States: desk.OpenStates, Sort: "vital", Desc: true} // those first, and the newest before the older
	p.grid.SetSort("vital", true)
	p.lay()
	return p
}

func (p *incidentsPage) lay() {
	p.figures = newFigureLine(p.ui, p.filter)
	p.state = newChooser(say.T("State"), func(words []string) { p.query.States = statesNamed(words); p.asked() })
	p.state.sets = map[string][]string{say.T("open"): stateWords(desk.OpenStates)}
	for s := incident.New; s <= incident.Merged; s++ {
		p.state.options = append(p.state.options, stateWord(s))
	}
	p.tool = newChooser(say.T("Tool"), func(c []string) { p.query.Tools = c; p.asked() })
	p.client = newChooser(say.T("Client"), func(c []string) { p.query.Clients = c; p.asked() })
	p.opened = newStretchChooser(say.T("Opened"), periods, func(last time.Duration) {
		p.query.OpenedFrom, p.query.OpenedLast = time.Time{}, last
		p.asked()
	})
	p.merge = newMergeAll(p)
	p.duplicates = newButton(say.T("Duplicates…"), nil, p.act.askDuplicates)
	p.ui.only(desk.ToHandle, p.window, p.merge.button, p.duplicates)
	p.bar = newSelectionBar(p)
	p.first, p.nothing = p.firstStart(), p.nothingMatches()
	filters := p.filterRow(p.state.button, p.tool.button, p.client.button, p.opened.button, p.viewsButton(), p.merge.button, p.duplicates)
	p.object = p.build([]fyne.CanvasObject{p.figures.row, filters}, p.bar.object, p.act.toast.object)
}

// empty is what stands where no row is: how to begin, while the desk has nothing at all.
func (p *incidentsPage) empty(shownBefore int) *fyne.Container {
	if p.unfiltered() || p.openOnly() && shownBefore == 0 && p.model.Len() == 0 {
		return p.first
	}
	return p.nothing
}

// firstStart is the empty state of a desk that has no incident at all.
func (p *incidentsPage) firstStart() *fyne.Container {
	add := newButton(say.T("Add a folder…"), theme.FolderNewIcon(), func() { p.main.goTo("Sources"); p.main.sources.add() })
	add.Importance = widget.HighImportance
	try := widget.NewButtonWithIcon(say.T("Try the sample exports"), theme.DownloadIcon(), p.main.importing.samples)
	return emptyState(say.T("No incidents. Drop exports here or add a folder"),
		say.T("Backstop reads the exports of backup tools and opens an incident for each run that did not succeed."), add, try)
}

func (p *incidentsPage) nothingMatches() *fyne.Container {
	return emptyState(say.T("Nothing matches"), say.T("No incident matches the search and the filters. Those merged into others are found with the state Merged."), widget.NewButton(say.T("Show all incidents"), func() { p.filter(desk.IncidentQuery{}) }))
}

// start asks for the first rows.
func (p *incidentsPage) start() {
	p.recallColumns()
	p.filter(p.recallFilters(desk.IncidentQuery{States: desk.OpenStates}))
	p.askAround()
}

// reload keeps what is shown until the newer answer is there.
func (p *incidentsPage) reload(e desk.Event) {
	if e.Risks {
		p.askAround() // for the count in the sidebar
	}
	if !e.Incidents && !e.Settings {
		return
	}
	p.model.reload()
	p.merge.ask(p.query)
	p.askAround()
}

// askAround asks for figures and for what the filters can offer.
func (p *incidentsPage) askAround() {
	ask(p.ui.work, func() (desk.Figures, error) { return p.ui.desk.Figures(p.ui.ctx, p.ui.actor) }, func(f desk.Figures, err error) {
		if err == nil {
			p.figures.set(f)
			p.main.setFigures(f)
		}
	})
	ask(p.ui.work, func() (desk.Choices, error) { return p.ui.desk.Choices(p.ui.ctx, p.ui.actor) }, func(c desk.Choices, err error) {
		if err == nil {
			p.tool.options, p.client.options = c.Tools, c.Clients
		}
	})
}

// filter replaces the filters; the order stays.
func (p *incidentsPage) filter(q desk.IncidentQuery) {
	q.Sort, q.Desc, q.Unfolded = p.query.Sort, p.query.Desc, p.query.Unfolded
	p.query = q
	p.state.set(stateWords(q.States))
	p.tool.set(q.Tools)
	p.client.set(q.Clients)
	p.opened.set(namesOf(stretchOf(periods, q.OpenedLast)))
	p.showSearch()
	p.asked()
}

// typedKeys takes the keys of the page, then those of the actions.
func (p *incidentsPage) typedKeys(r rune) bool {
	switch r {
	case 'd', 'D':
		p.act.askDuplicates()
	case '+':
		p.unfold(true)
	case '-':
		p.unfold(false)
	default:
		return p.act.typedRune(r)
	}
	return true
}

func (p *incidentsPage) openOnly() bool {
	return len(p.filters(p.query)) == 1 && slices.Equal(p.query.States, desk.OpenStates)
}

func (p *incidentsPage) menu(_ []int64, at fyne.Position) {
	items := append(append(p.act.items(), fyne.NewMenuItemSeparator()), p.copyItems()...)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.window.Canvas(), at)
}

// follow opens an incident by its number, and its log by its failure; the count of those merged into it unfolds them.
func (p *incidentsPage) follow(key string, id int64) {
	switch key {
	case "merged":
		p.followMerged(id)
	case "failure":
		p.ui.openIncident(id, tabFailure)
	default:
		p.ui.openIncident(id, "")
	}
}

// known are the incidents of rows that are at hand, as far as the rules for actions look at them.
func (p *incidentsPage) known(ids []int64) []incident.Incident {
	var ins []incident.Incident
	for _, id := range ids {
		if r, ok := p.model.rows[id]; ok {
			ins = append(ins, incident.Incident{
				ID: incident.ID(r.ID), Title: r.Title, OpenedAs: r.OpenedAs, State: r.State, Closing: r.Closing, Into: incident.ID(r.Into), Assignee: r.Assignee,
				Code: r.Code, Failure: r.Failure, EvidenceChanged: r.EvidenceChanged, Merged: make([]incident.Incident, r.Merged),
			})
		}
	}
	return ins
}

func stateWords(states []incident.State) []string {
	var words []string
	for _, s := range states {
		words = append(words, stateWord(s))
	}
	return words
}

func statesNamed(words []string) []incident.State {
	var states []incident.State
	for s := incident.New; s <= incident.Merged; s++ {
		if slices.Contains(words, stateWord(s)) {
			states = append(states, s)
		}
	}
	return states
}
