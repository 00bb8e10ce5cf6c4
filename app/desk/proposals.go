package desk

import (
	"context"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/say"
	"backstop/app/timeline"
)

// RoutineProposal is an expectation that a routine's history proposes. Nothing is applied before a person confirms it.
type RoutineProposal struct {
	Routine int64
	expect.Proposal
}

// ProposeExpectations learns from the history of routines when they run; those that show no schedule are left out, and so is what is
// expected already or was dismissed. zone is that of their wall times; "" is that of each routine's source, else the machine's.
func (d *Desk) ProposeExpectations(ctx context.Context, actor Actor, ids []int64, zone string, progress Progress) ([]RoutineProposal, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	var found []RoutineProposal
	since := d.judged(actor).Add(-expect.LearnBack)
	settings, err := d.store.RoutineSettings(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	dismissed, err := d.dismissed(ctx)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if progress != nil {
			progress(i, len(ids))
		}
		starts, own, err := d.store.RoutineStarts(ctx, scope, id, since, expect.LearnFrom)
		if err != nil {
			return nil, err
		}
		p, ok := expect.Learn(starts, firstOf(zone, own, machineZone()))
		if p.Learned = true; ok && !settings[i].Expectation.SameTimes(p.Expectation) && dismissed[id] != timesOf(p.Expectation) {
			found = append(found, RoutineProposal{id, p})
		}
	}
	return found, nil
}

// dismissedProposals is where it is kept what was dismissed for each routine; another proposal for it is made again.
const dismissedProposals = "proposals.dismissed"

func (d *Desk) dismissed(ctx context.Context) (map[int64]string, error) {
	gone := map[int64]string{}
	err := d.store.Setting(ctx, dismissedProposals, &gone)
	return gone, err
}

// timesOf says when an expectation comes due, whatever its grace.
func timesOf(x expect.Expectation) string {
	x.Grace, x.Learned = 0, false
	return x.String()
}

// DismissProposals has proposals not made again, with a reason: while nothing is expected of a routine, nobody is told that it did
// not start.
func (d *Desk) DismissProposals(ctx context.Context, actor Actor, ps []RoutineProposal, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	reason = strings.TrimSpace(backup.Clean(reason))
	switch {
	case len(ps) == 0:
		return errNothing
	case reason == "":
		return errNoReason
	}
	gone, err := d.dismissed(ctx)
	if err != nil {
		return err
	}
	var entries []timeline.Entry
	for _, p := range ps {
		gone[p.Routine] = timesOf(p.Expectation)
		e := d.entries(actor, timeline.Routine, say.N("proposal dismissed"), timeline.Said(say.N("proposed"), p.Plain), timeline.Said(say.N("expected"), p.Expectation.String()), timeline.Said(say.N("reason"), reason))
		e[0].SubjectID = p.Routine
		entries = append(entries, e...)
	}
	return d.store.SaveSetting(ctx, dismissedProposals, gone, entries)
}

// ConfirmProposals makes proposals the expectations of their routines, with a reason. All of them or none.
func (d *Desk) ConfirmProposals(ctx context.Context, actor Actor, ps []RoutineProposal, reason string) (changed int, err error) {
	scope, err := d.may(ctx, actor, ToAdminister)
	if err != nil {
		return 0, err
	}
	byID := map[int64]expect.Expectation{}
	var ids []int64
	for _, p := range ps {
		byID[p.Routine] = p.Expectation
		ids = append(ids, p.Routine)
	}
	return d.changeEach(ctx, actor, scope, ids, reason, func(id int64, s *RoutineSettings) { s.Expectation = byID[id] })
}

// ProposeRhythm learns how often a source delivers; false where it is too new or too irregular to tell.
func (d *Desk) ProposeRhythm(ctx context.Context, actor Actor, source int64) (expect.Rhythm, bool, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return expect.Rhythm{}, false, err
	}
	const most = 400
	times, err := d.store.DeliveryTimes(ctx, scope, source, most)
	if err != nil {
		return expect.Rhythm{}, false, err
	}
	r, ok := expect.LearnRhythm(times)
	return r, ok, nil
}

// machineZone is the name of the machine's time zone: what is saved names a zone, never "local".
func machineZone() string {
	if name := time.Local.String(); name != "Local" {
		return name
	}
	return "UTC"
}

// firstOf is the first word that says anything.
func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

var errNothing = say.Error("nothing is selected")
