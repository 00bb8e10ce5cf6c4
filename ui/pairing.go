package ui

import (
	"slices"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// pairing is what a person decides while closing as Reprocessed: which session made good which incident, and whom none did.
type pairing struct {
	roots    []incident.Incident // what is closed
	members  []incident.Incident // they and those merged into them
	pairs    []incident.Pair
	out      []incident.ID                              // taken out: they stay open
	sessions map[incident.ExecutionID]desk.ExecutionRow // at hand
	why      map[incident.ID]string                     // why the last session that was tried cannot make one good
}

func newPairing(roots []incident.Incident) *pairing {
	return &pairing{
		roots: roots, members: incident.Members(roots),
		sessions: map[incident.ExecutionID]desk.ExecutionRow{}, why: map[incident.ID]string{},
	}
}

// begun are the pairs to begin with: those of a draft, else the links from before a reopening.
func (p *pairing) begun(d desk.Draft) []incident.Pair {
	if len(d.Pairs) > 0 {
		return d.Pairs
	}
	var pairs []incident.Pair
	for _, in := range p.members {
		for _, l := range in.Proposed {
			pairs = append(pairs, incident.Pair{Incident: in.ID, Session: l.Session, Note: l.Note})
		}
	}
	return pairs
}

// take adds pairs whose sessions are at hand; what does not hold any more is passed over.
func (p *pairing) take(pairs []incident.Pair, sessions []desk.ExecutionRow) {
	for _, s := range sessions {
		p.sessions[incident.ExecutionID(s.ID)] = s
	}
	for _, pair := range pairs {
		if s, ok := p.sessions[pair.Session]; ok {
			p.link(s, []incident.ID{pair.Incident}, pair.Note)
		}
	}
}

// link pairs a session with those of the incidents that it can make good, and tells how many.
func (p *pairing) link(s desk.ExecutionRow, to []incident.ID, note string) int {
	var ins []incident.Incident
	for _, in := range p.members {
		if slices.Contains(to, in.ID) {
			ins = append(ins, in)
			delete(p.why, in.ID)
		}
	}
	pairs, refused := incident.LinkAll(ins, s.AsSession(), note)
	for id, why := range refused {
		p.why[id] = why
	}
	p.sessions[incident.ExecutionID(s.ID)] = s
	for _, pair := range pairs {
		p.undo(pair.Incident, pair.Session) // said again, with another note
		p.pairs = append(p.pairs, pair)
		p.out = slices.DeleteFunc(p.out, func(id incident.ID) bool { return id == pair.Incident })
	}
	return len(pairs)
}

// undo parts an incident and a session.
func (p *pairing) undo(in incident.ID, session incident.ExecutionID) {
	p.pairs = slices.DeleteFunc(p.pairs, func(o incident.Pair) bool { return o.Incident == in && o.Session == session })
}

// unlinked are those that still need a session.
func (p *pairing) unlinked() []incident.ID { return incident.Unlinked(p.members, p.pairs, p.out) }

// takeOut leaves an incident open, or takes that back. The destination of a group stays with it.
func (p *pairing) takeOut(id incident.ID) error {
	if slices.Contains(p.out, id) {
		p.out = slices.DeleteFunc(p.out, func(o incident.ID) bool { return o == id })
		return nil
	}
	for _, in := range p.roots {
		switch {
		case in.ID == id && len(in.Merged) > 0:
			return say.Error("%d is the destination of its group: it cannot be taken out of it", id)
		case in.ID == id && len(p.roots) == 1:
			return say.Error("%d is the only one that is closed here", id)
		}
	}
	p.pairs = slices.DeleteFunc(p.pairs, func(o incident.Pair) bool { return o.Incident == id })
	p.out = append(p.out, id)
	return nil
}

// sessionsOf are the sessions of an incident.
func (p *pairing) sessionsOf(id incident.ID) []incident.Pair {
	var own []incident.Pair
	for _, pair := range p.pairs {
		if pair.Incident == id {
			own = append(own, pair)
		}
	}
	return own
}

// ready says why it cannot be closed yet.
func (p *pairing) ready() error {
	left := p.unlinked()
	switch {
	case len(p.out) == len(p.members):
		return say.Error("all are taken out: nothing would be closed")
	case len(left) == 1:
		return say.Error("%d has no session yet: choose one, or take it out", left[0])
	case len(left) > 1:
		return say.Error("%s incidents have no session yet, first of them %d: choose one, or take them out", countText(len(left)), left[0])
	}
	return nil
}
