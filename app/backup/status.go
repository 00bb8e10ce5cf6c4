package backup

import "slices"

// Ending is how a tool says that an execution ended: its own word and code as written, with what the format makes of them. One
// word can be told as more than one outcome, where the rest of the record decides.
type Ending struct {
	Word string
	Code string
	Told Outcome
}

// Ending is the execution's.
func (e Execution) Ending() Ending { return Ending{e.NativeStatus, e.Code, e.AsTold()} }

// AsTold is what the format makes of the tool's words, whatever a person's map says.
func (e Execution) AsTold() Outcome {
	if e.Told == 0 {
		return e.Outcome
	}
	return e.Told
}

// StatusRule is a person's word on what a status of a tool means.
type StatusRule struct {
	Tool string
	Ending
	AnyWord bool // whatever the word, if the code is this one
	AnyCode bool // whatever the code, if the word is this one
	Outcome Outcome
	Opens   Choice // an incident, whatever tool and routine say of its outcome; undecided: as they say
}

// Fits tells whether the rule is about a tool's status.
func (r StatusRule) Fits(tool string, s Ending) bool {
	return r.Tool == tool && r.Told == s.Told && (r.AnyWord || r.Word == s.Word) && (r.AnyCode || r.Code == s.Code)
}

// SameSubject tells whether two rules are about the same.
func (r StatusRule) SameSubject(o StatusRule) bool {
	r.Outcome, r.Opens = o.Outcome, o.Opens
	return r == o
}

// BuiltIn tells whether the rule says no more than the format itself.
func (r StatusRule) BuiltIn() bool { return r.Outcome == r.Told && r.Opens == Undecided }

// StatusMap is every rule that people made. Formats' own maps are not in it: they have spoken when an execution is told.
type StatusMap []StatusRule

// Find gives the rule for a status. The most exact one speaks: word and code, then the code alone, then the word alone.
func (m StatusMap) Find(tool string, s Ending) (StatusRule, bool) {
	best, found := StatusRule{}, false
	for _, r := range m {
		if r.Fits(tool, s) && (!found || r.exactness() > best.exactness()) {
			best, found = r, true
		}
	}
	return best, found
}

func (r StatusRule) exactness() int {
	switch {
	case r.AnyCode:
		return 1
	case r.AnyWord:
		return 2
	}
	return 3
}

// Judge gives the execution the outcome that the map says, and never touches the tool's own words.
func (m StatusMap) Judge(e Execution) Execution {
	told := e.AsTold()
	e.Outcome, e.Told = told, 0
	if r, ok := m.Find(e.Tool, e.Ending()); ok && r.Outcome != told {
		e.Outcome, e.Told = r.Outcome, told
	}
	return e
}

// Opens is what is said of an execution's status: whether it opens an incident.
func (m StatusMap) Opens(e Execution) Choice {
	r, _ := m.Find(e.Tool, e.Ending())
	return r.Opens
}

// Outcomes are the six, in their order.
func Outcomes() []Outcome { return []Outcome{Success, Partial, Failed, Missed, Cancelled, Running} }

// With is the map with a rule in place of the one about the same, if any. A rule that says no more than the format is none.
func (m StatusMap) With(rule StatusRule) StatusMap {
	after := slices.DeleteFunc(slices.Clone(m), rule.SameSubject)
	if rule.BuiltIn() {
		return after
	}
	return append(after, rule)
}

// JudgedAs gives a later statement in the words of a known one the outcome that those were judged to have: a map that has changed
// meanwhile is for what comes anew (DESIGN.md 5). Other words are judged by the map of today.
func (e Execution) JudgedAs(known Execution) Execution {
	if e.Ending() == known.Ending() {
		e.Outcome, e.Told = known.Outcome, known.Told
	}
	return e
}
