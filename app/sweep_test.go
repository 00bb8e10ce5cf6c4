package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/cli"
	"backstop/app/desk"
	"backstop/app/expect"
)

func TestSweep_fromTheCommandLine(t *testing.T) {
	s := newShell(t).aNight()
	s.prints([]string{"sweep", "--now", "2026-03-02T02:59:59Z", "--json"}, `{"resumed":0,"missed":0,"silent":0,"stalled":0,"risks":0}`)
	s.prints([]string{"sweep", "--now", "2026-03-02T03:00:00Z"}, "     0  holds ran out", "     0  runs did not start", "     0  sources are silent", "     1  runs are stalled", "     0  risks were found")
	s.prints([]string{"sweep", "--now", "2026-03-02T03:30:00Z", "--json"}, `{"resumed":0,"missed":0,"silent":0,"stalled":0,"risks":0}`)
	out, _, _ := s.run("incidents", "--json")
	if !strings.Contains(out, `"title":"SHARES Full stalled","opened":"2026-03-02T03:00:00Z","cause":"stalled"`) {
		t.Errorf("incidents:\n%s", out)
	}
	s.write("morning.txt", jobRow("1003", "13", "7", "", "03:00:00", "23:00:00"))
	s.prints([]string{"import", "--now", "2026-03-02T09:00:00Z", "FOLDER/morning.txt"}, "FOLDER/morning.txt: netbackup_bpdbjobs, 1 executions (0 new, 1 updated, 0 unchanged), 0 incidents opened")
	if out, _, _ = s.run("incidents", "--json"); !strings.Contains(out, `"title":"SHARES Full stalled","opened":"2026-03-02T03:00:00Z","cause":"failed"`) {
		t.Errorf("incidents after it failed:\n%s", out)
	}
	if _, said, status := s.run("sweep", "--now", "2026-03-02", "--accept-clock", "x"); status != cli.Usage {
		t.Errorf("both: status %d, %s", status, said)
	}
	s.prints([]string{"sweep", "--accept-clock", "it is right"}, "     0  holds ran out", "     0  runs did not start", "     0  sources are silent", "     0  runs are stalled", "     0  risks were found")
}

// Where the clock cannot be right a sweep asks in words and ends with 3; the answer goes on record, and --now does without the clock.
func TestSweep_asksAboutTheClock(t *testing.T) {
	s := newShell(t)
	clock := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return clock }
	s.aNight()
	asks := func(want string, line ...string) {
		t.Helper()
		if out, said, status := s.run(line...); status != cli.CouldNot || out != "" || !strings.Contains(said, want) {
			t.Errorf("%q: status %d, %s%s", line, status, out, said)
		}
	}
	clock = clock.AddDate(0, 0, -3)
	asks("the clock says 2026-02-27T08:00:00Z, which is before the newest entry of the timeline, of 2026-03-02T08:00:00Z. Is it right? "+
		"If it is, say why: backstop sweep --accept-clock REASON; to judge by another time: --now TIME", "sweep", "--json")
	s.prints([]string{"sweep", "--now", "2026-03-02T01:00:00Z", "--json"}, `{"resumed":0,"missed":0,"silent":0,"stalled":0,"risks":0}`)
	asks("which is before the newest entry", "sweep")
	asks("say why the clock is right", "sweep", "--accept-clock", " ")
	s.prints([]string{"sweep", "--accept-clock", "the battery was empty", "--json"}, `{"resumed":0,"missed":0,"silent":0,"stalled":0,"risks":0}`)
	s.prints([]string{"sweep", "--json"}, `{"resumed":0,"missed":0,"silent":0,"stalled":0,"risks":0}`)
	clock = clock.AddDate(0, 0, 31)
	asks("which is more than 30 days after the newest entry", "sweep")
	s.with(func(d *desk.Desk) error {
		entries, err := d.Timeline(t.Context(), ines, desk.TimelineQuery{Action: "clock accepted"})
		if len(entries) != 1 || entries[0].Actor != "cli:ines" || !strings.HasSuffix(fmt.Sprint(entries[0].Details), "{reason  the battery was empty}]") {
			t.Errorf("on record: %+v", entries)
		}
		return err
	})
}

