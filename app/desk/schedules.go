package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backstop/app/figure"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Schedule has a template made into a folder, again and again.
type Schedule struct {
	ID       int64
	Template string
	Times    figure.Times
	Zone     string    // whose wall clock
	Folder   string    // where the files go
	Kinds    []string  // ".xlsx", ".html"
	Done     time.Time // the due time that was made last, or when the schedule was made
	Tried    time.Time `json:",omitzero"`  // when it failed last
	Said     string    `json:",omitempty"` // why; "" while it works
}

// Next is when the schedule is due after what was done.
func (s Schedule) Next(now time.Time) time.Time {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return time.Time{}
	}
	for day := range 63 {
		if due := s.Times.Newest(now.AddDate(0, 0, day+1), zone); due.After(now) {
			return due
		}
	}
	return time.Time{}
}

const schedules = "report.schedules"

// Schedules lists the schedules, in the order in which they were made.
func (d *Desk) Schedules(ctx context.Context, actor Actor) ([]Schedule, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return d.schedules(ctx)
}

func (d *Desk) schedules(ctx context.Context) ([]Schedule, error) {
	return kept[Schedule](ctx, d, schedules)
}

// SaveSchedule adds a schedule (ID 0) or changes one. It begins with the next due time. The reports are made by the program, which sees
// everything, so only who sees everything may have them made.
func (d *Desk) SaveSchedule(ctx context.Context, actor Actor, s Schedule) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	if err := d.checkSchedule(ctx, s); err != nil {
		return err
	}
	s.Done, s.Tried, s.Said = d.instant(), time.Time{}, ""
	return changeKept(ctx, d, schedules, d.entries(actor, timeline.Setting, say.N("report scheduled"), timeline.Said(say.N("template"), s.Template), timeline.Said(say.N("when"), s.Times.Plain()), timeline.Said(say.N("folder"), s.Folder)),
		func(list []Schedule) []Schedule {
			if i := slices.IndexFunc(list, func(o Schedule) bool { return o.ID == s.ID }); i >= 0 && s.ID != 0 {
				list[i] = s
				return list
			}
			for _, o := range list {
				s.ID = max(s.ID, o.ID)
			}
			s.ID++
			return append(list, s)
		})
}

func (d *Desk) checkSchedule(ctx context.Context, s Schedule) error {
	t, err := d.template(ctx, s.Template)
	if err != nil {
		return err
	}
	_, zone := time.LoadLocation(s.Zone)
	info, folder := os.Stat(s.Folder)
	switch {
	case t.Span == figure.Between:
		return say.Error("%q is about two fixed dates: a schedule needs a period that moves with the calendar", t.Name)
	case !slices.Contains(figure.Rhythms, s.Times.Rhythm) || s.Times.Hour < 0 || s.Times.Hour > 23 || s.Times.Minute < 0 || s.Times.Minute > 59:
		return say.Error("say when: every day, every week or every month, at a time such as 07:00")
	case zone != nil:
		return say.Error("time zone %q is not known; use a name such as Europe/Lisbon", s.Zone)
	case !filepath.IsAbs(s.Folder) || folder != nil || !info.IsDir():
		return say.Error("%q is no folder; choose one that is there", s.Folder)
	case len(s.Kinds) == 0:
		return say.Error("choose what to write: the workbook, the summary or both")
	}
	return nil
}

// RemoveSchedule ends one; the files stay.
func (d *Desk) RemoveSchedule(ctx context.Context, actor Actor, id int64) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	return changeKept(ctx, d, schedules, d.entries(actor, timeline.Setting, say.N("report unscheduled"), timeline.Said(say.N("schedule"), fmt.Sprint(id))), func(list []Schedule) []Schedule {
		return slices.DeleteFunc(list, func(o Schedule) bool { return o.ID == id })
	})
}

// again is how long after a failure a report is tried again.
const again = 10 * time.Minute

// MakeDueReports makes the reports that have come due. It works from stored times: whatever was due while the program was closed or
// the machine slept, the newest is made once, and files are named after the day they were due, so that making one twice replaces it.
func (d *Desk) MakeDueReports(ctx context.Context, actor Actor) error {
	if _, err := d.may(ctx, actor, ToReport); err != nil {
		return err
	}
	list, err := d.schedules(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, s := range list {
		now := d.judged(actor)
		zone, err := time.LoadLocation(s.Zone)
		if err != nil {
			zone = time.UTC
		}
		due := s.Times.Newest(now, zone)
		if !due.After(s.Done) || now.Sub(s.Tried) < again {
			continue
		}
		if err := d.makeScheduled(ctx, actor, s, due, zone); err != nil {
			errs = append(errs, say.Error("report %s: %w", s.Template, err))
		}
	}
	return errors.Join(errs...)
}

func (d *Desk) makeScheduled(ctx context.Context, actor Actor, s Schedule, due time.Time, zone *time.Location) error {
	failed := d.writeScheduled(ctx, actor, s, due, zone)
	if ctx.Err() != nil {
		return nil // the program ends; it is made next time
	}
	return errors.Join(failed, changeKept(ctx, d, schedules, nil, func(list []Schedule) []Schedule {
		for i := range list {
			switch {
			case list[i].ID != s.ID:
			case failed != nil:
				list[i].Tried, list[i].Said = d.instant(), failed.Error()
			default:
				list[i].Done, list[i].Tried, list[i].Said = due, time.Time{}, ""
			}
		}
		return list
	}))
}

func (d *Desk) writeScheduled(ctx context.Context, actor Actor, s Schedule, due time.Time, zone *time.Location) error {
	t, err := d.template(ctx, s.Template)
	if err != nil {
		return err
	}
	r, err := t.Report(due, zone)
	if err != nil {
		return err
	}
	r.Template = t.Name
	for _, kind := range s.Kinds {
		path := filepath.Join(s.Folder, t.Name+" "+due.Format("2006-01-02")+kind)
		if strings.EqualFold(kind, ".html") {
			_, err = d.SaveSummary(ctx, actor, path, r)
		} else {
			_, err = d.SaveWorkbook(ctx, actor, path, r, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
