package data

import (
	"fmt"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/timeline"
)

func (d *aDesk) routine(q desk.RoutineQuery) desk.RoutineRow {
	d.t.Helper()
	ids, err := d.desk.RoutineIDs(d.t.Context(), rosa, q)
	d.must(err)
	rows, err := d.desk.RoutineRows(d.t.Context(), rosa, ids)
	d.must(err)
	if len(rows) != 1 {
		d.t.Fatalf("%d routines match %+v", len(rows), q)
	}
	return rows[0]
}

func TestRoutines_tellWhatTheirExecutionsComeTo(t *testing.T) {
	d := newDesk(t)
	d.take(d.export("a.csv", at(0), night("1", backup.Success, from(-30)), night("2", backup.Success, from(-54)), night("3", backup.Running, from(-6))))
	r := d.routine(desk.RoutineQuery{Text: "daily harb"})
	if r.Runs != 3 || !r.First.Equal(at(-54)) || !r.Last.Equal(at(-6)) || r.LastOutcome != backup.Running || r.Kind != backup.Data || r.Reported != "night exports" {
		t.Errorf("row = %+v", r)
	}
	if r.Usual.Duration != time.Hour || r.Usual.Runs != 2 {
		t.Errorf("usual = %+v", r.Usual)
	}
	d.take(d.export("b.csv", at(1), night("3", backup.Success, from(-6))))
	if r = d.routine(desk.RoutineQuery{}); r.LastOutcome != backup.Success || r.Runs != 3 {
		t.Errorf("after the end: %+v", r)
	}
}

// What a person decides is one entry for each routine that it changes, with the reason; the next import opens by it.
func TestChangeRoutines_areOnRecordAndHold(t *testing.T) {
	d := newDesk(t)
	d.take(d.export("a.csv", at(0), night("1", backup.Success), night("2", backup.Success, func(e *backup.Execution) { e.Client = "lagoon" })))
	ids, err := d.desk.RoutineIDs(t.Context(), rosa, desk.RoutineQuery{Sort: "client"})
	d.must(err)
	n, err := d.desk.ChangeRoutines(t.Context(), rosa, ids, "test systems", func(s *desk.RoutineSettings) { s.Partial, s.Vital = backup.No, backup.Yes })
	d.must(err)
	if n != 2 {
		t.Errorf("%d changed", n)
	}
	n, err = d.desk.ChangeRoutines(t.Context(), rosa, ids[1:], "again", func(s *desk.RoutineSettings) { s.Partial = backup.No })
	d.must(err)
	if n != 0 {
		t.Errorf("%d changed although nothing did", n)
	}
	entries, err := d.desk.Timeline(t.Context(), rosa, desk.TimelineQuery{Subject: timeline.Routine, SubjectID: ids[1]})
	d.must(err)
	equal(t, []string{fmt.Sprint(len(entries)), entries[0].Action, timeline.Text(entries[0].Details)},
		"1", "changed", `[{"name":"vital","to":"yes"},{"name":"partial opens","to":"no"},{"name":"reason","to":"test systems"}]`)

	d.now = at(24)
	res := d.take(d.export("b.csv", at(24), night("3", backup.Partial, from(18)), night("4", backup.Failed, from(19))))
	if res.Incidents != 1 {
		t.Errorf("%d incidents", res.Incidents)
	}
	rows, err := d.desk.IncidentRows(t.Context(), rosa, []int64{1})
	d.must(err)
	if !rows[0].Vital {
		t.Error("the incident of a routine marked vital is not")
	}
	d.must(d.desk.ChangeTool(t.Context(), rosa, "Veeam", "never mind", desk.ToolSettings{Cancelled: backup.No}))
	if res = d.take(d.export("c.csv", at(25), night("5", backup.Cancelled, from(20)))); res.Incidents != 0 {
		t.Error("a cancelled run of the tool opened an incident")
	}
}

