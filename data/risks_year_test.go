package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/risk"
)

// aYear is generated: 42 routines that run each night, some only on weekdays, whose sizes and durations vary by a sixth and whose
// failures are apart, and 3 more whose incrementals vary so much that a person switched drift off for them. What is planted is
// known, so that what the sweep finds can be held against it.
type aYear struct {
	*aDesk
	rnd     *rand.Rand
	planted map[string]bool // kind, routine and client of each
	changes map[string]func(day int, e *backup.Execution) bool
	off     map[int]string // client that a person disables, by day
}

const (
	yearRoutines     = 42
	yearIncrementals = 3
	yearDays         = 364
	yearStep         = 14 // days between two sweeps
)

func yearPolicy(i int) string { return fmt.Sprintf("P%02d", i/3) }
func yearClient(i int) string { return fmt.Sprintf("c%02d", i) }

func newYear(t *testing.T) *aYear {
	y := &aYear{newDesk(t), rand.New(rand.NewPCG(2026, 3)), map[string]bool{}, map[string]func(int, *backup.Execution) bool{}, map[int]string{}}
	plant := func(k risk.Kind, i int, client string, change func(day int, e *backup.Execution) bool) {
		y.planted[fmt.Sprint(k, " ", yearPolicy(i), " ", client)] = true
		y.changes[yearClient(i)] = change
	}
	for n := range 6 { // a spike, a fall, a step that lasts
		i, on := 3*n, 60+45*n
		plant(risk.Volume, i, yearClient(i), func(day int, e *backup.Execution) bool {
			size, _ := e.Bytes.Value()
			switch {
			case n%3 == 0 && day == on:
				e.Bytes = backup.N(3 * size)
			case n%3 == 1 && day == on:
				e.Bytes = backup.N(size / 4)
			case n%3 == 2 && day >= on:
				e.Bytes = backup.N(2 * size)
			}
			return true
		})
	}
	for n := range 4 {
		i, on := 3*n+1, 70+60*n
		plant(risk.Duration, i, yearClient(i), func(day int, e *backup.Execution) bool {
			if day == on {
				e.End = e.Start.Add(3 * e.End.Sub(e.Start))
			}
			return true
		})
	}
	for n := range 4 { // clients that are gone, one for a while
		i, on := 3*n+2, 80+50*n
		plant(risk.Absence, i, yearClient(i), func(day int, _ *backup.Execution) bool { return day < on || n == 0 && day > on+20 })
	}
	for _, i := range []int{39, 40, 41} { // a policy that stopped
		plant(risk.Absence, i, "", func(day int, _ *backup.Execution) bool { return day < 200 })
	}
	for n := range 3 { // disabled in the desk; one goes on all the same, one stops at once, one later
		i, on := 30+3*n, 140+70*n
		y.off[on] = yearClient(i)
		plant(risk.Absence, i, yearClient(i), func(day int, _ *backup.Execution) bool { return n == 0 || day < on+20*(n-1) })
	}
	for n := range 4 { // three failures of one kind in thirty days
		i, on := 18+3*n, 50+70*n
		plant(risk.Recurrence, i, yearClient(i), func(day int, e *backup.Execution) bool {
			if day == on || day == on+9 || day == on+25 {
				e.Outcome, e.Error, e.Bytes = backup.Failed, "no space left on device", backup.Count{}
			}
			return true
		})
	}
	return y
}

// run is one routine's night; none on the weekends of those that rest then.
func (y *aYear) run(i, day int) (backup.Execution, bool) {
	client := yearClient(i)
	change := y.changes[client] // those with something planted run each night and fail by nothing else
	if change == nil && i%5 == 4 && day%7 >= 5 {
		return backup.Execution{}, false
	}
	vary := func(v float64) float64 { return v * math.Exp(0.08*max(-2, min(2, y.rnd.NormFloat64()))) }
	hours := 24*float64(day) - 6
	e := night(fmt.Sprint(i, "-", day), backup.Success, from(hours), of(yearPolicy(i), client))
	e.Bytes = backup.N(int64(vary(float64(20+i) * (1 << 30))))
	e.End = e.Start.Add(seconds(vary(float64(1800 + 60*i))))
	if change == nil && (day+7*i)%40 == 39 { // noise: failures that are apart
		e.Outcome, e.Error, e.Bytes = backup.Failed, "connection reset by peer", backup.Count{}
	}
	if change != nil && !change(day, &e) {
		return e, false
	}
	return e, true
}

// incremental varies from nothing to tenfold.
func (y *aYear) incremental(i, day int) backup.Execution {
	e := night(fmt.Sprint("i", i, "-", day), backup.Success, from(24*float64(day)-2), of("LOGS", fmt.Sprint("l", i)))
	e.Level, e.Bytes = "incremental", backup.N(int64(y.rnd.IntN(10)+1)<<30)
	e.End = e.Start.Add(seconds(float64(300 + y.rnd.IntN(9000))))
	return e
}

// Planted drifts, removals, disabled routines and recurrences are found exactly once; noise is not. The sweep comes once a fortnight.
func TestRisks_inAGeneratedYear(t *testing.T) {
	y := newYear(t)
	runs := 0
	for day := 0; day < yearDays; day += yearStep {
		var records []any
		for d := day; d < day+yearStep; d++ {
			for i := range yearRoutines {
				if e, ok := y.run(i, d); ok {
					records = append(records, e)
				}
			}
			for i := range yearIncrementals {
				records = append(records, y.incremental(i, d))
			}
		}
		runs += len(records)
		now := 24 * float64(day+yearStep-1)
		y.now = at(now)
		y.read(now, records...)
		if day == 0 {
			y.switchDriftOff()
		}
		y.disable(y.off[day])
		y.sweep()
	}
	var want []string
	for p := range y.planted {
		want = append(want, p)
	}
	slices.Sort(want)
	got := y.rows("SELECT kind || ' ' || policy || ' ' || client FROM risks")
	for i, g := range got {
		var k int
		var rest string
		fmt.Sscanf(g, "%d", &k)
		rest = g[len(fmt.Sprint(k)):]
		got[i] = risk.Kind(k).String() + rest
	}
	slices.Sort(got)
	equal(t, got, want...)
	t.Logf("%d runs, %d planted, %d found", runs, len(want), len(got))
	y.verified()
}

// disable takes the routine of a client out of what is expected.
func (y *aYear) disable(client string) {
	y.t.Helper()
	if client == "" {
		return
	}
	ids, err := y.desk.RoutineIDs(y.t.Context(), rosa, desk.RoutineQuery{Clients: []string{client}})
	y.must(err)
	_, err = y.desk.ChangeRoutines(y.t.Context(), rosa, ids, "it moves", func(s *desk.RoutineSettings) { s.Disabled = true })
	y.must(err)
}

func (y *aYear) switchDriftOff() {
	y.t.Helper()
	ids, err := y.desk.RoutineIDs(y.t.Context(), rosa, desk.RoutineQuery{Text: "LOGS"})
	y.must(err)
	_, err = y.desk.ChangeRoutines(y.t.Context(), rosa, ids, "incrementals vary", func(s *desk.RoutineSettings) { s.Off.Volume, s.Off.Duration = true, true })
	y.must(err)
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }
