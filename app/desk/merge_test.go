package desk_test

import (
	"fmt"
	"testing"
	"time"

	"backstop/app/desk"
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
	}
	groups, err := f.DuplicatesOfTheDay(t.Context(), rosa, at(-8), at(24*60), lisbon)
	must(t, err)
	var got []string
	for _, g := range groups {
		got = append(got, fmt.Sprint(g.Day.Format(time.DateOnly), " ", g.IDs))
	}
	equal(t, got, "2026-03-02 [1 2]", "2026-04-02 [5 6]")
	if q := f.store.asked; len(q.States) != 3 || !q.FailedFrom.Equal(at(-8)) || !q.FailedTo.Equal(at(24*60)) {
		t.Errorf("asked for %+v", q)
	}
}
