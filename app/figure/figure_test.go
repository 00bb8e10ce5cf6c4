package figure_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/figure"
	"backstop/app/incident"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func at(hours float64) time.Time { return monday.Add(time.Duration(hours * float64(time.Hour))) }

// week is the week that begins on monday.
var week = figure.Period{From: monday, To: monday.AddDate(0, 0, 7), Zone: time.UTC}

func TestRuns_joinTries(t *testing.T) {
	try := func(hours float64, id, routine int64, o backup.Outcome, change ...func(*figure.Try)) figure.Try {
		tr := figure.Try{At: at(hours).UnixMilli(), ID: id, Routine: routine, Outcome: o}
		for _, c := range change {
			c(&tr)
		}
		return tr
	}
	again := func(tr *figure.Try) { tr.Retry = true }
	tried := func(n int, first backup.Outcome) func(*figure.Try) {
		return func(tr *figure.Try) { tr.Tries, tr.First = n, first }
	}
	for _, c := range []struct {
		what  string
		tries []figure.Try
		want  []string // first try, last try: first outcome → last outcome
	}{
		{"one", []figure.Try{try(1, 1, 7, backup.Success)}, []string{"1 1 success success"}},
		{"made good by a repetition", []figure.Try{try(1, 1, 7, backup.Failed), try(2, 2, 7, backup.Success, again)}, []string{"1 2 failed success"}},
		{"another routine does not repeat it", []figure.Try{try(1, 1, 7, backup.Failed), try(2, 2, 8, backup.Success, again)}, []string{"1 1 failed failed"}},
		{"the next run is not a repetition", []figure.Try{try(1, 1, 7, backup.Failed), try(25, 2, 7, backup.Success)}, []string{"1 1 failed failed", "2 2 success success"}},
		{"tries under one id", []figure.Try{try(1, 1, 7, backup.Success, tried(3, backup.Failed))}, []string{"1 1 failed success"}},
		{"at work again under one id", []figure.Try{try(1, 1, 7, backup.Running, tried(2, backup.Failed))}, []string{"1 1 running running"}},
		{"a repetition at work", []figure.Try{try(1, 1, 7, backup.Failed), try(2, 2, 7, backup.Running, again)}, []string{"1 2 failed running"}},
		{"a repetition whose first try was before", []figure.Try{try(1, 1, 7, backup.Failed, again), try(2, 2, 7, backup.Success)}, []string{"2 2 success success"}},
		{"a repetition after the end", []figure.Try{try(167, 1, 7, backup.Failed), try(169, 2, 7, backup.Success, again)}, []string{"1 2 failed success"}},
		{"a run after the end, and its repetition", []figure.Try{try(167, 1, 7, backup.Failed), try(169, 2, 7, backup.Failed), try(170, 3, 7, backup.Success, again)}, []string{"1 1 failed failed"}},
	} {
		runs := figure.NewRuns(week)
		for _, tr := range c.tries {
			runs.Add(tr)
		}
		var got []string
		for _, r := range runs.All() {
			got = append(got, fmt.Sprint(r.ID, r.Last, " ", r.First, " ", r.End))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// A case is told as: when it was opened, closed and first acted on, in hours after monday.
func aCase(opened, closed, acted float64, as incident.Closing) figure.Case {
	c := figure.Case{Opened: figure.At(at(opened)), Closing: as, State: incident.New, Routine: &figure.Routine{}}
	if closed != 0 {
		c.Closed, c.State = figure.At(at(closed)), incident.Closed
	}
	if acted != 0 {
		c.Acted = figure.At(at(acted))
	}
	return c
}

func TestDefinitions_count(t *testing.T) {
	none := incident.NotClosed
	f := figure.Facts{
		Cases: []figure.Case{
			aCase(-30, 10, 2, incident.ClosedMissed),                     // lost in the week
			aCase(-20, -10, -15, incident.Reprocessed),                   // over before it
			aCase(1, 9, 3, incident.Reprocessed),                         // within
			aCase(0, 168, 0, incident.ClosedSuccess),                     // opened as the week begins, closed as the next one does
			aCase(168, 0, 0, none),                                       // the next week's
			aCase(100, 0, 104, none),                                     // open
			{Opened: figure.At(at(50)), Into: 6, State: incident.Merged}, // open with another
			aCase(20, 30, 21, incident.ClosedSuccess),
		},
		Runs: []figure.Run{
			{First: backup.Success, End: backup.Success},
			{First: backup.Failed, End: backup.Success},
			{First: backup.Missed, End: backup.Missed},
			{First: backup.Failed, End: backup.Running},
			{First: backup.Running, End: backup.Running},
		},
		Copies: []figure.Copy{{At: at(166)}, {At: at(100)}, {Since: at(-100)}},
	}
	want := map[figure.Key]string{
		figure.FirstRate: "0.25 of 4", figure.EndRate: "0.5 of 4", figure.AllRuns: "4 of 4", figure.NotGood: "1 of 1",
		figure.Opened: "5 of 5", figure.Closed: "3 of 3", figure.Open: "3 of 3", figure.OpenMerged: "1 of 1",
		figure.Lost: "1 of 1", figure.Reprocessed: "1 of 1", figure.FalseAlarms: "1 of 1",
		figure.FirstAction: "2 of 3", figure.ToClose: "10 of 3",
		figure.NoCopy1: "2 of 2", figure.NoCopy3: "1 of 1", figure.NoCopy7: "1 of 1",
	}
	for _, d := range figure.Definitions {
		v := d.Of(f, week)
		if got := fmt.Sprint(v.N, " of ", v.Count); got != want[d.Key] || !v.Known {
			t.Errorf("%s: %s, known %v, want %s", d.Key, got, v.Known, want[d.Key])
		}
	}
}

// What nothing is known about is no 0 and no 100 %.
func TestDefinitions_ofNothing(t *testing.T) {
	for _, d := range figure.Definitions {
		v := d.Of(figure.Facts{}, week)
		if v.Known != (d.Unit == figure.Number) || v.N != 0 {
			t.Errorf("%s of nothing: %+v", d.Key, v)
		}
	}
}

func TestDefinitions_areSaid(t *testing.T) {
	seen := map[figure.Key]bool{}
	for _, d := range figure.Definitions {
		kinds := 0
		for _, is := range []bool{d.Incidents != nil, d.Runs != nil, d.Copies != nil} {
			if is {
				kinds++
			}
		}
		if d.Title == "" || d.Words == "" || kinds != 1 || seen[d.Key] {
			t.Errorf("%+v: a figure has a key of its own, a title, words, and one kind of rows that it counts", d)
		}
		if found, ok := figure.Find(d.Key); !ok || found.Title != d.Title {
			t.Errorf("%s is not found", d.Key)
		}
		seen[d.Key] = true
	}
}

func TestCount_addsUp(t *testing.T) {
	f := figure.Facts{Routines: map[int64]figure.Routine{1: {Tool: "Veeam", Policy: "FS-DAILY", Client: "harbour"}, 2: {Tool: "Veeam", Policy: "FS-DAILY", Client: "HARBOUR"}, 3: {Tool: "restic", Policy: "home", Client: "quay"}}}
	closings := []incident.Closing{incident.NotClosed, incident.ClosedSuccess, incident.ClosedMissed, incident.Reprocessed}
	for i := range 200 {
		c := aCase(float64(i)*1.3-50, 0, 0, closings[i%4])
		if i%4 != 0 {
			c.Closed, c.State, c.Category = figure.At(c.Opened.Time().Add(time.Duration(i)*time.Hour/2)), incident.Closed, fmt.Sprint("category ", i%3)
		} else if i%8 == 0 {
			c.State, c.Hold = incident.OnHold, &figure.Hold{Team: fmt.Sprint("team ", i%5), Until: figure.At(at(float64(i)))}
		}
		c.Routine = &figure.Routine{Tool: "Veeam", Policy: "FS-DAILY", Client: "harbour"}
		f.Cases = append(f.Cases, c)
		f.Runs = append(f.Runs, figure.Run{At: at(float64(i) * 0.8).UnixMilli(), ID: int64(i + 1), Routine: int64(i%3 + 1), First: backup.Outcome(i%6 + 1), End: backup.Outcome(i%6 + 1)})
	}
	s := figure.Count(f, week)
	v := func(k figure.Key) int { return int(s.Values[k].N) }
	var runs, opened, closed, aged, categorised, waiting, bad int
	for _, d := range s.Days {
		runs, opened, closed = runs+d.Counted, opened+d.Opened, closed+d.Closed
	}
	for _, n := range s.Ages {
		aged += n
	}
	for _, c := range s.Categories {
		categorised += c.Together
	}
	for _, x := range s.Teams {
		waiting += x.Waiting
	}
	for _, x := range s.Routines {
		bad += x.Bad
	}
	for _, x := range []struct {
		what      string
		got, want int
	}{
		{"runs of the days", runs, v(figure.AllRuns)},
		{"opened of the days", opened, v(figure.Opened)},
		{"closed of the days", closed, v(figure.Closed)},
		{"open on the last day", s.Days[len(s.Days)-1].Open, v(figure.Open)},
		{"open by age", aged, v(figure.Open)},
		{"open before + opened - closed", s.OpenBefore + v(figure.Opened) - v(figure.Closed), v(figure.Open)},
		{"closed by category", categorised, v(figure.Closed)},
		{"closed by status", v(figure.Lost) + v(figure.Reprocessed) + v(figure.FalseAlarms), v(figure.Closed)},
		{"not good by routine", bad, v(figure.NotGood)},
		{"clients that failed", len(s.Clients), 2},
	} {
		if x.got != x.want || x.want == 0 {
			t.Errorf("%s: %d, want %d", x.what, x.got, x.want)
		}
	}
	if waiting == 0 || waiting > v(figure.Open) {
		t.Errorf("%d wait of %d open", waiting, v(figure.Open))
	}
}
