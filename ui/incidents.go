package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// typingPause is how long the search waits for the next letter.
const typingPause = 250 * time.Millisecond

// incidentsPage is the table of incidents with its figures, search and filters.
type incidentsPage struct {
	ui     *UI
	window fyne.Window
	main   *mainWindow
	model  *incidentModel
	grid   *grid.Grid[desk.IncidentRow]
	object fyne.CanvasObject

	figures *figureLine
	search  *field
	state   *chooser
	tool    *chooser
	client  *chooser
	opened  *chooser
	merge   *mergeAll
	clear   *widget.Button
	status  *widget.Label
	arrived *widget.Button // "5 new"
	bar     *selectionBar
	act     *handling
	first   *fyne.Container // nothing was ever imported
	nothing *fyne.Container // nothing matches
	total   int
	typed   int // counts changes of the search, so that only the last one asks
	query   desk.IncidentQuery
}

func newIncidentsPage(u *UI, w fyne.Window, main *mainWindow) *incidentsPage {
	p := &incidentsPage{ui: u, window: w, main: main}
	p.model = newIncidentModel(u.ctx, u.desk, u.actor, u.work)
	p.model.changed, p.model.drawn = p.modelChanged, func() { p.grid.Refresh() }
	p.grid = grid.New(p.model, incidentColumns(u)...)
	p.grid.OnSort = p.sort
	p.grid.OnSelected = func(ids []int64) { p.bar.show(ids) }
	p.grid.OnColumns = p.saveColumns
	p.grid.OnMenu = p.menu
	p.grid.OnOpen = func(id int64) { u.openIncident(id, "") }
	p.grid.OnLink = p.follow
	p.grid.OnHover = p.hover
	p.grid.OnCopy = p.copyRows
	p.act = newHandling(u, w, p.chosen, p.known)
	p.query = desk.IncidentQuery{States: desk.OpenStates, Sort: "id", Desc: true}
	p.grid.SetSort("id", true)
	p.build()
	return p
}

// incidentColumns are the columns of DESIGN.md 8.
func incidentColumns(u *UI) []grid.Column[desk.IncidentRow] {
	type row = desk.IncidentRow
	return []grid.Column[row]{
		{Key: "id", Title: "ID", Width: 56, Right: true, Link: true, Text: func(r row) string { return idText(r.ID) }},
		{Key: "opened", Title: "Opened", Width: 124, Text: func(r row) string { return u.clockText(r.Opened) }},
		{Key: "failed", Title: "Started", Width: 124, Hidden: true, Text: func(r row) string { return u.clockText(r.Failed) }},
		{Key: "title", Title: "Title", Width: 200, Text: func(r row) string { return vitalMark(r) + r.Title }},
		{Key: "routine", Title: "Routine", Width: 150, Hidden: true, Text: func(r row) string { return r.Routine }},
		{Key: "client", Title: "Client", Width: 132, Text: func(r row) string { return r.Client }},
		{Key: "tool", Title: "Tool", Width: 92, Text: func(r row) string { return r.Tool }},
		{Key: "kind", Title: "Kind", Width: 96, Hidden: true, Text: func(r row) string { return r.Kind.String() }},
		{Key: "failure", Title: "Failure", Width: 216, Link: true, Text: func(r row) string { return r.Failure }},
		{Key: "state", Title: "State", Width: 124, Text: func(r row) string { return stateWord(r.State) }, Tone: func(r row) look.Tone { return stateTone(r.State) }},
		{Key: "closing", Title: "Closing Status", Width: 132, Text: func(r row) string { return closingWord(r.Closing) }, Tone: func(r row) look.Tone { return closingTone(r.Closing) }},
		{Key: "merged", Title: "Merged Incidents", Width: 120, Right: true, Text: mergedText},
		{Key: "assignee", Title: "Assignee", Width: 104, Text: func(r row) string { return r.Assignee }},
		{Key: "age", Title: "Age", Width: 64, Right: true, Text: func(r row) string { return u.ageText(r.Opened) }},
	}
}

// vitalMark stands before the title of an incident of a vital routine.
func vitalMark(r desk.IncidentRow) string {
	if r.Vital {
		return "Vital · "
	}
	return ""
}

func mergedText(r desk.IncidentRow) string {
	switch {
	case r.Merged > 0:
		return countText(r.Merged)
	case r.Into != 0:
		return "in " + idText(r.Into)
	}
	return ""
}

