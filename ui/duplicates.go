package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
)

// duplicateMerger is what the wizard asks of the desk.
type duplicateMerger interface {
	merger
	DuplicatesOfTheDay(ctx context.Context, actor desk.Actor, from, to time.Time, zone *time.Location) ([]desk.Duplicates, error)
}

// duplicatesWizard proposes groups of incidents that most likely have one cause, and merges each of them into its oldest: all that are
// ticked at once, or one after the other. Below the groups stands what would become of the one that is looked at.
type duplicatesWizard struct {
	*wizard
	desk   duplicateMerger
	toast  *toast
	from   time.Time // of the period; zero for all that are open
	epoch  int
	read   bool
	doing  []desk.MergeRequest // what is being merged
	merged []desk.MergeRequest // what was merged so far

	period  *chooser
	said    *widget.Label
	groups  *list[desk.Duplicates]
	grid    *grid.Grid[desk.Duplicates]
	preview *mergePreview
}

// askDuplicates opens the wizard.
func (h *handling) askDuplicates() {
	u := h.ui
	u.openWizard("duplicates", say.T("Merge duplicates of the day"), fyne.NewSize(1040, 720), func(z *wizard) {
		newDuplicatesWizard(z, u.desk, h.toast)
	})
}

func newDuplicatesWizard(z *wizard, d duplicateMerger, toast *toast) *duplicatesWizard {
	w := &duplicatesWizard{wizard: z, desk: d, toast: toast, said: widget.NewLabel(""), preview: newMergePreview(z.ui)}
	w.said.Wrapping = fyne.TextWrapWord
	w.groups = &list[desk.Duplicates]{id: func(g desk.Duplicates) int64 { return g.IDs[0] }}
	w.grid = grid.New[desk.Duplicates](w.groups, groupColumns()...)
	w.grid.Ticks, w.grid.Escapes = true, true
	w.grid.OnSelected = func([]int64) { w.refresh() }
	w.grid.OnCurrent = func(int64) { w.look() }
	w.period = newPeriodChooser(say.T("Started"), z.ui.now, func(from time.Time) { w.from = from; w.ask(true) })
	z.steps = []step{{
		title: say.T("Groups"), body: w.build(), ready: w.ready, first: func() fyne.Focusable { return w.grid },
		letters: map[rune]func(){'g': w.mergeOne},
	}}
	z.keys = keyList{say.T("This step"), [][2]string{{say.T("Space, Ctrl+A"), say.T("tick or untick the group, tick all")}, {"G", say.T("merge only the group under the cursor")}}}
	z.finishing = func() string { return say.Many(len(w.grid.Selected()), "Merge 1 group", "Merge %s groups") }
	z.finish = w.work
	z.done, z.left = w.tell, w.leaving
	z.lost = func() string { return "" }
	z.changed = func() { w.ask(false) }
	w.ask(true)
	return w
}

func groupColumns() []grid.Column[desk.Duplicates] {
	type row = desk.Duplicates
	return []grid.Column[row]{
		{Key: "day", Title: say.T("Day"), Width: 96, Text: func(g row) string { return say.Day(g.Day) }},
		{Key: "count", Title: say.T("Incidents"), Width: 80, Right: true, Text: func(g row) string { return countText(len(g.IDs)) }},
		{Key: "routine", Title: say.T("Routine"), Width: 200, Text: func(g row) string { return g.Routine }},
		{Key: "client", Title: say.T("Client"), Width: 176, Text: func(g row) string { return g.Client }},
		{Key: "tool", Title: say.T("Tool"), Width: 104, Text: func(g row) string { return g.Tool }},
		{Key: "error", Title: say.T("Error in common"), Width: 304, Text: func(g row) string { return g.Error }},
	}
}

func (w *duplicatesWizard) build() fyne.CanvasObject {
	one := newButton(say.T("Merge only this group (G)"), nil, w.mergeOne)
	head := container.NewBorder(nil, nil, nil, w.period.button, w.said)
	below := container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), one), nil, nil, w.preview.object)
	split := container.NewVSplit(container.NewBorder(head, nil, nil, nil, w.grid), below)
	split.SetOffset(0.5)
	return split
}

// ask looks for groups. At first, and for another period, all are ticked; later what is ticked stays so.
func (w *duplicatesWizard) ask(tickAll bool) {
	w.epoch++
	epoch, from := w.epoch, w.from
	if tickAll {
		w.read = false
		w.grid.SetEmpty(noRows(say.T("Looking for duplicates…"), ""))
	}
	ask(w.ui.work, func() ([]desk.Duplicates, error) {
		return w.desk.DuplicatesOfTheDay(w.ui.ctx, w.ui.actor, from, time.Time{}, w.ui.zone)
	}, func(groups []desk.Duplicates, err error) {
		if epoch != w.epoch {
			return
		}
		if err != nil {
			w.say(err)
			return
		}
		w.read = true
		w.show(groups, tickAll)
	})
}

