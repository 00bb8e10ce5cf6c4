package desk

import (
	"context"
	"time"

	"backstop/app/incident"
	"backstop/app/risk"
	"backstop/app/timeline"
)

// RiskSweep is what a sweep asks the store to look at: what is new since the last one. Rules are called inside the transaction that
// saves what they return and remembers how far was looked, so nothing is found twice and nothing is passed over.
type RiskSweep struct {
	Now    time.Time // the machine's clock
	Judged time.Time // the instant that rules judge by
	Rules  RiskRules
}

// RiskRules are what the desk wants asked about what is new.
type RiskRules struct {
	Drift  func(RiskSeries) []risk.Change
	Recur  func(RiskCases) []risk.Change
	Pace   func(starts []time.Time, successes int) (overdue time.Time, ok bool)
	Absent func(p risk.Presence, around risk.Around, known []risk.Risk) (changes []risk.Change, gone bool)
	Back   func(r risk.Risk, run risk.Run) (risk.Change, bool)
	Off    func(a risk.About, source int64, last risk.Run, e timeline.Entry, known []risk.Risk) []risk.Change
	On     func(r risk.Risk) (risk.Change, bool)
}

// RiskSeries are the successes of one routine and level, oldest first, of which some are new.
type RiskSeries struct {
	About  risk.About // its Kind says what the values are
	Source int64      // of the new ones
	Runs   []risk.Run
	New    map[incident.ExecutionID]bool
	Known  []risk.Risk
}

// RiskCases are the incidents of one routine.
type RiskCases struct {
	About  risk.About
	Source int64
	Cases  []RiskCase
	From   time.Time // older incidents are history
	Known  []risk.Risk
}

// RiskCase is an incident as recurrence looks at it; one without a category has what its failure proposes.
type RiskCase struct {
	risk.Case
	Failure string
}

// FoundRisks tells what a sweep found.
type FoundRisks struct {
	Found  int // new risks
	WentOn int // open ones with more evidence
}

// sweepRisks looks for risks in what is new since it last looked.
func (d *Desk) sweepRisks(ctx context.Context, actor Actor) (FoundRisks, error) {
	now, judged := d.instant(), d.judged(actor)
	found, err := d.store.FindRisks(ctx, RiskSweep{Now: now, Judged: judged, Rules: riskRules(now, judged)})
	if found != (FoundRisks{}) {
		d.publish(Event{Risks: true})
	}
	return found, err
}

// riskRules binds the rules to the instants of one sweep.
func riskRules(now, judged time.Time) RiskRules {
	return RiskRules{
		Drift: func(s RiskSeries) []risk.Change {
			isNew := func(r risk.Run) bool { return s.New[r.ID] }
			return risk.Judge(s.Known, risk.Drifts(s.About, s.Source, s.Runs, isNew, s.Known), now, judged)
		},
		Recur: func(c RiskCases) []risk.Change {
			cases := make([]risk.Case, len(c.Cases))
			for i, rc := range c.Cases {
				if cases[i] = rc.Case; cases[i].Category == "" {
					cases[i].Category = ProposeCategory(rc.Failure)
				}
			}
			return risk.Judge(c.Known, risk.Recurrences(c.About, c.Source, cases, c.From, c.Known), now, judged)
		},
		Pace: risk.Overdue,
		Absent: func(p risk.Presence, around risk.Around, known []risk.Risk) ([]risk.Change, bool) {
			f, gone := risk.Gone(p, around)
			if !gone {
				return nil, false
			}
			return risk.Judge(known, []risk.Finding{f}, now, judged), true
		},
		Back: func(r risk.Risk, run risk.Run) (risk.Change, bool) { return risk.CameBack(r, run, now) },
		Off: func(a risk.About, source int64, last risk.Run, e timeline.Entry, known []risk.Risk) []risk.Change {
			return risk.Judge(known, []risk.Finding{risk.SwitchedOff(a, source, last, e)}, now, judged)
		},
		On: func(r risk.Risk) (risk.Change, bool) { return risk.SwitchedOn(r, now) },
	}
}
