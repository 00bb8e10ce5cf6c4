package format

import (
	"testing"
	"time"

	"backstop/app/backup"
)

// TestDataProtector_listAndReportTellOfOneExecution: whichever arrives first, the other is the same session of the same routine,
// and a report beats a list.
func TestDataProtector_listAndReportTellOfOneExecution(t *testing.T) {
	const header = "# Session Type\tSpecification\tStatus\tMode\tStart Time\tStart Time_t\tEnd Time\tEnd Time_t\tSession ID\n"
	list := readAll(t, "#Cell Manager: CM01.harbour.example\n# Headers\n"+header+
		"Backup\tIDB CELL_CATALOGUE\tAborted\tfull\t2/15/2026 4:00:00 AM\t1771128000\t2/15/2026 4:10:00 AM\t1771128600\t2026/02/15-2\n")
	report := readAll(t, `[Normal] From: BSM@cm01.harbour.example "CELL_CATALOGUE"  Time: 2/15/2026 4:00:00 AM
	Backup session 2026/02/15-2 started.

[Normal] From: OB2BAR_POSTGRES_BAR@cm01.harbour.example "DPIDB"  Time: 2/15/2026 4:00:10 AM
	Starting.

[Normal] From: BSM@cm01.harbour.example "CELL_CATALOGUE"  Time: 2/15/2026 4:09:00 AM
	Session abort request received by user keeper@cm01.

[Normal] From: BSM@cm01.harbour.example "CELL_CATALOGUE"  Time: 2/15/2026 4:10:00 AM
	Backup Statistics:

		Completed Disk Agents ........          1
		Aborted Disk Agents ..........          1
		Mbytes Total .................      12 MB
`)
	key := func(e backup.Execution) backup.Key { return e.KeyUnder(e.Instance, time.Time{}, 0) }
	if key(list) != key(report) {
		t.Errorf("the list knows it as %s %s, the report as %s %s", list.Instance, list.Session, report.Instance, report.Session)
	}
	if list.Routine != report.Routine || list.Client != report.Client || list.Kind != report.Kind || list.Vital != report.Vital {
		t.Errorf("two routines: %+v and %+v", list, report)
	}
	for _, order := range [][2]backup.Execution{{list, report}, {report, list}} {
		got, _ := backup.Weigh(backup.Stated{Execution: order[0]}, backup.Stated{Execution: order[1]})
		if got.Outcome != backup.Cancelled || !got.Absolute {
			t.Errorf("together they say %s, absolute %t; want cancelled at the list's epochs", got.Outcome, got.Absolute)
		}
	}
}

// readAll gives the one execution of a text.
func readAll(t *testing.T, text string) backup.Execution {
	t.Helper()
	in := testInput(t, []byte(text))
	form, err := Detect(head(t, in))
	if err != nil {
		t.Fatal(err)
	}
	var all []backup.Execution
	for e, err := range form.Read(in) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	if len(all) != 1 {
		t.Fatalf("%d executions, want 1", len(all))
	}
	return all[0]
}

func TestDataProtector_outcome(t *testing.T) {
	for _, c := range []struct {
		status  string
		nothing bool
		want    backup.Outcome // 0: not known
	}{
		{"Completed", true, backup.Success},
		{"Completed/Failur", true, backup.Failed},
		{"Completed/Failures", false, backup.Partial},
		{`Completed\Error`, true, backup.Partial},
		{"In Progress/F", false, backup.Running},
		{"Completed/", false, 0},
		{"Completed/Fails", false, 0},
		{"Complete", false, 0},
		{"", false, 0},
	} {
		if got, ok := dpOutcome(c.status, c.nothing); got != c.want || ok != (c.want != 0) {
			t.Errorf("%q: %s %t, want %s", c.status, got, ok, c.want)
		}
	}
}

func TestDataProtector_routine(t *testing.T) {
	for spec, want := range map[string]string{
		"Oracle8 TIDES":    "TIDES",
		"SAP SAP weekly":   "weekly",
		"SAP weekly":       "weekly", // the report of the one above
		"Harbour SAP":      "Harbour SAP",
		"Oracle8":          "Oracle8",
		" IDB  CATALOGUE ": "CATALOGUE",
	} {
		if got, _ := dpRoutine(spec); got != want {
			t.Errorf("%q: %q, want %q", spec, got, want)
		}
	}
}
