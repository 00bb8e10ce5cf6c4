package incident

import (
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Account is what a person says when closing.
type Account struct {
	Category    string // of the controlled list, which the desk checks
	Description string
	Solution    string
}

// Close closes the incident, and with it those merged into it, as Success or Missed. Reprocessed needs sessions:
// CloseReprocessed.
func Close(in Incident, as Closing, a Account, actor string, now time.Time) ([]Change, error) {
	a, err := closable(in, as, a)
	switch {
	case err != nil:
		return nil, err
	case as == Reprocessed:
		return nil, refuse(say.Error("choose the sessions that made it good"))
	}
	return closeGroup(in, as, a, nil, actor, now), nil
}

// closable refuses what no closing status can mend, and cleans the account.
func closable(in Incident, as Closing, a Account) (Account, error) {
	if err := check(in, ToClose); err != nil {
		return a, err
	}
	a = Account{line(a.Category), words(a.Description), words(a.Solution)}
	switch {
	case as.String() == "":
		return a, refuse(say.Error("choose a closing status"))
	case in.Cause == CauseSilent && len(in.Merged) == 0 && as != ClosedSuccess:
		return a, refuse(say.Error("%d is a silent source: it has no data position, so it is closed as Success", in.ID))
	case a.Category == "":
		return a, refuse(say.Error("choose a category"))
	case a.Description == "":
		return a, refuse(say.Error("a description is needed: what happened?"))
	case a.Solution == "":
		return a, refuse(say.Error("a solution is needed: what was done?"))
	}
	return a, nil
}

// closeGroup closes a destination and has its children inherit; the entry of each says from where.
func closeGroup(in Incident, as Closing, a Account, links map[ID][]Link, actor string, now time.Time) []Change {
	children := make([]Change, 0, len(in.Merged))
	after := in.awake().withClosing(as, a, links[in.ID], now)
	after.State, after.Merged = Closed, nil
	for _, c := range in.Merged {
		child := c.withClosing(as, a, links[c.ID], now)
		after.Merged = append(after.Merged, child)
		children = append(children, record(c, child, closed, actor, now, timeline.Said(say.N("from"), number(in.ID))))
	}
	return append([]Change{record(in, after, closed, actor, now)}, children...)
}

// withClosing carries a closing and its links; a child stays Merged all the same. Proposals were answered by it.
func (in Incident) withClosing(as Closing, a Account, links []Link, now time.Time) Incident {
	in.Closing, in.ClosedAt = as, now
	in.Category, in.Description, in.Solution = a.Category, a.Description, a.Solution
	in.Links, in.Proposed = links, nil
	in.EvidenceChanged = false
	return in
}
