package desk_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/timeline"
)

func TestActions_concernAllOrNone(t *testing.T) {
	account := incident.Account{Category: "Network", Description: "switch down", Solution: "cable"}
	for name, act := range map[string]func(f *fixture, ids []int64) error{
		"progress": func(f *fixture, ids []int64) error { return f.Progress(t.Context(), rosa, ids, "on it", true) },
		"hold": func(f *fixture, ids []int64) error {
			return f.Hold(t.Context(), rosa, ids, incident.Wait{Team: "Storage", Note: "new disk", Until: at(3)})
		},
		"note":   func(f *fixture, ids []int64) error { return f.Note(t.Context(), rosa, ids, "called them") },
		"assign": func(f *fixture, ids []int64) error { return f.Assign(t.Context(), rosa, ids, "jan") },
		"close": func(f *fixture, ids []int64) error {
			return f.Close(t.Context(), rosa, ids, incident.ClosedMissed, account, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newDesk(t)
			must(t, act(f, []int64{1, 2}))
			if len(f.store.entries) != 2 || len(f.events) == 0 || !f.events[0].Incidents {
				t.Errorf("%d entries, windows were told %+v", len(f.store.entries), f.events)
			}
			for _, ids := range [][]int64{nil, {1, 99}} {
				f := newDesk(t)
				if err := act(f, ids); err == nil || len(f.store.entries) > 0 || len(f.events) > 0 {
					t.Errorf("%v: %v, %d entries, windows were told %+v", ids, err, len(f.store.entries), f.events)
				}
			}
			f = newDesk(t)
			f.store.broken = errors.New("the disk is full")
			f.wantRefused(t, act(f, []int64{1}), "the disk is full")
		})
	}
}

func TestHold_remembersTeams(t *testing.T) {
	f := newDesk(t)
	for i := range 35 {
		for _, team := range []string{fmt.Sprint("team ", i), " Storage "} {
			must(t, f.Hold(t.Context(), rosa, []int64{1}, incident.Wait{Team: team, Note: "new disk", Until: at(3)}))
		}
	}
	teams, err := f.Teams(t.Context(), rosa)
	must(t, err)
	if len(teams) != 30 || teams[0] != "Storage" || teams[1] != "team 34" {
		t.Errorf("%d teams, first %q", len(teams), teams[:2])
	}
}

func TestUndo(t *testing.T) {
	f := newDesk(t)
	must(t, f.Rename(t.Context(), rosa, 1, "File server"))
	if step, ok := f.CanUndo(t.Context(), rosa, 1); !ok || step != "renamed" {
		t.Errorf("can undo %q: %v", step, ok)
	}
	if _, ok := f.CanUndo(t.Context(), desk.Actor{Name: "jan"}, 1); ok {
		t.Error("another user may undo it")
	}
	if _, ok := f.CanUndo(t.Context(), rosa, 99); ok {
		t.Error("what is not there may be undone")
	}
	must(t, f.Undo(t.Context(), rosa, 1))
	if got := f.store.incidents[1].Title; got != "FS-DAILY failed" {
		t.Errorf("title = %q", got)
	}
}

// Between the look and the write somebody else may have acted.
func TestUndo_notWhenSomethingHappenedInBetween(t *testing.T) {
	f := newDesk(t)
	must(t, f.Rename(t.Context(), rosa, 1, "File server"))
	f.events = nil
	f.store.between = func() {
		in := f.store.incidents[1]
		f.store.note([]timeline.Entry{{Subject: timeline.Incident, SubjectID: 1, Actor: "jan", Action: "noted"}})
		in.Newest = int64(len(f.store.entries))
		f.store.incidents[1] = in
	}
	f.wantRefused(t, f.Undo(t.Context(), rosa, 1), "something happened to 1 in between: not allowed")
	if got := f.store.incidents[1].Title; got != "File server" {
		t.Errorf("title = %q", got)
	}
}

func TestMerge_canRename(t *testing.T) {
	for title, want := range map[string]string{"": "FS-DAILY failed", " ": "FS-DAILY failed", "Two nights": "Two nights"} {
		f := newDesk(t)
		must(t, f.Merge(t.Context(), rosa, desk.MergeRequest{Into: 2, From: []int64{1, 2}, Title: title}))
		if in := f.store.incidents[2]; in.Title != want || len(in.Merged) != 1 || f.store.incidents[1].Into != 2 {
			t.Errorf("%q: destination %q with %d", title, in.Title, len(in.Merged))
		}
	}
}

func TestSweep_bringsBackHolds(t *testing.T) {
	f := newDesk(t)
	must(t, f.Hold(t.Context(), rosa, []int64{1, 2}, incident.Wait{Team: "Storage", Note: "new disk", Until: at(3)}))
	sweep := func(a desk.Actor, want int) {
		t.Helper()
		f.events = nil
		s, err := f.Sweep(t.Context(), a)
		must(t, err)
		if s.Resumed != want || want > 0 != (len(f.events) == 1 && f.events[0].Resumed == want) {
			t.Errorf("resumed %d, windows were told %+v; want %d", s.Resumed, f.events, want)
		}
	}
	f.now = at(3).Add(-time.Millisecond)
	sweep(rosa, 0)
	f.now = at(50)                                                                                       // the laptop slept
	f.store.between = func() { f.store.incidents[1] = incident.Incident{ID: 1, State: incident.Closed} } // somebody was faster
	sweep(desk.Actor{Name: timeline.System}, 1)
	equal(t, f.said(t), "state: on_hold → in_progress", "team: Storage → ", "until: 2026-03-02T11:00:00Z → ", "due: 2026-03-02T11:00:00Z", "applied: 2026-03-04T10:00:00Z")
	sweep(rosa, 0)
}

