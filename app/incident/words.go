package incident

import (
	"backstop/app/say"
)

var (
	stateWords   = [...]string{New: say.N("new"), InProgress: say.N("in_progress"), OnHold: say.N("on_hold"), Closed: say.N("closed"), Merged: say.N("merged")}
	closingWords = [...]string{ClosedSuccess: say.N("success"), ClosedMissed: say.N("missed"), Reprocessed: say.N("reprocessed")}
	causeWords   = [...]string{CauseFailed: say.N("failed"), CausePartial: say.N("partial"), CauseMissed: say.N("missed"), CauseCancelled: say.N("cancelled"), CauseStalled: say.N("stalled"), CauseSilent: say.N("silent")}
)

// String is the word of `incidents --json` and of timeline details; windows have their own.
func (s State) String() string { return word(stateWords[:], uint8(s)) }

// String is the word of `incidents --json` and of timeline details; empty for NotClosed.
func (c Closing) String() string { return word(closingWords[:], uint8(c)) }

// String is the word of `incidents --json`.
func (c Cause) String() string { return word(causeWords[:], uint8(c)) }

// ParseState reads the word that String writes.
func ParseState(s string) (State, error) { return parse[State](stateWords[:], s, "state") }

// ParseClosing reads the word that String writes, the empty one of NotClosed excepted.
func ParseClosing(s string) (Closing, error) {
	return parse[Closing](closingWords[:], s, "closing status")
}

// ParseCause reads the word that String writes.
func ParseCause(s string) (Cause, error) { return parse[Cause](causeWords[:], s, "cause") }

func word(words []string, i uint8) string {
	if int(i) < len(words) {
		return words[i]
	}
	return ""
}

func parse[T ~uint8](words []string, s, what string) (T, error) {
	for i, w := range words {
		if w == s && w != "" {
			return T(i), nil
		}
	}
	return 0, say.Error("%q is no %s; use one of %q", s, what, words[1:])
}
