package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
	"backstop/ui/grid"
)

// proposedRow is an expectation that a routine's history proposes.
type proposedRow struct {
	desk.RoutineProposal
	routine desk.RoutineRow
}

// proposalsWizard shows what the history of routines proposes. What is ticked is accepted with a reason, or dismissed; nothing is
// applied by itself.
type proposalsWizard struct {
	*wizard
	page   *routinesPage
	ids    []int64
	found  []proposedRow
	said   *widget.Label
	grid   *grid.Grid[proposedRow]
	list   *list[proposedRow]
	why    *widget.Label // the one that is looked at is believed
	reason *field
}

func (p *routinesPage) askProposals(ids []int64) {
	if !p.ui.permit(desk.ToAdminister, p.window) {
		return
	}
	var w *proposalsWizard
	p.ui.openWizard("proposals", say.T("Expectations learned from history"), fyne.NewSize(1080, 720), func(z *wizard) { w = newProposalsWizard(z, p, slices.Clone(ids)) })
	if w != nil { // else it was open already
		w.learn()
	}
}

func newProposalsWizard(z *wizard, p *routinesPage, ids []int64) *proposalsWizard {
	w := &proposalsWizard{wizard: z, page: p, ids: ids, said: widget.NewLabel(say.Many(len(ids), "Reading the last runs of 1 routine…", "Reading the last runs of %s routines…")), why: widget.NewLabel("")}
	w.said.Wrapping, w.why.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	w.list = &list[proposedRow]{id: func(r proposedRow) int64 { return r.Routine }}
	w.grid = grid.New[proposedRow](w.list, proposalColumns()...)
	w.grid.Ticks, w.grid.Escapes = true, true
	w.grid.OnSelected = func([]int64) { w.refresh() }
	w.grid.OnCurrent = func(int64) { w.look() }
	w.reason = newField("", say.T("why they are accepted or dismissed; this goes on record"))
	w.reason.key = z.key
	z.steps = []step{{title: say.T("Proposals"), body: w.build(), ready: w.ready, first: func() fyne.Focusable { return w.grid }, letters: map[rune]func(){'d': w.dismiss}}}
	z.keys = keyList{say.T("This step"), [][2]string{{say.T("Space, Ctrl+A"), say.T("tick or untick the proposal, tick all")}, {"D", say.T("dismiss those that are ticked, with the reason")}}}
	z.finishing = func() string { return say.Many(len(w.grid.Selected()), "Accept 1 proposal", "Accept %s proposals") }
	z.finish = w.accept
	z.done, z.lost = func() { p.focus() }, func() string { return "" }
	return w
}

func proposalColumns() []grid.Column[proposedRow] {
	type row = proposedRow
	return []grid.Column[row]{
		{Key: "name", Title: say.T("Routine"), Width: 184, Text: func(r row) string { return routineName(r.routine) }},
		{Key: "client", Title: say.T("Client"), Width: 148, Text: func(r row) string { return r.routine.Client }},
		{Key: "proposed", Title: say.T("Proposed"), Width: 248, Text: func(r row) string { return r.Words }},
		{Key: "confidence", Title: say.T("Confidence"), Width: 88, Right: true, Text: func(r row) string { return percentText(r.Confidence) }, Value: func(r row) any { return r.Confidence }},
		{Key: "kept", Title: say.T("Kept"), Width: 88, Right: true, Text: func(r row) string { return say.T("%d of %d", r.Kept, r.Due) }},
		{Key: "grace", Title: say.T("Grace"), Width: 80, Right: true, Text: func(r row) string { return expect.Span(r.Grace) }},
		{Key: "now", Title: say.T("Now"), Width: 180, Text: func(r row) string { return expectedText(r.routine) }},
	}
}

func percentText(part float64) string { return fmt.Sprintf("%.0f %%", 100*part) }

func (w *proposalsWizard) build() fyne.CanvasObject {
	dismiss := newButton(say.T("Dismiss (D)"), nil, w.dismiss)
	form := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Reason")), container.NewBorder(nil, nil, nil, dismiss, w.reason))
	below := container.NewBorder(nil, form, nil, nil, container.NewVScroll(w.why))
	split := container.NewVSplit(w.grid, below)
	split.SetOffset(0.66)
	return container.NewBorder(w.said, nil, nil, nil, split)
}

// learn looks through the history, beside the windows.
func (w *proposalsWizard) learn() {
	w.grid.SetEmpty(noRows(say.T("Learning…"), ""))
	var found []proposedRow
	w.run(func(ctx context.Context, progress desk.Progress) (err error) {
		found, err = w.read(ctx, progress)
		return err
	}, func() { w.show(found) })
}

