package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
)

// Duplicates have one routine, client and error on one day of the zone asked for; a single one is none.
func TestDuplicatesOfTheDay(t *testing.T) {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	must(t, err)
	row := func(id int64, hours int, client, failure string) desk.IncidentRow {
		return desk.IncidentRow{ID: id, Tool: "Veeam", Routine: "FS-DAILY", Client: client, Failure: failure, Failed: at(hours)}
	}
	f := newDesk(t)
	f.store.rows = []desk.IncidentRow{
		row(1, 0, "harbour", "cannot read block 4711 of /srv/a"),
		row(2, 1, "Harbour", "cannot read block 9 of /srv/b"),
		row(3, 2, "quay", "cannot read block 9 of /srv/b"),
		row(4, 3, "harbour", "no route"),
		row(5, 24*30+15, "harbour", "cannot read block 1 of /srv/c"), // 23:00 UTC is 24:00 of a summer day in Lisbon
		row(6, 24*30+16, "harbour", "cannot read block 1 of /srv/c"),
		row(7, 24*30+14, "harbour", "cannot read block 1 of /srv/c"),
		row(8, 0, "quay", "84  media write error"), // the larger group of the day
		row(9, 0, "quay", "84  media write error"),
		row(10, 0, "quay", "84  media write error"),
		{ID: 11, Cause: incident.CauseSilent, Failed: at(0)},
		{ID: 12, Cause: incident.CauseSilent, Failed: at(0)},
		{ID: 13, Client: "dock", Opened: at(24)}, // without a time of their own
		{ID: 14, Client: "dock", Opened: at(25)},
	}
	for i := 7; i < 10; i++ {
		f.store.rows[i].Code = "84"
	}
	groups, err := f.DuplicatesOfTheDay(t.Context(), rosa, at(-8), at(24*60), lisbon)
	must(t, err)
	var got []string
	for _, g := range groups {
		got = append(got, fmt.Sprint(g.Day.Format(time.DateOnly), " ", g.IDs))
	}
	equal(t, got, "2026-04-02 [5 6]", "2026-03-03 [13 14]", "2026-03-02 [8 9 10]", "2026-03-02 [1 2]")
	if r := groups[3].Request(); r.Into != 1 || !slices.Equal(r.From, []int64{2}) {
		t.Errorf("it would merge %+v", r)
	}
	equal(t, []string{groups[3].Why(), groups[1].Why(), groups[2].Why()}, "2 times on 2026-03-02: FS-DAILY, harbour, cannot read block <n> of <path>", "2 times on 2026-03-03: dock", "3 times on 2026-03-02: FS-DAILY, quay, 84 media write error")
	if q := f.store.asked; len(q.States) != 3 || !q.FailedFrom.Equal(at(-8)) || !q.FailedTo.Equal(at(24*60)) {
		t.Errorf("asked for %+v", q)
	}
}

// Several merges are one step: what one of them refuses, nobody sees.
func TestMergeAll_concernsAllOrNone(t *testing.T) {
	four := func() *fixture {
		f := newDesk(t)
		for id := incident.ID(3); id <= 4; id++ {
			f.store.incidents[id] = incident.Incident{ID: id, Title: "SQL failed", State: incident.New}
		}
		return f
	}
	requests := []desk.MergeRequest{{Into: 1, From: []int64{1, 2}}, {Into: 3, From: []int64{4}, Title: "SQL down"}}
	f := four()
	must(t, f.MergeAll(t.Context(), rosa, requests, nil))
	if a, b := f.store.incidents[1], f.store.incidents[3]; len(a.Merged) != 1 || len(b.Merged) != 1 || b.Title != "SQL down" || f.store.incidents[4].Into != 3 {
		t.Errorf("after: %+v, %+v", a, b)
	}
	f = four()
	closed := f.store.incidents[4]
	closed.State = incident.Closed
	f.store.incidents[4] = closed
	if err := f.MergeAll(t.Context(), rosa, requests, nil); !errors.Is(err, incident.ErrNotAllowed) || len(f.store.entries) > 0 || len(f.events) > 0 {
		t.Errorf("%v; %d entries", err, len(f.store.entries))
	}
}

func TestOldest(t *testing.T) {
	ins := []incident.Incident{{ID: 3, Opened: at(1)}, {ID: 2, Opened: at(0)}, {ID: 1, Opened: at(2)}, {ID: 4, Opened: at(0)}}
	if got := desk.Oldest(ins); got.ID != 2 {
		t.Errorf("oldest is %d", got.ID)
	}
}

// The preview is what the merge does.
func TestPreviewMerge(t *testing.T) {
	f := newDesk(t)
	after, err := desk.PreviewMerge(f.store.incidents[2], []incident.Incident{f.store.incidents[1]})
	must(t, err)
	if len(after) != 2 || after[0].ID != 2 || after[0].State != incident.New || after[1].State != incident.Merged || after[1].Into != 2 {
		t.Errorf("preview = %+v", after)
	}
	if _, err := desk.PreviewMerge(f.store.incidents[2], nil); err == nil {
		t.Error("a merge of nothing is previewed")
	}
}

func TestDraft(t *testing.T) {
	f := newDesk(t)
	if _, ok, err := f.Draft(t.Context(), rosa, 1); ok || err != nil {
		t.Fatalf("%v, %v", ok, err)
	}
	want := desk.Draft{Closing: incident.Reprocessed, Account: incident.Account{Description: "switch down"}, Pairs: []incident.Pair{{Incident: 1, Session: 7, Note: "scratch"}}, TakenOut: []incident.ID{2}}
	must(t, f.KeepDraft(t.Context(), rosa, 1, &want))
	if got, ok, err := f.Draft(t.Context(), rosa, 1); !ok || err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v, %v, %v", got, ok, err)
	}
	if _, ok, _ := f.Draft(t.Context(), rosa, 2); ok {
		t.Error("another incident has it")
	}
	must(t, f.KeepDraft(t.Context(), rosa, 1, nil))
	if _, ok, _ := f.Draft(t.Context(), rosa, 1); ok || len(f.store.entries) > 0 {
		t.Error("it is not forgotten, or on record")
	}
}
