package backup

import (
	"testing"
	"time"
)

func TestExecution_KeyKind(t *testing.T) {
	tests := []struct {
		name string
		e    Execution
		want KeyKind
	}{
		{"native id", Execution{Session: "1", StartText: "02:00", Text: "x"}, BySession},
		{"start as written", Execution{StartText: "02:00", Text: "x"}, ByStart},
		{"end as written", Execution{EndText: "02:00"}, ByStart},
		{"an instant", Execution{End: monday}, ByStart},
		{"text only", Execution{Text: "wrong password", Routine: "nightly"}, ByText},
	}
	for _, tt := range tests {
		if got := tt.e.KeyKind(); got != tt.want {
			t.Errorf("%s: kind %d, want %d", tt.name, got, tt.want)
		}
	}
}

// One run has one key, however it arrives; two runs never share one.
func TestExecution_KeyUnder(t *testing.T) {
	session := Execution{Tool: "NetBackup", Session: "100017", Routine: "FS-DAILY", Client: "harbour", Kind: Data, Start: monday}
	start := Execution{Tool: "restic", Routine: "/srv", Client: "harbour", Kind: Data, Level: "full", StartText: "2026-03-02 02:00", Start: monday}
	end := Execution{Tool: "restic", Routine: "/srv", EndText: "2026-03-02 03:00", End: at(2)}
	text := Execution{Tool: "restic", Text: "Fatal: wrong password"}
	tests := []struct {
		name   string
		e      Execution
		change func(*Execution)
		same   bool
	}{
		{"nothing but the id is part of it", session, func(e *Execution) { e.Routine, e.Client, e.Kind, e.Level = "other", "other", Copy, "full" }, true},
		{"the start only separates ids that start over", session, func(e *Execution) { e.Start, e.StartText = at(99), "soon" }, true},
		{"nor is what it says", session, func(e *Execution) { e.Outcome, e.Error, e.Bytes, e.Line, e.Offset = Failed, "x", N(1), 7, 9 }, true},
		{"another id", session, func(e *Execution) { e.Session = "100018" }, false},
		{"another tool", session, func(e *Execution) { e.Tool = "Veeam" }, false},

		{"a corrected zone re-dates, never re-keys", start, func(e *Execution) { e.Start = at(1) }, true},
		{"the client's name in other case", start, func(e *Execution) { e.Client = "HARBOUR" }, true},
		{"the end is no part where a start is known", start, func(e *Execution) { e.End, e.EndText = at(3), "later" }, true},
		{"another start as written", start, func(e *Execution) { e.StartText = "2026-03-02 02:01" }, false},
		{"another routine", start, func(e *Execution) { e.Routine = "/home" }, false},
		{"another client", start, func(e *Execution) { e.Client = "quay" }, false},
		{"another level", start, func(e *Execution) { e.Level = "incremental" }, false},

		{"an end as written", end, func(e *Execution) { e.End = at(3) }, true},
		{"another end as written", end, func(e *Execution) { e.EndText = "2026-03-02 03:01" }, false},
		{"a start is not an end", end, func(e *Execution) { e.StartText, e.EndText = e.EndText, "" }, false},

		{"text stands alone", text, func(e *Execution) { e.Routine, e.Client = "other", "other" }, true},
		{"another text", text, func(e *Execution) { e.Text += "!" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed := tt.e
			tt.change(&changed)
			a, b := tt.e.KeyUnder("vault", monday, 0), changed.KeyUnder("vault", monday, 0)
			if (a == b) != tt.same {
				t.Errorf("same key: %v, want %v", a == b, tt.same)
			}
		})
	}
}

func TestExecution_KeyUnder_whatIsAroundIt(t *testing.T) {
	session, text := Execution{Tool: "NetBackup", Session: "1"}, Execution{Tool: "restic", Text: "wrong password"}
	tests := []struct {
		name string
		a, b Key
		same bool
	}{
		{"the server's name in other case", session.KeyUnder("vault", monday, 0), session.KeyUnder("VAULT", monday, 0), true},
		{"another server", session.KeyUnder("vault", monday, 0), session.KeyUnder("attic", monday, 0), false},
		{"a file's time says nothing about an id", session.KeyUnder("vault", monday, 0), session.KeyUnder("vault", at(1), 3), true},
		{"the same text of another night", text.KeyUnder("", monday, 0), text.KeyUnder("", at(24), 0), false},
		{"the same text twice in a file", text.KeyUnder("", monday, 0), text.KeyUnder("", monday, 1), false},
		{"one instant in another zone", text.KeyUnder("", monday, 0), text.KeyUnder("", monday.In(time.FixedZone("", 3600)), 0), true},
		{"parts do not run together", Execution{Tool: "ab", Session: "c"}.KeyUnder("", monday, 0), Execution{Tool: "a", Session: "bc"}.KeyUnder("", monday, 0), false},
	}
	for _, tt := range tests {
		if (tt.a == tt.b) != tt.same {
			t.Errorf("%s: same key: %v, want %v", tt.name, tt.a == tt.b, tt.same)
		}
	}
}

func TestSameRun(t *testing.T) {
	started := func(h float64) Execution { return Execution{Start: at(h)} }
	tests := []struct {
		name string
		a, b Execution
		want bool
	}{
		{"one start", started(0), started(0), true},
		{"a day apart", started(0), started(24), true},
		{"more than a day apart", started(0), started(24.001), false},
		{"either way round", started(24.001), started(0), false},
		{"a side without a start uses its end", started(0), Execution{End: at(25)}, false},
		{"a side with both uses its start", started(0), Execution{Start: at(1), End: at(30)}, true},
		{"no time is no reason", started(0), Execution{}, true},
	}
	for _, tt := range tests {
		if got := SameRun(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
