package risk

import (
	"backstop/app/say"
)

var (
	kindWords  = [...]string{Volume: say.N("volume"), Duration: say.N("duration"), Absence: say.N("absence"), Recurrence: say.N("recurrence")}
	stateWords = [...]string{New: say.N("new"), InProgress: say.N("in_progress"), Closed: say.N("closed"), Ignored: say.N("ignored")}
)

// String is the word of settings, of `--json` and of timeline details; windows have their own.
func (k Kind) String() string { return word(kindWords[:], uint8(k)) }

// String is the word of `--json` and of timeline details; windows have their own.
func (s State) String() string { return word(stateWords[:], uint8(s)) }

func word(words []string, i uint8) string {
	if int(i) < len(words) {
		return words[i]
	}
	return ""
}

// Rule says in words for people when an analysis finds a risk. It stands beside what it found, so that nobody has to guess.
func (k Kind) Rule() string {
	switch k {
	case Volume:
		return say.T("A successful run whose size is more than 50 %% above or below the median of the last successes before it of the same routine and the same level, "+
			"the last %d (at least %d) whose value is known, and off by at least 1 MiB.", MostCompared, leastCompared) + " " + drifting()
	case Duration:
		return say.T("A successful run that took more than 50 %% longer or shorter than the median of the last successes before it of the same routine and the same level, "+
			"the last %d (at least %d) whose value is known, and off by at least 1 minute.", MostCompared, leastCompared) + " " + drifting()
	case Absence:
		return say.T("A client that ran at least %d times in a routine and is gone for %d times its usual interval, for twice the longest gap between its last runs, and for at least 2 days, while the routine "+
			"ran for other clients after that. If the routine ran for none of them, it stopped: a risk only where its source went on to report other routines. Restores do not count, nor does a source that reports "+
			"failures only. A routine that a person disables in Backstop is one at once: nothing of it is missed any more.", leastRuns, patience)
	case Recurrence:
		return say.T("At least %d incidents of the same routine, company and category within 30 days, by the time of their runs; the closing category counts, else the proposed one. False alarms (closed as "+
			"Success) do not count, merged incidents do. After a risk is resolved it takes %d new incidents.", often, often)
	}
	return ""
}

func drifting() string {
	return say.T("Restores and log backups are not judged. What was ignored widens the range that counts as usual; after a risk is resolved, comparing starts anew with the run it was about. " +
		"Runs older than 30 days are history: compared with, not judged.")
}
