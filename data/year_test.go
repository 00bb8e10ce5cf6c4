package data

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
)

// A season is a stretch of generated nights: routines on known schedules, of which some runs did not start.
type season struct {
	*aDesk
	routines []*generated
	begin    time.Time
	night    int                        // of the next export
	stopped  bool                       // nothing is exported
	missing  map[string]bool            // "routine due" of every run that did not start, and is covered by now
	runs     map[int][]backup.Execution // night → what starts in it
	gaps     map[int][]string
}

// generated is one routine on its true schedule.
type generated struct {
	name     string
	schedule expect.Schedule
	starts   []time.Time
}

// schedules are what administrators write; %d is a minute.
var schedules = []string{
	"%d 22 * * *", "%d 1 * * *", "%d 2 * * *", "%d 23 * * 1-5", "%d 20 * * 1-5", "%d 3 * * 0", "%d 4 1 * *", "%d 21 L * *", "%d 5 * * 5L", "%d */6 * * *", "%d 8,14,20 * * *", "%d 0 * * 2,4,6",
}

var lands = []string{"Europe/Lisbon", "America/New_York", "Australia/Lord_Howe"}

// newSeason generates so many routines over so many nights from January on: every hundredth run is missing, at random.
func newSeason(t testing.TB, routines, nights int) *season {
	t.Helper()
	s := &season{begin: time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC), missing: map[string]bool{}, runs: map[int][]backup.Execution{}, gaps: map[int][]string{}}
	s.aDesk = openDesk(t, filepath.Join(t.TempDir(), "desk.db"))
	s.now = s.begin
	s.source = s.addSource(backup.Source{Name: "night exports", Rhythm: backup.FixedRhythm, Every: 30 * time.Hour})
	chance := rand.New(rand.NewPCG(11, uint64(routines)))
	for i := range routines {
		s.generate(t, i, nights, chance)
	}
	return s
}

func (s *season) generate(t testing.TB, i, nights int, chance *rand.Rand) {
	x := expect.Expectation{Cron: fmt.Sprintf(schedules[i%len(schedules)], chance.IntN(60)), Zone: lands[i%len(lands)], Grace: time.Hour}
	schedule, err := x.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	g := &generated{name: fmt.Sprintf("ROUTINE-%03d", i), schedule: schedule}
	s.routines = append(s.routines, g)
	seen := s.begin // an export of the first noon makes the routine known
	s.add(g, seen)
	for _, due := range schedule.Between(s.begin.Add(2*time.Hour), s.begin.AddDate(0, 0, nights)) {
		if chance.IntN(100) == 0 {
			n := s.nightOf(due.Add(x.Grace))
			s.gaps[n] = append(s.gaps[n], fmt.Sprintf("%s %d", g.name, due.UnixMilli()))
			continue
		}
		s.add(g, due.Add(time.Duration(chance.IntN(40*60))*time.Second))
	}
}

func (s *season) add(g *generated, start time.Time) {
	g.starts = append(g.starts, start)
	n := s.nightOf(start)
	s.runs[n] = append(s.runs[n], backup.Execution{
		Tool: "Veeam", Instance: "vault", Session: fmt.Sprintf("%s-%d", g.name, start.Unix()), Routine: g.name, Client: "harbour", Kind: backup.Data,
		Outcome: backup.Success, Start: start, End: start.Add(25 * time.Minute), Absolute: true, Evidence: backup.List,
	})
}

// nightOf is the export that first holds what starts at an instant: they are made at noon.
func (s *season) nightOf(at time.Time) int {
	return int((at.Sub(s.begin) + 24*time.Hour - 1) / (24 * time.Hour))
}

// expectAll gives every routine its true schedule.
func (s *season) expectAll() {
	s.t.Helper()
	ids, err := s.desk.RoutineIDs(s.t.Context(), rosa, desk.RoutineQuery{Text: "ROUTINE", Sort: "name"})
	s.must(err)
	for i, id := range ids {
		_, err := s.desk.ChangeRoutines(s.t.Context(), rosa, []int64{id}, "as it is scheduled", func(r *desk.RoutineSettings) {
			r.Expectation, r.CoverFrom = s.routines[i].schedule.Expectation, s.begin.Add(2*time.Hour)
		})
		s.must(err)
	}
}

// export makes the exports up to a night, each at noon, imports them when they come and sweeps every six hours.
func (s *season) export(until int) (swept desk.Swept) {
	s.t.Helper()
	for ; s.night <= until; s.night++ {
		noon := s.begin.AddDate(0, 0, s.night)
		s.now = noon.Add(time.Minute)
		if !s.stopped {
			s.bring(s.night)
		}
		for range 4 {
			got, err := s.desk.Sweep(s.t.Context(), rosa)
			s.must(err)
			swept.Missed, swept.Silent, swept.Stalled = swept.Missed+got.Missed, swept.Silent+got.Silent, swept.Stalled+got.Stalled
			s.now = s.now.Add(6 * time.Hour)
		}
	}
	return swept
}

