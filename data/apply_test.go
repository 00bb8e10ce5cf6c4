package data

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// threeNew is a desk with three new incidents.
func threeNew(t *testing.T) *aDesk {
	t.Helper()
	d := newDesk(t)
	d.read(0, night("1", backup.Failed, from(-9)), night("2", backup.Failed, from(-8)), night("3", backup.Failed, from(-7)))
	return d
}

func TestApply_savesAndReturnsWhatTheRuleReturns(t *testing.T) {
	d := threeNew(t)
	changes, err := d.Apply(t.Context(), desk.Everything(), at(1), desk.Want{Incidents: []incident.ID{2, 1}}, func(l desk.Loaded) ([]incident.Change, error) {
		if len(l.Incidents) != 2 || l.Incidents[0].ID != 2 || l.Incidents[1].ID != 1 {
			t.Errorf("loaded %+v", l.Incidents)
		}
		c, err := incident.Rename(l.Incidents[0], "File server", "rosa", monday)
		return []incident.Change{c}, err
	})
	d.must(err)
	if len(changes) != 1 || changes[0].Incident.Title != "File server" || changes[0].Entries[0].Seq == 0 {
		t.Fatalf("changes = %+v", changes)
	}
	equal(t, d.rows("SELECT title, changed FROM incidents WHERE id = 2"), d.rows("SELECT 'File server', MAX(seq) FROM timeline")...)
	equal(t, d.rows("SELECT judged FROM timeline ORDER BY seq DESC LIMIT 1"), millisOf(1)...)
}

func TestApply_isAllOrNothing(t *testing.T) {
	refused := errors.New("the third may not")
	for name, tt := range map[string]struct {
		harm string
		rule func(in incident.Incident) (incident.Change, error)
		says string
	}{
		"a rule that refuses half way": {"SELECT 1", func(in incident.Incident) (incident.Change, error) {
			if in.ID == 3 {
				return incident.Change{}, refused
			}
			return incident.Note(in, "on it", "rosa", monday)
		}, "the third may not"},
		"a store that fails half way": {"CREATE TRIGGER full BEFORE INSERT ON timeline WHEN new.subject_id = 3 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END", func(in incident.Incident) (incident.Change, error) {
			return incident.Progress(in, "on it", true, "rosa", monday)
		}, "the disk is full"},
	} {
		t.Run(name, func(t *testing.T) {
			d := threeNew(t)
			outside(t, d.path, tt.harm)
			before := d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM incidents")
			_, err := d.Apply(t.Context(), desk.Everything(), time.Time{}, desk.Want{Incidents: []incident.ID{1, 2, 3}}, func(l desk.Loaded) ([]incident.Change, error) {
				var changes []incident.Change
				for _, in := range l.Incidents {
					c, err := tt.rule(in)
					if err != nil {
						return nil, err
					}
					changes = append(changes, c)
				}
				return changes, nil
			})
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error = %v, want %q", err, tt.says)
			}
			equal(t, d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM incidents"), before...)
		})
	}
}

func TestApply_refusesWhatIsNotThere(t *testing.T) {
	d := threeNew(t)
	never := func(desk.Loaded) ([]incident.Change, error) {
		t.Error("the rule was asked")
		return nil, nil
	}
	for _, want := range []desk.Want{{Incidents: []incident.ID{1, 99}}, {Incidents: []incident.ID{1}, Sessions: []incident.ExecutionID{99}}} {
		if _, err := d.Apply(t.Context(), desk.Everything(), time.Time{}, want, never); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("error = %v", err)
		}
	}
}

