//go:build !headless

package main

import (
	"crypto/sha256"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/risk"
	"backstop/app/timeline"
	"backstop/ui/chart"
)

// brings takes in runs as an export of today.
func (o *office) brings(runs ...backup.Execution) {
	o.t.Helper()
	var each iter.Seq2[backup.Execution, error] = func(yield func(backup.Execution, error) bool) {
		for _, r := range runs {
			if !yield(r, nil) {
				return
			}
		}
	}
	sources, err := o.desk.Sources(o.t.Context(), ines)
	if err != nil {
		o.t.Fatal(err)
	}
	if len(sources) == 0 {
		if _, err := o.desk.SaveSource(o.t.Context(), ines, backup.Source{Name: "night exports"}, ""); err != nil {
			o.t.Fatal(err)
		}
	}
	content := fmt.Sprint(runs)
	file := backup.File{SourceID: 1, Path: fmt.Sprint("export ", o.now), SHA256: sha256.Sum256([]byte(content)), Size: int64(len(content)), ModTime: o.now, Format: "veeam_csv", Version: 1}
	if _, err := o.desk.Intake(ines, desk.ImportRules{OpenAll: true}).Ingest(o.t.Context(), file, each); err != nil {
		o.t.Fatal(err)
	}
	o.settle()
}

// ran is one nightly full, some days ago.
func ran(routine, client string, daysAgo int, gib int64, minutes int) backup.Execution {
	start := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).AddDate(0, 0, -daysAgo)
	return backup.Execution{
		Tool: "Veeam", Instance: "vault", Session: fmt.Sprint(routine, client, daysAgo), Routine: routine, Client: client, Kind: backup.Data, Level: "full",
		Outcome: backup.Success, NativeStatus: "Success", Start: start, End: start.Add(time.Duration(minutes) * time.Minute), Absolute: true, Bytes: backup.N(gib << 30), Evidence: backup.List,
	}
}

func failing(e backup.Execution, text string) backup.Execution {
	e.Outcome, e.Error, e.NativeStatus, e.Bytes = backup.Failed, text, "Failed", backup.Count{}
	return e
}

// riskyOffice has a file server that grew, a mail server that fails again and again, and a client that is gone.
func riskyOffice(t *testing.T) *office {
	t.Helper()
	o := emptyOffice(t)
	o.enter()
	var runs []backup.Execution
	for day := range 20 {
		runs = append(runs, ran("HOMES", "homes-01", day, 40+int64(day%5), 50+day%4), ran("LEDGER", "ledger-02", day, 120-int64(day%4), 95))
		if day >= 12 {
			runs = append(runs, ran("LEDGER", "ledger-01", day, 80, 60))
		}
		mail := ran("MAIL", "mail-01", day, 300, 180)
		if day%6 == 3 {
			mail = failing(mail, "connection reset by peer")
		}
		runs = append(runs, mail)
	}
	runs[0].Bytes, runs[0].End = backup.N(138<<30), runs[0].Start.Add(3*time.Hour)
	o.brings(runs...)
	if _, err := o.desk.Sweep(t.Context(), ines); err != nil {
		t.Fatal(err)
	}
	o.settle()
	return o
}

func (o *office) risk(id int64) risk.Risk {
	o.t.Helper()
	rs, err := o.desk.Risks(o.t.Context(), ines, []int64{id})
	if err != nil {
		o.t.Fatal(err)
	}
	return rs[0]
}

