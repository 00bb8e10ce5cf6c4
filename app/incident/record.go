package incident

import (
	"fmt"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/timeline"
)

// The words for actions in entries that more than one rule writes or reads.
const (
	renamed    = "renamed"
	progressed = "progressed"
	held       = "held"
	noted      = "noted"
	closed     = "closed"
	reopened   = "reopened"
	changed    = "evidence changed"
)

// property is a part of an incident that rules change. Entries tell it by name, from and to.
type property struct {
	name string
	of   func(*Incident) string
}

var properties = []property{
	{"title", func(in *Incident) string { return in.Title }},
	{"cause", func(in *Incident) string { return in.Cause.String() }},
	{"state", func(in *Incident) string { return in.State.String() }},
	{"assignee", func(in *Incident) string { return in.Assignee }},
	{"team", func(in *Incident) string { return in.Team }},
	{"until", func(in *Incident) string { return instant(in.Until) }},
	{"into", func(in *Incident) string { return number(in.Into) }},
	{"closing", func(in *Incident) string { return in.Closing.String() }},
	{"category", func(in *Incident) string { return in.Category }},
	{"description", func(in *Incident) string { return in.Description }},
	{"solution", func(in *Incident) string { return in.Solution }},
	{"sessions", func(in *Incident) string { return sessions(in.Links) }},
	{"evidence", func(in *Incident) string {
		if in.EvidenceChanged {
			return "changed"
		}
		return ""
	}},
}

// differences tells from → to for every property that differs, so that no rule can change one in silence.
func differences(before, after Incident) []timeline.Detail {
	var out []timeline.Detail
	for _, p := range properties {
		if from, to := p.of(&before), p.of(&after); from != to {
			out = append(out, timeline.Changed(p.name, from, to))
		}
	}
	return out
}

// record makes the Change from before to after: one entry with what differs, then what was said.
func record(before, after Incident, action, actor string, now time.Time, said ...timeline.Detail) Change {
	return Change{after, []timeline.Entry{{
		Subject:   timeline.Incident,
		SubjectID: int64(after.ID),
		At:        now,
		Actor:     actor,
		Action:    action,
		Details:   append(differences(before, after), said...),
	}}}
}

// detail is one that a person may have left empty; then there is none.
func detail(name, text string) []timeline.Detail {
	if text == "" {
		return nil
	}
	return []timeline.Detail{timeline.Said(name, text)}
}

// instant is a time as details hold it; empty for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func number(id ID) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprint(id)
}

// sessions lists the sessions of links, each with its note.
func sessions(links []Link) string {
	parts := make([]string, 0, len(links))
	for _, l := range links {
		s := fmt.Sprint(l.Session)
		if l.Note != "" {
			s += " (" + l.Note + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

// words is text from a person, safe to keep.
func words(s string) string { return backup.Words(s) }

// line is words on one line.
func line(s string) string { return backup.Line(s) }