func TestSweep_judgesAsOf(t *testing.T) {
	f := newDesk(t)
	must(t, f.Hold(t.Context(), rosa, []int64{1}, incident.Wait{Team: "Storage", Note: "new disk", Until: at(3)}))
	s, err := f.Sweep(t.Context(), desk.Actor{Name: "cli:rosa", Judged: at(4)})
	must(t, err)
	last := f.store.entries[len(f.store.entries)-1]
	if s.Resumed != 1 || !last.At.Equal(monday) || !last.Judged.Equal(at(4)) {
		t.Errorf("resumed %d, entry = %+v", s.Resumed, last)
	}
}

func TestCategories(t *testing.T) {
	f := newDesk(t)
	list, err := f.Categories(t.Context(), rosa)
	must(t, err)
	if len(list) != 11 || list[0].Name != "Network" || list[10].Name != "Other" {
		t.Errorf("first list = %+v", list)
	}
	must(t, f.AddCategory(t.Context(), rosa, " Power "))
	must(t, f.RenameCategory(t.Context(), rosa, "Power", "power"))
	must(t, f.RenameCategory(t.Context(), rosa, "power", "Electricity"))
	equal(t, f.said(t), "category: power → Electricity")
	must(t, f.RetireCategory(t.Context(), rosa, "Human", true))
	list, err = f.Categories(t.Context(), rosa)
	must(t, err)
	if len(list) != 12 || list[11].Name != "Electricity" || !list[9].Retired {
		t.Errorf("list = %+v", list)
	}
	f.events = nil
	f.wantRefused(t, f.AddCategory(t.Context(), rosa, "NETWORK"), `there is a category "Network" already`)
	f.wantRefused(t, f.AddCategory(t.Context(), rosa, " "), "a category needs a name")
	f.wantRefused(t, f.RenameCategory(t.Context(), rosa, "Network", "human"), `there is a category "Human" already`)
	f.wantRefused(t, f.RenameCategory(t.Context(), rosa, "Weather", "Wind"), `category "Weather": not found`)
	f.wantRefused(t, f.RetireCategory(t.Context(), rosa, "Weather", true), `category "Weather": not found`)
	for _, category := range []string{"Human", "Weather", ""} {
		f.wantRefused(t, f.Close(t.Context(), rosa, []int64{1}, incident.ClosedMissed, incident.Account{Category: category, Description: "a", Solution: "b"}, nil), "choose a category of the list")
	}
}

func TestProposeCategory(t *testing.T) {
	for failure, want := range map[string]string{
		"58  can't connect to client":      "Network",
		"ORA-19809: limit exceeded":        "Capacity",
		"wrong password or no key found":   "Credentials",
		"96  unable to allocate new media": "Media or storage",
		"VSS writer failed":                "Database or application",
		"196  backup window closed":        "Schedule",
		"the client is on fire":            "Client or agent",
		"invalid parameter":                "Configuration",
		"interrupted":                      "Human",
		"something else":                   "Other",

		"1  some files or databases were skipped":                                            "Client or agent",
		"13  socket read failed: errno = 62 - Timer expired":                                 "Network",
		"84  image write failed: error 2060046: plugin error":                                "Media or storage",
		"1045  Got error: 1045: \"Access denied for user 'bk'@'localhost'\" when connecting": "Credentials",
		"ORA-19502: write error on file \"/mnt/q/ledger.bkp\", block number 4711":            "Database or application",
		"ANR0522W Transaction failed - no space available in storage pool LEDGERPOOL":        "Capacity",
		"ANR2578W Schedule NIGHTLY has missed its scheduled start up window.":                "Schedule",
		"Job canceled because max start delay time exceeded.":                                "Schedule",
		"lock /var/lib/mysql/database.lock held by another process":                          "Other",
		"cannot open /srv/sql/vss.db: gone":                                                  "Other",
		"550 permanent failure":                                                              "Other",
		"unauthorized":                                                                       "Credentials",
		"the client was disconnected":                                                        "Network",
		"":                                                                                   "Other",
	} {
		if got := desk.ProposeCategory(failure); got != want {
			t.Errorf("%q: %s, want %s", failure, got, want)
		}
	}
}

func TestAllowed(t *testing.T) {
	open, closed := incident.Incident{ID: 1, State: incident.New}, incident.Incident{ID: 2, State: incident.Closed}
	for _, tt := range []struct {
		ins []incident.Incident
		ok  bool
	}{{nil, false}, {[]incident.Incident{open}, true}, {[]incident.Incident{open, closed}, false}} {
		if ok, why := desk.Allowed(tt.ins, incident.ToClose); ok != tt.ok || ok != (why == "") {
			t.Errorf("%+v: %v, %q", tt.ins, ok, why)
		}
	}
}

func TestListen(t *testing.T) {
	f := newDesk(t)
	told := 0
	stop := f.Listen(func(desk.Event) { told++ })
	must(t, f.Note(t.Context(), rosa, []int64{1}, "one"))
	stop()
	stop()
	must(t, f.Note(t.Context(), rosa, []int64{1}, "two"))
	if told != 1 || len(f.events) != 2 {
		t.Errorf("told %d times, the other %d", told, len(f.events))
	}
}
