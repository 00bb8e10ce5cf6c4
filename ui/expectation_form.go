package ui

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
)

// way is how an expectation is given.
type way uint8

const (
	byNothing way = iota
	byCron
	byPeriod
)

func wayOf(x expect.Expectation) way {
	switch {
	case x.Cron != "":
		return byCron
	case x.Every != 0:
		return byPeriod
	}
	return byNothing
}

// expectationForm says when routines are to start: one or many at once. What it comes to is shown while one types.
type expectationForm struct {
	page    *routinesPage
	ids     []int64
	prompt  *prompt
	how     *mixedChoice[way]
	cron    *mixedField
	every   *mixedField
	anchor  *mixedField
	zone    *mixedField
	grace   *mixedField
	from    *mixedField
	stalled *mixedField

	calendar *mixedChoice[string]
	reason   *field
	dues     *duePreview

	rows             *fyne.Container
	ofCron, ofPeriod []fyne.CanvasObject // shown for the one or the other
	ofBoth, ofAny    []fyne.CanvasObject // for either; unless nothing is expected
}

func (p *routinesPage) askExpectation(ids []int64) {
	if !p.ui.permit(desk.ToAdminister, p.window) {
		return
	}
	p.withSettings(ids, func(now []desk.RoutineSettings) {
		ask(p.ui.work, func() ([]expect.Calendar, error) { return p.ui.desk.Calendars(p.ui.ctx, p.ui.actor) }, func(calendars []expect.Calendar, err error) {
			if err != nil {
				p.ui.showError(p.window, err)
				return
			}
			p.openExpectation(ids, now, calendars)
		})
	})
}

func (p *routinesPage) openExpectation(ids []int64, now []desk.RoutineSettings, calendars []expect.Calendar) *expectationForm {
	f := &expectationForm{page: p, ids: ids, dues: newDuePreview(p.ui)}
	f.fields(now)
	f.calendar = newMixedChoice(calendarOptions(now, calendars), each(now, func(s desk.RoutineSettings) string { return s.Calendar }))
	f.calendar.OnChanged = func(string) { f.preview() }
	f.rows = container.New(layout.NewFormLayout())
	f.build()
	f.prompt = p.ui.newPrompt(p.window, say.T("Expectation of %s", p.titleOf(ids)), f.rows, say.T("Save"), f.accept)
	for _, e := range []*field{f.cron.field, f.every.field, f.anchor.field, f.zone.field, f.grace.field, f.from.field, f.stalled.field, f.reason} {
		e.in(f.prompt)
	}
	f.turn()
	f.prompt.show(fyne.NewSize(640, 0), f.how.choice)
	return f
}

// fields fills in what the routines have now.
func (f *expectationForm) fields(now []desk.RoutineSettings) {
	of := func(text func(desk.RoutineSettings) string) []string { return each(now, text) }
	f.how = newMixedChoice([]option[way]{{say.T("nothing is expected"), byNothing}, {say.T("at times of the clock (cron fields)"), byCron}, {say.T("after a period"), byPeriod}},
		each(now, func(s desk.RoutineSettings) way { return wayOf(s.Expectation) }))
	f.cron = newMixedField(of(func(s desk.RoutineSettings) string { return s.Expectation.Cron }), say.T("minute hour day month weekday: 30 22 * * 1-5"))
	f.every = newMixedField(of(func(s desk.RoutineSettings) string { return spanOrNone(s.Expectation.Every) }), "6 h, 26 h, 14 d")
	f.anchor = newMixedField(of(func(s desk.RoutineSettings) string { return wallText(s.Expectation.Anchor, s.Expectation.Zone) }), say.T("%s HH:MM of a due time", say.DateShape()))
	f.zone = newMixedField(of(f.zoneOf), say.T("a name such as Europe/Lisbon"))
	f.grace = newMixedField(of(graceOf), say.T("how late a run may start: 1 h"))
	f.from = newMixedField(of(func(s desk.RoutineSettings) string { return wallText(s.CoverFrom, f.zoneOf(s)) }), say.T("%s HH:MM; empty: from now on", say.DateShape()))
	f.stalled = newMixedField(of(func(s desk.RoutineSettings) string { return spanOrNone(s.Stalled) }), say.T("empty: 24 h, or three times the usual where that is more"))
	f.reason = newTextField(say.T("why it is changed; this goes on record"), 2)
	for _, e := range []*mixedField{f.cron, f.every, f.anchor, f.zone} {
		e.OnChanged = func(string) { f.preview() }
	}
	f.how.OnChanged = func(string) { f.turn() }
}

