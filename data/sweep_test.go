package data

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/incident"
)

// nightly expects FS-DAILY at two every night, an hour of grace, from the Sunday before.
func nightly(s *desk.RoutineSettings) {
	s.Expectation = expect.Expectation{Cron: "0 2 * * *", Zone: "UTC", Grace: time.Hour}
	s.CoverFrom = at(-32)
}

func (d *aDesk) expects(change func(*desk.RoutineSettings)) {
	d.t.Helper()
	_, err := d.desk.ChangeRoutines(d.t.Context(), rosa, []int64{1}, "as it is scheduled", change)
	d.must(err)
}

// sweeps sweeps at eight plus some hours, twice: the second time changes nothing.
func (d *aDesk) sweeps(hours float64, want desk.Swept) {
	d.t.Helper()
	d.now = at(hours)
	for i, want := range []desk.Swept{want, {}} {
		got, err := d.desk.Sweep(d.t.Context(), rosa)
		d.must(err)
		if i == 0 {
			got.Risks = desk.FoundRisks{} // they have stories of their own
		}
		if got != want {
			d.t.Errorf("at %v the sweep did %+v, want %+v", d.now, got, want)
		}
	}
}

func (d *aDesk) causes() []string {
	d.t.Helper()
	ids, err := d.desk.IncidentIDs(d.t.Context(), rosa, desk.IncidentQuery{})
	d.must(err)
	rows, err := d.desk.IncidentRows(d.t.Context(), rosa, ids)
	d.must(err)
	var said []string
	for _, r := range rows {
		due := ""
		if !r.Due.IsZero() {
			due = " " + r.Due.Format("Mon 15:04")
		}
		said = append(said, fmt.Sprintf("%d %s%s: %s", r.ID, r.Cause, due, r.State))
	}
	return said
}

// lagoon is a routine beside it whose runs show that data comes.
func lagoon(session string, hours float64) backup.Execution {
	return night(session, backup.Success, from(hours), func(e *backup.Execution) { e.Client = "lagoon" })
}

// deskAt is a desk that was set up at eight plus some hours.
func deskAt(t testing.TB, hours float64) *aDesk {
	t.Helper()
	d := openDesk(t, filepath.Join(t.TempDir(), "desk.db"))
	d.now = at(hours)
	d.source = d.addSource(backup.Source{Name: "night exports"})
	return d
}

func TestSweep_findsWhatDidNotStart(t *testing.T) {
	d := deskAt(t, -22)
	d.read(-22, night("1", backup.Success, from(-54)), night("2", backup.Success, from(-30)))
	d.expects(nightly)
	d.sweeps(-4, desk.Swept{}) // 4:00; nothing has come since yesterday
	d.read(-3, lagoon("90", -6.5))
	d.sweeps(-3, desk.Swept{}) // data until 2:30 tells nothing of 3:00
	d.read(0, lagoon("91", -4))
	d.sweeps(0, desk.Swept{Missed: 1})
	equal(t, d.causes(), "1 missed Mon 02:00: new")

	detail, err := d.desk.Incident(t.Context(), rosa, 1)
	d.must(err)
	m := detail.Miss
	if m == nil || !m.Due.Equal(at(-6)) || !m.Latest.Equal(at(-5)) || !m.Covered.Equal(at(-3)) || m.Path != "export 0.csv" || m.Late || len(m.Starts) != 2 || !m.Starts[0].Equal(at(-30)) {
		t.Errorf("explained by %+v", m)
	}
	equal(t, d.said("opened"), "incident 1 by system: title: FS-DAILY did not start, cause: missed, due: 2026-03-02T02:00:00Z, grace: 1 h 0 min, "+
		"expected: 0 2 * * *, UTC, grace 1 h, started before: 2026-03-01T02:00:00Z, started before: 2026-02-28T02:00:00Z, "+
		"covered until: 2026-03-02T05:00:00Z, file: export 0.csv")
	d.verified()
}

