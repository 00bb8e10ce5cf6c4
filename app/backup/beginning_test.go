package backup_test

import (
	"strings"
	"testing"

	"backstop/app/backup"
)

func TestBeginningOf_tellsHowAFileBegins(t *testing.T) {
	for text, want := range map[string]string{
		"a\r\nb\nc": "CRLF and LF: a|b", "a\rb": "CR: a\rb", "a": "none: a", "": "none: ", "a\nb\nc\n": "LF: a|b",
	} {
		b := backup.BeginningOf(text, 2)
		if got := b.LineEnds + ": " + strings.Join(b.Lines, "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if b := backup.BeginningOf(strings.Repeat("ü", 1000), 1); len([]rune(b.Lines[0])) != 401 {
		t.Errorf("a long line has %d letters", len([]rune(b.Lines[0])))
	}
}

func TestForAuthors_tellsNobodysNames(t *testing.T) {
	b := backup.BeginningOf("Job;Host;End\nPayroll;db-01.tide.example;2026-03-02 08:00\n", 40)
	b.Encoding, b.Size = "UTF-8", 51234
	got := backup.ForAuthors("/srv/maria/Payroll-7.CSV", `no known export begins like this; it names the server "db-01"`, b)
	want := `An export that Backstop does not read

Why: no known export begins like this; it names xxx server "xx-##"
Ending of its name: .csv
Encoding: UTF-8
Line ends: LF
Size: some KiB

Tool and version: 
How it is exported: 

First lines, with names, addresses and numbers folded:
Job;Host;End
Xxxxxxx;xx-##.xxxx.xxxxxxx;####-##-## ##:##
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}