func TestChangeRoutines_keepAnExpectation(t *testing.T) {
	d := newDesk(t)
	d.take(d.export("a.csv", at(0), night("1", backup.Success)))
	want := expect.Expectation{Cron: "0 2 * * *", Zone: "Europe/Lisbon", Grace: time.Hour, Learned: true}
	_, err := d.desk.ChangeRoutines(t.Context(), rosa, []int64{1}, "as it runs", func(s *desk.RoutineSettings) {
		s.Expectation, s.Stalled, s.Calendar, s.Off.Volume = want, 5*time.Hour, "bank holidays", true
	})
	d.must(err)
	r := d.routine(desk.RoutineQuery{Expected: backup.Yes})
	if r.Settings.Expectation != want || r.Settings.Stalled != 5*time.Hour || !r.Settings.Off.Volume || !r.Settings.CoverFrom.Equal(monday) {
		t.Errorf("settings = %+v", r.Settings)
	}
	if r.Usual.At != 2*time.Hour {
		t.Errorf("usual start = %v", r.Usual.At)
	}
	for _, bad := range []expect.Expectation{{Cron: "0 2 * *", Zone: "UTC"}, {Cron: "0 0 31 2 *", Zone: "UTC"}, {Every: time.Hour, Zone: "UTC"}, {Cron: "0 2 * * *", Zone: "Nowhere"}} {
		if _, err := d.desk.ChangeRoutines(t.Context(), rosa, []int64{1}, "x", func(s *desk.RoutineSettings) { s.Expectation = bad }); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	if _, err := d.desk.ChangeRoutines(t.Context(), rosa, []int64{1}, " ", func(s *desk.RoutineSettings) {}); err == nil {
		t.Error("no reason was needed")
	}
}

func TestRoutines_areSortedAndOffered(t *testing.T) {
	d := newDesk(t)
	d.take(d.export("a.csv", at(0), night("1", backup.Success), night("2", backup.Failed, func(e *backup.Execution) { e.Client = "lagoon" })))
	for _, sort := range desk.RoutineSorts {
		up, err := d.desk.RoutineIDs(t.Context(), rosa, desk.RoutineQuery{Sort: sort})
		d.must(err)
		down, err := d.desk.RoutineIDs(t.Context(), rosa, desk.RoutineQuery{Sort: sort, Desc: true})
		d.must(err)
		if len(up) != 2 || up[0] != down[1] || up[1] != down[0] {
			t.Errorf("by %s: %v up, %v down", sort, up, down)
		}
	}
	c, err := d.desk.RoutineChoices(t.Context(), rosa)
	d.must(err)
	equal(t, append(c.Tools, c.Clients...), "Veeam", "harbour", "lagoon")
}

// The table can be sorted by whatever it shows, also by what the last runs of each routine tell.
func TestRoutineIDs_sorted(t *testing.T) {
	d := newDesk(t)
	on := func(client string, hours, took float64) backup.Execution {
		return night(client, backup.Success, func(e *backup.Execution) { e.Client, e.Start, e.End = client, at(hours), at(hours+took) })
	}
	d.read(0, on("quay", -6, 2), on("pier", -5, 1), on("dock", -7, 3), night("1", backup.Running, func(e *backup.Execution) { e.Start, e.End = at(-1), time.Time{} }))
	clients := func(q desk.RoutineQuery) string {
		ids, err := d.desk.RoutineIDs(t.Context(), rosa, q)
		d.must(err)
		rows, err := d.desk.RoutineRows(t.Context(), rosa, ids)
		d.must(err)
		var names []string
		for _, r := range rows {
			names = append(names, r.Client)
		}
		return fmt.Sprint(names)
	}
	for _, tt := range []struct {
		q    desk.RoutineQuery
		want string
	}{
		{desk.RoutineQuery{Sort: "start"}, "[harbour dock quay pier]"},
		{desk.RoutineQuery{Sort: "start", Desc: true, Limit: 2}, "[pier quay]"},
		{desk.RoutineQuery{Sort: "duration"}, "[harbour pier quay dock]"},
	} {
		if got := clients(tt.q); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.q, got, tt.want)
		}
	}
	for _, sort := range desk.RoutineSorts {
		if _, err := d.desk.RoutineIDs(t.Context(), rosa, desk.RoutineQuery{Sort: sort}); err != nil {
			t.Errorf("%s: %v", sort, err)
		}
	}
}
