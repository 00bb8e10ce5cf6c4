package desk

import (
	"slices"
	"strings"
	"time"

	"backstop/app/expect"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Of details: values, which stand under the names of wordy.
var _ = [...]string{
	say.N("true"), say.N("false"), say.N("never"), say.N("everything"), say.N("branches"), say.N("as its outcome does"), say.N("ignored"), say.N("wrong password"), say.N("no such user"), say.N("the last 30 days"),
	say.N("volume"), say.N("duration"), say.N("absence"), say.N("recurrence"), say.N("detected late"), say.N("judged now, from what the source tells"),
	say.N("routine disabled"), say.N("client gone from the routine"), say.N("routine stopped"), say.N("the file that was there lacked the newest entries"),
	say.N("daily"), say.N("before a new version"), say.N("before pruning"), say.N("asked for"), say.N("all"), say.N("the last 7 days"),
}

// wordy are the details whose values are words of the desk; those of others are names, numbers, times, and what people wrote.
var wordy = [...]string{
	"afterwards", "answer", "built-in", "cancelled opens", "cause", "date order", "disabled", "evidence", "for everybody", "found", "kind", "locked after", "missed meanwhile", "noticed",
	"opens an incident", "outcome", "partial opens", "paused", "read as", "restores open", "rhythm", "role", "sees", "state", "vital", "why",
}

// telling are those whose values are sentences of the program, or lengths of time.
var telling = [...]string{
	"asked", "error", "grace", "limit", "missed meanwhile", "noticed", "pruned", "status", "stalled after", "usual", "when", "why",
}

// RecordWord is a value of a detail to be read: what the program wrote is said in the chosen language, and what people and tools wrote stays.
func RecordWord(name, value string) string {
	switch name {
	case "failure":
		return incident.ShownFailure(value)
	case "category":
		return CategoryWord(value)
	case "name", "source":
		return SourceWord(value)
	case "period":
		return PeriodWord(value)
	case "expected", "proposed":
		return expect.Said(value)
	case "rhythm":
		if word, span, two := strings.Cut(value, ", "); two {
			return say.W(word) + ", " + say.Again(span)
		}
	}
	if said := say.Again(value); said != value && (slices.Contains(telling[:], name) || slices.Contains(wordy[:], name)) {
		return said
	}
	if slices.Contains(wordy[:], name) {
		return say.W(value)
	}
	return value
}

// TitleWord is the title that a detail tells: the one that an incident was opened with is ours, another is a person's.
func TitleWord(d timeline.Detail) string {
	if d.From != "" {
		return d.To
	}
	return incident.ShownTitle(d.To, d.To)
}

// PeriodWord is a period that Plain wrote, with its dates in the chosen form.
func PeriodWord(recorded string) string {
	from, to, two := strings.Cut(recorded, " to ")
	if !two {
		return plainDate(recorded)
	}
	return say.T("%s to %s", plainDate(from), plainDate(to))
}

// plainDate is a date that is kept as 2026-03-31, or 2026-03-31 23:05.
func plainDate(recorded string) string {
	if t, err := time.Parse(time.DateOnly, recorded); err == nil {
		return say.Day(t)
	}
	if t, err := time.Parse(time.DateOnly+" 15:04", recorded); err == nil {
		return say.Minute(t)
	}
	return recorded
}
