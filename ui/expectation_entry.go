package ui

import (
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
)

// What was entered into the form of an expectation, read and made into a change of settings.

// accept reads the form.
func (f *expectationForm) accept() (func() error, error) {
	expected, err := f.expected()
	if err != nil {
		return nil, err
	}
	set, err := f.around()
	if err != nil {
		return nil, err
	}
	reason := strings.TrimSpace(f.reason.Text)
	if reason == "" {
		return nil, errReason
	}
	return f.page.change(f.ids, reason, func(s *desk.RoutineSettings) {
		before := s.Expectation
		expected(&s.Expectation)
		set(s)
		s.Expectation.Learned = before.Learned && before.SameTimes(s.Expectation)
	}), nil
}

// expected reads when it is to start, and gives what that makes of an expectation.
func (f *expectationForm) expected() (func(*expect.Expectation), error) {
	w, decided := f.how.chosen()
	zone, hasZone := f.zone.entered()
	var times func(*expect.Expectation)
	var err error
	switch {
	case !decided:
		return func(*expect.Expectation) {}, nil
	case w == byNothing:
		return func(x *expect.Expectation) { *x = expect.Expectation{} }, nil
	case w == byCron:
		times, err = f.cronTimes()
	default:
		times, err = f.periodTimes(zone)
	}
	return func(x *expect.Expectation) {
		times(x)
		if hasZone {
			x.Zone = zone
		}
	}, err
}

func (f *expectationForm) cronTimes() (func(*expect.Expectation), error) {
	cron, ok := f.cron.entered()
	if cron == "" && f.needed(f.cron) {
		return nil, say.Error("write five cron fields: minute, hour, day of the month, month, day of the week")
	}
	return func(x *expect.Expectation) {
		x.Every, x.Anchor = 0, time.Time{}
		if ok {
			x.Cron = cron
		}
	}, nil
}

func (f *expectationForm) periodTimes(zone string) (func(*expect.Expectation), error) {
	every, hasEvery, err := f.span(f.every)
	if err != nil {
		return nil, err
	}
	anchor, hasAnchor, err := f.wall(f.anchor, zone)
	switch {
	case err != nil:
		return nil, err
	case every == 0 && f.needed(f.every):
		return nil, say.Error("say after how long it starts again: 6 h, 26 h, 14 d")
	case anchor.IsZero() && f.needed(f.anchor):
		return nil, say.Error("give a time at which it is due, as %s HH:MM: the others are counted from it", say.DateShape())
	}
	return func(x *expect.Expectation) {
		x.Cron = ""
		if hasEvery {
			x.Every = every
		}
		if hasAnchor {
			x.Anchor = anchor
		}
	}, nil
}

// needed tells whether a field cannot stay empty: not every one of the routines has a value of its own to keep.
func (f *expectationForm) needed(e *mixedField) bool { return !e.mixed || f.how.mixed }

// around reads what holds around an expectation: grace, from when it is judged, when a run is stalled.
func (f *expectationForm) around() (func(*desk.RoutineSettings), error) {
	zone, _ := f.zone.entered()
	grace, hasGrace, err := f.span(f.grace)
	if err != nil {
		return nil, err
	}
	from, hasFrom, err := f.wall(f.from, zone)
	if err != nil {
		return nil, err
	}
	stalled, hasStalled, err := f.span(f.stalled)
	calendar := f.calendar.puts()
	return func(s *desk.RoutineSettings) {
		calendar(&s.Calendar)
		if hasGrace {
			s.Expectation.Grace = grace
		}
		if hasFrom && !from.IsZero() {
			s.CoverFrom = from
		}
		if hasStalled {
			s.Stalled = stalled
		}
	}, err
}

// span reads a length of time; none for an empty field.
func (f *expectationForm) span(e *mixedField) (d time.Duration, ok bool, err error) {
	text, ok := e.entered()
	if !ok || text == "" || !e.Visible() {
		return 0, ok, nil
	}
	d, err = expect.ParseSpan(text)
	return d, ok, err
}

// wall reads a wall time in a zone by name; none for an empty field.
func (f *expectationForm) wall(e *mixedField, zone string) (t time.Time, ok bool, err error) {
	text, ok := e.entered()
	if !ok || text == "" || !e.Visible() {
		return t, ok, nil
	}
	l, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		return t, false, say.Error("name the time zone, such as Europe/Lisbon")
	}
	t, err = readMinutes(text, l)
	return t, ok, err
}