func (w *duplicatesWizard) show(groups []desk.Duplicates, tickAll bool) {
	w.groups.rows = groups
	w.grid.SetEmpty(noRows(say.T("No duplicates."), say.T("No two open incidents have one routine, one client, one error and one day in common.")))
	w.grid.Reload()
	if tickAll {
		w.grid.SelectAll()
	}
	if _, ok := w.grid.Current(); !ok && len(groups) > 0 {
		w.grid.Reveal(groups[0].IDs[0])
	} else {
		w.look()
	}
	w.said.SetText(w.saidText())
	w.refresh()
}

func (w *duplicatesWizard) saidText() string {
	n := 0
	for _, g := range w.groups.rows {
		n += len(g.IDs)
	}
	if n == 0 {
		return say.T("Open incidents of one routine and client with the same error on one day.")
	}
	return say.T("%s of %s: open, of one routine and client, with the same error on one day. Each group becomes its oldest incident.",
		say.Many(len(w.groups.rows), "1 group", "%s groups"), say.Many(n, "1 incident", "%s incidents"))
}

// current is the group that the keys act on.
func (w *duplicatesWizard) current() (desk.Duplicates, bool) {
	id, ok := w.grid.Current()
	if !ok {
		return desk.Duplicates{}, false
	}
	return w.groups.find(id)
}

// look shows why the current group is one, and what would become of each in it.
func (w *duplicatesWizard) look() {
	g, ok := w.current()
	if !ok {
		w.preview.clear()
		return
	}
	ask(w.ui.work, func() ([]incident.Incident, error) { return w.desk.Incidents(w.ui.ctx, w.ui.actor, g.IDs) }, func(ins []incident.Incident, err error) {
		if now, ok := w.current(); !ok || !slices.Equal(now.IDs, g.IDs) {
			return // another is looked at by now
		}
		if err == nil {
			err = w.preview.show(sentence(g.Say()), ins[0], ins[1:])
		}
		if err != nil {
			w.say(err)
		}
	})
}

func (w *duplicatesWizard) ready() error {
	switch {
	case !w.read:
		return say.Error("duplicates are still being looked for")
	case w.groups.Len() == 0:
		return say.Error("there are no duplicates to merge")
	case len(w.grid.Selected()) == 0:
		return say.Error("tick the groups that are to be merged")
	}
	return nil
}

// work merges all groups that are ticked, or none.
func (w *duplicatesWizard) work() (func(context.Context, desk.Progress) error, error) {
	var requests []desk.MergeRequest
	for _, id := range w.grid.Selected() {
		if g, ok := w.groups.find(id); ok {
			requests = append(requests, g.Request())
		}
	}
	return w.merging(requests...), nil
}

func (w *duplicatesWizard) merging(requests ...desk.MergeRequest) func(context.Context, desk.Progress) error {
	w.doing = requests
	return func(ctx context.Context, progress desk.Progress) error {
		return w.desk.MergeAll(ctx, w.ui.actor, requests, progress)
	}
}

// mergeOne merges the current group and goes on with the others.
func (w *duplicatesWizard) mergeOne() {
	g, ok := w.current()
	if !ok {
		w.say(say.Error("there is no group to merge"))
		return
	}
	w.run(w.merging(g.Request()), func() {
		w.merged = append(w.merged, w.doing...)
		w.doing = nil
		w.ask(false)
	})
}

// tell says in the main window what was done, and offers to take all of it back.
func (w *duplicatesWizard) tell() {
	requests := slices.Concat(w.merged, w.doing)
	if len(requests) == 0 {
		return
	}
	n := 0
	for _, r := range requests {
		n += len(r.From)
	}
	d, ctx, actor := w.ui.desk, w.ui.ctx, w.ui.actor
	w.toast.show(say.T("%s merged into %s.", say.Many(n, "1 incident", "%s incidents"), countText(len(requests))), func() error {
		for _, r := range requests {
			if err := d.Unmerge(ctx, actor, r.Into, r.From); err != nil {
				return err
			}
		}
		return nil
	})
}

// leaving tells what was merged group by group; what was begun and failed is not among it.
func (w *duplicatesWizard) leaving() {
	w.doing = nil
	w.tell()
}
