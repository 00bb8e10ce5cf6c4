package incident

import (
	"slices"
	"time"

	"backstop/app/say"
)

// Pair says that a session made good an incident.
type Pair struct {
	Incident ID
	Session  ExecutionID
	Note     string
}

// Reprocessing is what a person decides when a group is closed as Reprocessed.
type Reprocessing struct {
	Account
	Pairs    []Pair
	TakenOut []ID      // children that nothing made good: they leave the group, open
	Sessions []Session // what is known now about the sessions of the pairs
}

// Of is the part of the decision that concerns one of several groups that are closed at once.
func (r Reprocessing) Of(in Incident) Reprocessing {
	members := map[ID]bool{}
	for _, i := range in.Group() {
		members[i.ID] = true
	}
	r.Pairs = slices.DeleteFunc(slices.Clone(r.Pairs), func(p Pair) bool { return !members[p.Incident] })
	r.TakenOut = slices.DeleteFunc(slices.Clone(r.TakenOut), func(id ID) bool { return !members[id] })
	return r
}

// LinkAll pairs a session with every incident that it can make good, and tells why it cannot of the others. A silent source needs
// none.
func LinkAll(ins []Incident, s Session, note string) (pairs []Pair, refused map[ID]string) {
	refused = map[ID]string{}
	for _, in := range ins {
		switch o := Check(in, s); {
		case in.Cause == CauseSilent:
		case o.Refused != "":
			refused[in.ID] = o.Refused
		default:
			pairs = append(pairs, Pair{Incident: in.ID, Session: s.ID, Note: note})
		}
	}
	return pairs, refused
}

// Unlinked lists who of a group still needs a session: closing as Reprocessed is possible when there is none. A silent source needs
// none.
func Unlinked(group []Incident, pairs []Pair, takenOut []ID) []ID {
	settled := map[ID]bool{}
	for _, p := range pairs {
		settled[p.Incident] = true
	}
	for _, id := range takenOut {
		settled[id] = true
	}
	var left []ID
	for _, i := range group {
		if !settled[i.ID] && i.Cause != CauseSilent {
			left = append(left, i.ID)
		}
	}
	return left
}

// CloseReprocessed closes the group as made good by sessions. Those taken out are unmerged, open, in the same breath.
func CloseReprocessed(in Incident, r Reprocessing, actor string, now time.Time) ([]Change, error) {
	if err := check(in, ToClose); err != nil {
		return nil, err
	}
	out, err := takeOut(in, r.TakenOut, actor, now)
	if err != nil {
		return nil, err
	}
	rest := out[0].Incident
	account, err := closable(rest, Reprocessed, r.Account)
	if err != nil {
		return nil, err
	}
	links, err := link(rest, r)
	if err != nil {
		return nil, err
	}
	changes := closeGroup(rest, Reprocessed, account, links, actor, now)
	changes[0].Entries = append(out[0].Entries, changes[0].Entries...)
	return append(changes, out[1:]...), nil
}

// takeOut unmerges the children named, and only them: what they had brought along stays and is judged by its own sessions.
// The destination's own Change comes first, an empty one when nothing leaves.
func takeOut(in Incident, ids []ID, actor string, now time.Time) ([]Change, error) {
	if len(ids) == 0 {
		return []Change{{Incident: in}}, nil
	}
	if slices.Contains(ids, in.ID) {
		return nil, refuse(say.Error("%d is the destination: it cannot be taken out of its own group", in.ID))
	}
	leaving, err := in.children(ids)
	if err != nil {
		return nil, err
	}
	return split(in, leaving, actor, now), nil
}

// link turns the pairs into links, or says which pair does not hold and who is left.
func link(in Incident, r Reprocessing) (map[ID][]Link, error) {
	group, sessions := map[ID]Incident{}, map[ExecutionID]Session{}
	for _, i := range in.Group() {
		group[i.ID] = i
	}
	for _, s := range r.Sessions {
		sessions[s.ID] = s
	}
	links := map[ID][]Link{}
	for _, p := range r.Pairs {
		i, member := group[p.Incident]
		s, known := sessions[p.Session]
		if !member || !known {
			return nil, refuse(say.Error("%d and session %d cannot be linked: one of them is not at hand", p.Incident, p.Session))
		}
		l, err := pair(i, s, p.Note)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(links[i.ID], func(o Link) bool { return o.Session == l.Session }) {
			links[i.ID] = append(links[i.ID], l)
		}
	}
	if left := Unlinked(in.Group(), r.Pairs, nil); len(left) > 0 {
		return nil, refuse(say.Error("%d of the group have no session yet, first of them %d", len(left), left[0]))
	}
	return links, nil
}

// pair is one link, if the session can make the incident good.
func pair(in Incident, s Session, note string) (Link, error) {
	note = words(note)
	switch o := Check(in, s); {
	case o.Refused != "":
		return Link{}, refuse(say.Error("session %d cannot make good %d: %s", s.ID, in.ID, o.Refused))
	case o.Note && note == "":
		return Link{}, refuse(say.Error("session %d is partial: a note must say why that is enough for %d", s.ID, in.ID))
	}
	return Link{s.ID, note}, nil
}
