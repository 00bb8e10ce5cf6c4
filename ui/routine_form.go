package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// routineForm changes what routines are and what of them opens an incident: one or many at once.
type routineForm struct {
	ui                           *UI
	ids                          []int64
	now                          []desk.RoutineSettings
	said                         func(what string) // is told what was done
	judge                        func()            // offers to judge again what was judged by settings that have changed; may be nil
	prompt                       *prompt
	disabled                     *mixedChoice[bool]
	vital                        *mixedChoice[backup.Choice]
	partial, cancelled, restores *mixedChoice[backup.Choice]
	off                          [4]*mixedChoice[bool] // in the order of analysisParts
	reason                       *field
}

func (p *routinesPage) askSettings(ids []int64) {
	if !p.ui.permit(desk.ToAdminister, p.window) {
		return
	}
	p.withSettings(ids, func(now []desk.RoutineSettings) {
		f := p.ui.openRoutineSettings(p.window, p.titleOf(ids), ids, now, p.saidBelow(ids))
		f.judge = func() { p.offerRejudge(ids) }
	})
}

// openRoutineSettings asks in a window for the settings of routines, which are now so.
func (u *UI) openRoutineSettings(w fyne.Window, title string, ids []int64, now []desk.RoutineSettings, said func(string)) *routineForm {
	f := &routineForm{ui: u, ids: ids, now: now, said: said}
	f.disabled = newMixedChoice([]option[bool]{{say.T("enabled"), false}, {say.T("disabled: nothing is expected of it"), true}}, each(now, func(s desk.RoutineSettings) bool { return s.Disabled }))
	f.vital = newMixedChoice([]option[backup.Choice]{{say.T("as its format knows"), backup.Undecided}, {say.T("vital"), backup.Yes}, {say.T("not vital"), backup.No}},
		each(now, func(s desk.RoutineSettings) backup.Choice { return s.Vital }))
	f.partial = newMixedChoice(opening(), each(now, func(s desk.RoutineSettings) backup.Choice { return s.Partial }))
	f.cancelled = newMixedChoice(opening(), each(now, func(s desk.RoutineSettings) backup.Choice { return s.Cancelled }))
	f.restores = newMixedChoice(opening(), each(now, func(s desk.RoutineSettings) backup.Choice { return s.Restores }))
	for i, a := range analysisParts {
		f.off[i] = newMixedChoice([]option[bool]{{say.T("runs"), false}, {say.T("off"), true}}, each(now, func(s desk.RoutineSettings) bool { return *a.of(&s.Off) }))
	}
	f.reason = newTextField(say.T("why it is changed; this goes on record"), 2)
	f.prompt = u.newPrompt(w, say.T("Settings of %s", title), f.body(), say.T("Save"), f.accept)
	f.reason.in(f.prompt)
	f.prompt.show(fyne.NewSize(640, 0), f.disabled.choice)
	return f
}

// opening is whether an outcome opens an incident.
func opening() []option[backup.Choice] {
	return []option[backup.Choice]{{say.T("as set for its tool"), backup.Undecided}, {say.T("opens an incident"), backup.Yes}, {say.T("opens none"), backup.No}}
}

// analysisParts are the risk analyses.
var analysisParts = []struct {
	words string
	of    func(*desk.Analyses) *bool
}{
	{say.N("Volume"), func(a *desk.Analyses) *bool { return &a.Volume }},
	{say.N("Duration"), func(a *desk.Analyses) *bool { return &a.Duration }},
	{say.N("Policy"), func(a *desk.Analyses) *bool { return &a.Policy }},
	{say.N("Recurrence"), func(a *desk.Analyses) *bool { return &a.Recurrence }},
}

// body lays the rows out; labels stand in one column.
func (f *routineForm) body() fyne.CanvasObject {
	analyses := container.NewGridWithColumns(2)
	for i, a := range analysisParts {
		analyses.Add(container.NewBorder(nil, nil, container.New(&wide{80}, widget.NewLabel(say.W(a.words))), nil, f.off[i].choice))
	}
	return container.New(layout.NewFormLayout(),
		widget.NewLabel(say.T("Routine")), f.disabled.choice,
		widget.NewLabel(say.T("Vital")), f.vital.choice,
		widget.NewLabel(say.T("Partial run")), f.partial.choice,
		widget.NewLabel(say.T("Cancelled run")), f.cancelled.choice,
		widget.NewLabel(say.T("Failed restore")), f.restores.choice,
		widget.NewLabel(say.T("Risk analyses")), analyses,
		widget.NewLabel(say.T("Reason")), f.reason,
	)
}

// accept reads the form.
func (f *routineForm) accept() (func() error, error) {
	reason := strings.TrimSpace(f.reason.Text)
	if reason == "" {
		return nil, errReason
	}
	put := f.put()
	change := f.ui.changeRoutines(f.ids, reason, put, f.said)
	if f.judge != nil && slices.ContainsFunc(f.now, func(s desk.RoutineSettings) bool { return opensOtherwise(s, put) }) {
		f.prompt.accepted = f.judge
	}
	return change, nil
}

// opensOtherwise tells whether a change is about what opens an incident.
func opensOtherwise(before desk.RoutineSettings, put func(*desk.RoutineSettings)) bool {
	after := before
	put(&after)
	return after.Partial != before.Partial || after.Cancelled != before.Cancelled || after.Restores != before.Restores
}

var errReason = say.Error("say why; it goes on record")

// put reads what was chosen and gives what it makes of a routine's settings.
func (f *routineForm) put() func(*desk.RoutineSettings) {
	disabled, vital, partial, cancelled, restores, off := f.disabled.puts(), f.vital.puts(), f.partial.puts(), f.cancelled.puts(), f.restores.puts(), [4]func(*bool){}
	for i := range off {
		off[i] = f.off[i].puts()
	}
	return func(s *desk.RoutineSettings) {
		disabled(&s.Disabled)
		vital(&s.Vital)
		partial(&s.Partial)
		cancelled(&s.Cancelled)
		restores(&s.Restores)
		for i, a := range analysisParts {
			off[i](a.of(&s.Off))
		}
	}
}