func (p *incidentsPage) build() {
	p.figures = newFigureLine(p.ui, p.filter)
	p.search = newField("", "Search title, routine, client, failure")
	p.search.key = func(*fyne.KeyEvent) { p.focus() }
	p.search.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.search.OnChanged = p.typing
	p.state = newChooser("State", func(words []string) { p.query.States = statesNamed(words); p.asked() })
	p.state.sets = map[string][]string{"open": stateWords(desk.OpenStates)}
	for s := incident.New; s <= incident.Merged; s++ {
		p.state.options = append(p.state.options, stateWord(s))
	}
	p.tool = newChooser("Tool", func(c []string) { p.query.Tools = c; p.asked() })
	p.client = newChooser("Client", func(c []string) { p.query.Clients = c; p.asked() })
	p.opened = newChooser("Opened", p.chooseOpened)
	for _, o := range periods {
		p.opened.options = append(p.opened.options, o.name)
	}
	p.merge = newMergeAll(p)
	p.clear = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { p.filter(desk.IncidentQuery{}) })
	p.clear.Importance = widget.LowImportance
	p.status = widget.NewLabel("")
	p.status.Importance = widget.LowImportance
	p.status.Truncation = fyne.TextTruncateEllipsis
	p.arrived = widget.NewButtonWithIcon("", theme.MoveUpIcon(), p.showArrived)
	p.arrived.Hide()
	p.bar = newSelectionBar(p)
	p.first, p.nothing = p.firstStart(), p.nothingMatches()

	filters := container.NewBorder(nil, nil, nil, container.NewHBox(p.state.button, p.tool.button, p.client.button, p.opened.button, p.merge.button, p.clear), p.search)
	top := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), container.NewVBox(p.figures.row, filters))
	bottom := container.NewVBox(p.bar.object, p.act.toast.object, container.NewBorder(nil, nil, nil, p.arrived, p.status))
	p.object = container.NewBorder(top, bottom, nil, nil, p.grid)
}

// firstStart is the empty state of a desk that has no incident at all.
func (p *incidentsPage) firstStart() *fyne.Container {
	add := widget.NewButtonWithIcon("Add a folder…", theme.FolderNewIcon(), func() { p.main.goTo("Sources"); p.main.sources.add() })
	add.Importance = widget.HighImportance
	try := widget.NewButtonWithIcon("Try the sample exports", theme.DownloadIcon(), p.main.importing.samples)
	return emptyState("No incidents. Drop exports here or add a folder",
		"Backstop reads the exports of backup tools and opens an incident for each run that did not succeed.", add, try)
}

func (p *incidentsPage) nothingMatches() *fyne.Container {
	return emptyState("Nothing matches", "No incident matches the search and the filters.", widget.NewButton("Show all incidents", func() { p.filter(desk.IncidentQuery{}) }))
}

// emptyState says what would be here and how to get it here.
func emptyState(title, text string, actions ...fyne.CanvasObject) *fyne.Container {
	heading := widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	words := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
	words.Importance = widget.LowImportance
	return container.NewCenter(container.NewVBox(heading, words, container.NewCenter(container.NewHBox(actions...))))
}

// start asks for the first rows.
func (p *incidentsPage) start() {
	var columns grid.Layout
	if err := p.ui.desk.Preference(p.ui.ctx, "incidents.columns", &columns); err == nil && len(columns) > 0 {
		p.grid.SetColumns(columns)
	}
	p.filter(desk.IncidentQuery{States: desk.OpenStates})
	p.askAround()
}

func (p *incidentsPage) focus() { p.window.Canvas().Focus(p.grid) }

// reload keeps what is shown until the newer answer is there.
func (p *incidentsPage) reload(e desk.Event) {
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
	q.Sort, q.Desc = p.query.Sort, p.query.Desc
	p.query = q
	p.state.set(stateWords(q.States))
	p.tool.set(q.Tools)
	p.client.set(q.Clients)
	p.opened.set(nil)
	p.search.OnChanged = nil
	p.search.SetText(q.Text)
	p.search.OnChanged = p.typing
	p.asked()
}

// asked asks the model with the filters as they stand.
func (p *incidentsPage) asked() {
	p.arrived.Hide()
	p.model.ask(p.query)
	p.merge.ask(p.query)
}

