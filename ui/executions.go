package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// executionsPage is the log of all executions with its search and filters.
type executionsPage struct {
	*listPage[desk.LoggedRow, desk.ExecutionQuery]
	object fyne.CanvasObject

	time                  *timeChooser
	outcome, kind         *chooser
	tool, routine, client *chooser
	started               bool
}

func newExecutionsPage(u *UI, w fyne.Window) *executionsPage {
	p := &executionsPage{}
	l := executionListing(u, func(int) *fyne.Container { return p.empty() })
	l.views = savedViews[desk.ExecutionQuery]{all: u.desk.ExecutionViews, save: u.desk.SaveExecutionView, remove: u.desk.RemoveExecutionView, show: p.showView}
	p.listPage = newListPage(u, w, l)
	p.onClear = func() { p.filter(desk.ExecutionQuery{}) }
	p.tip = u.executionTip
	p.grid.OnOpen = u.openExecution
	p.grid.OnLink = p.follow
	p.grid.OnMenu = p.menu
	p.query = desk.ExecutionQuery{Sort: "start", Desc: true}
	p.grid.SetSort("start", true)
	p.lay()
	return p
}

// executionListing lists executions, wherever they are listed.
func executionListing(u *UI, empty func(int) *fyne.Container) listing[desk.LoggedRow, desk.ExecutionQuery] {
	return listing[desk.LoggedRow, desk.ExecutionQuery]{
		name: say.N("executions"), counted: func(n int) string { return say.Many(n, "1 execution", "%s executions") }, hint: say.T("Routine, client, failure, session"),
		list: lister[desk.LoggedRow, desk.ExecutionQuery]{
			ids: func(ctx context.Context, q desk.ExecutionQuery, limit int) ([]int64, error) {
				q.Limit = limit
				return u.desk.ExecutionIDs(ctx, u.actor, q)
			},
			rows: func(ctx context.Context, ids []int64) ([]desk.LoggedRow, error) {
				return u.desk.ExecutionLog(ctx, u.actor, ids)
			},
			id: func(r desk.LoggedRow) int64 { return r.ID },
		},
		columns: executionColumns(u), sort: sortExecutions, filters: u.executionFilters, empty: empty,
		text: func(q *desk.ExecutionQuery) *string { return &q.Text },
	}
}

// sortExecutions puts an order into a question.
func sortExecutions(q *desk.ExecutionQuery, key string, descending bool) {
	q.Sort, q.Desc = key, descending
}

// executionFilters tells what narrows a question, in words.
func (u *UI) executionFilters(q desk.ExecutionQuery) []string {
	var fs []string
	if q.Last > 0 {
		fs = append(fs, lastWord(q.Last))
	} else if !q.From.IsZero() {
		fs = append(fs, say.T("Since %s", u.clockText(q.From)))
	}
	if !q.To.IsZero() {
		fs = append(fs, say.T("Before %s", u.clockText(q.To)))
	}
	fs = append(fs, oneOf(say.T("Outcome"), outcomeWords(q.Outcomes))...)
	fs = append(fs, oneOf(say.T("Type"), kindWords(q.Kinds))...)
	fs = append(fs, oneOf(say.T("Tool"), q.Tools)...)
	fs = append(fs, oneOf(say.T("Routine"), q.Routines)...)
	fs = append(fs, oneOf(say.T("Client"), q.Clients)...)
	return append(fs, textFilter(q.Text)...)
}

func outcomeWords(outcomes []backup.Outcome) []string {
	var words []string
	for _, o := range outcomes {
		words = append(words, outcomeWord(o))
	}
	return words
}

func (p *executionsPage) lay() {
	p.time = newTimeChooser(p.ui, p.window, func(t timeRange) { p.query.Last, p.query.From, p.query.To = t.last, t.from, t.to; p.asked() })
	p.outcome = newChooser(say.T("Outcome"), func(words []string) { p.query.Outcomes = valuesOf(words, outcomeWord, backup.Cancelled); p.asked() })
	p.kind = newChooser(say.T("Type"), func(words []string) { p.query.Kinds = valuesOf(words, kindWord, backup.Restore); p.asked() })
	p.outcome.options, p.kind.options = wordsTo(outcomeWord, backup.Cancelled), wordsTo(kindWord, backup.Restore)
	p.outcome.sets = map[string][]string{say.T("not a success"): outcomeWords(notSuccess)}
	p.tool = newChooser(say.T("Tool"), func(c []string) { p.query.Tools = c; p.asked() })
	p.routine = newChooser(say.T("Routine"), func(c []string) { p.query.Routines = c; p.asked() })
	p.client = newChooser(say.T("Client"), func(c []string) { p.query.Clients = c; p.asked() })
	p.object = p.build([]fyne.CanvasObject{p.filterRow(p.time.button, p.outcome.button, p.kind.button, p.tool.button, p.routine.button, p.client.button, p.viewsButton())})
}