// read learns, and asks for the routines that anything is proposed for.
func (w *proposalsWizard) read(ctx context.Context, progress desk.Progress) ([]proposedRow, error) {
	proposals, err := w.ui.desk.ProposeExpectations(ctx, w.ui.actor, w.ids, "", progress)
	if err != nil {
		return nil, err
	}
	rows, err := w.ui.desk.RoutineRows(ctx, w.ui.actor, each(proposals, func(p desk.RoutineProposal) int64 { return p.Routine }))
	if err != nil {
		return nil, err
	}
	found := make([]proposedRow, len(rows))
	for i, r := range rows {
		found[i] = proposedRow{proposals[i], r}
	}
	return found, nil
}

func (w *proposalsWizard) show(found []proposedRow) {
	w.found, w.list.rows = found, found
	w.grid.SetEmpty(noRows(say.T("Nothing to propose"), say.T("Their runs are too few or too irregular, or what they show is expected already or was dismissed.")))
	w.grid.Reload()
	w.grid.SelectAll()
	if len(found) > 0 {
		w.grid.Reveal(found[0].Routine)
	}
	w.said.SetText(say.T("%s for %s. Nothing is expected before you accept it; then a run that does not start is noticed.", say.Many(len(found), "1 proposal", "%s proposals"), say.Many(len(w.ids), "1 routine", "%s routines")))
	w.look()
	w.refresh()
	w.window.Canvas().Focus(w.grid)
}

// shownRuns is how many of the runs that it was learned from are named.
const shownRuns = 40

// look tells why the proposal under the cursor is believed, and from which runs.
func (w *proposalsWizard) look() {
	id, ok := w.grid.Current()
	r, found := w.list.find(id)
	if !ok || !found {
		w.why.SetText("")
		return
	}
	zone, err := time.LoadLocation(r.Zone)
	if err != nil {
		zone = time.UTC
	}
	var runs []string
	for _, t := range slices.Backward(r.Runs[max(0, len(r.Runs)-shownRuns):]) {
		runs = append(runs, dayWord(t.In(zone))+t.In(zone).Format(" 15:04"))
	}
	w.why.SetText(say.T("%s, %s, grace %s. %d of %d due times had a run. Learned from %s, the newest: %s.",
		r.Words, r.Zone, expect.Span(r.Grace), r.Kept, r.Due, say.Many(len(r.Runs), "1 run", "%s runs"), strings.Join(runs, ",  ")))
}

func (w *proposalsWizard) ready() error {
	switch {
	case w.list.Len() == 0:
		return say.Error("there is nothing to accept")
	case len(w.grid.Selected()) == 0:
		return say.Error("tick the proposals that are to be accepted or dismissed")
	case strings.TrimSpace(w.reason.Text) == "":
		w.window.Canvas().Focus(w.reason)
		return errReason
	}
	return nil
}

// ticked are the proposals that are ticked.
func (w *proposalsWizard) ticked() []desk.RoutineProposal {
	var ps []desk.RoutineProposal
	for _, id := range w.grid.Selected() {
		if r, ok := w.list.find(id); ok {
			ps = append(ps, r.RoutineProposal)
		}
	}
	return ps
}

func (w *proposalsWizard) accept() (func(context.Context, desk.Progress) error, error) {
	ps, reason := w.ticked(), w.reason.Text
	return func(ctx context.Context, _ desk.Progress) error {
		n, err := w.ui.desk.ConfirmProposals(ctx, w.ui.actor, ps, reason)
		if err == nil {
			tell(func() {
				w.page.saidBelow(each(ps, func(p desk.RoutineProposal) int64 { return p.Routine }))(changedText(n, len(ps)))
			})
		}
		return err
	}, nil
}

// dismiss takes what is ticked off the list, with a reason; it is not proposed again.
func (w *proposalsWizard) dismiss() {
	ps, reason := w.ticked(), w.reason.Text
	if len(ps) == 0 || w.stop != nil {
		return
	}
	if err := w.ready(); err != nil {
		w.say(err)
		return
	}
	w.run(func(ctx context.Context, _ desk.Progress) error {
		return w.ui.desk.DismissProposals(ctx, w.ui.actor, ps, reason)
	}, func() {
		w.reason.SetText("")
		w.show(slices.DeleteFunc(slices.Clone(w.found), func(r proposedRow) bool {
			return slices.ContainsFunc(ps, func(p desk.RoutineProposal) bool { return p.Routine == r.Routine })
		}))
	})
}
