package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

func mergedColumns(u *UI) []grid.Column[desk.IncidentRow] {
	type row = desk.IncidentRow
	return []grid.Column[row]{
		{Key: "id", Title: say.T("ID"), Width: 64, Right: true, Link: true, Text: func(r row) string { return idText(r.ID) }},
		{Key: "opened", Title: say.T("Opened"), Width: 124, Text: func(r row) string { return u.clockText(r.Opened) }},
		{Key: "title", Title: say.T("Title"), Width: 208, Text: func(r row) string { return r.ShownTitle() }},
		{Key: "client", Title: say.T("Client"), Width: 144, Text: func(r row) string { return r.Client }},
		{Key: "failure", Title: say.T("Failure"), Width: 264, Text: func(r row) string { return r.ShownFailure() }},
		{Key: "state", Title: say.T("State"), Width: 124, Text: func(r row) string { return stateWord(r.State) }, Tone: func(r row) look.Tone { return stateTone(r.State) }},
		{Key: "closing", Title: say.T("Closing Status"), Width: 132, Text: func(r row) string { return closingWord(r.Closing) }, Tone: func(r row) look.Tone { return closingTone(r.Closing) }},
	}
}

// sessionsTab lists the sessions that made the incident good.
type sessionsTab struct {
	rows  *list[desk.ExecutionRow]
	notes map[int64]string
	made  map[int64][]int64
	grid  *grid.Grid[desk.ExecutionRow]
}

func newSessionsTab(u *UI) *sessionsTab {
	t := &sessionsTab{rows: &list[desk.ExecutionRow]{id: func(r desk.ExecutionRow) int64 { return r.ID }}}
	type row = desk.ExecutionRow
	columns := slices.Insert(runColumns(u), 2, // behind when it ran and how
		grid.Column[row]{Key: "routine", Title: say.T("Routine"), Width: 160, Text: func(r row) string { return r.Routine }},
		grid.Column[row]{Key: "client", Title: say.T("Client"), Width: 136, Text: func(r row) string { return r.Client }},
		grid.Column[row]{Key: "note", Title: say.T("Note"), Width: 200, Text: func(r row) string { return t.notes[r.ID] }},
		madeGoodColumn(func(id int64) []int64 { return t.made[id] }))
	t.grid = grid.New[row](t.rows, columns...)
	t.grid.OnOpen, t.grid.OnLink = u.openExecution, func(_ string, id int64) { u.openExecution(id) }
	t.grid.SetEmpty(noRows(say.T("No session is linked."), say.T("Closing as Reprocessed links the sessions that made the incident good.")))
	return t
}

// runColumns show runs of one routine.
func runColumns(u *UI) []grid.Column[desk.ExecutionRow] {
	type row = desk.ExecutionRow
	return []grid.Column[row]{
		{Key: "start", Title: say.T("Start"), Width: 128, Link: true, Text: func(r row) string { return u.clockText(r.At()) }},
		{Key: "outcome", Title: say.T("Outcome"), Width: 120, Text: func(r row) string { return outcomeWord(r.Outcome) }, Tone: func(r row) look.Tone { return outcomeTone(r.Outcome) }},
		{Key: "duration", Title: say.T("Duration"), Width: 88, Right: true, Text: func(r row) string { return tookText(r.Execution) }},
		{Key: "size", Title: say.T("Size"), Width: 88, Right: true, Text: func(r row) string { return sizeText(r.Bytes) }},
		{Key: "files", Title: say.T("Files"), Width: 88, Right: true, Text: func(r row) string { return numberText(r.Files) }},
		{Key: "level", Title: say.T("Level"), Width: 184, Text: func(r row) string { return r.Level }},
		{Key: "session", Title: say.T("Session"), Width: 160, Text: func(r row) string { return r.Session }},
	}
}

// madeGoodColumn tells which incidents a run made good.
func madeGoodColumn(by func(execution int64) []int64) grid.Column[desk.ExecutionRow] {
	return grid.Column[desk.ExecutionRow]{Key: "made", Title: say.T("Made good"), Width: 128, Text: func(r desk.ExecutionRow) string { return idsText(by(r.ID)) }}
}

// idsText lists the first incidents by number and counts the others.
func idsText(ids []int64) string {
	const most = 3
	var words []string
	for _, id := range ids[:min(most, len(ids))] {
		words = append(words, idText(id))
	}
	text := strings.Join(words, ", ")
	if more := len(ids) - most; more > 0 {
		return say.T("%s and %s more", text, countText(more))
	}
	return text
}

func (t *sessionsTab) show(d desk.Detail) {
	t.rows.rows, t.notes, t.made = d.Sessions, notesOf(d.Incident), d.MadeGood
	t.grid.Reload()
}

// notesOf are the notes on the links of an incident, by session.
func notesOf(in incident.Incident) map[int64]string {
	notes := map[int64]string{}
	for _, l := range in.Links {
		notes[int64(l.Session)] = l.Note
	}
	return notes
}

// noRows says what would be here and how to get it here.
func noRows(title, how string) fyne.CanvasObject {
	below := widget.NewLabelWithStyle(how, fyne.TextAlignCenter, fyne.TextStyle{})
	below.Importance = widget.LowImportance
	return container.NewCenter(container.NewVBox(widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true}), below))
}

// historyTab lists the last runs; the facts of the one chosen stand below. It can have more columns than those of every run.
type historyTab struct {
	ui     *UI
	rows   *list[desk.ExecutionRow]
	grid   *grid.Grid[desk.ExecutionRow]
	facts  *factSheet
	object fyne.CanvasObject
}

func newHistoryTab(u *UI, more ...grid.Column[desk.ExecutionRow]) *historyTab {
	t := &historyTab{ui: u, rows: &list[desk.ExecutionRow]{id: func(r desk.ExecutionRow) int64 { return r.ID }}, facts: newFactSheet()}
	t.grid = grid.New[desk.ExecutionRow](t.rows, append(runColumns(u), more...)...)
	t.grid.OnCurrent = t.showFacts
	t.grid.OnOpen, t.grid.OnLink = u.openExecution, func(_ string, id int64) { u.openExecution(id) }
	t.grid.SetEmpty(noRows(say.T("No run of this routine is known."), say.T("Import exports that cover more nights.")))
	split := container.NewVSplit(t.grid, container.NewVScroll(t.facts.object))
	split.SetOffset(0.62)
	t.object = split
	return t
}

func (t *historyTab) show(runs []desk.ExecutionRow) {
	t.rows.rows = runs
	t.grid.Reload()
}

// showRun puts the cursor on a run and shows its facts.
func (t *historyTab) showRun(id int64) {
	t.grid.Reveal(id)
	t.showFacts(id)
}

func (t *historyTab) showFacts(id int64) {
	r, ok := t.rows.find(id)
	if !ok {
		return
	}
	f := t.ui.runFacts(r)
	f.lines = append([]fact{{say.T("Failure"), r.Error}}, f.lines...)
	t.facts.show(f)
}
