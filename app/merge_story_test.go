//go:build !headless

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"backstop/app/desk"
	"backstop/app/incident"
)

const midnight = 1772323200 // 2026-03-01 00:00 UTC

// hourly is a job that began so many minutes after midnight and took ten.
func hourly(id int, status, policy string, minutes int) string {
	begin := midnight + 60*minutes
	return job(fmt.Sprint(id), status, policy, "tide.meadow.example", fmt.Sprint(begin), fmt.Sprint(begin+600))
}

// The tide is a client whose switch was down: its hourly job failed twelve times, which are incidents 1 to 12. Two later runs
// succeeded: session 760101 after the first six, 760102 after all. Incident 13 has nothing to do with it.
func newTide(t *testing.T) *office {
	t.Helper()
	o := emptyOffice(t)
	var b strings.Builder
	for n := range 12 {
		b.WriteString(hourly(760001+n, "58", "TIDE-HOURLY", 60*n))
	}
	b.WriteString(hourly(760101, "0", "TIDE-HOURLY", 330))
	b.WriteString(hourly(760102, "0", "TIDE-HOURLY", 720))
	b.WriteString(job("760201", "84", "DAM-FULL", "dam.meadow.example", fmt.Sprint(midnight+80000), fmt.Sprint(midnight+80600)))
	o.imports(b.String())
	o.enter()
	return o
}

// clickIn clicks on the n-th row in view of a table, with keys held.
func (o *office) clickIn(table fyne.Widget, n int, held fyne.KeyModifier) {
	body, at := bodyOf(table), fyne.NewPos(200, float32(n)*30+8)
	body.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Modifier: held})
	test.TapAt(body.(fyne.Tappable), at)
	o.settle()
}