func (p *incidentsPage) sort(key string, descending bool) {
	if key == "age" { // the younger, the later opened
		key, descending = "opened", !descending
	}
	p.query.Sort, p.query.Desc = key, descending
	p.asked()
}

// typing asks when the person pauses.
func (p *incidentsPage) typing(text string) {
	p.typed++
	typed := p.typed
	p.ui.after(typingPause, func() {
		tell(func() {
			if typed == p.typed {
				p.query.Text = text
				p.asked()
			}
		})
	})
}

var periods = []struct {
	name string
	back time.Duration
}{
	{"last 24 hours", 24 * time.Hour}, {"last 7 days", 7 * 24 * time.Hour}, {"last 30 days", 30 * 24 * time.Hour}, {"last 12 months", 365 * 24 * time.Hour},
}

// chooseOpened takes one period; the newest choice wins.
func (p *incidentsPage) chooseOpened(chosen []string) {
	if len(chosen) > 1 {
		chosen = chosen[len(chosen)-1:]
		p.opened.set(chosen)
	}
	p.query.OpenedFrom = time.Time{}
	for _, o := range periods {
		if slices.Contains(chosen, o.name) {
			p.query.OpenedFrom = p.ui.now().Add(-o.back)
		}
	}
	p.asked()
}

// modelChanged shows what the model now has. What a person reads does not move: what came in above it is counted in a quiet mark.
func (p *incidentsPage) modelChanged(fresh bool, err error) {
	if err != nil {
		p.ui.showError(p.window, err)
		return
	}
	empty := p.nothing
	if p.unfiltered() || p.openOnly() && p.total == 0 && p.model.Len() == 0 {
		empty = p.first
	}
	before := p.total
	p.total = p.model.Len()
	if fresh || before == 0 {
		p.model.look()
		p.grid.Restart()
	} else {
		p.grid.Reload()
	}
	p.grid.SetEmpty(empty) // draws: the grid has found its place by now
	p.mark()
	p.say()
}

// mark says how many came in since the person looked.
func (p *incidentsPage) mark() {
	p.arrived.SetText(countText(p.model.arrived) + " new")
	p.arrived.Hidden = p.model.arrived == 0
	p.arrived.Refresh()
}

// showArrived goes to the newest.
func (p *incidentsPage) showArrived() {
	p.grid.Reveal(p.model.look())
	p.mark()
	p.focus()
}

func (p *incidentsPage) unfiltered() bool { return len(p.filters()) == 0 }

func (p *incidentsPage) openOnly() bool {
	return len(p.filters()) == 1 && slices.Equal(p.query.States, desk.OpenStates)
}

// say is the line under the table: how many, by which filters.
func (p *incidentsPage) say() {
	text := many(p.model.Len(), "incident")
	if !p.unfiltered() {
		text += "  ·  filter: " + p.filterText()
	}
	p.status.SetText(text)
	p.clear.Hidden = p.unfiltered()
	p.clear.Refresh()
}

func (p *incidentsPage) filterText() string { return strings.Join(p.filters(), ", ") }

func (p *incidentsPage) filters() []string {
	var fs []string
	q := p.query
	if slices.Equal(q.States, desk.OpenStates) {
		fs = append(fs, "State open")
	} else if len(q.States) > 0 {
		fs = append(fs, "State "+strings.Join(stateWords(q.States), " or "))
	}
	for name, values := range map[string][]string{"Tool": q.Tools, "Client": q.Clients} {
		if len(values) > 0 {
			fs = append(fs, name+" "+shorten(strings.Join(values, " or "), 60))
		}
	}
	slices.Sort(fs)
	if !q.OpenedFrom.IsZero() {
		fs = append(fs, "Opened since "+p.ui.clockText(q.OpenedFrom))
	}
	if !q.FailedFrom.IsZero() {
		fs = append(fs, "Started since "+p.ui.clockText(q.FailedFrom))
	}
	if !q.LostSince.IsZero() {
		fs = append(fs, "Missed (lost) since "+p.ui.clockText(q.LostSince))
	}
	if q.EvidenceChanged {
		fs = append(fs, "evidence changed")
	}
	if t := strings.TrimSpace(q.Text); t != "" {
		fs = append(fs, fmt.Sprintf("text %q", t))
	}
	return fs
}

