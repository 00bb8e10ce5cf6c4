package incident

import (
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Note writes a service note to the timeline. The incident stays as it is; a closed one may be noted on too.
func Note(in Incident, note, actor string, now time.Time) (Change, error) {
	if err := check(in, ToNote); err != nil {
		return Change{}, err
	}
	if note = words(note); note == "" {
		return Change{}, refuse(say.Error("the note is empty"))
	}
	return record(in, in, noted, actor, now, timeline.Said(say.N("note"), note)), nil
}

// Seen puts "evidence changed" aside: the closing stands, and the note says why.
func Seen(in Incident, note, actor string, now time.Time) (Change, error) {
	if err := check(in, ToSee); err != nil {
		return Change{}, err
	}
	if note = words(note); note == "" {
		return Change{}, refuse(say.Error("a note is needed: why does the closing stand?"))
	}
	after := in
	after.EvidenceChanged = false
	return record(in, after, "seen", actor, now, timeline.Said(say.N("note"), note)), nil
}
