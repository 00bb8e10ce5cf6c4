package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// fakeRecord holds entries 1 to last; every third is by the system.
type fakeRecord struct {
	last  int64
	asked []desk.TimelineQuery
	err   error
}

func (f *fakeRecord) entry(seq int64) timeline.Entry {
	e := timeline.Entry{
		Seq: seq, Subject: timeline.Incident, SubjectID: seq % 10, Actor: "ines", Action: "noted",
		At: time.Date(2026, 3, 2, 0, 0, int(seq), 0, time.UTC), Details: []timeline.Detail{timeline.Said("note", fmt.Sprintf("note %d", seq))},
	}
	if seq%3 == 0 {
		e.Actor, e.Action = timeline.System, "opened"
	}
	return e
}

func (f *fakeRecord) Timeline(_ context.Context, _ desk.Actor, q desk.TimelineQuery) ([]timeline.Entry, error) {
	f.asked = append(f.asked, q)
	var page []timeline.Entry
	for seq := f.last; seq > 0 && len(page) < q.Limit && f.err == nil; seq-- {
		e := f.entry(seq)
		if (q.Before == 0 || seq < q.Before) && (q.Actor == "" || q.Actor == e.Actor) && (q.Action == "" || q.Action == e.Action) {
			page = append(page, e)
		}
	}
	return page, f.err
}

func (f *fakeRecord) TimelineChoices(context.Context, desk.Actor) (desk.TimelineChoices, error) {
	return desk.TimelineChoices{People: []string{"ines", "system"}, Actions: []string{"noted", "opened", "resumed"}}, nil
}

func newRecord(t *testing.T, last int64) (*timelineView, *fakeRecord, *queue) {
	t.Helper()
	u, q, _ := newTestUI(t)
	u.chain.verify = func() (desk.Verification, error) { return desk.Verification{Entries: last}, nil }
	f := &fakeRecord{last: last}
	w := test.NewTempWindow(t, widget.NewLabel(""))
	v := newTimelineView(u, w, f, 0)
	w.SetContent(v.object)
	w.Resize(fyne.NewSize(1000, 600))
	v.start()
	q.run()
	return v, f, q
}

// More is read as one scrolls, page by page, until nothing older is left.
func TestTimeline_readsOnAsOneScrolls(t *testing.T) {
	v, f, q := newRecord(t, 450)
	if got := v.model.Len(); got != pageSize+1 {
		t.Fatalf("%d rows, want a page and one on its way", got)
	}
	for range 4 {
		v.grid.ScrollTo(v.model.Len())
		q.run()
	}
	if got := v.model.Len(); got != 450 {
		t.Errorf("%d rows after scrolling to the end, want all", got)
	}
	if len(f.asked) != 3 {
		t.Errorf("asked %d times for three pages", len(f.asked))
	}
}

// What is new comes on top of what was read; nothing read is asked for again.
func TestTimeline_putsNewEntriesOnTop(t *testing.T) {
	v, f, q := newRecord(t, 300)
	v.grid.ScrollTo(v.model.Len())
	q.run()
	f.last = 303
	v.reload(desk.Event{Incidents: true})
	q.run()
	if got := v.model.entries; got[0].Seq != 303 || got[3].Seq != 300 || len(got) != 303 {
		t.Errorf("%d entries from %d", len(got), got[0].Seq)
	}
	f.last = 900 // more than a page came at once: what was read may not join on
	v.reload(desk.Event{Incidents: true})
	q.run()
	if got := v.model.entries; got[0].Seq != 900 || len(got) != pageSize {
		t.Errorf("%d entries from %d", len(got), got[0].Seq)
	}
}

func TestTimeline_filters(t *testing.T) {
	v, f, q := newRecord(t, 30)
	v.person.toggle("ines", true)
	v.person.toggle("system", true) // one at a time: the newest choice
	q.run()
	if got := f.asked[len(f.asked)-1]; got.Actor != "system" || v.model.Len() != 10 {
		t.Errorf("asked %+v, %d rows", got, v.model.Len())
	}
	v.person.toggle("system", false)
	v.step.toggle("back from hold", true)
	q.run()
	if got := f.asked[len(f.asked)-1]; got.Actor != "" || got.Action != "resumed" || v.model.Len() != 0 {
		t.Errorf("asked %+v, %d rows", got, v.model.Len())
	}
}

func TestTimeline_saysHowFarTheChainHolds(t *testing.T) {
	v, _, q := newRecord(t, 1234)
	if got := v.verified.Text; got != "Verified up to entry 1,234" {
		t.Errorf("%q", got)
	}
	checks := 0
	v.ui.chain.verify = func() (desk.Verification, error) {
		checks++
		return desk.Verification{Entries: 4, Findings: []string{"entry 5 of the timeline was altered", "more"}}, nil
	}
	v.verify() // another window asks: it is known
	q.run()
	if checks != 0 {
		t.Error("the chain was checked again though nobody asked for it")
	}
	test.Tap(v.again)
	q.run()
	if got := v.verified.Text; got != "Not sound: entry 5 of the timeline was altered" || v.verified.Importance != widget.DangerImportance {
		t.Errorf("%q", got)
	}
	v.ui.chain.verify = func() (desk.Verification, error) { return desk.Verification{}, errors.New("no disk") }
	test.Tap(v.again)
	q.run()
	if got := v.verified.Text; !strings.Contains(got, "could not be verified") {
		t.Errorf("%q", got)
	}
}

func TestTimeline_showsAnEntryWhole(t *testing.T) {
	v, _, _ := newRecord(t, 5)
	if !strings.HasPrefix(v.whole.Text, "Entry 5, 2026-03-02 00:00:05, by ines: noted, about incident 5") {
		t.Errorf("at first: %q", v.whole.Text)
	}
	v.grid.FocusGained()
	v.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if !strings.Contains(v.whole.Text, "note: note 4") {
		t.Errorf("one row down: %q", v.whole.Text)
	}
}

func TestText_ofDetails(t *testing.T) {
	u, _, _ := newTestUI(t)
	u.zone = time.FixedZone("CET", 3600)
	for _, c := range []struct {
		detail timeline.Detail
		want   string
	}{
		{timeline.Said("note", "restarted"), "note: restarted"},
		{timeline.Changed("state", "new", "on_hold"), "state: New → On Hold"},
		{timeline.Changed("until", "", "2026-03-03T08:00:00Z"), "until: 2026-03-03 09:00:00"},
		{timeline.Changed("team", "Network", ""), "team: Network → nothing"},
		{timeline.Changed("closing", "", "missed"), "closing: Missed (lost)"},
		{timeline.Changed("cause", "missed", "failed"), "cause: did not start → failed"},
		{timeline.Said("step", "held"), "step: put On Hold"},
	} {
		if got := u.detailText(c.detail); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