// mergesTheTide filters for the twelve and merges them into the third of them.
func (o *office) mergesTheTide() {
	o.t.Helper()
	o.types("/")
	o.types("tide")
	o.shows("12 incidents", `text "tide"`)
	o.tap("Merge 12 Incidents")
	o.look(o.ui.Window("merge 1 of 12"))
	o.shows("12 open incidents, all that match State open, text \"tide\".", "Choose the one that the others become part of.")
	rows := tableOf[incident.Incident](o)
	if got := rows.Selected(); !slices.Equal(got, []int64{1}) {
		o.t.Errorf("the destination offered is %v, not the oldest", got)
	}
	o.at.Canvas().Focus(rows)
	o.press(fyne.KeyHome, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
	o.fill("The switch of the tide was down")
	o.tap("Next")
	o.shows("12 incidents become one: 3 · The switch of the tide was down.", "the destination: stays as it is", "into 3")
	o.tap("Merge 12 incidents")
	o.look(o.ui.Main())
	o.shows("11 incidents merged into 3.")
}

// opensTheTide opens the destination, the only one that still matches.
func (o *office) opensTheTide() {
	o.t.Helper()
	o.sees("3")
	o.at.Canvas().Focus(o.table())
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.look(o.ui.Window("incident 3"))
	o.shows("The switch of the tide was down", "Merged incidents 11")
}

// reprocessesTheTide goes through the wizard with two sessions over the group; a pair is undone on the way and linked again.
func (o *office) reprocessesTheTide() {
	o.t.Helper()
	o.letter('c')
	o.look(o.ui.Window("close 3 of 1"))
	o.shows("11 merged incidents will be closed with it")
	o.choose("Reprocessed")
	o.choose("Network")
	o.fill("The switch was down.", "It was replaced, and the job ran again.")
	o.tap("Next")

	members := tableOf[incident.Incident](o)
	if got := len(members.Selected()); got != 12 {
		o.t.Fatalf("a session is looked for for %d", got)
	}
	o.shows("12 of 12", "6 of 12", "same routine and client") // 760102 and 760101
	o.clickIn(members, 0, 0)
	o.clickIn(members, 5, fyne.KeyModifierShift) // 3, which is the destination, 1, 2, 4, 5 and 6
	if got := rowsOf(tableOf[desk.Candidate](o)); !strings.Contains(got[0], "760101") || !strings.Contains(got[0], "6 of 6") {
		o.t.Errorf("the best for six is %q", got[0])
	}
	o.tap("Add Reprocessing (A)")
	o.shows("6 incidents without a session so far.")
	if got := rowsOf(tableOf[desk.Candidate](o)); !strings.Contains(got[0], "760102") || len(got) != 1 {
		o.t.Errorf("for the other six there is %q", got)
	}
	o.tap("Add Reprocessing (A)")
	o.shows("All have a session.")
	o.tap("Next")

	o.shows("12 incidents, 2 sessions.")
	o.press(fyne.KeyHome)
	o.types("x")
	o.shows("12 incidents, 2 sessions. 1 without one", "no session yet")
	o.tap("Close 12 incidents")
	o.shows("3 has no session yet: choose one, or take it out.")
	o.tap("Back")
	if got := members.Selected(); !slices.Equal(got, []int64{3}) {
		o.t.Errorf("to be linked again: %v", got)
	}
	o.tap("Add Reprocessing (A)")
	o.tap("Next")
	o.tap("Close 12 incidents")
	o.look(o.ui.Window("incident 3"))
}

// The story of many failures with one cause, from the filter to the database.
func TestStory_mergesAndReprocesses(t *testing.T) {
	o := newTide(t)
	o.mergesTheTide()
	o.opensTheTide()
	o.reprocessesTheTide()
	o.shows("Closed", "Reprocessed", "3 closed as Reprocessed.")

	for id := int64(1); id <= 12; id++ {
		in := o.incident(id)
		want, state := o.session("760102"), incident.Merged
		if id <= 6 {
			want = o.session("760101")
		}
		if id == 3 {
			state = incident.Closed
		}
		if in.State != state || in.Closing != incident.Reprocessed || in.Category != "Network" || in.Solution != "It was replaced, and the job ran again." {
			t.Errorf("%d: %v %v %q %q", id, in.State, in.Closing, in.Category, in.Solution)
		}
		if len(in.Links) != 1 || in.Links[0].Session != want {
			t.Errorf("%d is linked to %v, want %d", id, in.Links, want)
		}
		if id == 3 {
			o.steps(id, "system opened", "ines took in", "ines renamed", "ines closed")
			continue
		}
		o.steps(id, "system opened", "ines merged", "ines closed")
		if got := o.said(id, "from"); got != "3" {
			t.Errorf("%d was closed from %q", id, got)
		}
	}
	if in := o.incident(13); in.State != incident.New {
		t.Errorf("13, which matched nothing, is %v", in.State)
	}
	if v, err := o.desk.Verify(t.Context(), ines, nil); err != nil || len(v.Findings) > 0 {
		t.Errorf("%v, %v", v.Findings, err)
	}
	if _, kept, err := o.desk.Draft(t.Context(), ines, 3); kept || err != nil {
		t.Errorf("the draft stayed: %v", err)
	}
}

// session is the number of the execution that the tool calls so.
func (o *office) session(name string) incident.ExecutionID {
	o.t.Helper()
	for r, err := range o.desk.Executions(o.t.Context(), ines, desk.ExecutionQuery{}) {
		if err != nil {
			o.t.Fatal(err)
		}
		if r.Session == name {
			return incident.ExecutionID(r.ID)
		}
	}
	o.t.Fatalf("there is no session %s", name)
	return 0
}

// The incident links to the executions that made it good, and each of them back to all that it made good.
func TestStory_linksBothWays(t *testing.T) {
	o := newTide(t)
	o.mergesTheTide()
	o.opensTheTide()
	o.reprocessesTheTide()
	o.turn(fyne.Key4)
	o.shows("Reprocessing 1", "760101", "1, 2, 3 and 3 more")
	o.turn(fyne.Key5)
	o.shows("Made good", "7, 8, 9 and 3 more")
	o.turn(fyne.Key4)
	o.at.Canvas().Focus(tableOf[desk.ExecutionRow](o))
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.look(o.ui.Window(fmt.Sprint("execution ", o.session("760101"))))
	o.shows("Incidents 6")
	o.turn(fyne.Key2)
	o.shows("made good", "The switch of the tide", "Reprocessed")
	o.press(fyne.KeyHome, fyne.KeyReturn)
	if o.ui.Window("incident 1") == nil {
		t.Error("the execution does not lead back to the first incident that it made good")
	}
}

// A session that made incidents good is later reported as failed: the destination says so, is found by the figure, and is opened again;
// what the group was linked to is proposed when it is closed the next time.
func TestStory_evidenceChangesAfterReprocessing(t *testing.T) {
	o := newTide(t)
	o.mergesTheTide()
	o.opensTheTide()
	o.reprocessesTheTide()
	o.hides("Evidence changed")
	o.now = o.now.Add(time.Hour)
	later := midnight + 60*720
	o.imports(job("760102", "84", "TIDE-HOURLY", "tide.meadow.example", fmt.Sprint(later), fmt.Sprint(later+900)))
	if !o.incident(3).EvidenceChanged {
		t.Fatal("the destination is not marked")
	}
	o.shows("Evidence changed")
	o.look(o.ui.Main())
	o.tap("1 | evidence changed")
	o.sees("3")
	o.look(o.ui.Window("incident 3"))
	in := o.incident(3)
	if in.State != incident.Closed || in.Closing != incident.Reprocessed {
		t.Errorf("it was changed by itself: %v %v", in.State, in.Closing)
	}
	o.tap("Reopen…")
	o.tap("Reopen")
	o.shows("A reason is needed")
	o.fill("The second run has failed after all.")
	o.tap("Reopen")
	o.hides("Evidence changed")
	for id := int64(1); id <= 12; id++ {
		in := o.incident(id)
		if in.EvidenceChanged || in.Closing != incident.NotClosed || len(in.Links) > 0 || len(in.Proposed) != 1 {
			t.Errorf("%d: %v, linked to %v, proposed %v", id, in.Closing, in.Links, in.Proposed)
		}
	}
	o.steps(7, "system opened", "ines merged", "ines closed", "ines reopened")

	o.letter('c') // again: the sessions that still hold are in it, the other is not
	o.look(o.ui.Window("close 3 of 1"))
	o.choose("Reprocessed")
	o.choose("Network")
	o.fill("The switch was down.", "What ran again is good, the rest is looked at.")
	o.tap("Next")
	o.shows("6 incidents without a session so far.")
	o.tap("Next")
	o.shows("6 without one")
	o.tap("Cancel")
	o.look(o.ui.Window("incident 3"))

	o.turn(fyne.Key3)
	o.tap("Unmerge all…")
	o.tap("Unmerge")
	for id := int64(1); id <= 12; id++ {
		want := incident.New
		if id == 3 {
			want = incident.InProgress
		}
		if in := o.incident(id); in.State != want || in.Into != 0 {
			t.Errorf("%d is %v into %d", id, in.State, in.Into)
		}
	}
	o.steps(7, "system opened", "ines merged", "ines closed", "ines reopened", "ines unmerged")
}

// What failed twelve times on one day is one group, merged with one click and taken apart with another.
func TestStory_mergesDuplicates(t *testing.T) {
	o := newTide(t)
	o.types("d")
	o.look(o.ui.Window("duplicates"))
	o.shows("1 group of 12 incidents", "2026-03-01", "TIDE-HOURLY", "tide.meadow.example", "58 the client cannot be connected", "the destination: stays as it is")
	o.tap("Merge 1 group")
	o.look(o.ui.Main())
	o.shows("11 incidents merged into 1.")
	o.sees("13", "1")
	if in := o.incident(1); len(in.Merged) != 11 {
		t.Fatalf("%d are merged into 1", len(in.Merged))
	}
	o.steps(12, "system opened", "ines merged")
	o.tap("Undo")
	o.shows("Taken back.", "13 incidents")
	o.hides(" new")
	o.steps(12, "system opened", "ines merged", "ines unmerged")
	o.tap("Duplicates…")
	o.look(o.ui.Window("duplicates"))
	o.shows("1 group of 12 incidents")
}

// Several are selected and closed with the sessions that are suggested, each with its own.
func TestStory_closesAsSuggested(t *testing.T) {
	o := newTide(t)
	o.table().Select(1, 6, 7)
	o.settle()
	o.tap("Suggest reprocessing…")
	o.look(o.ui.Window("close 1 of 3"))
	o.shows("Sessions are suggested for 3 of 3 incidents: the last step shows which.", "Reprocessed", "Network")
	o.fill("The switch was down.", "It was replaced, and the job ran again.")
	o.tap("Next")
	o.shows("All have a session.")
	o.tap("Next")
	o.shows("3 incidents, 2 sessions.")
	o.tap("Close 3 incidents")
	o.look(o.ui.Main())
	for id, session := range map[int64]string{1: "760101", 6: "760101", 7: "760102"} {
		if in := o.incident(id); in.Closing != incident.Reprocessed || len(in.Links) != 1 || in.Links[0].Session != o.session(session) {
			t.Errorf("%d: %v, linked to %v", id, in.Closing, in.Links)
		}
	}
}

// What is merged is what matched when the button was pressed, whatever comes in while the wizard is open.
func TestStory_mergesWhatWasThere(t *testing.T) {
	o := newTide(t)
	o.types("/")
	o.types("tide")
	o.tap("Merge 12 Incidents")
	o.look(o.ui.Window("merge 1 of 12"))
	o.imports(hourly(760301, "58", "TIDE-HOURLY", 1320))
	o.tap("Next")
	o.shows("12 incidents become one")
	o.tap("Merge 12 incidents")
	o.look(o.ui.Main())
	if in := o.incident(14); in.State != incident.New || in.Into != 0 {
		t.Errorf("what came later is %v into %d", in.State, in.Into)
	}
	o.sees("14", "1")
}

// One is taken out from its destination's window, another from its own; what was said of the destination meanwhile stays there.
func TestStory_takesApart(t *testing.T) {
	o := newTide(t)
	wait := incident.Wait{Team: "Storage", Note: "New disk.", Until: o.now.Add(99 * time.Hour)}
	if err := o.desk.Hold(t.Context(), ines, []int64{5}, wait); err != nil {
		t.Fatal(err)
	}
	if err := o.desk.Assign(t.Context(), ines, []int64{5}, "rui"); err != nil {
		t.Fatal(err)
	}
	o.settle()
	held := o.incident(5)
	o.mergesTheTide()
	o.opensTheTide()
	o.letter('n')
	o.fill("The switch is replaced.")
	o.tap("Add note")

	o.turn(fyne.Key3)
	children := tableOf[desk.IncidentRow](o)
	children.Select(5, 6)
	o.settle()
	o.tap("Unmerge selected…")
	o.shows("Take 2 incidents out of 3")
	o.tap("Unmerge")
	o.shows("2 incidents: Unmerged.", "Merged incidents 9")
	in := o.incident(5)
	if in.State != incident.OnHold || in.Team != held.Team || !in.Until.Equal(held.Until) || in.Assignee != "rui" || in.Into != 0 {
		t.Errorf("5 was %+v and is %+v", held, in)
	}
	o.steps(5, "system opened", "ines held", "ines assigned", "ines merged", "ines unmerged")
	o.steps(3, "system opened", "ines took in", "ines renamed", "ines noted", "ines gave back")

	o.at.Canvas().Focus(children)
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.look(o.ui.Window("incident 1"))
	o.letter('u')
	o.shows("Take 1 out of 3")
	o.tap("Unmerge")
	if in := o.incident(1); in.State != incident.New || in.Into != 0 {
		t.Errorf("1 is %v into %d", in.State, in.Into)
	}
	o.steps(1, "system opened", "ines merged", "ines unmerged")
}

// A closed destination gives nothing back until it is opened again.
func TestStory_takesNothingOutOfWhatIsClosed(t *testing.T) {
	o := newTide(t)
	o.mergesTheTide()
	o.opensTheTide()
	o.reprocessesTheTide()
	o.turn(fyne.Key3)
	o.shows("They were closed with 3: reopen it first to take one out.", "Merged | Reprocessed")
	o.tap("Unmerge all…")
	if o.dialogOpen() {
		t.Error("it is asked although nothing can be taken out")
	}
}
