package incident

import (
	"slices"
	"testing"

	"backstop/app/timeline"
)

func TestMergeInto(t *testing.T) {
	destination, fresh, held := anIncident(1, InProgress), anIncident(2, New), anIncident(3, OnHold)
	held.Vital = true
	changes, err := MergeInto(destination, []Incident{held, fresh}, 9, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 3 {
		t.Fatalf("%d changes, want 3", len(changes))
	}
	wantEntry(t, changes[0], 0, "rosa", "took in", "incident: 3", "incident: 2")
	wantEntry(t, changes[1], 0, "rosa", "merged", "state: on_hold → merged", "team: Storage → ", "until: 2026-03-02T12:00:00Z → ", "into: 1")
	wantEntry(t, changes[2], 0, "rosa", "merged", "state: new → merged", "into: 1")

	after := changes[0].Incident
	if after.State != InProgress || after.Assignee != "rosa" || after.Vital || !after.GroupIsVital() || destination.GroupIsVital() {
		t.Errorf("destination = %+v; its own state is not to change", after)
	}
	if got := after.Brought(9); !slices.Equal(got, []ID{2, 3}) {
		t.Errorf("brought %v, want 2 and 3", got)
	}
	if len(destination.Merged) != 0 {
		t.Error("the incident handed in was changed")
	}
}

func TestMergeInto_bringsChildrenAlong(t *testing.T) {
	first := merge(t, 1, anIncident(2, New), anIncident(3, InProgress))
	second := merge(t, 2, anIncident(1, New), first[2])
	if got := ids(second); !slices.Equal(got, []ID{1, 2, 3}) {
		t.Fatalf("changed %v", got)
	}
	c := second[3]
	if c.Into != 1 || c.MergeID != 2 || c.Before.Into != 2 || c.Before.MergeID != 1 || c.Before.Earlier.State != InProgress {
		t.Errorf("child = %+v, before %+v", c, c.Before)
	}
	if len(second[1].Merged) != 2 || second[2].Merged != nil {
		t.Errorf("destination has %d children, the former one %d", len(second[1].Merged), len(second[2].Merged))
	}
}

func TestMergeInto_isRefused(t *testing.T) {
	tests := []struct {
		name        string
		destination Incident
		sources     []Incident
		why         string
	}{
		{"nothing chosen", anIncident(1, New), nil, "nothing is chosen"},
		{"into itself", anIncident(1, New), []Incident{anIncident(2, New), anIncident(1, New)}, "1 cannot be merged into itself"},
		{"chosen twice", anIncident(1, New), []Incident{anIncident(2, New), anIncident(2, New)}, "2 is chosen twice"},
		{"into a closed one", anIncident(4, Closed), []Incident{anIncident(2, New)}, "4 is closed: reopen it first"},
		{"into a merged one", anIncident(4, Merged), []Incident{anIncident(2, New)}, "4 is merged into 1: open that one"},
		{"a closed one", anIncident(1, New), []Incident{anIncident(2, New), anIncident(3, Closed)}, "3 is closed: reopen it first"},
		{"a merged one", anIncident(9, New), []Incident{anIncident(2, New), anIncident(3, Merged)}, "3 is merged into 1: open that one"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changes, err := MergeInto(tt.destination, tt.sources, 9, "rosa", monday)
			wantRefused(t, err, tt.why)
			if changes != nil {
				t.Errorf("%d changes; it is all or none", len(changes))
			}
		})
	}
}

func TestUnmerge(t *testing.T) {
	held := anIncident(3, OnHold)
	group := merge(t, 9, anIncident(1, New), anIncident(2, New), held)[1]
	changes, err := Unmerge(group, []ID{3}, "omar", monday)
	if err != nil {
		t.Fatal(err)
	}
	wantEntry(t, changes[0], 0, "omar", "gave back", "incident: 3")
	wantEntry(t, changes[1], 0, "omar", "unmerged", "state: merged → on_hold", "team: Storage", "until: 2026-03-02T12:00:00Z", "into: 1 → ")
	if got := changes[1].Incident; got.State != OnHold || got.Team != held.Team || !got.Until.Equal(held.Until) || got.Before != nil || got.MergeID != 0 {
		t.Errorf("restored = %+v", got)
	}
	if got := changes[0].Incident.Brought(9); !slices.Equal(got, []ID{2}) {
		t.Errorf("left with %v, want 2", got)
	}
}

