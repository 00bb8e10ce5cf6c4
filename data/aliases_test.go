package data

import (
	"fmt"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// full is the other name of harbour.
func full(e *backup.Execution) { e.Client = "Harbour.cove.example" }

// oneHost confirms that harbour has two names.
func (d *aDesk) oneHost() {
	d.t.Helper()
	d.must(d.desk.ConfirmAliases(d.t.Context(), rosa, []desk.Alias{{Name: "harbour", Host: "Harbour.cove.example"}}, "one machine"))
}

// A run under another name of its host is no miss, once a person has confirmed the alias; what such a run made good is found.
func TestAliases_oneHostUnderTwoNames(t *testing.T) {
	d := newDesk(t)
	full := func(e *backup.Execution) { e.Client = "Harbour.cove.example" }
	d.read(-22, night("1", backup.Success, from(-54)), night("2", backup.Failed, from(-30)), night("3", backup.Success, from(-5.9), full), lagoon("90", -4))
	d.expects(func(s *desk.RoutineSettings) { nightly(s); s.CoverFrom = at(-7) })
	suggested, err := d.desk.SuggestAliases(t.Context(), rosa)
	d.must(err)
	equal(t, []string{fmt.Sprint(suggested)}, "[{harbour Harbour.cove.example}]")
	d.must(d.desk.ConfirmAliases(t.Context(), rosa, suggested, "one machine"))
	d.sweeps(0, desk.Swept{})
	candidates, err := d.desk.Candidates(t.Context(), rosa, []int64{1}, desk.CandidateQuery{})
	d.must(err)
	if len(candidates) != 1 || candidates[0].Client != "Harbour.cove.example" || len(candidates[0].Warnings) > 0 {
		t.Errorf("candidates = %+v", candidates)
	}
	if suggested, err = d.desk.SuggestAliases(t.Context(), rosa); err != nil || len(suggested) > 0 {
		t.Errorf("suggested again: %v, %v", suggested, err)
	}
	d.must(d.desk.RemoveAliases(t.Context(), rosa, []desk.Alias{{Name: "harbour"}}, "two machines"))
	equal(t, d.said("alias removed"), "setting 0 by rosa: alias: harbour = Harbour.cove.example, reason: two machines")
}

// A late run, and the tool's own word that there was none, find the missed incident under either name.
func TestAliases_lateEvidence(t *testing.T) {
	for name, tt := range map[string]struct {
		late backup.Execution
		want string
	}{
		"it ran":         {night("2", backup.Success, from(-5.5), full), "evidence changed"},
		"the tool's own": {night("2", backup.Missed, from(-6), full), "told by the tool"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.oneHost()
			d.read(-22, night("1", backup.Success, from(-30)))
			d.expects(nightly)
			d.read(0, lagoon("91", -4))
			d.sweeps(0, desk.Swept{Missed: 1})
			want(t, d.read(1, tt.late), 1, 0, 0, 0)
			if said := d.said(tt.want); len(said) != 1 || !strings.HasPrefix(said[0], "incident 1 by system") {
				t.Errorf("said %q", said)
			}
			equal(t, d.rows("SELECT id, session FROM incidents"), "1 | 2")
			d.sweeps(1, desk.Swept{})
		})
	}
}

// A run that is in hand already when its two names are joined is no miss either: the incident of the missed run is told, open or closed.
func TestAliases_runsInHand(t *testing.T) {
	for name, tt := range map[string]struct {
		ran    backup.Outcome
		closed bool
		want   string
	}{
		"it ran":              {backup.Success, false, "1 | 2 | 3 | 0"},
		"it failed":           {backup.Failed, false, "1 |  | 3 | 0\n2 | 2 | 1 | 0"}, // and has an incident of its own
		"it was closed, lost": {backup.Success, true, "1 | 2 | 3 | 1"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.read(-22, night("1", backup.Success, from(-30)))
			d.expects(nightly)
			d.read(0, lagoon("91", -4))
			d.sweeps(0, desk.Swept{Missed: 1})
			d.read(1, night("2", tt.ran, from(-5.5), full), lagoon("92", -3))
			if tt.closed {
				account := incident.Account{Category: "Network", Description: "Unplugged.", Solution: "Plugged in."}
				d.must(d.desk.Close(t.Context(), rosa, []int64{1}, incident.ClosedMissed, account, nil))
			}
			equal(t, d.rows("SELECT execution FROM incidents WHERE id = 1"), "")
			d.oneHost()
			equal(t, d.rows("SELECT id, session, cause, evidence_changed FROM incidents ORDER BY id"), strings.Split(tt.want, "\n")...)
			d.sweeps(2, desk.Swept{})
			d.verified()
		})
	}
}

