package data

import (
	"fmt"
	"strings"
	"testing"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// withEntries is a desk whose timeline holds n entries: the source's own, then notes.
func withEntries(t *testing.T, n int) *aDesk {
	t.Helper()
	d := newDesk(t)
	for i := range n - 1 {
		d.must(d.note(t.Context(), []timeline.Entry{{
			Subject: timeline.Setting, SubjectID: int64(i), At: monday, Judged: at(1), Actor: "rosa", Action: "noted", Details: []timeline.Detail{timeline.Said("note", fmt.Sprint("tape ", i))},
		}}))
	}
	return d
}

const withoutTriggers = "DROP TRIGGER timeline_is_never_changed; DROP TRIGGER timeline_is_never_cut; DROP TRIGGER timeline_only_goes_on"

func TestTimeline_isNeverChanged(t *testing.T) {
	d := withEntries(t, 3)
	for statement, says := range map[string]string{
		"UPDATE timeline SET actor = 'nobody' WHERE seq = 2": "the timeline is never changed",
		"UPDATE timeline SET details = details":              "the timeline is never changed",
		"DELETE FROM timeline WHERE seq = 3":                 "the timeline is never cut",
		"DELETE FROM timeline":                               "the timeline is never cut",
		"REPLACE INTO timeline SELECT * FROM timeline":       "the timeline only goes on",
	} {
		if _, err := d.write.Exec(statement); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", statement, err, says)
		}
	}
	if v := d.verified(); len(v.Findings) > 0 || v.Entries != 3 {
		t.Errorf("%d entries, findings %q", v.Entries, v.Findings)
	}
}

func TestTimeline_comesBackAsItWasWritten(t *testing.T) {
	d := withEntries(t, 4)
	entries, err := d.Timeline(t.Context(), desk.Everything(), desk.TimelineQuery{Subject: timeline.Setting, SubjectID: 1})
	d.must(err)
	if len(entries) != 1 {
		t.Fatalf("%d entries", len(entries))
	}
	e := entries[0]
	if e.Seq != 3 || !e.At.Equal(monday) || !e.Judged.Equal(at(1)) || e.Actor != "rosa" || e.Action != "noted" || e.Details[0] != timeline.Said("note", "tape 1") {
		t.Errorf("entry = %+v", e)
	}
}

func TestTimeline_filters(t *testing.T) {
	d := withEntries(t, 6)
	for _, tt := range []struct {
		q    desk.TimelineQuery
		want string
	}{
		{desk.TimelineQuery{}, "[6 5 4 3 2 1]"},
		{desk.TimelineQuery{Limit: 2}, "[6 5]"},
		{desk.TimelineQuery{Limit: 2, Before: 5}, "[4 3]"},
		{desk.TimelineQuery{Subject: timeline.Source, SubjectID: 1}, "[1]"},
		{desk.TimelineQuery{Action: "added"}, "[1]"},
		{desk.TimelineQuery{Actor: "rosa", Limit: 1}, "[6]"},
		{desk.TimelineQuery{Actor: "nobody"}, "[]"},
	} {
		entries, err := d.Timeline(t.Context(), desk.Everything(), tt.q)
		d.must(err)
		seqs := make([]int64, len(entries))
		for i, e := range entries {
			seqs[i] = e.Seq
		}
		if fmt.Sprint(seqs) != tt.want {
			t.Errorf("%+v: %v, want %s", tt.q, seqs, tt.want)
		}
	}
}

// Whoever can write the file can take the triggers away, so the chain is what tells.
func TestVerify_findsWhatWasDoneToTheTimeline(t *testing.T) {
	const copied = "INSERT INTO timeline SELECT %d, subject, subject_id, at, judged, actor, action, details, %s FROM timeline WHERE seq = 3"
	for _, tt := range []struct{ name, harm, finds string }{
		{"nothing", "SELECT 1", ""},
		{"a word edited", "UPDATE timeline SET details = replace(details, 'tape 1', 'tape 9') WHERE seq = 3", "entry 3 of the timeline was altered"},
		{"who did it edited", "UPDATE timeline SET actor = 'nobody' WHERE seq = 3", "entry 3 of the timeline was altered"},
		{"when edited", "UPDATE timeline SET at = at + 1 WHERE seq = 3", "entry 3 of the timeline was altered"},
		{"the instant judged by edited", "UPDATE timeline SET judged = 0 WHERE seq = 3", "entry 3 of the timeline was altered"},
		{"a hash edited", "UPDATE timeline SET hash = zeroblob(32) WHERE seq = 3", "entry 3 of the timeline was altered"},
		{"one deleted", "DELETE FROM timeline WHERE seq = 3", "entry 3 of the timeline is missing"},
		{"the first deleted", "DELETE FROM timeline WHERE seq = 1", "entry 1 of the timeline is missing"},
		{"deleted and renumbered", "DELETE FROM timeline WHERE seq = 3; UPDATE timeline SET seq = seq - 1 WHERE seq > 3", "entry 3 of the timeline was altered"},
		{"one inserted at the end", fmt.Sprintf(copied, 7, "hash"), "entry 7 of the timeline was altered"},
		{"one inserted far beyond", fmt.Sprintf(copied, 9, "hash"), "entry 7 of the timeline is missing"},
		{"two swapped", "UPDATE timeline SET seq = -3 WHERE seq = 3; UPDATE timeline SET seq = 3 WHERE seq = 4; UPDATE timeline SET seq = 4 WHERE seq = -3", "entry 3 of the timeline was altered"},
		{"one before the first", fmt.Sprintf(copied, 0, "hash"), "entry 0 of the timeline is out of order"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := withEntries(t, 6)
			outside(t, d.path, withoutTriggers, tt.harm)
			equal(t, []string{strings.Join(d.verified().Findings, "; ")}, tt.finds)
		})
	}
}

// A tail that was cut leaves a chain that holds. Only a head that was kept elsewhere tells.
func TestVerify_findsACutTailByItsHead(t *testing.T) {
	d := withEntries(t, 6)
	head := d.verified().Head
	outside(t, d.path, withoutTriggers, "DELETE FROM timeline WHERE seq > 4")
	if v := d.verified(); len(v.Findings) > 0 || v.Entries != 4 {
		t.Errorf("without a head: %d entries, findings %q", v.Entries, v.Findings)
	}
	earlier := d.verified().Head
	equal(t, d.verified(earlier, head).Findings, fmt.Sprintf("head %s does not occur: entries were cut off or the timeline was built anew", head))
	d.must(d.note(t.Context(), []timeline.Entry{{Subject: timeline.Setting, At: monday, Actor: "rosa", Action: "noted"}}))
	equal(t, d.verified(earlier).Findings)
}

// What stands behind a break is not looked at, so a head that would stand there is not called cut off.
func TestVerify_saysNothingOfHeadsBehindABreak(t *testing.T) {
	d := withEntries(t, 6)
	head := d.verified().Head
	outside(t, d.path, withoutTriggers, "UPDATE timeline SET actor = 'nobody' WHERE seq = 3")
	equal(t, d.verified(head).Findings, "entry 3 of the timeline was altered")
}

func TestVerify_refusesWhatIsNoHead(t *testing.T) {
	d := withEntries(t, 1)
	if _, err := d.Verify(t.Context(), []string{"4711"}); err == nil {
		t.Error("4711 is a hash")
	}
}
