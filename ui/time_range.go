package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
)

// timeRange is one that ends now, or one between two times, either of which may be open. The zero value is all time.
type timeRange struct {
	last     time.Duration
	from, to time.Time
}

// between is the option that asks for two times.
const between = "between two times…"

// timeChooser is a filter by a time range: the quick choices, and two times of the person's own.
type timeChooser struct {
	*chooser
	ui      *UI
	window  fyne.Window
	is      timeRange
	changed func(timeRange)
}

func newTimeChooser(u *UI, w fyne.Window, changed func(timeRange)) *timeChooser {
	c := &timeChooser{ui: u, window: w, changed: changed}
	c.chooser = newChooser(say.T("Time"), c.chosenNow)
	for _, p := range periods {
		c.options = append(c.options, say.W(p.name))
	}
	c.options = append(c.options, say.T(between))
	return c
}

// chosenNow follows the list: the newest choice wins.
func (c *timeChooser) chosenNow(chosen []string) {
	var t timeRange
	if len(chosen) > 0 {
		newest := chosen[len(chosen)-1]
		if newest == say.T(between) {
			c.show(c.is)
			c.leave()
			c.ask()
			return
		}
		t.last = periods[slices.IndexFunc(periods, func(p stretch) bool { return say.W(p.name) == newest })].long
	}
	c.show(t)
	c.changed(t)
}

// show shows a range without telling anybody.
func (c *timeChooser) show(t timeRange) {
	c.is = t
	switch {
	case t.last > 0:
		c.set([]string{lastWord(t.last)})
	case t == timeRange{}:
		c.set(nil)
	default:
		c.sets = map[string][]string{rangeWords(t, c.ui.zone): {say.T(between)}}
		c.set([]string{say.T(between)})
	}
}

// lastWord is a range that ends now.
func lastWord(d time.Duration) string {
	return cmp.Or(stretchOf(periods, d), say.T("last %s", longText(d)))
}

// rangeWords are two times as short as they can be said: whole days are days.
func rangeWords(t timeRange, zone *time.Location) string {
	from, to := t.from.In(zone), t.to.In(zone)
	whole := func(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 }
	text := say.Minute
	if (t.from.IsZero() || whole(from)) && (t.to.IsZero() || whole(to)) {
		text, to = say.Day, to.AddDate(0, 0, -1)
	}
	switch {
	case t.to.IsZero():
		return say.T("since %s", text(from))
	case t.from.IsZero():
		return say.T("until %s", text(to))
	case text(from) == text(to):
		return text(from)
	}
	return say.T("%s to %s", text(from), text(to))
}

// ask asks for two times.
func (c *timeChooser) ask() {
	from, to := c.ui.newBound(c.window, c.is.from, false), c.ui.newBound(c.window, c.is.to, true)
	zone := widget.NewLabel(say.T("A day without a time counts whole, and either may stay empty. Times are %s.", zoneText(c.ui.now().In(c.ui.zone))))
	zone.Wrapping, zone.Importance = fyne.TextWrapWord, widget.LowImportance
	form := widget.NewForm(widget.NewFormItem(say.T("From"), from), widget.NewFormItem(say.T("To"), to))
	var asked timeRange
	p := c.ui.newPrompt(c.window, say.T("Runs that started"), container.NewVBox(form, zone), say.T("Show"), func() (func() error, error) {
		var err error
		asked, err = readRange(from.Text, to.Text, c.ui.zone)
		return nil, err
	})
	p.accepted = func() { c.show(asked); c.changed(asked) }
	from.in(p)
	to.in(p)
	p.show(fyne.NewSize(420, 0), from)
}

// newBound is a field for one end of a range, with a calendar.
func (u *UI) newBound(w fyne.Window, t time.Time, end bool) *field {
	text := ""
	if !t.IsZero() {
		if text = say.Minute(t.In(u.zone)); strings.HasSuffix(text, " 00:00") {
			day := t.In(u.zone)
			if end {
				day = day.AddDate(0, 0, -1)
			}
			text = say.Day(day)
		}
	}
	f := newField(text, say.T("%s, or with HH:MM", say.DateShape()))
	f.ActionItem = quiet("", theme.CalendarIcon(), func() {
		at, err := readBound(f.Text, u.zone, false)
		if err != nil || at.IsZero() {
			at = u.now().In(u.zone)
		}
		u.calendar(w, f, at, func(day time.Time) { f.SetText(say.Day(day)) })
	})
	return f
}

// readRange reads both ends of a range.
func readRange(from, to string, zone *time.Location) (t timeRange, err error) {
	if t.from, err = readBound(from, zone, false); err != nil {
		return t, err
	}
	if t.to, err = readBound(to, zone, true); err != nil {
		return t, err
	}
	switch {
	case t == timeRange{}:
		return t, say.Error("write when it begins, when it ends, or both")
	case !t.from.IsZero() && !t.to.IsZero() && !t.from.Before(t.to):
		return t, say.Error("the range ends before it begins")
	}
	return t, nil
}

// readBound reads one end of a range; nothing leaves it open, and a day ends when the next one begins.
func readBound(text string, zone *time.Location, end bool) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := say.ReadDay(text, zone); err == nil {
		if end {
			day = day.AddDate(0, 0, 1)
		}
		return day, nil
	}
	if _, err := say.ReadMinute(text, zone); err != nil {
		return time.Time{}, say.Error("%q is no time: write it as %s, or with HH:MM", text, say.DateShape())
	}
	return readMinutes(text, zone)
}
