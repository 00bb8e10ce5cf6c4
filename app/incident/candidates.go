package incident

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Candidate is a session that could make an incident good.
type Candidate struct {
	Session Session
	Opinion Opinion
	Reason  string // for its rank: "same routine and client, full, 2 h 10 min later"
	rank    int
}

// Candidates ranks the sessions that could make an incident good, best first; those that Check refuses are left out. level is that
// of the failed run, empty if unknown. A later try of its own run comes first, then same routine and client before others,
// success before partial, same or stronger level before weaker, and among equals the soonest after.
func Candidates(in Incident, level string, sessions []Session) []Candidate {
	var out []Candidate
	for _, s := range sessions {
		o := Check(in, s)
		if o.Refused != "" {
			continue
		}
		if weaker(s.Level, level) {
			o.Warnings = append(o.Warnings, say.T("it holds less: %s, not %s", s.Level, level))
		}
		out = append(out, Candidate{s, o, in.reason(s), in.rank(s, level)})
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(b.rank-a.rank, a.Session.At().Compare(b.Session.At()), cmp.Compare(a.Session.ID, b.Session.ID))
	})
	return out
}

// rank weighs each virtue so that no number of lesser ones outdoes it.
func (in Incident) rank(s Session, level string) int {
	virtues := []bool{in.ownTry(s), in.sameClient(s), in.sameRoutine(s), s.Outcome == backup.Success, s.Kind == in.Kind, !weaker(s.Level, level)}
	rank := 0
	for _, v := range virtues {
		rank *= 2
		if v {
			rank++
		}
	}
	return rank
}

func (in Incident) ownTry(s Session) bool { return s.LaterTry || s.ID == in.Execution && s.ID != 0 }

// reason says the rank in words, in the chosen language: it is shown and not kept.
func (in Incident) reason(s Session) string {
	var parts []string
	switch client, routine := in.sameClient(s), in.sameRoutine(s); {
	case in.ownTry(s):
		parts = append(parts, say.T("a later try of the same run"))
	case client && routine:
		parts = append(parts, say.T("same routine and client"))
	case client:
		parts = append(parts, say.T("same client, other routine"))
	case routine:
		parts = append(parts, say.T("same routine, other client"))
	default:
		parts = append(parts, say.T("other routine and client"))
	}
	if s.Outcome == backup.Partial {
		parts = append(parts, say.T("partial"))
	}
	if s.Level != "" {
		parts = append(parts, strings.ToLower(s.Level))
	}
	if later := s.At().Sub(in.Failed); !in.Failed.IsZero() && later > 0 {
		parts = append(parts, say.T("%s later", say.Again(span(later))))
	}
	return strings.Join(parts, ", ")
}

// strengths orders the words that tools have for levels; what a level holds, a stronger one holds too. The first
// that fits decides.
var strengths = []struct {
	words    []string
	strength int
}{
	{[]string{"full", "level 0", "level=0"}, 4},
	{[]string{"cumul"}, 3}, // before "incremental": a cumulative incremental holds all since the last full
	{[]string{"incr", "level 1", "level=1"}, 2},
	{[]string{"diff"}, 3}, // after it: a differential incremental holds only what changed since the last run
	{[]string{"log"}, 1},
}

func strength(level string) int {
	level = strings.ToLower(level)
	for _, s := range strengths {
		if slices.ContainsFunc(s.words, func(w string) bool { return strings.Contains(level, w) }) {
			return s.strength
		}
	}
	return 0
}

// weaker tells whether a level holds less than what was wanted. Levels that are not known are not held against a session.
func weaker(level, wanted string) bool {
	l, w := strength(level), strength(wanted)
	return l != 0 && w != 0 && l < w
}

// span is a duration in words as they are recorded: the two largest units of it.
func span(d time.Duration) string {
	minutes := int(d.Minutes())
	days, hours := minutes/(24*60), minutes/60%24
	switch minutes %= 60; {
	case days > 0:
		return say.Record("%d d %d h", days, hours)
	case hours > 0:
		return say.Record("%d h %d min", hours, minutes)
	}
	return say.Record("%d min", minutes)
}
