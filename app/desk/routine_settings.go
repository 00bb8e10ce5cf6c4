package desk

import (
	"context"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// RoutineSettings are what people decided about one routine. The zero value decides nothing: all is as it comes by itself.
type RoutineSettings struct {
	Disabled bool          // nothing is expected of it: no misses, no stalls. What it reports still counts
	Vital    backup.Choice // undecided: as its format knows

	Partial   backup.Choice // whether a partial run opens an incident; undecided: as for its tool
	Cancelled backup.Choice // a cancelled one
	Restores  backup.Choice // a failed restore

	Off     Analyses      // the risk analyses that do not run on it
	Stalled time.Duration // a run is stalled after so long; 0 is the larger of 24 hours and three times the usual

	Expectation expect.Expectation // when it is to start, with its grace; zero: nothing is expected
	Calendar    string             // of holidays and blackouts, by name; "" for none but those of everybody
	CoverFrom   time.Time          // what was due before is not judged; left as it is where times change: from then on
}

// Analyses name the risk analyses of DESIGN.md 8.
type Analyses struct{ Volume, Duration, Policy, Recurrence bool }

func (a Analyses) String() string {
	var words []string
	for _, w := range []struct {
		is   bool
		word string
	}{{a.Volume, "volume"}, {a.Duration, "duration"}, {a.Policy, "policy"}, {a.Recurrence, "recurrence"}} {
		if w.is {
			words = append(words, w.word)
		}
	}
	return strings.Join(words, ", ")
}

// ToolSettings are what people decided about all routines of a tool, where a routine's own settings do not say otherwise.
type ToolSettings struct {
	Partial, Cancelled, Restores backup.Choice
}

// IsVital tells whether a routine counts as vital; known is what its format knows.
func (s RoutineSettings) IsVital(known bool) bool { return s.Vital.Or(known) }

// changes tells from → to for every setting that differs.
func (s RoutineSettings) changes(to RoutineSettings) []timeline.Detail {
	var details []timeline.Detail
	for _, f := range []struct{ name, from, to string }{
		{"disabled", yes(s.Disabled), yes(to.Disabled)},
		{"vital", s.Vital.String(), to.Vital.String()},
		{"partial opens", s.Partial.String(), to.Partial.String()},
		{"cancelled opens", s.Cancelled.String(), to.Cancelled.String()},
		{"restores open", s.Restores.String(), to.Restores.String()},
		{"analyses off", s.Off.String(), to.Off.String()},
		{"stalled after", span(s.Stalled), span(to.Stalled)},
		{"expected", s.Expectation.String(), to.Expectation.String()},
		{"calendar", s.Calendar, to.Calendar},
		{"judged from", instantWords(s.CoverFrom), instantWords(to.CoverFrom)},
	} {
		if f.from != f.to {
			details = append(details, timeline.Changed(f.name, f.from, f.to))
		}
	}
	return details
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func span(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return expect.Span(d)
}

func instantWords(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// RoutineSettings gives the settings of routines, in the order of the ids.
func (d *Desk) RoutineSettings(ctx context.Context, actor Actor, ids []int64) ([]RoutineSettings, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.RoutineSettings(ctx, scope, ids)
}

var errNoReason = say.Error("say why: what is changed here can keep an incident from opening")

// ChangeRoutines changes the settings of one or many routines: change is called with those of each. All of them or none; each that
// really changes has an entry with the reason. It tells how many those are.
func (d *Desk) ChangeRoutines(ctx context.Context, actor Actor, ids []int64, reason string, change func(*RoutineSettings)) (changed int, err error) {
	scope, err := d.may(ctx, actor, ToAdminister)
	if err != nil {
		return 0, err
	}
	return d.changeEach(ctx, actor, scope, ids, reason, func(_ int64, s *RoutineSettings) { change(s) })
}

func (d *Desk) changeEach(ctx context.Context, actor Actor, scope Scope, ids []int64, reason string, change func(int64, *RoutineSettings)) (changed int, err error) {
	reason = strings.TrimSpace(backup.Clean(reason))
	switch {
	case len(ids) == 0:
		return 0, errNothing
	case reason == "":
		return 0, errNoReason
	}
	changed, err = d.store.ChangeRoutines(ctx, scope, ids, func(id int64, before RoutineSettings) (RoutineSettings, []timeline.Entry, error) {
		after := before
		change(id, &after)
		if after, err = d.settled(actor, before, after); err != nil {
			return after, nil, err
		}
		details := before.changes(after)
		if len(details) == 0 {
			return after, nil, nil
		}
		entries := d.entries(actor, timeline.Routine, say.N("changed"), append(details, timeline.Said(say.N("reason"), reason))...)
		entries[0].SubjectID = id
		return after, entries, nil
	})
	if err == nil && changed > 0 {
		d.publish(Event{Routines: true})
	}
	return changed, err
}

// settled checks settings and fills in what follows from them.
func (d *Desk) settled(actor Actor, before, after RoutineSettings) (RoutineSettings, error) {
	if after.Stalled < 0 {
		return after, say.Error("a run cannot be stalled after less than no time")
	}
	if after.Expectation.None() {
		after.Expectation = expect.Expectation{}
		return after, nil
	}
	if err := after.Expectation.Check(); err != nil {
		return after, err
	}
	anew := before.Disabled && !after.Disabled || !before.Expectation.SameTimes(after.Expectation)
	if (anew || after.CoverFrom.IsZero()) && after.CoverFrom.Equal(before.CoverFrom) {
		after.CoverFrom = d.judged(actor) // what was due by other times, or while it was disabled, is not judged
	}
	return after, nil
}

// ToolSettings gives the settings of every tool that has any.
func (d *Desk) ToolSettings(ctx context.Context, actor Actor) (map[string]ToolSettings, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return d.toolSettings(ctx)
}

func (d *Desk) toolSettings(ctx context.Context) (map[string]ToolSettings, error) {
	return d.store.ToolSettings(ctx)
}

// ChangeTool changes the settings of a tool, with a reason.
func (d *Desk) ChangeTool(ctx context.Context, actor Actor, tool, reason string, to ToolSettings) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	reason = strings.TrimSpace(backup.Clean(reason))
	if reason == "" {
		return errNoReason
	}
	all, err := d.store.ToolSettings(ctx)
	if err != nil {
		return err
	}
	was := all[tool]
	details := RoutineSettings{Partial: was.Partial, Cancelled: was.Cancelled, Restores: was.Restores}.
		changes(RoutineSettings{Partial: to.Partial, Cancelled: to.Cancelled, Restores: to.Restores})
	if len(details) == 0 {
		return nil
	}
	details = append([]timeline.Detail{timeline.Said(say.N("tool"), tool)}, append(details, timeline.Said(say.N("reason"), reason))...)
	err = d.store.SaveTool(ctx, tool, to, d.entries(actor, timeline.Setting, say.N("tool changed"), details...))
	if err == nil {
		d.publish(Event{Routines: true, Settings: true})
	}
	return err
}

// openingPolicy is what the settings say about opening: the routine's own, else its tool's, else DESIGN.md 3.
func openingPolicy(t ToolSettings, s RoutineSettings) incident.Policy {
	p := incident.DefaultPolicy
	p.Partial = s.Partial.Or(t.Partial.Or(p.Partial))
	p.Cancelled = s.Cancelled.Or(t.Cancelled.Or(p.Cancelled))
	p.Restores = s.Restores.Or(t.Restores.Or(p.Restores))
	p.Vital = s.Vital
	return p
}
