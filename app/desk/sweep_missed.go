package desk

import (
	"context"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/incident"
	"backstop/app/say"
)

// RoutineFacts are what judging a routine needs, as they stand inside the transaction.
type RoutineFacts struct {
	ID       int64
	Tool     string
	Name     string
	Client   string
	Kind     backup.Kind
	Known    bool // the format knows it as vital
	Format   string
	Settings RoutineSettings
	From     time.Time // due times before are judged
	Source   int64     // whose data reaches farthest
	Cover    expect.Cover
	File     int64 // that reaches so far
	Path     string
	History  RoutineHistory
}

// RoutineHistory answers what is known of a routine's runs.
type RoutineHistory interface {
	Started(from, to time.Time) (bool, error)               // a run started in it, or the tool itself says that it did not
	Before(at time.Time) (expect.Before, error)             // the newest run that started before
	Starts(before time.Time, most int) ([]time.Time, error) // newest first
	Opened(due time.Time) (bool, error)                     // an incident for it is there already
	Longest(most int) (longest time.Duration, err error)    // of so many last runs
}

// Miss is what explains a missed incident.
type Miss struct {
	Due     time.Time
	Latest  time.Time // due + grace: until then it might have started
	Opens   time.Time // a start from here
	Closes  time.Time // until here (exclusive) would be that of this due time
	Starts  []time.Time
	Covered time.Time // up to where the source's data reached when it was judged
	File    int64     // of the ledger, that proves it
	Path    string
	SHA256  string // hex
	Late    bool   // detected late: nobody looked when it came due
}

// Judgement is what judging a routine comes to: incidents to open, each with what explains it, and where to go on.
type Judgement struct {
	Missed  []Miss
	Changes []incident.Change // one for each
	From    time.Time         // due times before are judged
	Look    time.Time         // nothing is to be judged before this instant
	Needs   time.Time         // nor before the source's data reaches here
}

// batch is how many routines are judged in one transaction.
const batch = 100

// sweepMissed judges the due times that have come and are covered by data.
func (d *Desk) sweepMissed(ctx context.Context, s *sweep) error {
	ids, err := d.store.PendingRoutines(ctx, s.judged, s.unread)
	if err != nil || len(ids) == 0 {
		return err
	}
	calendars, err := d.calendars(ctx)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(ids, batch) {
		opened, err := d.store.JudgeRoutines(ctx, s.actor.Judged, s.unread, part, func(f RoutineFacts) (Judgement, error) {
			return d.judge(f, calendars, s)
		})
		if s.Missed += opened; err != nil {
			return err
		}
	}
	return nil
}

// judge is the rule for one routine.
func (d *Desk) judge(f RoutineFacts, calendars []expect.Calendar, s *sweep) (j Judgement, err error) {
	schedule, err := f.Settings.Expectation.Schedule(calendarsOf(f.Settings, calendars)...)
	if err != nil {
		return j, say.Error("routine %d: %w", f.ID, err)
	}
	if f.Cover.EndsIn = d.endsOnly(f.Format); f.Cover.EndsIn {
		if f.Cover.Longest, err = f.History.Longest(expect.UsualRuns); err != nil {
			return j, err
		}
	}
	for _, w := range schedule.Pending(f.From, s.judged, manyDues) {
		if !f.Cover.Judgeable(w, s.judged) {
			return j.until(w, f.Cover), nil
		}
		if err := j.add(f, w, s); err != nil {
			return j, err
		}
		f.From = w.Due.Add(time.Millisecond)
	}
	next, ok := schedule.Next(f.From.Add(-time.Millisecond))
	if !ok {
		next = s.judged.AddDate(1, 0, 0)
	}
	return j.until(schedule.Window(next), f.Cover), nil
}

// manyDues bounds nothing that happens: the due times of an hourly job over thirty years.
const manyDues = 30 * 366 * 24

// until says where the next judging goes on.
func (j Judgement) until(w expect.Window, c expect.Cover) Judgement {
	j.From, j.Look, j.Needs = w.Due, w.Latest, c.Needs(w)
	return j
}

// add opens an incident for a window if its run was missed.
func (j *Judgement) add(f RoutineFacts, w expect.Window, s *sweep) error {
	started, err := f.History.Started(w.From, w.To)
	if err != nil || started {
		return err
	}
	before, err := f.History.Before(w.From)
	if err != nil || !w.Missed(started, before) {
		return err
	}
	opened, err := f.History.Opened(w.Due)
	if err != nil || opened {
		return err
	}
	starts, err := f.History.Starts(w.From, lastStarts)
	if err != nil {
		return err
	}
	late := s.late(w.Latest)
	j.Missed = append(j.Missed, Miss{Due: w.Due, Latest: w.Latest, Opens: w.From, Closes: w.To, Starts: starts, Covered: f.Cover.Until, File: f.File, Late: late})
	j.Changes = append(j.Changes, incident.OpenMissed(incident.Absence{
		Routine: f.ID, Source: f.Source, Tool: f.Tool, Policy: f.Name, Client: f.Client, Kind: f.Kind, Vital: f.Settings.IsVital(f.Known),
		Due: w.Due, Grace: f.Settings.Expectation.Grace, Expected: f.Settings.Expectation.String(), Starts: starts, Covered: f.Cover.Until, File: f.Path, Late: late,
	}, s.now, s.judged))
	return nil
}

// lastStarts is how many starts explain that there should have been another.
const lastStarts = 3

// endsOnly tells whether a format reports finished runs only. One that is not known any more is thought to.
func (d *Desk) endsOnly(format string) bool {
	for _, f := range d.formats {
		if f.Name == format {
			return f.EndsOnly
		}
	}
	return true
}
