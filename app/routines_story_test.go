//go:build !headless

package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// routine reads back the one routine of a name.
func (o *office) routine(name string) desk.RoutineRow {
	o.t.Helper()
	ids, err := o.desk.RoutineIDs(o.t.Context(), ines, desk.RoutineQuery{Text: name})
	if err != nil || len(ids) != 1 {
		o.t.Fatalf("%d routines are named %s, %v", len(ids), name, err)
	}
	rows, err := o.desk.RoutineRows(o.t.Context(), ines, ids)
	if err != nil {
		o.t.Fatal(err)
	}
	return rows[0]
}

// recorded are the entries about a kind of subject, the oldest first, without the times.
func (o *office) recorded(about timeline.Subject) []string {
	o.t.Helper()
	entries, err := o.desk.Timeline(o.t.Context(), ines, desk.TimelineQuery{})
	if err != nil {
		o.t.Fatal(err)
	}
	var said []string
	for _, e := range slices.Backward(entries) {
		if e.Subject != about {
			continue
		}
		parts := []string{e.Actor + " " + e.Action}
		for _, d := range e.Details {
			parts = append(parts, d.Name+": "+strings.TrimPrefix(d.From+" → "+d.To, " → "))
		}
		said = append(said, strings.Join(parts, ", "))
	}
	return said
}

func TestRoutines_showsWhatIsKnownOfEach(t *testing.T) {
	o := newOffice(t)
	o.visit("Routines")
	o.shows("HOMES-DIFF", "LEDGER-FULL", "NetBackup", "not set", "2026-03-02 01:00", "2 routines")
	o.types("/")
	o.types("ledger")
	o.shows("1 routine", `filter: text "ledger"`)
	o.hides("HOMES-DIFF")
}

// Both are changed by one form: what differs is shown as mixed and stays, what is chosen holds for both, each with its own entry.
func TestRoutines_settingsOfMany(t *testing.T) {
	o := newOffice(t)
	o.visit("Routines")
	o.press(fyne.KeyHome, fyne.KeySpace)
	o.tap("Settings…")
	o.chooseFor("Vital", "vital")
	o.tap("Save")
	o.shows("Say why; it goes on record.")
	o.fill("It holds what people keep.")
	o.tap("Save")
	o.shows("1 routine changed.")

	o.press(fyne.KeyEnd, fyne.KeySpace)
	o.tap("Settings…")
	o.shows("Settings of 2 routines", "mixed: left as they are")
	o.chooseFor("Partial run", "opens none")
	o.fill("Skipped files are known.")
	o.tap("Save")
	o.shows("2 routines changed.")

	homes, ledger := o.routine("HOMES-DIFF").Settings, o.routine("LEDGER-FULL").Settings
	if homes.Vital != backup.Yes || ledger.Vital != backup.Undecided || homes.Partial != backup.No || ledger.Partial != backup.No {
		t.Errorf("homes %+v, ledger %+v", homes, ledger)
	}
	o.isOnRecord(timeline.Routine,
		"ines changed, vital: yes, reason: It holds what people keep.",
		"ines changed, partial opens: no, reason: Skipped files are known.",
		"ines changed, partial opens: no, reason: Skipped files are known.")

	o.imports(job("700104", "1", "HOMES-DIFF", "homes-01.meadow.example", "1772416800", "1772417700"))
	if got := o.figures().Open; got != 2 {
		t.Errorf("%d are open: the partial run of a routine whose partial opens none opened one", got)
	}
}

// chooseFor takes an option in the row of a form that bears a label.
func (o *office) chooseFor(label, option string) {
	o.t.Helper()
	reached := false
	for _, object := range o.objects() {
		reached = reached || saidBy(object) == label
		if s, ok := object.(interface{ SetSelected(string) }); ok && reached {
			s.SetSelected(option)
			if saidBy(object) != option {
				o.t.Fatalf("%q is not offered for %q", option, label)
			}
			return
		}
	}
	o.t.Fatalf("there is nothing to choose for %q", label)
}