// A late export brings the run: the incident knows within that import, and no second one opens.
func TestSweep_lateEvidence(t *testing.T) {
	for _, tt := range []struct {
		name    string
		outcome backup.Outcome
		close   bool
		want    string
		details string
	}{
		{"it succeeded", backup.Success, false, "1 missed Mon 02:00: new", "offered: success"},
		{"it failed", backup.Failed, false, "1 failed Mon 02:00: new", "cause: missed → failed"},
		{"it succeeded after it was given up", backup.Success, true, "1 missed Mon 02:00: closed", "evidence: changed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.read(-22, night("1", backup.Success, from(-30)))
			d.expects(nightly)
			d.read(0, lagoon("91", -4))
			d.sweeps(0, desk.Swept{Missed: 1})
			if tt.close {
				d.close(1, incident.ClosedMissed)
			}
			res := d.read(1, night("2", tt.outcome, from(-5.5)))
			if res.Incidents != 0 {
				t.Errorf("%d incidents opened", res.Incidents)
			}
			equal(t, d.causes(), tt.want)
			if said := d.said("evidence changed"); len(said) != 1 || !strings.Contains(said[0], tt.details) {
				t.Errorf("said %q, want %q", said, tt.details)
			}
			d.sweeps(1, desk.Swept{})
		})
	}
}

// What the tool itself reports as missed and what is judged so are one incident, whichever comes first.
func TestSweep_oneIncidentWithTheToolsOwn(t *testing.T) {
	told := night("7", backup.Missed, from(-6))
	for _, first := range []bool{true, false} {
		d := newDesk(t)
		d.read(-22, night("1", backup.Success, from(-30)))
		d.expects(nightly)
		if first {
			d.read(0, told, lagoon("91", -4))
			d.sweeps(0, desk.Swept{})
		} else {
			d.read(0, lagoon("91", -4))
			d.sweeps(0, desk.Swept{Missed: 1})
			d.read(1, told)
		}
		equal(t, d.causes(), "1 missed Mon 02:00: new")
		d.read(2, night("7", backup.Missed, from(-6), says("window closed")), night("8", backup.Missed, from(-6)))
		equal(t, d.causes(), "1 missed Mon 02:00: new")
	}
}

// A run that is still at work when the next is due is no miss. Past its limit it is stalled, and if it then fails that incident goes on.
func TestSweep_stalled(t *testing.T) {
	d := deskAt(t, -29)
	d.read(-29, night("1", backup.Success, from(-54)), night("2", backup.Running, func(e *backup.Execution) { e.Start, e.End = at(-30), time.Time{} }))
	d.expects(nightly)
	d.read(-8, lagoon("90", -9))
	d.sweeps(-7, desk.Swept{})
	d.read(0, lagoon("91", -4))
	d.sweeps(0, desk.Swept{Stalled: 1})
	equal(t, d.causes(), "1 stalled: new")
	d.read(1, night("2", backup.Failed, func(e *backup.Execution) { e.Start, e.End = at(-30), at(0.5) }))
	equal(t, d.causes(), "1 failed: new")
	d.sweeps(2, desk.Swept{})
}

func (d *aDesk) rhythm(r backup.Rhythm, every time.Duration) {
	d.t.Helper()
	s := d.source
	s.Rhythm, s.Every = r, every
	s, err := d.desk.SaveSource(d.t.Context(), rosa, s, "as it delivers")
	d.must(err)
	d.source = s
}

// A silent source is one incident; what its routines miss waits behind it and is judged when data comes.
func TestSweep_silentSource(t *testing.T) {
	d := newDesk(t)
	d.now = at(-22)
	d.read(-22, night("1", backup.Success, from(-30)))
	d.expects(nightly)
	d.rhythm(backup.FixedRhythm, 26*time.Hour)
	d.sweeps(3, desk.Swept{})
	d.sweeps(5, desk.Swept{Silent: 1})
	d.sweeps(40, desk.Swept{})
	equal(t, d.causes(), "1 silent: new")
	d.read(41, lagoon("91", -4), night("2", backup.Success, from(18)), lagoon("92", 40))
	equal(t, d.said("data came"), "incident 1 by system: file: export 41.csv, missed meanwhile: judged now, from what the source tells, offered: success")
	d.sweeps(41, desk.Swept{Missed: 1})
	equal(t, d.causes(), "1 silent: new", "2 missed Mon 02:00: new")
	d.sweeps(80, desk.Swept{Silent: 1}) // a silence of its own
}

