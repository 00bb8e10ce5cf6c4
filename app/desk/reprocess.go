package desk

import (
	"context"
	"slices"

	"backstop/app/incident"
)

// Candidate is a session that may have made an incident good, with why it stands where it stands.
type Candidate struct {
	ExecutionRow
	Reason   string
	Warnings []string
	Note     bool // a note is needed
}

// mostCandidates bounds each of the questions behind a list of candidates.
const mostCandidates = 100

// Candidates lists sessions that can make an incident good, best first. With text it looks among all routines and clients,
// else among the incident's own. Those that a rule refuses are not in it.
func (d *Desk) Candidates(ctx context.Context, actor Actor, id int64, text string) ([]Candidate, error) {
	detail, err := d.Incident(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	rows, err := d.sessionsFor(ctx, actor, detail, text)
	if err != nil {
		return nil, err
	}
	later, err := d.store.LaterTries(ctx, d.scope(actor), detail.Incident.ID)
	if err != nil {
		return nil, err
	}
	byID := map[incident.ExecutionID]ExecutionRow{}
	var sessions []incident.Session
	for _, r := range rows {
		s := r.AsSession()
		if _, twice := byID[s.ID]; !twice {
			s.LaterTry = slices.Contains(later, s.ID)
			byID[s.ID], sessions = r, append(sessions, s)
		}
	}
	level := ""
	if detail.Execution != nil {
		level = detail.Execution.Level
	}
	var out []Candidate
	for _, c := range incident.Candidates(detail.Incident, level, sessions) {
		out = append(out, Candidate{byID[c.Session.ID], c.Reason, c.Opinion.Warnings, c.Opinion.Note})
	}
	return out, nil
}

// sessionsFor gathers what may have made the incident good: its own run, its routine, its client; with text, whatever matches.
func (d *Desk) sessionsFor(ctx context.Context, actor Actor, detail Detail, text string) ([]ExecutionRow, error) {
	in := detail.Incident
	questions := []SessionQuery{{Routine: in.Routine}, {Client: in.Client}}
	if text != "" {
		questions = []SessionQuery{{Text: text}}
	}
	var rows []ExecutionRow
	if detail.Execution != nil {
		rows = append(rows, *detail.Execution)
	}
	for _, q := range questions {
		q.From, q.Limit = in.Failed, mostCandidates
		found, err := d.store.Sessions(ctx, d.scope(actor), q)
		if err != nil {
			return nil, err
		}
		rows = append(rows, found...)
	}
	return rows, nil
}

// CloseReprocessed closes an incident and those merged into it as made good by the sessions of the pairs; those taken out
// leave the group, open, in the same transaction.
func (d *Desk) CloseReprocessed(ctx context.Context, actor Actor, id int64, r incident.Reprocessing) error {
	if err := d.checkCategory(ctx, r.Category); err != nil {
		return err
	}
	want := Want{Incidents: []incident.ID{incident.ID(id)}}
	for _, p := range r.Pairs {
		if !slices.Contains(want.Sessions, p.Session) {
			want.Sessions = append(want.Sessions, p.Session)
		}
	}
	now := d.instant()
	return d.apply(ctx, actor, want, func(l Loaded) ([]incident.Change, error) {
		r.Sessions = l.Sessions
		return incident.CloseReprocessed(l.Incidents[0], r, actor.Name, now)
	})
}

// SuggestPairs pairs each incident of a group with its best candidate, where it has one.
func (d *Desk) SuggestPairs(ctx context.Context, actor Actor, id int64) ([]incident.Pair, error) {
	detail, err := d.Incident(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	var pairs []incident.Pair
	for _, in := range detail.Incident.Group() {
		if in.Cause == incident.CauseSilent {
			continue
		}
		candidates, err := d.Candidates(ctx, actor, int64(in.ID), "")
		if err != nil {
			return nil, err
		}
		if len(candidates) > 0 && !candidates[0].Note {
			pairs = append(pairs, incident.Pair{Incident: in.ID, Session: incident.ExecutionID(candidates[0].ID)})
		}
	}
	return pairs, nil
}
