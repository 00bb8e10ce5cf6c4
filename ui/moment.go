package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
)

// minutes is how people write a time here.
const minutes = "2006-01-02 15:04"

// moment asks for a date and a time to come, in the zone of the desk: a field, a calendar and quick choices. The toolkit's own
// date field reads UTC and knows no time of day.
type moment struct {
	ui     *UI
	window fyne.Window
	field  *field
	quick  []*button
	object fyne.CanvasObject
}

func newMoment(u *UI, w fyne.Window) *moment {
	m := &moment{ui: u, window: w, field: newField("", say.T("%s HH:MM", say.DateShape()))}
	m.field.ActionItem = quiet("", theme.CalendarIcon(), m.calendar)
	row := container.NewHBox()
	for _, c := range soon(u.now().In(u.zone)) {
		b := newButton(c.words, nil, func() { m.set(c.at) })
		m.quick = append(m.quick, b)
		row.Add(b)
	}
	zone := widget.NewLabel(say.T("Times are %s.", zoneText(u.now().In(u.zone))))
	zone.Importance = widget.LowImportance
	m.object = container.NewVBox(m.field, row, zone)
	return m
}

func (m *moment) set(t time.Time) { m.field.SetText(say.Minute(t.In(m.ui.zone))) }

// calendar lets a day be chosen; the time of day stays, or is 08:00.
func (m *moment) calendar() {
	now := m.ui.now().In(m.ui.zone)
	at, err := readMinutes(m.field.Text, m.ui.zone)
	if err != nil {
		at = atEight(now)
	}
	m.ui.calendar(m.window, m.field, at, func(day time.Time) {
		m.set(time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, m.ui.zone))
	})
}

// calendar opens a calendar below a field, on the month of a day, and gives the field the keys when one was chosen.
func (u *UI) calendar(w fyne.Window, below *field, at time.Time, chosen func(day time.Time)) {
	var popup *widget.PopUp
	days := widget.NewCalendar(at, func(day time.Time) {
		chosen(day)
		popup.Hide()
		w.Canvas().Focus(below)
	})
	popup = widget.NewPopUp(days, w.Canvas())
	popup.ShowAtRelativePosition(fyne.NewPos(0, below.Size().Height), below)
}

// read gives the time that was entered, which must lie ahead.
func (m *moment) read() (time.Time, error) {
	t, err := readMinutes(m.field.Text, m.ui.zone)
	if err == nil && !t.After(m.ui.now()) {
		err = say.Error("%s is past: the hold must end in the future, and it is %s now", strings.TrimSpace(m.field.Text), m.ui.clockText(m.ui.now()))
	}
	return t, err
}

// readMinutes reads a wall time. One that the clocks leap over on that day does not exist, and is not guessed.
func readMinutes(text string, zone *time.Location) (time.Time, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return time.Time{}, say.Error("a date and a time are needed: when does it come back?")
	}
	t, err := say.ReadMinute(text, zone)
	if err != nil {
		return time.Time{}, say.Error("%q is no time: write it as %s HH:MM", text, say.DateShape())
	}
	if t.Format(minutes) != text && say.Minute(t) != text {
		return time.Time{}, say.Error("%s does not exist: the clocks are put forward over it", text)
	}
	return t, nil
}

// quickTime is a time that is chosen often.
type quickTime struct {
	words string
	at    time.Time
}

// soon are the quick choices, whole minutes after now and in its zone.
func soon(now time.Time) []quickTime {
	monday := now.AddDate(0, 0, 1)
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	return []quickTime{
		{"+4 h", now.Add(4*time.Hour + 59*time.Second).Truncate(time.Minute)},
		{say.T("tomorrow 08:00"), atEight(now.AddDate(0, 0, 1))},
		{say.T("Monday 08:00"), atEight(monday)},
	}
}

func atEight(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 8, 0, 0, 0, day.Location())
}