func TestUnmerge_endsAHoldThatCameDue(t *testing.T) {
	held := anIncident(2, OnHold)
	held.Until = hours(-1)
	group := merge(t, 9, anIncident(1, New), held)[1]
	changes, err := Unmerge(group, []ID{2}, "omar", monday)
	if err != nil {
		t.Fatal(err)
	}
	c := changes[1]
	if c.Incident.State != InProgress || c.Incident.Assignee != "rosa" {
		t.Errorf("restored = %+v", c.Incident)
	}
	wantEntry(t, c, 0, "omar", "unmerged", "state: merged → on_hold", "team: Storage", "until: 2026-03-02T07:00:00Z", "into: 1 → ")
	wantEntry(t, c, 1, timeline.System, "resumed", "state: on_hold → in_progress", "team: Storage → ", "until: 2026-03-02T07:00:00Z → ",
		"due: 2026-03-02T07:00:00Z", "applied: 2026-03-02T08:00:00Z")
}

// 4 came with 3, 3 came with 2, and all are under 1.
func threeMerges(t *testing.T) Incident {
	t.Helper()
	third := merge(t, 1, anIncident(3, InProgress), anIncident(4, New))[3]
	second := merge(t, 2, anIncident(2, New), third)[2]
	return merge(t, 3, anIncident(1, New), second, anIncident(5, New))[1]
}

func TestUnmerge_bringsChildrenBack(t *testing.T) {
	tests := []struct {
		name  string
		leave []ID
		want  map[ID]ID // who leaves → under whom; 0 for none
	}{
		{"a whole merge", []ID{2, 3, 4, 5}, map[ID]ID{2: 0, 3: 2, 4: 2, 5: 0}},
		{"a former destination takes its children", []ID{2}, map[ID]ID{2: 0, 3: 2, 4: 2}},
		{"one that was brought along takes its own", []ID{3}, map[ID]ID{3: 0, 4: 3}},
		{"a child alone stands alone", []ID{4}, map[ID]ID{4: 0}},
		{"one that came by itself", []ID{5}, map[ID]ID{5: 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changes, err := Unmerge(threeMerges(t), tt.leave, "rosa", monday)
			if err != nil {
				t.Fatal(err)
			}
			after := afterwards(changes[1:])
			if len(after) != len(tt.want) || len(changes[0].Incident.Merged) != 4-len(tt.want) {
				t.Errorf("%v left, want %v", ids(after), tt.want)
			}
			for id, into := range tt.want {
				if got := after[id]; got.Into != into || (got.State == Merged) != (into != 0) {
					t.Errorf("%d is %s into %d, want into %d", id, got.State, got.Into, into)
				}
			}
		})
	}
}

func TestUnmerge_isRefused(t *testing.T) {
	group := merge(t, 9, anIncident(1, New), anIncident(2, New))[1]
	_, err := Unmerge(group, []ID{2, 3}, "rosa", monday)
	wantRefused(t, err, "3 is not merged into 1")
	_, err = Unmerge(group, nil, "rosa", monday)
	wantRefused(t, err, "nothing is chosen")
	group.State = Closed
	_, err = Unmerge(group, []ID{2}, "rosa", monday)
	wantRefused(t, err, "1 is closed: reopen it first")
}

// All of many, not the first two of them.
func TestMergeInto_many(t *testing.T) {
	sources := make([]Incident, 5_000)
	for i := range sources {
		sources[i] = anIncident(ID(i+2), New)
	}
	group := merge(t, 9, anIncident(1, New), sources...)[1]
	changes, err := Unmerge(group, group.Brought(9), "rosa", monday)
	if err != nil || len(changes) != len(sources)+1 || len(changes[0].Incident.Merged) != 0 {
		t.Fatalf("%d changes, %v", len(changes), err)
	}
}
