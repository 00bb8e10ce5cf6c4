package ui

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// timelineView is the record: of one incident or of all, as a tab, a page or a window.
type timelineView struct {
	ui       *UI
	window   fyne.Window
	object   fyne.CanvasObject
	model    *entryModel
	grid     *grid.Grid[timeline.Entry]
	person   *chooser
	step     *chooser
	whole    *widget.Label // the entry that the cursor is on, with all it says
	verified *widget.Label
	again    *button
	query    desk.TimelineQuery
	words    map[string]string // what is shown for an action → the action
	people   map[string]string // likewise for who acted
	started  bool
}

// newTimelineView shows the incident's entries, or all with 0.
func newTimelineView(u *UI, w fyne.Window, d recordReader, incident int64) *timelineView {
	if incident == 0 {
		return newTimelineAbout(u, w, d, desk.TimelineQuery{})
	}
	return newTimelineAbout(u, w, d, desk.TimelineQuery{Subject: timeline.Incident, SubjectID: incident})
}

// newTimelineAbout shows the entries about one subject, or all.
func newTimelineAbout(u *UI, w fyne.Window, d recordReader, about desk.TimelineQuery) *timelineView {
	v := &timelineView{ui: u, window: w, query: about, words: map[string]string{}, people: map[string]string{}}
	v.model = &entryModel{ctx: u.ctx, desk: d, actor: u.actor, work: u.work, changed: v.changed}
	v.grid = grid.New[timeline.Entry](v.model, entryColumns(u, about.Subject == "")...)
	v.grid.OnCurrent = v.showWhole
	v.grid.OnOpen = v.openSubject
	v.grid.OnMenu = v.menu
	v.grid.OnLink = func(_ string, seq int64) { v.openSubject(seq) }
	v.person = newChooser(say.T("Person"), func(c []string) { v.query.Actor = v.people[v.only(v.person, c)]; v.model.ask(v.query) })
	v.step = newChooser(say.T("Action"), func(c []string) { v.query.Action = v.words[v.only(v.step, c)]; v.model.ask(v.query) })
	v.build()
	return v
}

func entryColumns(u *UI, all bool) []grid.Column[timeline.Entry] {
	type row = timeline.Entry
	return []grid.Column[row]{
		{Key: "seq", Title: say.T("Entry"), Width: 64, Right: true, Text: func(r row) string { return countText(int(r.Seq)) }, Value: func(r row) any { return desk.Ref(r.Seq) }},
		{Key: "at", Title: say.T("Time"), Width: 144, Text: func(r row) string { return u.secondText(r.At) }, Value: func(r row) any { return r.At }},
		{Key: "actor", Title: say.T("Person"), Width: 112, Text: func(r row) string { return personWord(r.Actor) }, Tone: personTone},
		{Key: "incident", Title: say.T("Incident"), Width: 72, Right: true, Link: true, Hidden: !all, Text: incidentText},
		{Key: "subject", Title: say.T("About"), Width: 88, Hidden: !all, Text: subjectText},
		{Key: "action", Title: say.T("Action"), Width: 144, Text: func(r row) string { return stepWord(r.Action) }},
		{Key: "details", Title: say.T("Details"), Width: 640, Text: u.detailsText},
	}
}

// personTone sets what happened by itself back behind what people did.
func personTone(e timeline.Entry) look.Tone {
	if e.Actor == timeline.System {
		return look.Muted
	}
	return look.Plain
}

func (v *timelineView) build() {
	v.whole = widget.NewLabel("")
	v.whole.Wrapping = fyne.TextWrapWord
	v.whole.Selectable = true
	v.verified = widget.NewLabel("")
	v.verified.Importance = widget.LowImportance
	v.verified.Truncation = fyne.TextTruncateEllipsis
	v.again = quiet(say.T("Verify"), theme.ConfirmIcon(), func() { v.ui.chain.forget(); v.verify() })
	own := quiet(say.T("Own window"), theme.ViewFullScreenIcon(), func() { v.ui.openTimelineAbout(v.query) })
	bar := container.NewBorder(nil, nil, container.NewHBox(v.person.button, v.step.button), container.NewHBox(v.again, own), v.verified)
	split := container.NewVSplit(v.grid, container.NewVScroll(v.whole))
	split.SetOffset(0.72)
	v.grid.SetEmpty(container.NewCenter(widget.NewLabel(say.T("No entry matches. Whatever is done here is on record from then on."))))
	v.object = container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Gap/2, look.Gap/2, 0, 0), bar), nil, nil, nil, split)
}

// start asks for the first entries, once somebody looks.
func (v *timelineView) start() {
	if v.started {
		return
	}
	v.started = true
	v.model.ask(v.query)
	ask(v.ui.work, func() (desk.TimelineChoices, error) { return v.model.desk.TimelineChoices(v.ui.ctx, v.ui.actor) }, func(c desk.TimelineChoices, err error) {
		if err != nil {
			return
		}
		for _, name := range c.People {
			v.people[personWord(name)] = name
			v.person.options = append(v.person.options, personWord(name))
		}
		for _, a := range c.Actions {
			v.words[stepWord(a)] = a
			v.step.options = append(v.step.options, stepWord(a))
		}
	})
	v.verify()
}

