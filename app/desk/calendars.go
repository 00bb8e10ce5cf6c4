package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backstop/app/expect"
	"backstop/app/say"
	"backstop/app/timeline"
)

const calendars = "calendars"

// Calendars lists the calendars of holidays and blackouts, by name.
func (d *Desk) Calendars(ctx context.Context, actor Actor) ([]expect.Calendar, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return d.calendars(ctx)
}

func (d *Desk) calendars(ctx context.Context) ([]expect.Calendar, error) {
	var list []expect.Calendar
	err := d.store.Setting(ctx, calendars, &list)
	return list, err
}

// SaveCalendar adds a calendar, or changes that of its name; with remove it takes it away. It needs a reason.
func (d *Desk) SaveCalendar(ctx context.Context, actor Actor, c expect.Calendar, remove bool, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	c.Name, reason = strings.TrimSpace(c.Name), strings.TrimSpace(reason)
	if err := c.Check(); err != nil {
		return err
	}
	if reason == "" {
		return errNoReason
	}
	list, err := d.calendars(ctx)
	if err != nil {
		return err
	}
	was, action := expect.Calendar{}, say.N("calendar added")
	if i := slices.IndexFunc(list, func(o expect.Calendar) bool { return strings.EqualFold(o.Name, c.Name) }); i >= 0 {
		was, action = list[i], "calendar changed"
		list = slices.Delete(list, i, i+1)
	} else if remove {
		return say.Error("calendar %q: %w", c.Name, ErrNotFound)
	}
	if remove {
		c, action = expect.Calendar{Name: was.Name}, "calendar removed"
	} else {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b expect.Calendar) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	details := append([]timeline.Detail{timeline.Said(say.N("calendar"), c.Name)}, calendarChanges(was, c)...)
	err = d.store.SaveCalendars(ctx, calendars, list, d.entries(actor, timeline.Setting, action, append(details, timeline.Said(say.N("reason"), reason))...))
	if err == nil {
		d.publish(Event{Settings: true, Routines: true})
	}
	return err
}

func calendarChanges(was, is expect.Calendar) []timeline.Detail {
	var details []timeline.Detail
	for _, f := range []struct{ name, from, to string }{
		{"for everybody", yes(was.Everybody), yes(is.Everybody)},
		{"holidays", strings.Join(was.Holidays, ", "), strings.Join(is.Holidays, ", ")},
		{"blackouts", blackoutWords(was), blackoutWords(is)},
	} {
		if f.from != f.to {
			details = append(details, timeline.Changed(f.name, f.from, f.to))
		}
	}
	return details
}

func blackoutWords(c expect.Calendar) string {
	words := make([]string, len(c.Blackouts))
	for i, b := range c.Blackouts {
		words[i] = strings.TrimSpace(fmt.Sprintf("%s to %s %s", instantWords(b.From), instantWords(b.To), b.Reason))
	}
	return strings.Join(words, ", ")
}

// calendarsOf are those that hold for a routine.
func calendarsOf(s RoutineSettings, all []expect.Calendar) []expect.Calendar {
	var own []expect.Calendar
	for _, c := range all {
		if c.Everybody || s.Calendar != "" && c.Name == s.Calendar {
			own = append(own, c)
		}
	}
	return own
}
