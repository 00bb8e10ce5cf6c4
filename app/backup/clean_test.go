package backup

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "cannot connect on socket (25)", "cannot connect on socket (25)"},
		{"line ends and tabs stay", "one\n\ttwo\n", "one\n\ttwo\n"},
		{"other letters stay", "Zürich, Łódź, 東京", "Zürich, Łódź, 東京"},
		{"NUL hides nothing", "ab\x00cd", "abcd"},
		{"escape sequences", "\x1b[31mred\x07\r\n", "[31mred\n"},
		{"delete and C1", "a\x7fb\u0085c", "abc"},
		{"no UTF-8", "Stra\xdfe", "Stra\uFFFDe"},
		{"marks that turn the reading around", "a\u202egpj.exe\u2066\u200f", "agpj.exe"},
		{"a blank copied out of a console", "0\u00a0KB", "0 KB"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		if got := Clean(tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestClean_anyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clean := Clean(string(rapid.SliceOf(rapid.Byte()).Draw(t, "text")))
		if !utf8.ValidString(clean) || strings.ContainsAny(clean, "\x00\x1b\r\u202e") {
			t.Errorf("left %q", clean)
		}
		if again := Clean(clean); again != clean {
			t.Errorf("%q became %q", clean, again)
		}
	})
}

func TestExecution_CleanText(t *testing.T) {
	e := Execution{Routine: " FS\tDAILY\r\n weekly ", Client: "har\x00bour", Error: "\n no route\nto host \n", Log: "  1\tstart\n"}
	e.CleanText()
	if e.Routine != "FS DAILY weekly" || e.Client != "harbour" || e.Error != "no route\nto host" || e.Log != "  1\tstart\n" {
		t.Errorf("cleaned to %q, %q, %q, %q", e.Routine, e.Client, e.Error, e.Log)
	}
}

// A name is cut between letters, never within one.
func TestExecution_CleanText_cutsLongNames(t *testing.T) {
	e := Execution{Routine: strings.Repeat("a", maxName-1) + "é", Error: strings.Repeat("x", 2*maxName)}
	e.CleanText()
	if e.Routine != strings.Repeat("a", maxName-1) || len(e.Error) != 2*maxName {
		t.Errorf("name of %d bytes, ending in %q; error of %d", len(e.Routine), e.Routine[len(e.Routine)-3:], len(e.Error))
	}
}

func TestExecution_Check(t *testing.T) {
	year := func(y int) time.Time { return time.Date(y, 6, 1, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name, want string
		e          Execution
	}{
		{"with an id", "", Execution{Outcome: Success, Session: "1"}},
		{"with a start", "", Execution{Outcome: Success, Start: year(2026)}},
		{"with an end", "", Execution{Outcome: Running, End: year(1980)}},
		{"with a text", "", Execution{Outcome: Failed, Text: "wrong password"}},
		{"without an outcome", "its outcome cannot be told", Execution{Session: "1"}},
		{"without anything to know it by", "it has neither an id nor a time nor a text to know it by", Execution{Outcome: Failed, Routine: "x"}},
		{"a year before backups", "its year is not between 1980 and 2200", Execution{Outcome: Failed, Start: year(1979)}},
		{"a year after all", "its year is not between 1980 and 2200", Execution{Outcome: Failed, Session: "1", End: year(2201)}},
	}
	for _, tt := range tests {
		tt.e.Line = 12
		err := tt.e.Check()
		var bad *BadRecord
		if errors.As(err, &bad) != (tt.want != "") || bad != nil && (bad.Line != 12 || bad.Reason != tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// A true 0 is a count; an unknown one is nothing.
func TestCount(t *testing.T) {
	if n, ok := N(0).Value(); n != 0 || !ok || N(0).String() != "0" {
		t.Errorf("N(0) = %d, %v, %q", n, ok, N(0))
	}
	if _, ok := (Count{}).Value(); ok || (Count{}).String() != "" {
		t.Error("an unknown count is known")
	}
}

func TestWords_comeBack(t *testing.T) {
	for o := Running; o <= Cancelled; o++ {
		if got, err := ParseOutcome(o.String()); err != nil || got != o {
			t.Errorf("%s: %v, %v", o, got, err)
		}
	}
	for k := Data; k <= Restore; k++ {
		if got, err := ParseKind(k.String()); err != nil || got != k {
			t.Errorf("%s: %v, %v", k, got, err)
		}
	}
	for _, s := range []string{"", "Success", "lost"} {
		if _, err := ParseOutcome(s); err == nil {
			t.Errorf("%q is an outcome", s)
		}
	}
}
