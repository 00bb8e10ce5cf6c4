package desk

import (
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
)

func TestLogged_saysWhatIsWorthALook(t *testing.T) {
	const gib = 1 << 30
	night := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	usual := Logged{Sizes: []int64{gib, gib, gib, gib, gib}, Times: []int64{600_000, 600_000, 600_000, 600_000, 600_000}}
	run := func(o backup.Outcome, bytes int64, began time.Time, took time.Duration) Logged {
		l := usual
		l.Kind, l.Outcome, l.Bytes, l.Start, l.End = backup.Data, o, backup.N(bytes), began, began.Add(took)
		return l
	}
	due := func(l Logged, before time.Time) Logged {
		l.Before, l.Settings.Expectation = before, expect.Expectation{Cron: "0 1 * * *", Zone: "UTC", Grace: 30 * time.Minute}
		return l
	}
	limit := func(l Logged, d time.Duration) Logged { l.Settings.Stalled = d; return l }
	few := run(backup.Success, 9*gib, night, 10*time.Minute)
	few.Sizes = few.Sizes[:4]
	logs := run(backup.Success, 9*gib, night, 10*time.Minute)
	logs.Kind = backup.Log
	type seen struct {
		bytes   backup.Count
		time    time.Duration
		due     time.Time
		stalled time.Duration
	}
	for name, tt := range map[string]struct {
		of   Logged
		want seen
	}{
		"nothing":                    {run(backup.Success, gib, night, 10*time.Minute), seen{}},
		"half as much again is fine": {run(backup.Success, gib+gib/2, night, 15*time.Minute), seen{}},
		"more than that":             {run(backup.Success, gib+gib/2+1, night, 10*time.Minute), seen{bytes: backup.N(gib)}},
		"much less":                  {run(backup.Partial, gib/2-1, night, 10*time.Minute), seen{bytes: backup.N(gib)}},
		"too long":                   {run(backup.Success, gib, night, 16*time.Minute), seen{time: 10 * time.Minute}},
		"a failure is not compared":  {run(backup.Failed, 0, night, time.Second), seen{}},
		"too few to compare with":    {few, seen{}},
		"log backups vary":           {logs, seen{}},
		"late":                       {due(run(backup.Success, gib, night, 10*time.Minute), night.Add(-24*time.Hour)), seen{due: night.Add(-time.Hour)}},
		"in its grace":               {due(run(backup.Success, gib, night.Add(-30*time.Minute), 10*time.Minute), night.Add(-24*time.Hour)), seen{}},
		"a second one of the day":    {due(run(backup.Success, gib, night, 10*time.Minute), night.Add(-time.Hour)), seen{}},
		"at work for a day":          {run(backup.Running, 0, night.Add(-24*time.Hour), 0), seen{}},
		"and longer":                 {run(backup.Running, 0, night.Add(-24*time.Hour-time.Second), 0), seen{stalled: 24*time.Hour + time.Second}},
		"longer than its own limit":  {limit(run(backup.Running, 0, night.Add(-2*time.Hour), 0), time.Hour), seen{stalled: 2 * time.Hour}},
	} {
		t.Run(name, func(t *testing.T) {
			r := tt.of.look(night)
			if got := (seen{r.UsualBytes, r.UsualTime, r.Due, r.Stalled}); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}
