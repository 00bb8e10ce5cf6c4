package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
	"backstop/ui/grid"
)

// calendarsPart edits the calendars of days and stretches of time in which nothing is expected.
type calendarsPart struct {
	*keptList[expect.Calendar]
}

func newCalendarsPart(u *UI, w fyne.Window) *calendarsPart {
	p := &calendarsPart{}
	type row = expect.Calendar
	columns := []grid.Column[row]{
		{Key: "name", Title: say.T("Calendar"), Width: 200, Text: func(c row) string { return c.Name }},
		{Key: "for", Title: say.T("Holds for"), Width: 184, Text: func(c row) string { return holdsFor(c.Everybody) }},
		{Key: "holidays", Title: say.T("Holidays"), Width: 260, Text: func(c row) string { return u.holidayText(c) }},
		{Key: "blackouts", Title: say.T("Blackout windows"), Width: 360, Text: func(c row) string { return u.blackoutText(c) }},
	}
	p.keptList = newKeptList(u, w, columns, func() ([]row, error) { return u.desk.Calendars(u.ctx, u.actor) }, func(e desk.Event) bool { return e.Settings }, func(c row) { p.open(c) })
	add := newButton(say.T("Add…"), theme.ContentAddIcon(), func() { p.open(row{}) })
	p.lay(say.T("Calendars"), say.T("On a holiday and within a blackout window nothing is expected, so nothing is missed. A run that fails then opens an incident all the same.")+" "+say.T("Default: none; every due run is expected."),
		emptyState(say.T("No calendars yet"), say.T("Add the holidays on which your backups do not run, or a window of planned work.")),
		[]*button{newButton(say.T("Edit…"), theme.DocumentCreateIcon(), p.with(func(c row) { p.open(c) })), newButton(say.T("Remove…"), theme.DeleteIcon(), p.with(p.remove))}, add)
	return p
}

func holdsFor(everybody bool) string {
	if everybody {
		return say.T("all routines")
	}
	return say.T("routines that name it")
}

// holidayText is how many there are, and the next.
func (u *UI) holidayText(c expect.Calendar) string {
	text, today := say.Many(len(c.Holidays), "1 day", "%s days"), u.now().In(u.zone).Format(time.DateOnly)
	for _, h := range slices.Sorted(slices.Values(c.Holidays)) {
		if h >= today {
			return say.T("%s, next %s", text, dateText(h))
		}
	}
	return text
}

// dateText is a date of a calendar, which are kept as 2026-12-25, as people read it.
func dateText(date string) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return say.Day(d)
}

// blackoutText is the window that is or comes next, and how many there are.
func (u *UI) blackoutText(c expect.Calendar) string {
	text := say.Many(len(c.Blackouts), "1 window", "%s windows")
	for _, b := range c.Blackouts {
		if b.To.After(u.now()) {
			return text + ", " + strings.TrimSpace(say.T("%s to %s %s", u.clockText(b.From), u.clockText(b.To), b.Reason))
		}
	}
	return text
}

// blackoutLine is a window as it is written into the form.
func (u *UI) blackoutLine(b expect.Blackout) string {
	return strings.TrimSpace(strings.Join([]string{say.Minute(b.From.In(u.zone)), say.T("to"), say.Minute(b.To.In(u.zone)), b.Reason}, " "))
}

// calendarForm adds or changes a calendar.
type calendarForm struct {
	part      *calendarsPart
	name      *field
	everybody *choice
	holidays  *field
	blackouts *field
	reason    *field
}

func (p *calendarsPart) open(c expect.Calendar) *calendarForm {
	f := &calendarForm{
		part: p, name: newField(c.Name, say.T("a short name: Portugal, data centre move")), holidays: newTextField(say.T("2026-12-25\none date a line"), 4),
		blackouts: newTextField(say.T("2026-12-24 18:00 to 2026-12-27 06:00 data centre move\none window a line"), 3), reason: newTextField(say.T("why; this goes on record"), 2),
	}
	f.everybody = newChoice([]string{holdsFor(false), holdsFor(true)}, nil)
	f.everybody.SetSelected(holdsFor(c.Everybody))
	f.holidays.SetText(strings.Join(c.Holidays, "\n"))
	f.blackouts.SetText(strings.Join(each(c.Blackouts, p.ui.blackoutLine), "\n"))
	zone := widget.NewLabel(say.T("Windows are in %s; a holiday is a date in the zone of what is due.", zoneText(p.ui.now().In(p.ui.zone))))
	zone.Importance = widget.LowImportance
	body := container.New(layout.NewFormLayout(),
		widget.NewLabel(say.T("Name")), f.name, widget.NewLabel(say.T("Holds for")), f.everybody,
		widget.NewLabel(say.T("Holidays")), f.holidays, widget.NewLabel(say.T("Blackouts")), f.blackouts,
		widget.NewLabel(""), zone, widget.NewLabel(say.T("Reason")), f.reason)
	title, first := say.T("Add a calendar"), fyne.Focusable(f.name)
	if c.Name != "" {
		title, first = say.T("Calendar %s", c.Name), f.holidays
		f.name.Disable()
	}
	prompt := p.ui.newPrompt(p.window, title, body, say.T("Save"), f.accept)
	prompt.accepted = func() { p.toast.show(say.T("Saved."), nil) }
	for _, e := range []*field{f.name, f.holidays, f.blackouts, f.reason} {
		e.in(prompt)
	}
	prompt.show(fyne.NewSize(640, 0), first)
	return f
}

// accept reads the form.
func (f *calendarForm) accept() (func() error, error) {
	u := f.part.ui
	c := expect.Calendar{Name: strings.TrimSpace(f.name.Text), Everybody: f.everybody.Selected == holdsFor(true), Holidays: lines(f.holidays.Text)}
	for _, line := range lines(f.blackouts.Text) {
		b, err := u.readBlackout(line)
		if err != nil {
			return nil, err
		}
		c.Blackouts = append(c.Blackouts, b)
	}
	reason := strings.TrimSpace(f.reason.Text)
	if err := c.Check(); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	return func() error { return u.desk.SaveCalendar(u.ctx, u.actor, c, false, reason) }, nil
}

// lines are those of a text that hold anything.
func lines(text string) []string {
	all := strings.Split(text, "\n")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// readBlackout reads "2026-12-24 18:00 to 2026-12-27 06:00 data centre move", also with the word of the chosen language between the times.
func (u *UI) readBlackout(line string) (expect.Blackout, error) {
	words := strings.Fields(line)
	if len(words) < 5 || words[2] != "to" && words[2] != say.T("to") {
		return expect.Blackout{}, say.Error("%q is no window: write it as 2026-12-24 18:00 to 2026-12-27 06:00 reason", line)
	}
	from, err := readMinutes(words[0]+" "+words[1], u.zone)
	if err != nil {
		return expect.Blackout{}, err
	}
	to, err := readMinutes(words[3]+" "+words[4], u.zone)
	return expect.Blackout{From: from, To: to, Reason: strings.Join(words[5:], " ")}, err
}

func (p *calendarsPart) remove(c expect.Calendar) {
	p.askReason(say.T("Remove %s", c.Name), say.T("What it took out is expected again, from now on."), say.T("Remove"),
		func(reason string) error { return p.ui.desk.SaveCalendar(p.ui.ctx, p.ui.actor, c, true, reason) }, say.T("Removed."))
}
