package backup

import (
	"reflect"
	"testing"
	"time"
)

// monday is when the nightly run of the tests began.
var monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func at(hours float64) time.Time { return monday.Add(time.Duration(hours * float64(time.Hour))) }

// stated is a job list's word about the nightly run: it began at one and ended two hours later, and was exported at eight.
func stated(o Outcome, change ...func(*Stated)) Stated {
	s := Stated{Execution{
		Tool: "Veeam", Instance: "vault", Session: "4711", Routine: "FS-DAILY", Client: "harbour", Kind: Data, Level: "full",
		Outcome: o, NativeStatus: o.String(), Start: at(0), End: at(2), Absolute: true, Evidence: List,
	}, at(7)}
	if o == Running {
		s.End = time.Time{}
	}
	for _, c := range change {
		c(&s)
	}
	return s
}

func by(e Evidence) func(*Stated)           { return func(s *Stated) { s.Evidence = e } }
func exported(hours float64) func(*Stated)  { return func(s *Stated) { s.Exported = at(hours) } }
func ended(hours float64) func(*Stated)     { return func(s *Stated) { s.End = at(hours) } }
func wall(s *Stated)                        { s.Absolute = false }
func endless(s *Stated)                     { s.End = time.Time{} }
func with(f func(*Execution)) func(*Stated) { return func(s *Stated) { f(&s.Execution) } }
func says(text string) func(*Stated)        { return with(func(e *Execution) { e.Error = text }) }

func TestWeigh(t *testing.T) {
	tests := []struct {
		name        string
		known, read Stated
		want        Outcome
		verdict     Verdict
	}{
		{"the same again", stated(Failed), stated(Failed, exported(9)), Failed, Same},
		{"running goes on", stated(Running), stated(Running, exported(9)), Running, Same},
		{"running becomes final", stated(Running), stated(Failed), Failed, Change},
		{"running becomes final by an older export", stated(Running, exported(9)), stated(Failed), Failed, Change},
		{"final never returns to running", stated(Success), stated(Running, exported(9)), Success, Older},
		{"final never returns to running, whoever says it", stated(Success), stated(Running, by(Report), exported(9)), Success, Older},
		{"an inventory ends what was running", stated(Running, by(Report)), stated(Success, by(Inventory)), Success, Change},
		{"an inventory changes no known outcome", stated(Failed), stated(Success, by(Inventory), exported(9), ended(4)), Failed, Older},
		{"a list changes an inventory's", stated(Success, by(Inventory), exported(9)), stated(Partial), Partial, Change},
		{"a report beats a list", stated(Success, exported(9), ended(4)), stated(Partial, by(Report)), Partial, Change},
		{"a list does not beat a report", stated(Partial, by(Report)), stated(Success, exported(9), ended(4)), Partial, Older},
		{"the later end wins", stated(Failed, exported(9)), stated(Success, ended(2.001)), Success, Change},
		{"the earlier end loses", stated(Failed), stated(Success, ended(1.999), exported(9)), Failed, Older},
		{"wall ends within a day are equal: the later export wins", stated(Failed, wall), stated(Success, wall, ended(1), exported(9)), Success, Change},
		{"one wall end is enough", stated(Failed), stated(Success, wall, ended(1), exported(9)), Success, Change},
		{"wall ends a day apart differ", stated(Failed, wall), stated(Success, wall, ended(26), exported(6)), Success, Change},
		{"no end is no later end", stated(Failed), stated(Success, endless, exported(9)), Success, Change},
		{"the later export wins", stated(Failed), stated(Success, exported(7.5)), Success, Change},
		{"the earlier export loses", stated(Failed), stated(Success, exported(6.5)), Failed, Older},
		{"of equals the later import wins", stated(Failed), stated(Success), Success, Change},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, verdict := Weigh(tt.known, tt.read)
			if got.Outcome != tt.want || verdict != tt.verdict {
				t.Errorf("outcome %s, verdict %d; want %s, %d", got.Outcome, verdict, tt.want, tt.verdict)
			}
		})
	}
}

func TestWeigh_fillsWhatTheWinnerLeavesOpen(t *testing.T) {
	poor := stated(Success, by(Report), with(func(e *Execution) { e.Client, e.Level, e.Parent = "", "", "" }))
	rich := stated(Failed, with(func(e *Execution) {
		e.Parent, e.Bytes, e.Files, e.Tries, e.FirstOutcome, e.Vital = "4700", N(0), N(12), 2, Failed, true
		e.Code, e.Error = "58", "cannot connect"
	}))
	for name, got := range map[string]Stated{
		"the winner known": first(Weigh(poor, rich)),
		"the winner read":  first(Weigh(rich, poor)),
	} {
		want := stated(Success, by(Report), with(func(e *Execution) {
			e.Parent, e.Bytes, e.Files, e.Tries, e.FirstOutcome, e.Vital = "4700", N(0), N(12), 2, Failed, true
		}))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
	}
}