// openRisk opens one from the list, which has the newest first.
func (o *office) openRisk(id int64) {
	o.t.Helper()
	o.visit("Risks")
	table := tableOf[desk.RiskRow](o)
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	for range id - 1 {
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.look(o.ui.Window(fmt.Sprint("risk ", id)))
}

func TestRisks_areListedWithWhatWasFound(t *testing.T) {
	o := riskyOffice(t)
	o.visit("Risks")
	o.shows("Size off", "138 GiB instead of 42 GiB, +229 %", "Duration off", "3 h 00 min instead of 51 min", "Gone or disabled", "ledger-01", "Not seen since 2026-02-18", "Recurrent failure", "3 incidents within 30 days: Network", "nobody", "4 risks")
	o.shows("Risks | 4")
}

// Nothing can be done about a risk before it is somebody's; then it is worked on, and closed with what was done.
func TestRisks_needAnOwnerFirst(t *testing.T) {
	o := riskyOffice(t)
	o.openRisk(1)
	o.shows("Size off: HOMES on homes-01, full", "Rule: A successful run whose size is more than 50 % above or below the median", "138 GiB instead of 42 GiB", "compared with", "off", "assigned to nobody")
	for _, key := range []rune{'s', 'c', 'i'} {
		o.letter(key)
		if o.dialogOpen() {
			t.Fatalf("%c asks although it belongs to nobody", key)
		}
		o.shows("assign risk 1 to somebody first.")
	}
	o.letter('a')
	o.fill("omar")
	o.tap("Assign")
	o.shows("assigned to omar", "Risk 1: Assigned.")
	o.letter('s')
	o.tap("Update")
	o.shows("A note is needed")
	o.fill("asked the owner of the share")
	o.tap("Update")
	o.shows("In Progress")
	o.letter('c')
	o.fill("a new archive was moved here; the window was made longer")
	o.tap("Close")
	o.shows("Closed", "a new archive was moved here")
	if r := o.risk(1); r.State != risk.Closed || r.Assignee != "omar" || r.Solution == "" {
		t.Errorf("%+v", r)
	}
	if got, want := o.riskSteps(1), []string{"system found", "ines assigned", "ines progressed", "ines closed"}; !slices.Equal(got, want) {
		t.Errorf("steps: %q, want %q", got, want)
	}
}

func (o *office) riskSteps(id int64) []string {
	o.t.Helper()
	entries, err := o.desk.Timeline(o.t.Context(), ines, desk.TimelineQuery{Subject: timeline.Risk, SubjectID: id})
	if err != nil {
		o.t.Fatal(err)
	}
	var got []string
	for _, e := range slices.Backward(entries) {
		got = append(got, e.Actor+" "+e.Action)
	}
	return got
}

// Resolved ones are hidden unless asked for.
func TestRisks_severalAtOnce(t *testing.T) {
	o := riskyOffice(t)
	o.visit("Risks")
	tableOf[desk.RiskRow](o).SelectAll()
	o.settle()
	o.shows("4 selected")
	o.tap("Ignore…")
	o.shows("to somebody first.")
	o.tap("Assign…")
	o.fill("ines")
	o.tap("Assign")
	o.tap("Ignore…")
	o.fill("the year's end")
	o.tap("Ignore")
	for id := int64(1); id <= 4; id++ {
		if r := o.risk(id); r.State != risk.Ignored || r.Assignee != "ines" {
			t.Errorf("%+v", r)
		}
	}
	o.shows("No risks")
	o.tap("Resolved too")
	o.shows("4 risks", "Ignored", "resolved too")
}

// The workbook lists what was open in its period, with the state and the owner.
func TestRisks_areInTheWorkbook(t *testing.T) {
	o := riskyOffice(t)
	if err := o.desk.AssignRisks(t.Context(), ines, []int64{1}, "omar"); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Minute)
	path, err := o.desk.SaveWorkbook(t.Context(), ines, filepath.Join(t.TempDir(), "report.xlsx"), desk.Report{Period: figure.Period{From: o.now.AddDate(0, 0, -30), To: o.now, Zone: time.UTC}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := readBook{t, f}.list("Risks")
	if len(rows) != 4 || rows[0]["Type"] != "Size off" || rows[0]["What was found"] != "138 GiB instead of 42 GiB" || rows[0]["Assigned to"] != "omar" || rows[1]["Assigned to"] != "nobody" {
		t.Errorf("%+v", rows)
	}
}

// The chart of a client that is gone opens the day of its last run; a day without one opens nothing.
func TestRisks_theChartOfAnAbsenceOpensItsDays(t *testing.T) {
	o := riskyOffice(t)
	o.openRisk(3)
	o.shows("ledger-01", "A tap opens them")
	o.focusBars()
	o.press(fyne.KeyReturn) // the newest day, which has no run
	if o.ui.Window("day 4 20514 0") != nil {
		t.Fatal("a day without a run opens a window")
	}
	for range 12 {
		o.press(fyne.KeyLeft)
	}
	o.shows("2026-02-18  ·  1 run")
	o.press(fyne.KeyReturn)
	o.look(o.ui.Window("day 4 20502 0"))
	o.shows("2026-02-18  ·  LEDGER · ledger-01", "1 execution")
}

// focusBars gives the keys to the chart.
func (o *office) focusBars() {
	o.t.Helper()
	for _, object := range o.objects() {
		if b, ok := object.(*chart.Bars); ok && b.Visible() {
			o.at.Canvas().Focus(b)
			return
		}
	}
	o.t.Fatal("there is no chart")
}

// A risk leads to the switches of its routine, and disabling one there is a risk of its own.
func TestRisks_leadToTheSwitchesOfTheRoutine(t *testing.T) {
	o := riskyOffice(t)
	o.openRisk(1)
	o.tap("Routine settings…")
	o.shows("Settings of HOMES", "Risk analyses")
	o.choose("disabled: nothing is expected of it")
	o.fill("the share was moved")
	o.tap("Save")
	o.shows("1 routine changed.")
	if _, err := o.desk.Sweep(t.Context(), ines); err != nil {
		t.Fatal(err)
	}
	o.look(o.ui.Main())
	o.openRisk(5)
	o.shows("Gone or disabled: HOMES on homes-01", "Disabled in Backstop since", "two bars mark the day on which it was disabled")
}