// bring imports the export of a night. A run that started at the very noon shows up to where the export reaches.
func (s *season) bring(night int) {
	noon := s.begin.AddDate(0, 0, night)
	mark := backup.Execution{
		Tool: "Veeam", Instance: "vault", Session: fmt.Sprint("mark-", night), Routine: "MARK", Client: "vault", Kind: backup.Administrative,
		Outcome: backup.Success, Start: noon, End: noon, Absolute: true, Evidence: backup.List,
	}
	records := []any{mark}
	for _, e := range s.runs[night] {
		records = append(records, e)
	}
	s.take(s.aDesk.export(fmt.Sprintf("night %d.csv", night), noon, records...))
	for _, gap := range s.gaps[night] {
		s.missing[gap] = true
	}
}

// judged compares what was found missing with what is.
func (s *season) judged() (missing, overlooked, falseAlarms int) {
	s.t.Helper()
	found := map[string]bool{}
	for _, line := range s.rows("SELECT r.name || ' ' || m.due FROM misses m JOIN routines r ON r.id = m.routine") {
		found[line] = true
		if !s.missing[line] {
			falseAlarms++
		}
	}
	for gap := range s.missing {
		if !found[gap] {
			overlooked++
		}
	}
	return len(s.missing), overlooked, falseAlarms
}

// learned counts the routines whose proposal comes due when their true schedule does, for the next hundred days.
func (s *season) learned() (right, wrong, none int) {
	s.t.Helper()
	for _, g := range s.routines {
		p, ok := expect.Learn(g.starts[1:], g.schedule.Zone)
		if !ok {
			none++
			continue
		}
		proposed, err := p.Schedule()
		s.must(err)
		from := s.now
		if sameDues(proposed.Between(from, from.AddDate(0, 0, 100)), g.schedule.Between(from, from.AddDate(0, 0, 100))) {
			right++
		} else {
			wrong++
		}
	}
	return right, wrong, none
}

// sameDues allows what nobody notices: due times are found from starts, which come a little later.
func sameDues(a, b []time.Time) bool {
	return slices.EqualFunc(a, b, func(x, y time.Time) bool { return x.Sub(y).Abs() <= 5*time.Minute })
}

func TestSeason_everyGapAndNoFalseAlarm(t *testing.T) {
	s := newSeason(t, 36, 75)
	s.export(0)
	s.expectAll()
	s.export(74)
	missing, overlooked, falseAlarms := s.judged()
	if missing < 10 || overlooked > 0 || falseAlarms > 0 {
		t.Errorf("of %d gaps %d were overlooked, %d alarms were false", missing, overlooked, falseAlarms)
	}
}

// A stopped import of 300 routines for two days is one incident; when it goes on, exactly what was missed is found.
func TestSeason_aStoppedImport(t *testing.T) {
	s := newSeason(t, 300, 8)
	s.export(0)
	s.expectAll()
	s.export(4)
	s.stopped = true
	if swept := s.export(6); swept.Missed != 0 || swept.Silent != 1 || swept.Stalled != 0 {
		t.Errorf("while it was stopped the sweeps did %+v", swept)
	}
	s.stopped = false
	s.now = s.begin.AddDate(0, 0, 7)
	before, _, _ := s.judged()
	for night := 5; night <= 6; night++ {
		s.bring(night)
		_, err := s.desk.Sweep(t.Context(), rosa)
		s.must(err)
	}
	s.export(7)
	missing, overlooked, falseAlarms := s.judged()
	if missing <= before || overlooked > 0 || falseAlarms > 0 {
		t.Errorf("of %d gaps (%d before) %d were overlooked, %d alarms were false", missing, before, overlooked, falseAlarms)
	}
	if said := s.said("data came"); len(said) != 1 {
		t.Errorf("the silent source's incident says %q", said)
	}
}

// A year of 300 routines. Its figures are the note of DESIGN.md 4: every gap is found, no alarm is false.
func BenchmarkSeason_aYearOf300Routines(b *testing.B) {
	for b.Loop() {
		s := newSeason(b, 300, 364)
		s.export(0)
		s.expectAll()
		s.export(363)
		missing, overlooked, falseAlarms := s.judged()
		right, wrong, none := s.learned()
		for name, n := range map[string]int{
			"gaps": missing, "overlooked": overlooked, "false-alarms": falseAlarms, "learned-right": right, "learned-wrong": wrong, "not-learned": none,
		} {
			b.ReportMetric(float64(n), name)
		}
	}
}