// notSuccess are the outcomes that leave something to do.
var notSuccess = []backup.Outcome{backup.Partial, backup.Failed, backup.Missed, backup.Cancelled}

// wordsTo are the words of all values up to the last.
func wordsTo[T ~uint8](word func(T) string, last T) []string {
	var words []string
	for v := T(1); v <= last; v++ {
		words = append(words, word(v))
	}
	return words
}

// valuesOf are the values of some words.
func valuesOf[T ~uint8](words []string, word func(T) string, last T) []T {
	var values []T
	for v := T(1); v <= last; v++ {
		for _, w := range words {
			if w == word(v) {
				values = append(values, v)
			}
		}
	}
	return values
}

func (p *executionsPage) empty() *fyne.Container {
	switch {
	case p.unfiltered() && p.ui.whyNot(desk.ToSeeAll) != "":
		return emptyState(say.T("No executions yet"), say.T("The runs of your virtual locations are listed here. An Admin decides which those are."))
	case p.unfiltered():
		return emptyState(say.T("No executions yet"), say.T("Every run that an export tells of is listed here, whatever came of it. Import an export or add a folder."))
	}
	return emptyState(say.T("Nothing matches"), say.T("No execution matches the search and the filters."), widget.NewButton(say.T("Show all executions"), func() { p.filter(desk.ExecutionQuery{}) }))
}

// shown asks for the first rows, once somebody looks.
func (p *executionsPage) shown() {
	if !p.started {
		p.started = true
		p.recallColumns()
		p.filter(p.recallFilters(p.query))
		p.askAround()
	}
	p.focus()
}

func (p *executionsPage) reload(e desk.Event) {
	if p.started && (e.Incidents || e.Sources || e.Settings) {
		p.model.reload()
		p.askAround()
	}
}

// askAround asks for what the filters can offer.
func (p *executionsPage) askAround() {
	ask(p.ui.work, func() (desk.ExecutionChoices, error) { return p.ui.desk.ExecutionChoices(p.ui.ctx, p.ui.actor) }, func(c desk.ExecutionChoices, err error) {
		if err == nil {
			p.tool.options, p.routine.options, p.client.options = c.Tools, c.Routines, c.Clients
		}
	})
}

// showView shows what was kept under a name, in its order.
func (p *executionsPage) showView(q desk.ExecutionQuery) {
	p.query.Sort, p.query.Desc = q.Sort, q.Desc
	p.grid.SetSort(q.Sort, q.Desc)
	p.filter(q)
	p.ui.main.goTo("Executions")
}

// filter replaces the filters; the order stays.
func (p *executionsPage) filter(q desk.ExecutionQuery) {
	q.Sort, q.Desc = p.query.Sort, p.query.Desc
	p.query, p.started = q, true
	p.time.show(timeRange{q.Last, q.From, q.To})
	p.outcome.set(outcomeWords(q.Outcomes))
	p.kind.set(kindWords(q.Kinds))
	p.tool.set(q.Tools)
	p.routine.set(q.Routines)
	p.client.set(q.Clients)
	p.showSearch()
	p.asked()
}

func (p *executionsPage) follow(key string, id int64) {
	if r, ok := p.model.rows[id]; ok && key == "incident" && r.Incident != 0 {
		p.ui.openIncident(r.Incident, "")
		return
	}
	p.ui.openExecution(id)
}

func (p *executionsPage) menu(ids []int64, at fyne.Position) {
	items := []*fyne.MenuItem{fyne.NewMenuItem(say.T("Open"), func() {
		for _, id := range ids[:min(len(ids), mostOpened)] {
			p.ui.openExecution(id)
		}
	})}
	if r, ok := p.model.rows[ids[0]]; ok && r.Incident != 0 {
		items = append(items, fyne.NewMenuItem(say.T("Open incident %s", idText(r.Incident)), func() { p.ui.openIncident(r.Incident, "") }))
	}
	if r, ok := p.model.rows[ids[0]]; ok {
		items = append(items, fyne.NewMenuItem(say.T("All runs of %s", shorten(r.Routine, 40)), func() { p.filter(desk.ExecutionQuery{Routines: []string{r.Routine}, Clients: namesOf(r.Client)}) }))
	}
	items = append(append(items, fyne.NewMenuItemSeparator()), p.copyItems()...)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.window.Canvas(), at)
}

// mostOpened keeps a selection of thousands from opening as many windows.
const mostOpened = 10

func namesOf(name string) []string {
	if strings.TrimSpace(name) == "" {
		return nil
	}
	return []string{name}
}