func TestWeigh_fillsTheReasonOnlyOfTheSameOutcome(t *testing.T) {
	list := stated(Failed, says("58  cannot connect"))
	report := stated(Failed, by(Report))
	if got, _ := Weigh(list, report); got.Error != "58  cannot connect" {
		t.Errorf("error = %q; the report gives none, so the list's stands", got.Error)
	}
	good := stated(Success, by(Report))
	if got, _ := Weigh(list, good); got.Error != "" {
		t.Errorf("error = %q of a success", got.Error)
	}
}

func TestWeigh_takesTimes(t *testing.T) {
	fromFile := func(s *Stated) { s.Start, s.End, s.FromFile = time.Time{}, at(7), true }
	tests := []struct {
		name        string
		known, read Stated
		start, end  time.Time
	}{
		{"epochs win over the winner's wall time", stated(Failed), stated(Success, wall, exported(9), with(func(e *Execution) { e.Start, e.End = at(1), at(3) })), at(0), at(2)},
		{"but not over an end of another day", stated(Failed), stated(Success, wall, ended(30)), at(0), at(30)},
		{"a file's time gives way", stated(Failed, fromFile), stated(Failed, wall, by(Inventory)), at(0), at(2)},
		{"nor over a winner that knows epochs itself", stated(Failed), stated(Success, ended(3)), at(0), at(3)},
		{"a missing end is filled", stated(Failed), stated(Success, endless, exported(9)), at(0), at(2)},
		{"but not from what was running", stated(Running, ended(1)), stated(Success, endless), at(0), time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := Weigh(tt.known, tt.read)
			if !got.Start.Equal(tt.start) || !got.End.Equal(tt.end) {
				t.Errorf("%s to %s, want %s to %s", got.Start, got.End, tt.start, tt.end)
			}
		})
	}
}

func first(s Stated, _ Verdict) Stated { return s }

// told are the fields that Weigh calls a change, each set to something else.
var told = map[string]func(*Execution){
	"server":              func(e *Execution) { e.Instance = "other" },
	"parent":              func(e *Execution) { e.Parent = "4700" },
	"routine":             func(e *Execution) { e.Routine = "other" },
	"schedule":            func(e *Execution) { e.Schedule = "weekly" },
	"client":              func(e *Execution) { e.Client = "other" },
	"kind":                func(e *Execution) { e.Kind = Copy },
	"vital":               func(e *Execution) { e.Vital = true },
	"level":               func(e *Execution) { e.Level = "incremental" },
	"outcome":             func(e *Execution) { e.Outcome = Failed },
	"read as":             func(e *Execution) { e.Told = Partial },
	"status":              func(e *Execution) { e.NativeStatus = "other" },
	"code":                func(e *Execution) { e.Code = "58" },
	"error":               func(e *Execution) { e.Error = "cannot connect" },
	"start":               func(e *Execution) { e.Start = at(0.5) },
	"end":                 func(e *Execution) { e.End = at(2.5) },
	"expires":             func(e *Execution) { e.Expires = at(4) },
	"bytes":               func(e *Execution) { e.Bytes = N(0) },
	"files":               func(e *Execution) { e.Files = N(0) },
	"tries":               func(e *Execution) { e.Tries = 2 },
	"first outcome":       func(e *Execution) { e.FirstOutcome = Failed },
	"repeats":             func(e *Execution) { e.Retry = true },
	"will be tried again": func(e *Execution) { e.WillRetry = true },
}

func TestDifferences_nameEveryFieldThatIsAChange(t *testing.T) {
	from := stated(Success).Execution
	for field, change := range told {
		to := from
		change(&to)
		if from.states(to) {
			t.Errorf("%s: no change", field)
		}
		ds := Differences(from, to)
		if len(ds) != 1 || ds[0].Field != field || ds[0].From == ds[0].To {
			t.Errorf("%s: differences = %+v", field, ds)
		}
	}
	if ds := Differences(from, from); ds != nil {
		t.Errorf("differences to itself = %+v", ds)
	}
}

// Where it was found and how it was written is no statement: such fields alone never make a change.
func TestExecution_statesNothingByItsPlace(t *testing.T) {
	silent := []string{"Tool", "Session", "Log", "StartText", "EndText", "Absolute", "FromFile", "TimeNote", "Evidence", "Line", "Offset", "RecordLength", "Text"}
	e := reflect.TypeFor[Execution]()
	if got, want := e.NumField(), len(told)+len(silent); got != want {
		t.Errorf("an execution has %d fields, %d are told apart here: is the new one a statement?", got, want)
	}
	for _, name := range silent {
		if _, ok := e.FieldByName(name); !ok {
			t.Errorf("there is no field %s", name)
		}
	}
}