func spanOrNone(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return expect.Span(d)
}

// zoneOf is the zone of an expectation; that of the desk where there is none yet.
func (f *expectationForm) zoneOf(s desk.RoutineSettings) string {
	name := s.Expectation.Zone
	if name == "" {
		name = f.page.ui.zone.String()
	}
	if name == time.Local.String() && name == "Local" {
		return "" // a machine that does not tell: the person has to say
	}
	return name
}

func graceOf(s desk.RoutineSettings) string {
	if s.Expectation.None() {
		return expect.Span(time.Hour)
	}
	return expect.Span(s.Expectation.Grace)
}

// wallText is an instant in a zone by name, as forms show it.
func wallText(t time.Time, zone string) string {
	l, err := time.LoadLocation(zone)
	if t.IsZero() || err != nil {
		return ""
	}
	return say.Minute(t.In(l))
}

// build lays the rows out; labels stand in one column.
func (f *expectationForm) build() {
	row := func(label string, o fyne.CanvasObject) []fyne.CanvasObject {
		pair := []fyne.CanvasObject{widget.NewLabel(label), o}
		f.rows.Objects = append(f.rows.Objects, pair...)
		return pair
	}
	row(say.T("It starts"), f.how.choice)
	f.ofCron = append(row(say.T("Cron fields"), f.cron.field), row("", f.examples())...)
	f.ofPeriod = append(row(say.T("Every"), f.every.field), row(say.T("Counted from"), f.anchor.field)...)
	f.ofBoth = row(say.T("Time zone"), f.zone.field)
	f.ofAny = append(row(say.T("Grace"), f.grace.field), row(say.T("Calendar"), f.calendar.choice)...)
	f.ofAny = append(f.ofAny, row(say.T("Judged from"), f.from.field)...)
	row(say.T("Stalled after"), f.stalled.field)
	row(say.T("Due times"), f.dues.object)
	row(say.T("Reason"), f.reason)
}

// examples fill in cron fields that are often wanted, at the time at which the routine usually starts.
func (f *expectationForm) examples() fyne.CanvasObject {
	clock := "0 22"
	if r, ok := f.page.model.rows[f.ids[0]]; ok && r.Usual.At >= 0 {
		clock = fmt.Sprintf("%d %d", int(r.Usual.At.Minutes())%60, int(r.Usual.At.Hours()))
	}
	row := container.NewHBox()
	for _, e := range []struct{ words, days string }{{say.T("daily"), "* * *"}, {say.T("weekdays"), "* * 1-5"}, {say.T("weekly"), "* * 0"}, {say.T("monthly"), "1 * *"}} {
		row.Add(newButton(e.words, nil, func() { f.cron.SetText(clock + " " + e.days) }))
	}
	return row
}

// turn shows what the chosen way asks for.
func (f *expectationForm) turn() {
	w, ok := f.how.chosen()
	show(f.ofCron, ok && w == byCron)
	show(f.ofPeriod, ok && w == byPeriod)
	show(f.ofBoth, ok && w != byNothing)
	show(f.ofAny, !ok || w != byNothing)
	f.rows.Refresh()
	f.preview()
	if f.prompt != nil {
		f.prompt.fit()
	}
}

// preview shows what stands there comes to.
func (f *expectationForm) preview() {
	w, ok := f.how.chosen()
	switch {
	case !ok:
		f.dues.say(say.T("They are expected at different times, and stay so."))
		return
	case w == byNothing:
		f.dues.say(say.T("Nothing is expected: when it does not start, nobody is told."))
		return
	}
	change, err := f.expected()
	if err != nil {
		f.dues.fail(err)
		return
	}
	x := expect.Expectation{Zone: f.page.ui.zone.String()}
	if change(&x); x.None() {
		f.dues.say(say.T("They are expected at different times, and stay so."))
		return
	}
	calendar, _ := f.calendar.chosen()
	f.dues.ask(x, calendar)
}

// calendarOptions are no calendar, those that are not for everybody anyway, and one that a routine names although it is gone.
func calendarOptions(now []desk.RoutineSettings, calendars []expect.Calendar) []option[string] {
	options := []option[string]{{say.T("none but those for all routines"), ""}}
	for _, c := range calendars {
		if !c.Everybody {
			options = append(options, option[string]{c.Name, c.Name})
		}
	}
	for _, s := range now {
		if !slices.ContainsFunc(options, func(o option[string]) bool { return o.value == s.Calendar }) {
			options = append(options, option[string]{s.Calendar, s.Calendar})
		}
	}
	return options
}
