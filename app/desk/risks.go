package desk

import (
	"context"
	"time"

	"backstop/app/risk"
	"backstop/app/say"
)

// RiskRow is what the list and `sweep --json` show of one risk.
type RiskRow struct {
	ID risk.ID
	risk.About
	Found, Since time.Time
	Usual, Value int64
	State        risk.State
	Assignee     string
	Solution     string
	Resolved     time.Time
	Evidence     int // runs that are off, or incidents
}

// RiskQuery filters and sorts risks. Empty fields filter nothing, but for Resolved: without it those are hidden.
type RiskQuery struct {
	Kinds               []risk.Kind
	States              []risk.State
	Resolved            bool // the resolved ones too
	Assignee            string
	Nobody              bool // those that belong to nobody
	Tools               []string
	Routines            []string // by name
	Clients             []string
	Companies, Branches []string  // of their sources
	Routine             int64     // one routine; absences have none
	OpenFrom            time.Time // open at some time between it
	OpenTo              time.Time // and before that
	Text                string    // in tool, routine, client, level, company, category, solution

	Sort  string // one of RiskSorts; "" sorts by id
	Desc  bool
	Limit int // 0: all
}

// RiskSorts are the columns that risks can be sorted by.
var RiskSorts = []string{"id", "found", "kind", "routine", "client", "tool", "level", "what", "since", "state", "assignee"}

// RiskDetail is everything about one risk.
type RiskDetail struct {
	Risk      risk.Risk
	Runs      []ExecutionRow // its evidence, oldest first
	Later     []ExecutionRow // successes of the same routine and level since
	Incidents []IncidentRow  // the evidence of a recurrence
	Starts    []time.Time    // of an absence: when what is gone ran, from AbsenceBefore before it was gone, oldest first
	Routines  []int64        // whose settings say whether it is looked for
}

// AbsenceBefore is how much of the time before an absence is told beside it.
const AbsenceBefore = 28 * 24 * time.Hour

// RiskChoices are what filters of risks offer: what there is.
type RiskChoices struct {
	Tools, Routines, Clients, People []string
}

// RiskIDs gives the ids of all that match, sorted; with a Limit, the first of them.
func (d *Desk) RiskIDs(ctx context.Context, actor Actor, q RiskQuery) ([]int64, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.RiskIDs(ctx, scope, q)
}

// RiskRows gives the rows of the ids, in their order.
func (d *Desk) RiskRows(ctx context.Context, actor Actor, ids []int64) ([]RiskRow, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.RiskRows(ctx, scope, ids)
}

// Risk gives everything about one risk.
func (d *Desk) Risk(ctx context.Context, actor Actor, id int64) (RiskDetail, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return RiskDetail{}, err
	}
	return d.store.Risk(ctx, scope, risk.ID(id))
}

// Risks gives risks as the rules see them.
func (d *Desk) Risks(ctx context.Context, actor Actor, ids []int64) ([]risk.Risk, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.Risks(ctx, scope, riskIDs(ids))
}

// RiskChoices lists what filters can offer.
func (d *Desk) RiskChoices(ctx context.Context, actor Actor) (RiskChoices, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return RiskChoices{}, err
	}
	return d.store.RiskChoices(ctx, scope)
}

// AssignRisks gives risks to a user. It comes before everything else.
func (d *Desk) AssignRisks(ctx context.Context, actor Actor, ids []int64, to string) error {
	to, err := d.handler(ctx, to)
	if err != nil {
		return err
	}
	return d.eachRisk(ctx, actor, ids, func(r risk.Risk, _ []risk.Risk, now time.Time) (risk.Change, error) {
		return risk.Assign(r, to, actor.Name, now)
	})
}

// ProgressRisks tells how far the work on risks has come.
func (d *Desk) ProgressRisks(ctx context.Context, actor Actor, ids []int64, note string) error {
	return d.eachRisk(ctx, actor, ids, func(r risk.Risk, _ []risk.Risk, now time.Time) (risk.Change, error) {
		return risk.Progress(r, note, actor.Name, now)
	})
}

// CloseRisks ends risks with what was done about them.
func (d *Desk) CloseRisks(ctx context.Context, actor Actor, ids []int64, solution string) error {
	return d.eachRisk(ctx, actor, ids, func(r risk.Risk, _ []risk.Risk, now time.Time) (risk.Change, error) {
		return risk.Close(r, solution, actor.Name, now)
	})
}

// IgnoreRisks ends risks that are normal behaviour of the environment.
func (d *Desk) IgnoreRisks(ctx context.Context, actor Actor, ids []int64, why string) error {
	return d.eachRisk(ctx, actor, ids, func(r risk.Risk, _ []risk.Risk, now time.Time) (risk.Change, error) {
		return risk.Ignore(r, why, actor.Name, now)
	})
}

// ReopenRisks brings resolved risks back, with a reason.
func (d *Desk) ReopenRisks(ctx context.Context, actor Actor, ids []int64, reason string) error {
	return d.eachRisk(ctx, actor, ids, func(r risk.Risk, alike []risk.Risk, now time.Time) (risk.Change, error) {
		return risk.Reopen(r, alike, reason, actor.Name, now)
	})
}

// eachRisk applies a rule to every risk, in one transaction: all or nothing.
func (d *Desk) eachRisk(ctx context.Context, actor Actor, ids []int64, rule func(r risk.Risk, alike []risk.Risk, now time.Time) (risk.Change, error)) error {
	scope, err := d.may(ctx, actor, ToHandle)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return say.Error("nothing is selected")
	}
	now := d.instant()
	err = d.store.ApplyRisks(ctx, scope, actor.Judged, riskIDs(ids), func(r risk.Risk, alike []risk.Risk) (risk.Change, error) {
		return rule(r, alike, now)
	})
	if err == nil {
		d.publish(Event{Risks: true})
	}
	return err
}

func riskIDs(ids []int64) []risk.ID {
	out := make([]risk.ID, len(ids))
	for i, id := range ids {
		out[i] = risk.ID(id)
	}
	return out
}

// RiskAllowed tells whether an action can be taken on all of the risks and, if not, why.
func RiskAllowed(rs []risk.Risk, a risk.Action) (ok bool, why string) {
	if len(rs) == 0 {
		return false, say.T("nothing is selected")
	}
	for _, r := range rs {
		if ok, why := risk.Allowed(r, a); !ok {
			return false, why
		}
	}
	return true, ""
}
