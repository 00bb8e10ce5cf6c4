package desk

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Retention says what is dropped, and after how many months. Incidents, links, the timeline and the ledger's hashes never are.
type Retention struct {
	On         bool `json:"on"`
	Executions int  `json:"executions"` // months
	Files      int  `json:"files"`      // months, of raw logs and kept files
}

// UsualRetention is what is proposed. Nothing is pruned until an Admin switches it on.
var UsualRetention = Retention{Executions: 25, Files: 13}

// The bounds of what can be chosen, in months.
const (
	LeastMonths = 3
	MostMonths  = 600
)

func (r Retention) String() string {
	if !r.On {
		return say.Record("off")
	}
	return say.Record("executions after %d months, raw logs and kept files after %d", r.Executions, r.Files)
}

// PruneRule is a retention at an instant.
type PruneRule struct {
	Before      time.Time // executions before it go
	FilesBefore time.Time // raw logs of runs, and files imported, before it go
	Now         time.Time // copies that expired by then are no good ones
}

// at is the rule on one day: what comes due within a day goes together.
func (r Retention) at(now time.Time) PruneRule {
	day := now.UTC().Truncate(24 * time.Hour)
	return PruneRule{Before: day.AddDate(0, -r.Executions, 0), FilesBefore: day.AddDate(0, -r.Files, 0), Now: now}
}

// Pruned is what goes, or went.
type Pruned struct {
	Executions, Logs, Files int64
	LogBytes, FileBytes     int64
	First, Last             time.Time // of the executions; zero where none goes
}

// Nothing tells whether nothing goes.
func (p Pruned) Nothing() bool { return p.Executions+p.Logs+p.Files == 0 }

// HoldKind says what a legal hold is about.
type HoldKind string

// What can be held.
const (
	HoldIncident HoldKind = "incident"
	HoldRoutine  HoldKind = "routine"
	HoldClient   HoldKind = "client"
)

// LegalHold keeps whatever belongs to an incident, a routine or a client from being pruned.
type LegalHold struct {
	ID     int64
	Kind   HoldKind
	Ref    string // the incident's number, or the name
	Since  time.Time
	By     string
	Reason string
}

// RetentionStatus is how retention stands.
type RetentionStatus struct {
	Retention
	Holds  []LegalHold
	Pruned Pruned    // executions, ever
	Last   time.Time // pruning; zero for never
}

const (
	retentionSetting = "retention"
	lastPruned       = "retention.last"
)

// Retention tells what is dropped when, what was, and what is held.
func (d *Desk) Retention(ctx context.Context, actor Actor) (s RetentionStatus, err error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return s, err
	}
	if s.Retention, err = d.retention(ctx); err != nil {
		return s, err
	}
	var last int64
	if err := d.store.Setting(ctx, lastPruned, &last); err != nil {
		return s, err
	}
	if last != 0 {
		s.Last = time.UnixMilli(last).UTC()
	}
	if s.Pruned, err = d.store.Pruned(ctx); err != nil {
		return s, err
	}
	s.Holds, err = d.store.LegalHolds(ctx)
	return s, err
}

func (d *Desk) retention(ctx context.Context) (Retention, error) {
	r := UsualRetention
	return r, d.store.Setting(ctx, retentionSetting, &r)
}

// SetRetention switches it on or off, or changes its months, with a reason.
func (d *Desk) SetRetention(ctx context.Context, actor Actor, to Retention, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	for _, months := range []int{to.Executions, to.Files} {
		if months < LeastMonths || months > MostMonths {
			return say.Error("between %d and %d months can be kept", LeastMonths, MostMonths)
		}
	}
	if to.Files > to.Executions {
		return say.Error("logs and files belong to executions: they cannot be kept longer than those")
	}
	if strings.TrimSpace(reason) == "" {
		return errNeedReason
	}
	from, err := d.retention(ctx)
	if err != nil || from == to {
		return err
	}
	err = d.store.SaveSetting(ctx, retentionSetting, to, d.entries(actor, timeline.Setting, say.N("retention"), timeline.Changed(say.N("pruned"), from.String(), to.String()), timeline.Said(say.N("reason"), reason)))
	if err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

var errNeedReason = say.Error("say why; it goes on record")

// PreviewPruning tells what a retention would drop now, whether it is on or not.
func (d *Desk) PreviewPruning(ctx context.Context, actor Actor, r Retention) (Pruned, error) {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return Pruned{}, err
	}
	return d.store.Prunable(ctx, r.at(d.instant()), d.kept)
}

// Prune drops what the retention in force drops, after a fresh copy. After a cancel what went before is gone, and on record.
func (d *Desk) Prune(ctx context.Context, actor Actor, progress Progress) (Pruned, error) {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return Pruned{}, err
	}
	r, err := d.retention(ctx)
	if err != nil {
		return Pruned{}, err
	}
	if !r.On {
		return Pruned{}, say.Error("retention is off; switch it on first")
	}
	return d.prune(ctx, actor, r, progress)
}

// pruneEvery is how often retention looks for what has come of age.
const pruneEvery = 24 * time.Hour

