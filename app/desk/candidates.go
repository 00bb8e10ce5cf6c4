package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"backstop/app/incident"
)

// Candidate is a session that may have made incidents good, with why it stands where it stands.
type Candidate struct {
	ExecutionRow
	Reason   string
	Warnings []string
	Note     bool   // a note is needed
	Refused  string // why it cannot make the first of the incidents good; only a search shows such ones
	Fits     int    // how many of the incidents it can make good
}

// CandidateQuery narrows the sessions that are looked for; empty fields narrow nothing.
type CandidateQuery struct {
	Text   string        // in routine, client, tool, session; then among all routines and clients
	Within time.Duration // begun so soon after the failure
}

// mostCandidates bounds each of the questions behind a list of candidates.
const mostCandidates = 100

// searchBack is how long before the failure a search looks, to say of what it finds there that it is too early.
const searchBack = 7 * 24 * time.Hour

// Candidates lists sessions that can make incidents good, best first: those that suit most of them, then those that suit the first
// one best. With text it looks among all routines and clients, else among those of the first; what the rules refuse is listed
// only then, last and with the reason.
func (d *Desk) Candidates(ctx context.Context, actor Actor, ids []int64, q CandidateQuery) ([]Candidate, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	ins, err := d.Incidents(ctx, actor, ids)
	if err != nil || len(ins) == 0 {
		return nil, err
	}
	ranked, refused, err := d.rank(ctx, scope, ins[0], questions(ins, q))
	if err != nil {
		return nil, err
	}
	names, err := d.names(ctx)
	if err != nil {
		return nil, err
	}
	suits := map[int64]int{}
	for i := range ranked {
		c := &ranked[i]
		for _, in := range ins {
			switch o := incident.Check(in, names.alike(in, c.AsSession())); {
			case o.Refused != "":
			case len(o.Warnings) == 0:
				suits[c.ID]++
				fallthrough
			default:
				c.Fits++
			}
		}
	}
	slices.SortStableFunc(ranked, func(a, b Candidate) int { return cmp.Or(suits[b.ID]-suits[a.ID], b.Fits-a.Fits) })
	if q.Text != "" {
		ranked = append(ranked, refused...)
	}
	return ranked, nil
}

// questions ask for what may have made the first of the incidents good, or all of them at once: its own run, its routine, its
// client; with text, whatever matches.
func questions(ins []incident.Incident, q CandidateQuery) []SessionQuery {
	first := ins[0]
	var own []SessionQuery
	if first.Execution != 0 {
		own = []SessionQuery{{IDs: []incident.ExecutionID{first.Execution}, Any: true}}
	}
	until := func(failed time.Time) time.Time {
		if q.Within == 0 {
			return time.Time{}
		}
		return failed.Add(q.Within)
	}
	if q.Text != "" {
		to := until(first.Failed)
		return append(own, SessionQuery{Text: q.Text, From: first.Failed, To: to}, SessionQuery{Text: q.Text, From: first.Failed.Add(-searchBack), To: to, Any: true})
	}
	from := []time.Time{first.Failed}
	for _, in := range ins {
		if in.Failed.After(from[len(from)-1]) {
			from = []time.Time{first.Failed, in.Failed}
		}
	}
	for _, t := range from {
		if first.Routine != 0 {
			own = append(own, SessionQuery{Routine: first.Routine, From: t, To: until(t)})
		}
		if first.Client != "" {
			own = append(own, SessionQuery{Client: first.Client, From: t, To: until(t)})
		}
	}
	return own
}

// rank asks for sessions and puts them in the order of the rules for one incident, apart from those that the rules refuse.
func (d *Desk) rank(ctx context.Context, scope Scope, in incident.Incident, questions []SessionQuery) (ranked, refused []Candidate, err error) {
	later, err := d.store.LaterTries(ctx, scope, in.ID)
	if err != nil {
		return nil, nil, err
	}
	names, err := d.names(ctx)
	if err != nil {
		return nil, nil, err
	}
	level, byID := "", map[incident.ExecutionID]ExecutionRow{}
	var sessions []incident.Session
	for _, q := range questions {
		q.Limit = mostCandidates
		rows, err := d.store.Sessions(ctx, scope, q)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range rows {
			s := r.AsSession()
			if _, twice := byID[s.ID]; twice {
				continue
			}
			s = names.alike(in, s)
			s.LaterTry = slices.Contains(later, s.ID)
			byID[s.ID], sessions = r, append(sessions, s)
			if s.ID == in.Execution {
				level = r.Level
			}
			if why := incident.Check(in, s).Refused; why != "" && s.ID != in.Execution {
				refused = append(refused, Candidate{ExecutionRow: r, Refused: why})
			}
		}
	}
	for _, c := range incident.Candidates(in, level, sessions) {
		ranked = append(ranked, Candidate{ExecutionRow: byID[c.Session.ID], Reason: c.Reason, Warnings: c.Opinion.Warnings, Note: c.Opinion.Note})
	}
	return ranked, refused, nil
}

// Sessions gives executions by their ids, in the order of time.
func (d *Desk) Sessions(ctx context.Context, actor Actor, ids []incident.ExecutionID) ([]ExecutionRow, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return d.store.Sessions(ctx, scope, SessionQuery{IDs: ids, Any: true, Limit: len(ids)})
}

// SuggestPairs pairs incidents, and those merged into them, each with its best candidate. One that has none, or only such as a
// person must look at first, is left out.
func (d *Desk) SuggestPairs(ctx context.Context, actor Actor, ids []int64, progress Progress) ([]incident.Pair, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	ins, err := d.Incidents(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	var pairs []incident.Pair
	members := incident.Members(ins)
	for i, in := range members {
		if in.Cause == incident.CauseSilent {
			continue
		}
		if progress != nil {
			progress(i, len(members))
		}
		ranked, _, err := d.rank(ctx, scope, in, questions([]incident.Incident{in}, CandidateQuery{}))
		if err != nil {
			return nil, err
		}
		if len(ranked) > 0 && len(ranked[0].Warnings) == 0 {
			pairs = append(pairs, incident.Pair{Incident: in.ID, Session: incident.ExecutionID(ranked[0].ID)})
		}
	}
	return pairs, nil
}