// What is usual is taken from the runs under both names, and a failure under either counts as the same routine's.
func TestAliases_risks(t *testing.T) {
	d := newDesk(t)
	d.oneHost()
	records := nights(10, 10, 10, 10, 10)
	for i := range 3 {
		n := night(fmt.Sprint(20+i), backup.Failed, from(-4+float64(i)), says("no space"))
		if i == 1 {
			full(&n)
		}
		records = append(records, n)
	}
	d.read(0, append(records, night("6", backup.Success, from(-5), sized(30), full))...)
	if got := d.sweep(); got != "2 0" {
		t.Errorf("swept %s", got)
	}
	equal(t, d.rows("SELECT kind, routine, client, value FROM risks ORDER BY kind"), fmt.Sprintf("1 | 1 | harbour | %d", 30<<30), "4 | 1 | harbour | 3")
}

// A client that goes on under another name is not gone from its routine, once people know that it is the same.
func TestAliases_renamedClientIsNotGone(t *testing.T) {
	for _, known := range []bool{false, true} {
		d := newDesk(t)
		for day := range 30 {
			name := func(e *backup.Execution) {}
			if day >= 20 {
				name = full
			}
			hours := -6 - 24*float64(29-day)
			d.read(hours+2, night(fmt.Sprint(day), backup.Success, from(hours), name), night(fmt.Sprint("q", day), backup.Success, from(hours), of("FS-DAILY", "quay")))
			if day == 21 && known {
				d.sweep()
				d.oneHost()
			}
		}
		if got, want := d.sweep(), map[bool]string{false: "1 0", true: "0 0"}[known]; got != want {
			t.Errorf("known %v: swept %s, want %s: %q", known, got, want, d.rows(riskFacts))
		}
	}
}

// Figures count the runs and copies of one host together, under the name that stands for it.
func TestAliases_figures(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed), night("2", backup.Failed, full, from(-4)), night("3", backup.Success, full, from(-3)), night("4", backup.Failed, of("DB", "HARBOUR"), from(-2)))
	d.now = at(20)
	clients := func() (said []string) {
		f := d.figures(theNight, desk.ReportScope{})
		for _, c := range f.Now.Clients {
			said = append(said, fmt.Sprint(c.Client, " ", c.Bad, " of ", c.Runs, ", ", c.Opened, " opened"))
		}
		for _, c := range f.Facts.Copies {
			said = append(said, fmt.Sprintf("%s %d %v", c.Client, c.Execution, c.Age(theNight.To)))
		}
		return said
	}
	equal(t, clients(), "harbour 2 of 2, 2 opened", "Harbour.cove.example 1 of 2, 1 opened", "HARBOUR 0 22h0m0s", "Harbour.cove.example 3 18h0m0s")
	d.oneHost()
	equal(t, clients(), "Harbour.cove.example 3 of 4, 3 opened", "Harbour.cove.example 3 18h0m0s")
}

// What is lost ends with the next good copy, under whatever name.
func TestAliases_lostWindow(t *testing.T) {
	d := newDesk(t)
	d.oneHost()
	d.read(0, night("1", backup.Success, from(-30), full), night("2", backup.Failed), night("3", backup.Success, full, from(-3)))
	for l, err := range d.Losses(t.Context(), desk.Everything(), []int64{1}) {
		d.must(err)
		if !l.Before.Equal(at(-29)) || !l.After.Equal(at(-2)) {
			t.Errorf("lost from %v to %v", l.Before, l.After)
		}
	}
}