func (p *incidentsPage) saveColumns(l grid.Layout) {
	ask(p.ui.work, func() (struct{}, error) {
		return struct{}{}, p.ui.desk.SavePreference(p.ui.ctx, "incidents.columns", l)
	}, func(_ struct{}, err error) { p.ui.showError(p.window, err) })
}

func (p *incidentsPage) menu(_ []int64, at fyne.Position) {
	items := append(p.act.items(), fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Copy", p.copy),
		fyne.NewMenuItem("Select all", p.grid.SelectAll), fyne.NewMenuItem("Select none", p.grid.Clear))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.window.Canvas(), at)
}

// follow opens an incident by its number, and its log by its failure.
func (p *incidentsPage) follow(key string, id int64) {
	tab := ""
	if key == "failure" {
		tab = tabFailure
	}
	p.ui.openIncident(id, tab)
}

// chosen is what is selected, else the row that the keys act on.
func (p *incidentsPage) chosen() []int64 {
	ids := p.grid.Selected()
	if id, ok := p.grid.Current(); ok && len(ids) == 0 {
		return []int64{id}
	}
	return ids
}

// known are the incidents of rows that are at hand, as far as the rules for actions look at them.
func (p *incidentsPage) known(ids []int64) []incident.Incident {
	var ins []incident.Incident
	for _, id := range ids {
		if r, ok := p.model.rows[id]; ok {
			ins = append(ins, incident.Incident{
				ID: incident.ID(r.ID), Title: r.Title, State: r.State, Closing: r.Closing, Into: incident.ID(r.Into), Assignee: r.Assignee,
				Code: r.Code, Failure: r.Failure, EvidenceChanged: r.EvidenceChanged, Merged: make([]incident.Incident, r.Merged),
			})
		}
	}
	return ins
}

// hover tells below the table what a cell has no room for: the exact time of an age, the age of a time, the whole of a text.
func (p *incidentsPage) hover(key string, id int64, _ fyne.Position) {
	r, ok := p.model.rows[id]
	if !ok {
		p.say()
		return
	}
	switch key {
	case "age":
		p.status.SetText("Opened " + p.ui.secondText(r.Opened) + ", " + zoneText(r.Opened.In(p.ui.zone)))
	case "opened":
		p.status.SetText("Opened " + p.ui.ageText(r.Opened) + " ago")
	case "title":
		p.status.SetText(look.Printable(r.Title))
	case "failure":
		p.status.SetText(look.Printable(r.Failure))
	case "state":
		p.status.SetText(p.stateText(r))
	default:
		p.say()
	}
}

// stateText says what a state waits for.
func (p *incidentsPage) stateText(r desk.IncidentRow) string {
	if r.State == incident.OnHold {
		return "On Hold until " + p.ui.clockText(r.Until) + ", waits for " + look.Printable(r.Team)
	}
	return stateWord(r.State)
}

func (p *incidentsPage) copy() {
	p.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: p.ui.app.Clipboard()})
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

// selectionBar appears with a selection and offers what can be done with it.
type selectionBar struct {
	page   *incidentsPage
	object *fyne.Container
	count  *widget.Label
	merge  *button
}

func newSelectionBar(p *incidentsPage) *selectionBar {
	b := &selectionBar{page: p, count: widget.NewLabel("")}
	b.count.TextStyle.Bold = true
	none := widget.NewButton("Select none", p.grid.Clear)
	none.Importance = widget.LowImportance
	copyRows := widget.NewButtonWithIcon("Copy", theme.ContentCopyIcon(), p.copy)
	b.merge = newButton("", nil, func() { p.act.run(actionTo(incident.ToMerge)) })
	row := container.NewHBox(b.count, b.merge)
	for _, a := range actions() {
		if a.many && a.what != incident.ToMerge {
			row.Add(newButton(a.label+"…", nil, func() { p.act.run(a) }))
		}
	}
	row.Objects = append(row.Objects, copyRows, layout.NewSpacer(), none)
	b.object = container.NewStack(newSurface(theme.ColorNameSelection), row)
	b.object.Hide()
	return b
}

func (b *selectionBar) show(ids []int64) {
	if len(ids) == 0 {
		b.object.Hide()
		return
	}
	b.count.SetText(countText(len(ids)) + " selected")
	b.merge.SetText(mergeWords(len(ids)))
	b.merge.Hidden = len(ids) < 2
	b.object.Show()
}