// showIncident turns the view to another incident.
func (v *timelineView) showIncident(id int64) {
	v.query.SubjectID = id
	if v.started {
		v.model.ask(v.query)
	}
}

func (v *timelineView) reload(e desk.Event) {
	if v.started && (e.Incidents || e.Sources || e.Settings || e.Risks) {
		v.model.reload()
	}
}

func (v *timelineView) changed(fresh bool, err error) {
	if err != nil {
		v.ui.showError(v.window, err)
		return
	}
	if fresh {
		v.grid.Restart()
		v.whole.SetText("")
		if len(v.model.entries) > 0 {
			v.showWhole(v.model.entries[0].Seq)
		}
		return
	}
	if v.grid.AtTop() {
		v.grid.Restart() // what was just done is what one looks for
		return
	}
	v.grid.Reload()
}

// only keeps the newest of what was chosen: one person, one action.
func (v *timelineView) only(c *chooser, chosen []string) string {
	if len(chosen) == 0 {
		return ""
	}
	one := chosen[len(chosen)-1]
	c.set([]string{one})
	return one
}

func (v *timelineView) entry(seq int64) (timeline.Entry, bool) {
	i, ok := v.model.Index(seq)
	if !ok {
		return timeline.Entry{}, false
	}
	return v.model.entries[i], true
}

func (v *timelineView) showWhole(seq int64) {
	if e, ok := v.entry(seq); ok {
		v.whole.SetText(v.ui.entryText(e))
	}
}

func (v *timelineView) menu(_ []int64, at fyne.Position) {
	copyRows := func() { v.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: v.ui.app.Clipboard()}) }
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", fyne.NewMenuItem(say.T("Copy"), copyRows), fyne.NewMenuItem(say.T(saveList), v.save)), v.window.Canvas(), at)
}

// save writes all entries that match into a file, newest first as they are shown.
func (v *timelineView) save() {
	q := v.query
	var about []string
	if q.SubjectID != 0 {
		about = append(about, capital(say.W(string(q.Subject)))+" "+idText(q.SubjectID))
	}
	about = append(about, oneOf(say.T("Person"), v.person.chosen)...)
	about = append(about, oneOf(say.T("Action"), v.step.chosen)...)
	saveTable(v.ui, v.window, savedList[timeline.Entry]{name: say.N("timeline"), about: strings.Join(about, ", "), columns: v.grid.Shown(), rows: func(ctx context.Context) iter.Seq2[timeline.Entry, error] {
		return v.model.all(ctx, q)
	}})
}

// openSubject opens the incident or the risk that an entry is about.
func (v *timelineView) openSubject(seq int64) {
	e, ok := v.entry(seq)
	switch {
	case !ok, v.query.Subject != "":
	case e.Subject == timeline.Incident:
		v.ui.openIncident(e.SubjectID, tabTimeline)
	case e.Subject == timeline.Risk:
		v.ui.openRisk(e.SubjectID)
	}
}

// verify checks the chain beside the windows and says how far it holds.
func (v *timelineView) verify() {
	v.verified.SetText(say.T("Verifying the chain …"))
	v.again.Disable()
	ask(v.ui.work, v.ui.chain.check, func(found desk.Verification, err error) {
		v.again.Enable()
		v.verified.Importance = widget.LowImportance
		switch {
		case err != nil:
			v.verified.SetText(say.T("The chain could not be verified: %s", sayError(err)))
		case len(found.Findings) > 0:
			v.verified.Importance = widget.DangerImportance
			v.verified.SetText(say.T("Not sound: %s", found.Findings[0]))
		default:
			v.verified.SetText(say.T("Verified up to entry %s", countText(int(found.Entries))))
		}
		v.verified.Refresh()
	})
}

// openTimelineAbout opens the record in a window of its own: about one incident or risk, or all of it.
func (u *UI) openTimelineAbout(about desk.TimelineQuery) {
	about = desk.TimelineQuery{Subject: about.Subject, SubjectID: about.SubjectID}
	key, title := "timeline", say.T("Timeline")
	switch about.Subject {
	case "":
	case timeline.Incident:
		key, title = "timeline "+idText(about.SubjectID), say.T("Timeline of %s", idText(about.SubjectID))
	default:
		key = fmt.Sprintf("timeline %s %d", about.Subject, about.SubjectID)
		title = say.T("Timeline of %s %d", say.W(string(about.Subject)), about.SubjectID)
	}
	u.open(key, title, func(w *openWindow) content {
		v := newTimelineAbout(u, w.Window, u.desk, about)
		v.start()
		u.simpleKeys(w)
		return content{object: container.New(&padded{look.Gap}, v.object), size: fyne.NewSize(1100, 640), reload: v.reload}
	})
}
