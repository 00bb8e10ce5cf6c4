package incident

import (
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Reopen brings a closed incident back to In Progress; its assignee stays. What its children inherited is cleared, and the
// links of all are kept as proposals.
func Reopen(in Incident, reason, actor string, now time.Time) ([]Change, error) {
	if err := check(in, ToReopen); err != nil {
		return nil, err
	}
	if reason = words(reason); reason == "" {
		return nil, refuse(say.Error("a reason is needed: why is %d opened again?", in.ID))
	}
	said := timeline.Said(say.N("reason"), reason)
	children := make([]Change, 0, len(in.Merged))
	after := in.reopened().awake()
	after.Merged = nil
	for _, c := range in.Merged {
		child := c.reopened()
		after.Merged = append(after.Merged, child)
		children = append(children, record(c, child, reopened, actor, now, said, timeline.Said(say.N("from"), number(in.ID))))
	}
	return append([]Change{record(in, after, reopened, actor, now, said)}, children...), nil
}

// reopened is the incident without its closing; a child stays Merged.
func (in Incident) reopened() Incident {
	links := in.Links
	in = in.withClosing(NotClosed, Account{}, nil, time.Time{})
	in.Proposed = links
	return in
}
