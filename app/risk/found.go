package risk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Finding is what an analysis found: a risk in the making, or more of one that is open.
type Finding struct {
	About
	Source       int64
	Mark         int64
	Since        time.Time
	Usual, Value int64
	Runs         []Run
	Incidents    []incident.ID
	Says         []timeline.Detail // for the record, beside what the fields say
}

// Judge makes of findings, in their order, the changes that they call for: a new risk each, or an entry on one that is open.
// known are the risks found before about the same. What is evidence already calls for nothing, so judging twice changes nothing.
func Judge(known []Risk, findings []Finding, now, judged time.Time) []Change {
	changes := make([]Change, len(known))
	for i, r := range known {
		changes[i].Risk = r
	}
	for _, f := range findings {
		if slices.ContainsFunc(changes, func(c Change) bool { return f.isEvidenceOf(c.Risk) }) {
			continue
		}
		if i := f.more(changes); i >= 0 {
			changes[i] = goOn(changes[i], f, now)
		} else {
			changes = append(changes, open(f, now, judged))
		}
	}
	return slices.DeleteFunc(changes, func(c Change) bool { return len(c.Entries) == 0 })
}

// more finds the open risk that a finding adds to: the one about the same, else a recurrence of some of the same incidents, to
// which people gave another category since, or whose routine belongs to another company.
func (f Finding) more(changes []Change) int {
	i := slices.IndexFunc(changes, func(c Change) bool { return !c.Risk.State.Resolved() && c.Risk.Key() == f.Key() })
	if i >= 0 {
		return i
	}
	return slices.IndexFunc(changes, func(c Change) bool {
		return !c.Risk.State.Resolved() && slices.ContainsFunc(f.Incidents, func(id incident.ID) bool { return slices.Contains(c.Risk.Incidents, id) })
	})
}

// isEvidenceOf tells whether a risk has been found by this already.
func (f Finding) isEvidenceOf(r Risk) bool {
	if r.Mark == f.Mark {
		return true
	}
	if f.Kind == Recurrence {
		return slices.Contains(r.Incidents, incident.ID(f.Mark))
	}
	return r.isOff(incident.ExecutionID(f.Mark))
}

func open(f Finding, now, judged time.Time) Change {
	r := Risk{
		About: f.About, Source: f.Source, Mark: f.Mark, Found: judged, Since: f.Since, Usual: f.Usual, Value: f.Value,
		Runs: f.Runs, Incidents: f.Incidents, State: New,
	}
	return Change{r, []timeline.Entry{{
		Subject: timeline.Risk, At: now, Actor: timeline.System, Action: say.N("found"), Details: append(told(f.About), f.evidence()...),
	}}}
}

// goOn adds a finding to the evidence of an open risk. Where the routine belongs to another company since, so does the risk.
func goOn(c Change, f Finding, now time.Time) Change {
	r := c.Risk
	r.Usual, r.Value, r.Company, r.Category = f.Usual, f.Value, f.Company, f.Category
	r.Runs, r.Incidents = withRuns(slices.Clone(r.Runs), f.Runs), slices.Clone(r.Incidents)
	for _, id := range f.Incidents {
		if !slices.Contains(r.Incidents, id) {
			r.Incidents = append(r.Incidents, id)
		}
	}
	if f.Since.Before(r.Since) {
		r.Since = f.Since // it was read late
	}
	next := record(c.Risk, r, "went on", timeline.System, now, f.evidence()...)
	return Change{r, append(c.Entries, next.Entries...)}
}

// withRuns adds runs, in order of time. One that is off stays so when a later one is compared with it.
func withRuns(runs, more []Run) []Run {
	for _, run := range more {
		i := slices.IndexFunc(runs, func(r Run) bool { return r.ID == run.ID })
		switch {
		case i < 0:
			runs = append(runs, run)
		case run.Role == Off:
			runs[i] = run
		}
	}
	slices.SortStableFunc(runs, func(a, b Run) int { return a.At.Compare(b.At) })
	return runs
}

// told says for the record what a risk is about.
func told(a About) []timeline.Detail {
	var details []timeline.Detail
	for _, p := range []struct{ name, is string }{
		{"kind", a.Kind.String()}, {"tool", a.Tool}, {"routine", a.Policy}, {"client", a.Client}, {"level", a.Level}, {"company", a.Company}, {"category", a.Category},
	} {
		if p.is != "" {
			details = append(details, timeline.Said(p.name, p.is))
		}
	}
	return details
}

// evidence says for the record what was found.
func (f Finding) evidence() []timeline.Detail {
	details := slices.Clone(f.Says)
	switch f.Kind {
	case Volume, Duration:
		unit := map[Kind]string{Volume: " bytes", Duration: " ms"}[f.Kind]
		details = append(details, timeline.Said(say.N("execution"), fmt.Sprint(f.Mark)),
			timeline.Said(say.N("value"), fmt.Sprint(f.Value)+unit), timeline.Said(say.N("usual"), fmt.Sprint(f.Usual)+unit), timeline.Said(say.N("compared"), f.ids(Compared)))
	case Absence:
		if last := f.ids(Off); last != "" {
			details = append(details, timeline.Said(say.N("last run"), last))
		}
		if f.Value == notSeen {
			details = append(details, timeline.Said(say.N("last seen"), f.Since.UTC().Format(time.RFC3339)))
		}
		if proof := f.ids(Elsewhere); proof != "" {
			details = append(details, timeline.Said(say.N("others ran"), proof))
		}
	case Recurrence:
		ids := make([]string, len(f.Incidents))
		for i, id := range f.Incidents {
			ids[i] = fmt.Sprint(id)
		}
		details = append(details, timeline.Said(say.N("incidents"), strings.Join(ids, ", ")))
	}
	return details
}

func (f Finding) ids(role Role) string {
	var ids []string
	for _, r := range f.Runs {
		if r.Role == role {
			ids = append(ids, fmt.Sprint(r.ID))
		}
	}
	return strings.Join(ids, ", ")
}
