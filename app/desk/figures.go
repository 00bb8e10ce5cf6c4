package desk

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/say"
)

// ReportScope narrows what figures are about. Empty fields narrow nothing.
type ReportScope struct {
	Companies []string `json:",omitempty"`
	Branches  []string `json:",omitempty"`
	Tools     []string `json:",omitempty"`
	Routines  []string `json:",omitempty"` // policies or jobs, by name
	View      string   `json:",omitempty"` // a saved view of incidents; its tools and clients narrow runs and copies too
}

// Everything tells whether nothing is left out.
func (s ReportScope) Everything() bool { return s.Words() == "" }

// Words tells what a scope narrows to; "" for everything.
func (s ReportScope) Words() string {
	var words []string
	for _, w := range []struct {
		sentence string
		values   []string
	}{{say.N("Company %s"), s.Companies}, {say.N("Branch %s"), s.Branches}, {say.N("Tool %s"), s.Tools}, {say.N("Routine %s"), s.Routines}} {
		if len(w.values) > 0 {
			words = append(words, fmt.Sprintf(say.W(w.sentence), strings.Join(w.values, say.T(" or "))))
		}
	}
	if s.View != "" {
		words = append(words, say.T("Saved view %s", s.View))
	}
	return strings.Join(words, ", ")
}

// FactQuery asks for what the figures of a period are counted from.
type FactQuery struct {
	figure.Period
	Incidents IncidentQuery // which incidents; its tools, clients, routines, companies and branches narrow runs and copies too
}

// PeriodFigures are the figures of a period and those of the one before.
type PeriodFigures struct {
	Facts figure.Facts // that Now was counted from
	Now   figure.Sums
	Prior figure.Sums
}

// PeriodFigures counts the figures of a period, up to the present, and those of the period before.
func (d *Desk) PeriodFigures(ctx context.Context, actor Actor, p figure.Period, scope ReportScope) (PeriodFigures, error) {
	seen, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return PeriodFigures{}, err
	}
	var out PeriodFigures
	q, err := d.within(ctx, actor, scope)
	if err != nil {
		return out, err
	}
	prior := p.Before()
	if now := d.judged(actor); p.To.After(now) {
		p.To = now
	}
	before := make(chan error, 1)
	go func() { // side by side: each takes as long as the other
		facts, err := d.store.Facts(ctx, seen, FactQuery{prior, q})
		out.Prior = figure.Count(facts, prior)
		before <- err
	}()
	out.Facts, err = d.store.Facts(ctx, seen, FactQuery{p, q})
	out.Now = figure.Count(out.Facts, p)
	return out, cmp.Or(err, <-before)
}

// within is the scope as a filter of incidents.
func (d *Desk) within(ctx context.Context, actor Actor, scope ReportScope) (IncidentQuery, error) {
	var q IncidentQuery
	var err error
	if scope.View != "" {
		if q, err = d.view(ctx, scope.View); err != nil {
			return q, err
		}
		q = q.At(d.judged(actor))
	}
	q.Sort, q.Desc, q.Limit = "", false, 0
	for _, x := range []struct {
		into *[]string
		only []string
	}{{&q.Companies, scope.Companies}, {&q.Branches, scope.Branches}, {&q.Tools, scope.Tools}, {&q.Routines, scope.Routines}} {
		if len(x.only) > 0 {
			*x.into = x.only
		}
	}
	return q, nil
}

// Within is a scope as a filter of incidents.
func (d *Desk) Within(ctx context.Context, actor Actor, scope ReportScope) (IncidentQuery, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return IncidentQuery{}, err
	}
	return d.within(ctx, actor, scope)
}

// timed tells whether a question asks for times or closings of its own.
func (q IncidentQuery) timed() bool {
	for _, t := range []time.Time{q.OpenedFrom, q.OpenedTo, q.ClosedFrom, q.ClosedTo, q.OpenAt} {
		if !t.IsZero() {
			return true
		}
	}
	return q.OpenedLast > 0 || len(q.Closings) > 0
}

// IncidentsOf is the filter that lists the incidents which a figure counts; ok is false for figures of runs and copies, and where the
// scope asks for times or closings of its own: one filter has no room for both.
func IncidentsOf(k figure.Key, p figure.Period, within IncidentQuery) (q IncidentQuery, ok bool) {
	q = within
	if within.timed() {
		return IncidentQuery{}, false
	}
	switch k {
	case figure.Opened:
		q.OpenedFrom, q.OpenedTo = p.From, p.To
	case figure.FirstAction:
		q.OpenedFrom, q.OpenedTo, q.ActedOn = p.From, p.To, true
	case figure.Closed, figure.ToClose:
		q.ClosedFrom, q.ClosedTo = p.From, p.To
	case figure.Open:
		q.OpenAt = p.To
	case figure.OpenMerged:
		q.OpenAt, q.MergedOnly = p.To, true
	case figure.Lost:
		q.ClosedFrom, q.ClosedTo, q.Closings = p.From, p.To, []incident.Closing{incident.ClosedMissed}
	case figure.Reprocessed:
		q.ClosedFrom, q.ClosedTo, q.Closings = p.From, p.To, []incident.Closing{incident.Reprocessed}
	case figure.FalseAlarms:
		q.ClosedFrom, q.ClosedTo, q.Closings = p.From, p.To, []incident.Closing{incident.ClosedSuccess}
	default:
		return IncidentQuery{}, false
	}
	return q, true
}

// goodKinds are the kinds of execution that make a copy to restore from.
var goodKinds = []backup.Kind{backup.Data, backup.Log}

// GoodKinds are the kinds of execution that make a copy to restore from.
func GoodKinds() []backup.Kind { return goodKinds }
