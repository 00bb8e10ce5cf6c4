package backup

import (
	"backstop/app/say"
)

// Outcome is our word for how an execution ended. It stands beside the tool's own status and code, never instead of them.
type Outcome uint8

// The six outcomes. There is no "unknown": a record whose outcome cannot be told is rejected, not guessed.
const (
	Running   Outcome = iota + 1 // queued, waiting or at work; a final outcome never returns to it
	Success                      // everything that was asked for was saved
	Partial                      // saved with warnings, or only some of it
	Failed                       // nothing usable was saved
	Missed                       // the tool says that it did not start
	Cancelled                    // a person or a rule of the tool ended it
)

var outcomeWords = [...]string{Running: say.N("running"), Success: say.N("success"), Partial: say.N("partial"), Failed: say.N("failed"), Missed: say.N("missed"), Cancelled: say.N("cancelled")}

// String is the word used in the database's exports and on the command line.
func (o Outcome) String() string { return word(outcomeWords[:], int(o)) }

// Final tells whether the execution is over.
func (o Outcome) Final() bool { return o > Running }

// ParseOutcome reads the word that String writes.
func ParseOutcome(s string) (Outcome, error) {
	i, err := parseWord(outcomeWords[:], s, "outcome")
	return Outcome(i), err
}

// Kind is what an execution is for.
type Kind uint8

// The five kinds of DESIGN.md 1.
const (
	Data           Kind = iota + 1 // a backup
	Log                            // a log backup
	Copy                           // a copy or a replication of a backup
	Administrative                 // catalog or configuration backup, pruning, verification, database maintenance
	Restore
)

var kindWords = [...]string{Data: say.N("backup"), Log: say.N("log"), Copy: say.N("copy"), Administrative: say.N("administrative"), Restore: say.N("restore")}

// String is the word used in exports and on the command line.
func (k Kind) String() string { return word(kindWords[:], int(k)) }

// ParseKind reads the word that String writes.
func ParseKind(s string) (Kind, error) {
	i, err := parseWord(kindWords[:], s, "kind")
	return Kind(i), err
}

// Evidence ranks what an export can prove about an execution; the stronger wins whatever was imported first.
type Evidence uint8

// From weakest to strongest.
const (
	Inventory Evidence = iota + 1 // a list of what exists: proves presence, never changes a known outcome
	List                          // a list of jobs with a status each
	Report                        // one job's own report or log
)

var evidenceWords = [...]string{Inventory: say.N("inventory"), List: say.N("list"), Report: say.N("report")}

func (e Evidence) String() string { return word(evidenceWords[:], int(e)) }

func word(words []string, i int) string {
	if i <= 0 || i >= len(words) {
		return ""
	}
	return words[i]
}

func parseWord(words []string, s, what string) (int, error) {
	for i, w := range words {
		if w == s && w != "" {
			return i, nil
		}
	}
	return 0, say.Error("%q is no %s; use one of %q", s, what, words[1:])
}
