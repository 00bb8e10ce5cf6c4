package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/look"
)

// incidentReader is what a table of incidents asks of the desk.
type incidentReader interface {
	IncidentIDs(ctx context.Context, actor desk.Actor, q desk.IncidentQuery) ([]int64, error)
	IncidentRows(ctx context.Context, actor desk.Actor, ids []int64) ([]desk.IncidentRow, error)
}

func incidentLister(d incidentReader, actor desk.Actor) lister[desk.IncidentRow, desk.IncidentQuery] {
	return lister[desk.IncidentRow, desk.IncidentQuery]{
		ids: func(ctx context.Context, q desk.IncidentQuery, limit int) ([]int64, error) {
			q.Limit, q.WithoutMerged = limit, hidesMerged(q)
			return d.IncidentIDs(ctx, actor, q)
		},
		rows: func(ctx context.Context, ids []int64) ([]desk.IncidentRow, error) {
			return d.IncidentRows(ctx, actor, ids)
		},
		id: func(r desk.IncidentRow) int64 { return r.ID },
	}
}

// hidesMerged: what was merged stands behind its destination unless it is asked for. Who asks for what was lost, or for what a figure
// of a report counts, wants all of it.
func hidesMerged(q desk.IncidentQuery) bool {
	if !q.OpenedTo.IsZero() || !q.ClosedFrom.IsZero() || !q.OpenAt.IsZero() || q.MergedOnly {
		return false
	}
	return !slices.Contains(q.States, incident.Merged) && q.LostSince.IsZero() && q.LostLast == 0
}

// sortIncidents puts an order into a question.
func sortIncidents(q *desk.IncidentQuery, key string, descending bool) {
	if key == "age" { // the younger, the later opened
		key, descending = "opened", !descending
	}
	q.Sort, q.Desc = key, descending
}

// incidentFilters tells what narrows a question, in words.
func (u *UI) incidentFilters(q desk.IncidentQuery) []string {
	var fs []string
	if slices.Equal(q.States, desk.OpenStates) {
		fs = append(fs, say.T("State open"))
	} else if len(q.States) > 0 {
		fs = append(fs, oneOf(say.T("State"), stateWords(q.States))...)
	}
	fs = append(fs, oneOf(say.T("Client"), q.Clients)...)
	fs = append(fs, oneOf(say.T("Tool"), q.Tools)...)
	for _, w := range []struct {
		words string
		from  time.Time
		last  time.Duration
	}{{say.T("Opened"), q.OpenedFrom, q.OpenedLast}, {say.T("Started"), q.FailedFrom, q.FailedLast}, {say.T("Missed (lost)"), q.LostSince, q.LostLast}} {
		switch {
		case w.last > 0:
			fs = append(fs, say.T("%s in the %s", w.words, lastWord(w.last)))
		case !w.from.IsZero():
			fs = append(fs, say.T("%s since %s", w.words, u.clockText(w.from)))
		}
	}
	if q.NobodyActive {
		fs = append(fs, say.T("assigned to nobody active"))
	}
	if q.EvidenceChanged {
		fs = append(fs, say.T("evidence changed"))
	}
	fs = append(fs, u.reportFilters(q)...)
	return append(fs, textFilter(q.Text)...)
}

// reportFilters tells what narrows a question that comes from a report.
func (u *UI) reportFilters(q desk.IncidentQuery) []string {
	var fs []string
	for _, w := range []struct {
		at    time.Time
		words string
	}{
		{q.OpenedTo, say.T("Opened before %s", u.clockText(q.OpenedTo))},
		{q.ClosedFrom, say.T("Closed since %s", u.clockText(q.ClosedFrom))},
		{q.ClosedTo, say.T("Closed before %s", u.clockText(q.ClosedTo))},
		{q.OpenAt, say.T("Open at %s", u.clockText(q.OpenAt))},
	} {
		if !w.at.IsZero() {
			fs = append(fs, w.words)
		}
	}
	var closings []string
	for _, c := range q.Closings {
		closings = append(closings, closingWord(c))
	}
	fs = append(fs, oneOf(say.T("Closing Status"), closings)...)
	if q.MergedOnly {
		fs = append(fs, say.T("merged into others"))
	}
	if q.ActedOn {
		fs = append(fs, say.T("somebody acted"))
	}
	fs = append(fs, oneOf(say.T("Routine"), q.Routines)...)
	return append(append(fs, oneOf(say.T("Company"), q.Companies)...), oneOf(say.T("Branch"), q.Branches)...)
}

// oneOf is a filter by values in words; none for no value.
func oneOf(name string, values []string) []string {
	if len(values) == 0 {
		return nil
	}
	return []string{name + " " + shorten(either(values), 60)}
}

// either are words of which one holds.
func either(words []string) string {
	said := words[0]
	for _, w := range words[1:] {
		said = say.T("%s or %s", said, w)
	}
	return said
}

// textFilter is the search in words.
func textFilter(text string) []string {
	if t := strings.TrimSpace(text); t != "" {
		return []string{say.T("text %q", t)}
	}
	return nil
}

// incidentTip is the exact time of an age, the age of a time, the whole of a text.
func (u *UI) incidentTip(r desk.IncidentRow, key string) string {
	switch key {
	case "age":
		return say.T("Opened %s", u.secondText(r.Opened)) + ", " + zoneText(r.Opened.In(u.zone))
	case "opened":
		return say.T("Opened %s ago", u.ageText(r.Opened))
	case "title":
		return look.Printable(r.ShownTitle())
	case "failure":
		return look.Printable(r.ShownFailure())
	case "state":
		return u.stateText(r)
	case "merged":
		return mergedTip(r)
	}
	return ""
}

// stateText says what a state waits for.
func (u *UI) stateText(r desk.IncidentRow) string {
	if r.State == incident.OnHold {
		return say.T("On Hold until %s, waits for %s", u.clockText(r.Until), look.Printable(r.Team))
	}
	return stateWord(r.State)
}