// PruneDue drops what has come of age since yesterday, where an Admin has switched retention on.
func (d *Desk) PruneDue(ctx context.Context, actor Actor) error {
	if _, err := d.may(ctx, actor, ToSweep); err != nil {
		return err
	}
	r, err := d.retention(ctx)
	if err != nil || !r.On {
		return err
	}
	var last int64
	if err := d.store.Setting(ctx, lastPruned, &last); err != nil || d.instant().Sub(time.UnixMilli(last)) < pruneEvery {
		return err
	}
	_, err = d.prune(ctx, actor, r, nil)
	return err
}

// prune is done under the clock's guard: by a clock that runs a year ahead everything would be of age.
func (d *Desk) prune(ctx context.Context, actor Actor, r Retention, progress Progress) (Pruned, error) {
	d.sweeping.Lock()
	defer d.sweeping.Unlock()
	if err := d.checkClock(ctx, actor); err != nil {
		return Pruned{}, err
	}
	rule := r.at(d.instant())
	due, err := d.store.Prunable(ctx, rule, d.kept)
	if err != nil {
		return Pruned{}, err
	}
	if !due.Nothing() {
		if _, err := d.makeCopy(ctx, BeforePruning, nil); err != nil {
			return Pruned{}, say.Error("nothing was pruned, since no copy could be made before: %w", err)
		}
	}
	done, err := d.store.Prune(ctx, rule, d.kept, progress, func(p Pruned, keys string) []timeline.Entry {
		return d.entries(actor, timeline.Database, say.N("pruned"), timeline.Said(say.N("rule"), r.String()), timeline.Said(say.N("executions"), fmt.Sprint(p.Executions)),
			timeline.Said(say.N("from"), dateText(p.First)), timeline.Said(say.N("to"), dateText(p.Last)), timeline.Said(say.N("keys"), keys),
			timeline.Said(say.N("raw logs"), fmt.Sprint(p.Logs)), timeline.Said(say.N("kept files"), fmt.Sprint(p.Files)))
	})
	if err != nil {
		return done, err
	}
	d.publish(Event{Incidents: true, Sources: true, Settings: true, Routines: true, Copies: true})
	return done, d.store.SaveSetting(ctx, lastPruned, d.instant().UnixMilli(), nil)
}

func dateText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// HoldLegally keeps whatever belongs to an incident, a routine or a client, until the hold is released.
func (d *Desk) HoldLegally(ctx context.Context, actor Actor, kind HoldKind, ref, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	ref, reason = strings.TrimSpace(ref), strings.TrimSpace(reason)
	if reason == "" {
		return errNeedReason
	}
	if err := d.canHold(ctx, kind, ref); err != nil {
		return err
	}
	h := LegalHold{Kind: kind, Ref: ref, Since: d.instant(), By: actor.Name, Reason: reason}
	subject, id := subjectOf(h)
	entries := d.entries(actor, subject, say.N("legal hold"), timeline.Said(string(kind), ref), timeline.Said(say.N("reason"), reason))
	entries[0].SubjectID = id
	err := d.store.SaveLegalHold(ctx, h, entries)
	if err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

// canHold refuses what nobody knows.
func (d *Desk) canHold(ctx context.Context, kind HoldKind, ref string) error {
	known, err := d.store.Holdable(ctx, kind, ref)
	if err == nil && !known {
		err = say.Error("there is no %s %q", kind, ref)
	}
	return err
}

// ReleaseHold ends a legal hold, with a reason.
func (d *Desk) ReleaseHold(ctx context.Context, actor Actor, h LegalHold, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return errNeedReason
	}
	subject, id := subjectOf(h)
	entries := d.entries(actor, subject, say.N("legal hold released"), timeline.Said(string(h.Kind), h.Ref), timeline.Said(say.N("reason"), reason))
	entries[0].SubjectID = id
	err := d.store.RemoveLegalHold(ctx, h.ID, entries)
	if err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

// subjectOf is what the timeline's entry on a hold is about.
func subjectOf(h LegalHold) (timeline.Subject, int64) {
	if h.Kind != HoldIncident {
		return timeline.Setting, 0
	}
	id, err := strconv.ParseInt(h.Ref, 10, 64)
	if err != nil {
		return timeline.Setting, 0
	}
	return timeline.Incident, int64(incident.ID(id))
}

// prunedWords say on a report what retention has dropped.
func (d *Desk) prunedWords(ctx context.Context) (string, error) {
	p, err := d.store.Pruned(ctx)
	if err != nil || p.Nothing() {
		return "", err
	}
	if p.Executions == 0 {
		return say.T("No executions; the kept copies of %d imported files. Raw logs may be gone with them. Incidents, their evidence and the timeline are whole.", p.Files), nil
	}
	return say.T("%d executions of %s to %s, which are evidence of nothing; the kept copies of %d imported files. Raw logs may be gone with them. Incidents, their evidence and the timeline are whole.",
		p.Executions, say.Day(p.First.UTC()), say.Day(p.Last.UTC()), p.Files), nil
}