// Whatever a rule sets is read back: no field of an incident is lost on its way through the table.
func TestApply_keepsEveryField(t *testing.T) {
	d := threeNew(t)
	wait := incident.Wait{Team: "Storage", Note: "new disk", Until: at(9)}
	d.must(d.desk.Hold(t.Context(), rosa, []int64{1}, wait))
	d.must(d.desk.Assign(t.Context(), rosa, []int64{1, 2}, "jan"))
	d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: 2, From: []int64{1}}))
	d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: 3, From: []int64{2}}))
	before := make([]incident.Incident, 3)
	for i := range before {
		detail, err := d.desk.Incident(t.Context(), rosa, int64(i+1))
		d.must(err)
		before[i] = detail.Incident
	}
	if b := before[0].Before; b == nil || b.Into != 2 || b.Earlier == nil || b.Earlier.State != incident.OnHold || !b.Earlier.Until.Equal(at(9)) {
		t.Errorf("before the merges it was %+v", b)
	}
	if len(before[2].Merged) != 2 {
		t.Errorf("%d merged into 3", len(before[2].Merged))
	}
	_, err := d.Apply(t.Context(), desk.Everything(), time.Time{}, desk.Want{Incidents: []incident.ID{1, 2, 3}}, func(l desk.Loaded) ([]incident.Change, error) {
		var changes []incident.Change
		for _, in := range l.Incidents {
			changes = append(changes, incident.Change{Incident: in})
		}
		return changes, nil
	})
	d.must(err)
	for i := range before {
		detail, err := d.desk.Incident(t.Context(), rosa, int64(i+1))
		d.must(err)
		if !reflect.DeepEqual(detail.Incident, before[i]) {
			t.Errorf("saved unchanged, it is\n%+v\nand was\n%+v", detail.Incident, before[i])
		}
	}
}

func TestApply_countsTheMerged(t *testing.T) {
	d := threeNew(t)
	d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: 2, From: []int64{1}}))
	equal(t, d.rows("SELECT id, merged FROM incidents ORDER BY id"), "1 | 0", "2 | 1", "3 | 0")
	d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: 3, From: []int64{2}}))
	equal(t, d.rows("SELECT id, merged FROM incidents ORDER BY id"), "1 | 0", "2 | 0", "3 | 2")
	d.must(d.desk.Unmerge(t.Context(), rosa, 3, []int64{2}))
	equal(t, d.rows("SELECT id, merged, state FROM incidents ORDER BY id"), "1 | 0 | 5", "2 | 1 | 1", "3 | 0 | 1")
}

func TestDueHolds(t *testing.T) {
	d := threeNew(t)
	for id, until := range map[int64]float64{1: 3, 2: 2, 3: 9} {
		d.must(d.desk.Hold(t.Context(), rosa, []int64{id}, incident.Wait{Team: "Storage", Note: "new disk", Until: at(until)}))
	}
	d.must(d.desk.Close(t.Context(), rosa, []int64{2}, incident.ClosedSuccess, incident.Account{Category: "Network", Description: "a", Solution: "b"}, nil))
	due, err := d.DueHolds(t.Context(), at(3))
	d.must(err)
	if len(due) != 1 || due[0] != 1 {
		t.Errorf("due: %v", due)
	}
}

func TestSources_thatAreNotThere(t *testing.T) {
	d := newDesk(t)
	entries := []timeline.Entry{{Subject: timeline.Source, At: monday, Actor: "rosa", Action: "changed"}}
	if _, err := d.SaveSource(t.Context(), backup.Source{ID: 99, Name: "gone"}, entries); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("saving: %v", err)
	}
	if err := d.RemoveSource(t.Context(), 99, entries); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("removing: %v", err)
	}
	d.must(d.desk.RemoveSource(t.Context(), rosa, d.source.ID, "the server is gone"))
	if err := d.desk.RemoveSource(t.Context(), rosa, d.source.ID, "again"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("removing twice: %v", err)
	}
	equal(t, d.said("changed"))
	equal(t, d.said("removed"), "source 1 by rosa: reason: the server is gone")
}

// What a removed source brought stays, and its name is free again.
func TestSources_removed(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed))
	d.must(d.desk.RemoveSource(t.Context(), rosa, d.source.ID, "the server is gone"))
	next := d.addSource(backup.Source{Name: "night exports"})
	states, err := d.desk.Sources(t.Context(), rosa)
	d.must(err)
	if len(states) != 1 || states[0].ID != next.ID || states[0].Executions != 0 {
		t.Errorf("sources = %+v", states)
	}
	equal(t, d.rows("SELECT COUNT(*) FROM executions"), "1")
}

func TestSettings_comeBack(t *testing.T) {
	d := newDesk(t)
	got := []string{"as it was"}
	d.must(d.Setting(t.Context(), "teams", &got))
	equal(t, got, "as it was")
	for _, want := range [][]string{{"Storage"}, {"Network", "Storage"}} {
		d.must(d.SaveSetting(t.Context(), "teams", want, nil))
		d.must(d.Setting(t.Context(), "teams", &got))
		equal(t, got, want...)
	}
	d.must(d.SaveSetting(t.Context(), "teams", nil, nil))
	got = []string{"as it was"}
	d.must(d.Setting(t.Context(), "teams", &got))
	equal(t, got, "as it was")
}
