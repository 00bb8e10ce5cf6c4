package data

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
)

// Exports come late and in any order, and sweeps happen at any time between them. Never is a run called missed that an import
// before the sweep reported; one that comes later is joined within its import; in the end no gap is overlooked. The nights are those on
// which clocks change.
func TestSweep_lateAndOutOfOrder(t *testing.T) {
	for seed := range uint64(9) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			shuffled(t, rand.New(rand.NewPCG(seed, 3)), seed)
		})
	}
}

var changing = []struct{ zone, from string }{
	{"America/New_York", "2026-03-04"}, {"Europe/Lisbon", "2026-10-21"}, {"Australia/Lord_Howe", "2026-04-01"},
}

func shuffled(t *testing.T, chance *rand.Rand, seed uint64) {
	where := changing[seed%3]
	zone, err := time.LoadLocation(where.zone)
	if err != nil {
		t.Fatal(err)
	}
	from, err := time.ParseInLocation(time.DateOnly, where.from, zone)
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, t.TempDir()+"/desk.db")
	d.now = from
	d.source = d.addSource(backup.Source{Name: "night exports", Zone: where.zone})
	d.take(d.export("first.csv", from, night("0", backup.Success, begins(from))))
	x := expect.Expectation{Cron: []string{"30 1 * * *", "0 */4 * * *", "15 2 * * 1-5"}[seed/3], Zone: where.zone, Grace: 45 * time.Minute}
	d.expects(func(s *desk.RoutineSettings) { s.Expectation, s.CoverFrom = x, from.Add(time.Hour) })
	schedule, err := x.Schedule()
	d.must(err)

	var files [][]any
	gaps := map[int64]bool{}
	end := from.AddDate(0, 0, 11)
	covered := end.Add(-2 * time.Hour)
	for i, due := range schedule.Between(from.Add(time.Hour), covered.Add(-x.Grace).Add(time.Millisecond)) {
		if chance.IntN(5) == 0 {
			gaps[due.UnixMilli()] = true
			continue
		}
		outcome := []backup.Outcome{backup.Success, backup.Success, backup.Failed, backup.Partial}[chance.IntN(4)]
		e := night(fmt.Sprint(i+1), outcome, begins(due.Add(time.Duration(chance.IntN(40))*time.Minute)))
		if len(files) == 0 || chance.IntN(3) == 0 {
			files = append(files, nil)
		}
		files[len(files)-1] = append(files[len(files)-1], e)
	}
	chance.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	d.now = end
	for i, records := range append(files, []any{lagoonAt("end", covered.Add(-5*time.Minute))}) {
		d.take(d.export(fmt.Sprintf("%d.csv", i), end, records...))
		equal(t, d.rows(`SELECT m.due FROM misses m JOIN incidents i ON i.id = m.incident JOIN executions e ON e.routine = m.routine AND e.at >= m.opens AND e.at < m.closes
			WHERE i.execution IS NULL`)) // within the import
		before := len(d.rows("SELECT 1 FROM misses"))
		if chance.IntN(2) == 0 || i == len(files) {
			_, err := d.desk.Sweep(t.Context(), rosa)
			d.must(err)
		}
		equal(t, d.rows(`SELECT m.due FROM (SELECT * FROM misses ORDER BY incident LIMIT -1 OFFSET ?) m JOIN executions e ON e.routine = m.routine AND e.at >= m.opens AND e.at < m.closes`, before))
	}
	for _, due := range d.rows("SELECT m.due FROM misses m JOIN incidents i ON i.id = m.incident WHERE i.execution IS NULL") {
		ms, err := strconv.ParseInt(due, 10, 64)
		d.must(err)
		if !gaps[ms] {
			t.Errorf("%s is no gap", due)
		}
		delete(gaps, ms)
	}
	if len(gaps) > 0 {
		t.Errorf("overlooked: %v", gaps)
	}
	equal(t, d.rows("SELECT execution FROM incidents WHERE execution IS NOT NULL GROUP BY execution HAVING COUNT(*) > 1"))
	d.verified()
}

func begins(at time.Time) func(*backup.Execution) {
	return func(e *backup.Execution) { e.Start, e.End = at, at.Add(5*time.Minute) }
}

func lagoonAt(session string, at time.Time) backup.Execution {
	return night(session, backup.Success, begins(at), func(e *backup.Execution) { e.Client = "lagoon" })
}
