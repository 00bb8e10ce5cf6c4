package risk

import (
	"testing"

	"backstop/app/timeline"
)

// disabling is the entry of a person who disabled a routine.
func disabling(seq int64) timeline.Entry {
	return timeline.Entry{Seq: seq, At: day(-1), Actor: "rosa", Details: []timeline.Detail{timeline.Changed("disabled", "", "yes"), timeline.Said("reason", "moved away")}}
}

func TestSwitchedOff_isARiskOfItsOwnEachTime(t *testing.T) {
	last := Run{ID: 6, At: day(-2)}
	found := Judge(nil, []Finding{SwitchedOff(nightly, 1, last, disabling(40))}, monday, monday)
	if len(found) != 1 {
		t.Fatalf("%+v", found)
	}
	r := found[0].Risk
	if r.Kind != Absence || r.Routine != 0 || !r.Disabled() || !r.Since.Equal(day(-1)) || len(r.Runs) != 1 || r.Runs[0].Role != Off {
		t.Errorf("%+v", r)
	}
	wantEntry(t, found[0].Entries[0], timeline.System, "found", "kind: absence", "tool: NetBackup", "routine: FS-DAILY", "client: harbour", "company: Acme",
		"found: routine disabled", "by: rosa", "reason: moved away", "last run: 6")
	if again := Judge([]Risk{r}, []Finding{SwitchedOff(nightly, 1, last, disabling(40))}, monday, monday); len(again) != 0 {
		t.Errorf("judged twice: %+v", again)
	}
	if anew := Judge([]Risk{r}, []Finding{SwitchedOff(nightly, 1, last, disabling(52))}, monday, monday); len(anew) != 1 || anew[0].Entries[0].Action != "went on" {
		t.Errorf("disabled anew while it is open: %+v", anew)
	}
	r.State, r.Assignee = Closed, "rosa"
	if anew := Judge([]Risk{r}, []Finding{SwitchedOff(nightly, 1, last, disabling(52))}, monday, monday); len(anew) != 1 || anew[0].Risk.State != New {
		t.Errorf("disabled anew after it was closed: %+v", anew)
	}
}

func TestSwitchedOn_isNotedOnce(t *testing.T) {
	r := Judge(nil, []Finding{SwitchedOff(nightly, 1, Run{}, disabling(40))}, monday, monday)[0].Risk
	if _, ok := CameBack(r, Run{ID: 9, At: monday}, monday); ok {
		t.Error("a run of a disabled routine says that it is back")
	}
	c, ok := SwitchedOn(r, monday)
	if !ok || c.Risk.Disabled() || How("harbour", c.Risk.Value) != "Enabled again; was disabled" {
		t.Fatalf("%+v, %v", c, ok)
	}
	wantEntry(t, c.Entries[0], timeline.System, "enabled again")
	if _, ok := SwitchedOn(c.Risk, monday); ok {
		t.Error("it is noted twice")
	}
	r.State = Ignored
	if _, ok := SwitchedOn(r, monday); ok {
		t.Error("it is noted on a resolved one")
	}
}

func TestSaysOff(t *testing.T) {
	on := timeline.Entry{Details: []timeline.Detail{timeline.Changed("disabled", "yes", "")}}
	other := timeline.Entry{Details: []timeline.Detail{timeline.Changed("vital", "", "yes")}}
	if !SaysOff(disabling(1)) || SaysOff(on) || SaysOff(other) {
		t.Error("what disables is told wrongly")
	}
}