// A source without a rhythm judges neither silence nor misses; one that only reports ends must reach past the longest usual run.
func TestSweep_whatASourceCanTell(t *testing.T) {
	d := newDesk(t)
	d.read(-22, night("1", backup.Success, from(-30)))
	d.expects(nightly)
	d.rhythm(backup.NoRhythm, 0)
	d.read(0, lagoon("91", -4))
	d.sweeps(0, desk.Swept{})

	d = newDesk(t)
	x := d.export("ends.log", at(-22), night("1", backup.Success, func(e *backup.Execution) { e.Start, e.End = at(-30), at(-25) }))
	x.Format = "ends_only"
	d.take(x)
	d.expects(nightly)
	d.read(0, lagoon("91", -2))
	d.sweeps(0, desk.Swept{}) // data until 7:00; a run of three o'clock may be at work until eight
	d.read(1, lagoon("92", -1))
	d.sweeps(1, desk.Swept{Missed: 1})
}

// Every due time since the last sweep is judged at the next start, and marked.
func TestSweep_detectedLate(t *testing.T) {
	d := newDesk(t)
	d.now = at(-22)
	d.read(-22, night("1", backup.Success, from(-30)))
	d.expects(nightly)
	d.sweeps(-22, desk.Swept{})
	d.now = at(50)
	d.read(50, lagoon("91", 49))
	d.sweeps(50, desk.Swept{Missed: 3})
	detail, err := d.desk.Incident(t.Context(), rosa, 3)
	d.must(err)
	if !detail.Miss.Late {
		t.Error("it is not marked detected late")
	}
}

func TestSweep_asksAboutAWrongClock(t *testing.T) {
	d := newDesk(t)
	d.now = at(-48)
	_, err := d.desk.Sweep(t.Context(), rosa)
	var q *desk.ClockQuestion
	if !errors.As(err, &q) || !q.Wanted.Equal(monday) {
		t.Fatalf("error = %v", err)
	}
	if _, err := d.desk.Sweep(t.Context(), desk.Actor{Name: "cli:rosa", Judged: at(-48)}); err != nil {
		t.Errorf("an instant that was given: %v", err)
	}
	d.must(d.desk.AcceptClock(t.Context(), rosa, "the battery was empty"))
	d.sweeps(-48, desk.Swept{})
	equal(t, d.said("clock accepted"), "database 0 by rosa: clock: 2026-02-28T08:00:00Z, asked: "+q.Error()+", reason: the battery was empty")
}

// What its history proposes becomes an expectation only by a person, with a reason.
func TestProposals_areConfirmed(t *testing.T) {
	d := newDesk(t)
	var runs []any
	for day := range 30 {
		runs = append(runs, night(fmt.Sprint(day), backup.Success, from(-6-24*float64(day))))
	}
	d.read(0, runs...)
	ps, err := d.desk.ProposeExpectations(t.Context(), rosa, []int64{1}, "UTC", nil)
	d.must(err)
	if len(ps) != 1 || ps[0].Cron != "0 2 * * *" || ps[0].Words != "daily at 02:00" || ps[0].Confidence < 0.9 || len(ps[0].Runs) != 30 {
		t.Fatalf("proposed %+v", ps)
	}
	if r := d.routine(desk.RoutineQuery{}); !r.Settings.Expectation.None() {
		t.Error("a proposal was applied")
	}
	_, err = d.desk.ConfirmProposals(t.Context(), rosa, ps, "as it runs")
	d.must(err)
	if r := d.routine(desk.RoutineQuery{Expected: backup.Yes}); !r.Settings.Expectation.Learned || !r.Settings.CoverFrom.Equal(monday) {
		t.Errorf("settings = %+v", r.Settings)
	}
}

// Where a due time joins tries, a run opens at most one incident, and a later good try of it is offered as such.
func TestSweep_aDueTimeJoinsTries(t *testing.T) {
	d := newDesk(t)
	d.read(-22, night("1", backup.Success, from(-30)))
	d.expects(nightly)
	d.read(-2, night("2", backup.Failed, from(-6)))
	d.read(-1, night("3", backup.Failed, from(-4)))
	d.read(0, night("4", backup.Success, from(-2)))
	equal(t, d.causes(), "1 failed: new")
	if said := d.said("tried again"); len(said) != 1 {
		t.Errorf("tried again: %q", said)
	}
	candidates, err := d.desk.Candidates(t.Context(), rosa, []int64{1}, desk.CandidateQuery{})
	d.must(err)
	if len(candidates) == 0 || !strings.HasPrefix(candidates[0].Reason, "a later try of the same run") {
		t.Errorf("candidates = %+v", candidates)
	}
	d.read(20, night("5", backup.Failed, from(18)), night("6", backup.Success, from(19)))
	equal(t, d.causes(), "1 failed: new")
}