func (o *office) isOnRecord(about timeline.Subject, want ...string) {
	o.t.Helper()
	if got := o.recorded(about); !slices.Equal(got, want) {
		o.t.Errorf("on record:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The form says what cron fields come to while they are typed, and what is wrong with them.
func TestRoutines_expectationIsSeenBeforeItIsSaved(t *testing.T) {
	o := newOffice(t)
	o.visit("Routines")
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.shows("Expectation of HOMES-DIFF", "Nothing is expected")
	o.choose("at times of the clock (cron fields)")
	for _, tt := range []struct{ cron, says string }{
		{"", "Write five cron fields"},
		{"0 22 * *", `has 4`},
		{"0 25 * * *", `is no cron expression`},
		{"0 0 31 2 *", `never comes`},
	} {
		o.fill(tt.cron)
		o.settle()
		o.shows(tt.says)
	}
	o.fill("30 22 * * 1-5")
	o.settle()
	o.shows("Mon 2026-03-02 22:30", "Fri 2026-03-06 22:30", "Fri 2026-02-27 22:30")
	o.fill("30 22 * * 1-5", "Europe/Lisboa")
	o.settle()
	o.shows(`Time zone "Europe/Lisboa" is not known`)
	o.fill("30 22 * * 1-5", "Europe/Lisbon", "90 min", "", "20 h", "As agreed with the owner.")
	o.tap("Save")
	want := expect.Expectation{Cron: "30 22 * * 1-5", Zone: "Europe/Lisbon", Grace: 90 * time.Minute}
	s := o.routine("HOMES-DIFF").Settings
	if s.Expectation != want || s.Stalled != 20*time.Hour || !s.CoverFrom.Equal(o.now) {
		t.Errorf("settings %+v", s)
	}
	o.shows("weekdays at 22:30", "1 routine changed.")
	o.isOnRecord(timeline.Routine, "ines changed, stalled after: 20 h, expected: 30 22 * * 1-5, Europe/Lisbon, grace 1 h 30 min, "+
		"judged from: 2026-03-02T09:30:00Z, reason: As agreed with the owner.")
}

// One form gives many routines the same grace while each keeps its own times.
func TestRoutines_expectationOfMany(t *testing.T) {
	o := newOffice(t)
	o.visit("Routines")
	for _, r := range []struct {
		key  fyne.KeyName
		cron string
	}{{fyne.KeyHome, "0 1 * * *"}, {fyne.KeyEnd, "0 0 * * 0"}} {
		o.press(r.key, fyne.KeyReturn)
		o.choose("at times of the clock (cron fields)")
		o.fill(r.cron, "UTC", "1 h", "", "", "As it runs.")
		o.tap("Save")
	}
	o.press(fyne.KeyHome, fyne.KeySpace, fyne.KeyEnd, fyne.KeySpace)
	o.tap("Expectation…")
	o.shows("mixed: left as they are", "different times")
	o.fill("", "UTC", "3 h", "", "", "The tapes are slow.")
	o.tap("Save")
	o.shows("2 routines changed.", "daily at 01:00", "weekly on Sunday at 00:00")
	for name, cron := range map[string]string{"HOMES-DIFF": "0 1 * * *", "LEDGER-FULL": "0 0 * * 0"} {
		if x := o.routine(name).Settings.Expectation; x.Cron != cron || x.Grace != 3*time.Hour {
			t.Errorf("%s: %+v", name, x)
		}
	}
}

func TestRoutines_byKeysAlone(t *testing.T) {
	o := newOffice(t)
	o.visit("Routines")
	o.press(fyne.KeyHome)
	o.types("s")
	o.shows("Settings of HOMES-DIFF")
	o.press(fyne.KeyEscape)
	o.types("x")
	o.shows("Expectation of HOMES-DIFF")
	o.press(fyne.KeyEscape)
	if o.dialogOpen() || o.at.Canvas().Focused() != fyne.Focusable(tableOf[desk.RoutineRow](o)) {
		t.Error("the focus is not back on the table")
	}
}

// What is set for a tool holds for its routines, and what a routine has of its own goes before.
func TestSettings_ofATool(t *testing.T) {
	o := newOffice(t)
	o.visit("Settings")
	o.tap("Tools")
	o.shows("NetBackup", "opens an incident (default)", "opens none (default)")
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.chooseFor("Partial run", "opens none")
	o.tap("Save")
	o.shows("Say why; it goes on record.")
	o.fill("Open files are skipped every night.")
	o.tap("Save")
	o.shows("Changed. Runs in hand stay as they were judged.", "Judge again…")
	o.isOnRecord(timeline.Setting, "ines tool changed, tool: NetBackup, partial opens: no, reason: Open files are skipped every night.")
	o.imports(job("700104", "1", "HOMES-DIFF", "homes-01.meadow.example", "1772416800", "1772417700"))
	if got := o.figures().Open; got != 2 {
		t.Errorf("%d are open", got)
	}
	o.visit("Routines")
	o.shows("no, tool")
}

// A calendar takes due times out, for the routines that name it.
func TestSettings_calendars(t *testing.T) {
	o := newOffice(t)
	o.visit("Settings")
	o.tap("Calendars")
	o.shows("No calendars yet")
	o.tap("Add…")
	for _, tt := range []struct {
		fill []string
		says string
	}{
		{[]string{"", "2026-03-03"}, "A calendar needs a name."},
		{[]string{"Portugal", "3 March"}, `"3 March" is no date; write 2026-12-25.`},
		{[]string{"Portugal", "2026-03-03", "next week"}, `"next week" is no window: write it as`},
		{[]string{"Portugal", "2026-03-03", "2026-03-05 06:00 to 2026-03-05 01:00"}, "A blackout must end after it begins."},
		{[]string{"Portugal", "2026-03-03", "2026-03-04 22:00 to 2026-03-05 06:00 new tape robot", ""}, "Say why; it goes on record."},
	} {
		o.fill(tt.fill...)
		o.tap("Save")
		o.shows(tt.says)
	}
	o.fill("Portugal", "2026-03-03", "2026-03-04 22:00 to 2026-03-05 06:00 new tape robot", "As every year.")
	o.tap("Save")
	o.shows("Portugal", "routines that name it", "1 day, next 2026-03-03", "1 window, 2026-03-04 22:00 to 2026-03-05 06:00")
	o.isOnRecord(timeline.Setting, "ines calendar added, calendar: Portugal, holidays: 2026-03-03, "+
		"blackouts: 2026-03-04T22:00:00Z to 2026-03-05T06:00:00Z new tape robot, reason: As every year.")

	o.visit("Routines")
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.choose("at times of the clock (cron fields)")
	o.fill("0 1 * * *")
	o.settle()
	o.shows("Tue 2026-03-03 01:00", "Thu 2026-03-05 01:00")
	o.chooseFor("Calendar", "Portugal")
	o.settle()
	o.hides("Tue 2026-03-03 01:00", "Thu 2026-03-05 01:00")
	o.shows("Wed 2026-03-04 01:00", "Fri 2026-03-06 01:00")
	o.fill("0 1 * * *", "UTC", "1 h", "", "", "As planned.")
	o.tap("Save")
	if got := o.routine("HOMES-DIFF").Settings.Calendar; got != "Portugal" {
		t.Errorf("calendar %q", got)
	}

	o.visit("Settings")
	o.press(fyne.KeyHome)
	o.tap("Remove…")
	o.fill("Not any more.")
	o.tap("Remove")
	if left, err := o.desk.Calendars(t.Context(), ines); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// While the clock cannot be right nothing is judged; the windows ask, and the answer goes on record.
func TestClock_isAskedAbout(t *testing.T) {
	o := newOffice(t)
	o.now = o.now.Add(-48 * time.Hour)
	if _, err := o.desk.Sweep(t.Context(), desk.Actor{Name: timeline.System}); err == nil {
		t.Fatal("the sweep went on")
	}
	o.settle()
	o.shows("Nothing is judged: this machine's clock says 2026-02-28 09:30, which is before the newest entry of the timeline, of 2026-03-02 09:30.")
	o.visit("Sources")
	o.shows("Nothing is judged")
	o.tap("The clock is right…")
	o.tap("It is right")
	o.shows("Say why; it goes on record.")
	o.fill("A test with the clock set back.")
	o.tap("It is right")
	o.hides("Nothing is judged")
	said := o.recorded(timeline.Database)
	if len(said) != 1 || !strings.HasPrefix(said[0], "ines clock accepted, ") || !strings.HasSuffix(said[0], "reason: A test with the clock set back.") {
		t.Errorf("on record: %q", said)
	}
	if _, err := o.desk.Sweep(t.Context(), desk.Actor{Name: timeline.System}); err != nil {
		t.Error(err)
	}
}

// expects gives a routine cron fields, as the form would.
func (o *office) expects(name, cron string) {
	o.t.Helper()
	_, err := o.desk.ChangeRoutines(o.t.Context(), ines, []int64{o.routine(name).ID}, "as it runs", func(s *desk.RoutineSettings) {
		s.Expectation = expect.Expectation{Cron: cron, Zone: "UTC", Grace: time.Hour}
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// A run that did not start explains itself; late data that brings it offers the closing.
func TestMissed_explainsItselfAndIsClosedAsAFalseAlarm(t *testing.T) {
	o := newOffice(t)
	o.sourceDelivers()
	o.expects("HOMES-DIFF", "0 1 * * *")
	o.now = time.Date(2026, 3, 3, 9, 30, 0, 0, time.UTC)
	o.imports(job("700110", "0", "LEDGER-FULL", "ledger-02.meadow.example", "1772496000", "1772524800")) // data until 08:00
	o.sweeps()
	o.visit("Incidents")
	o.open("3")
	o.shows("did not start", "2026-03-03 01:00", "1 h: it could have started until 2026-03-03 02:00", "data until 2026-03-03 08:00, in jobs.txt")
	o.hides("Close as Success…")
	o.imports(job("700111", "0", "HOMES-DIFF", "homes-01.meadow.example", "1772501400", "1772502300")) // it ran at 01:30
	o.shows("It did run: later data tells of a success that started 2026-03-03 01:30.")
	from := o.at
	o.tap("Close as Success…")
	o.look(o.ui.Window("close 3 of 1"))
	o.shows("Success (false alarm)")
	o.choose("Schedule")
	o.fill("The export came late.", "None needed.")
	o.tap("Close 1 incident")
	o.look(from)
	if in := o.incident(3); in.Closing != incident.ClosedSuccess {
		t.Errorf("closing %v", in.Closing)
	}
	o.hides("Close as Success…")
}

// What is open for a routine that is disabled stays open, and is offered to be closed in one list.
func TestMissed_ofADisabledRoutineIsOffered(t *testing.T) {
	o := newOffice(t)
	o.sourceDelivers()
	o.expects("HOMES-DIFF", "0 1 * * *")
	o.now = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	o.imports(job("700110", "0", "LEDGER-FULL", "ledger-02.meadow.example", "1772582400", "1772611200")) // data until 08:00
	o.sweeps()
	o.visit("Routines")
	o.press(fyne.KeyHome, fyne.KeySpace)
	o.tap("Settings…")
	o.chooseFor("Routine", "disabled: nothing is expected of it")
	o.fill("The machine is gone.")
	o.tap("Save")
	o.shows("1 routine changed.", "2 open incidents would not open by these settings.")
	o.tap("Close as Success…")
	o.look(o.ui.Window("close 3 of 2"))
	o.shows("Success (false alarm)")
	o.choose("Schedule")
	o.fill("The machine is gone.", "None needed.")
	o.tap("Close 2 incidents")
	for _, id := range []int64{3, 4} {
		if in := o.incident(id); in.Closing != incident.ClosedSuccess {
			t.Errorf("%s: closing %v", in.Title, in.Closing)
		}
	}
}

func (o *office) sweeps() {
	o.t.Helper()
	if _, err := o.desk.Sweep(o.t.Context(), desk.Actor{Name: timeline.System}); err != nil {
		o.t.Fatal(err)
	}
	o.settle()
}

// sourceDelivers has dropped files count as those of a source that delivers: misses are judged by what they cover.
func (o *office) sourceDelivers() {
	o.t.Helper()
	s := o.sources()[0].Source
	s.Rhythm = backup.Unconfirmed
	if _, err := o.desk.SaveSource(o.t.Context(), ines, s, "The exports are dropped every morning."); err != nil {
		o.t.Fatal(err)
	}
}