// What the sweep opened explains itself to programs: due, grace, the last starts, the file that covers it, and what was detected late.
func TestIncidents_explainThemselves(t *testing.T) {
	s := newShell(t)
	ran := func(id, status, policy, start string, lasted time.Duration) string {
		from, err := time.Parse(time.DateTime, start)
		if err != nil {
			t.Fatal(err)
		}
		end := fmt.Sprint(from.Add(lasted).Unix())
		if lasted == 0 {
			end = "0000000000"
		}
		row := job(id, status, policy, policy+".meadow.example", fmt.Sprint(from.Unix()), end)
		if status == "" {
			row = strings.Replace(row, id+",0,3,", id+",0,1,", 1) // active
		}
		return row
	}
	s.write("before.txt", ran("801", "0", "BARN", "2026-02-27 02:00:00", 20*time.Minute), ran("802", "0", "BARN", "2026-02-28 02:00:00", 20*time.Minute), ran("803", "0", "BARN", "2026-03-01 02:00:05", 20*time.Minute))
	s.prints([]string{"import", "--now", "2026-03-01T09:00:00Z", "FOLDER/before.txt"}, "FOLDER/before.txt: netbackup_bpdbjobs, 3 executions (3 new, 0 updated, 0 unchanged), 0 incidents opened")
	s.with(func(d *desk.Desk) error {
		states, err := d.Sources(t.Context(), ines)
		if err != nil {
			return err
		}
		source := states[0].Source
		source.Rhythm, source.Every = backup.FixedRhythm, 26*time.Hour
		if _, err := d.SaveSource(t.Context(), ines, source, "as it delivers"); err != nil {
			return err
		}
		_, err = d.ChangeRoutines(t.Context(), ines, []int64{1}, "as it runs", func(r *desk.RoutineSettings) {
			r.Expectation = expect.Expectation{Cron: "0 2 * * *", Zone: "UTC", Grace: time.Hour}
			r.CoverFrom, r.Vital = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), backup.Yes
		})
		return err
	})
	s.write("after.txt", ran("901", "", "MILL", "2026-03-01 03:00:00", 0), ran("902", "196", "STABLE", "2026-03-02 01:00:00", time.Second), ran("903", "0", "LAST", "2026-03-02 08:00:00", 30*time.Minute))
	s.prints([]string{"import", "--now", "2026-03-02T09:00:00Z", "FOLDER/after.txt"}, "FOLDER/after.txt: netbackup_bpdbjobs, 3 executions (3 new, 0 updated, 0 unchanged), 1 incidents opened")
	s.prints([]string{"sweep", "--now", "2026-03-02T09:00:00Z", "--json"}, `{"resumed":0,"missed":1,"silent":0,"stalled":1,"risks":0}`)
	s.prints([]string{"sweep", "--now", "2026-03-03T12:00:00Z", "--json"}, `{"resumed":0,"missed":0,"silent":1,"stalled":0,"risks":0}`)
	out, _, _ := s.run("incidents", "--json")
	for _, want := range []string{
		`"title":"BARN did not start","opened":"2026-03-02T09:00:00Z","cause":"missed","vital":true,"due":"2026-03-02T02:00:00Z","state":"new","tool":"NetBackup","routine":"BARN","client":"BARN.meadow.example",` +
			`"miss":{"grace_seconds":3600,"latest":"2026-03-02T03:00:00Z","last_starts":["2026-03-01T02:00:05Z","2026-02-28T02:00:00Z","2026-02-27T02:00:00Z"],"covered_until":"2026-03-02T08:30:00Z","file":"FOLDER/after.txt","sha256":"`,
		`"title":"STABLE Full did not start","opened":"2026-03-02T09:00:00Z","cause":"missed","due":"2026-03-02T01:00:00Z","state":"new","tool":"NetBackup","routine":"STABLE","client":"STABLE.meadow.example","session":"902","reported":true}`,
		`"title":"MILL Full stalled","opened":"2026-03-02T09:00:00Z","cause":"stalled","state":"new","tool":"NetBackup","routine":"MILL","client":"MILL.meadow.example","session":"901","stall":{"since":"2026-03-01T03:00:00Z","limit_seconds":86400}}`,
		`"cause":"silent","state":"new","silence":{"since":"2026-03-02T09:00:00Z","rhythm_seconds":93600,"detected_late":true}}`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
}
