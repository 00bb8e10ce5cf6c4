package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backstop/ui/viewer"
)

func TestLogLines_keepsEveryLine(t *testing.T) {
	long := strings.Repeat("x", 64<<10)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"one", []string{"one"}},
		{"one\n", []string{"one"}},
		{"one\ntwo", []string{"one", "two"}},
		{"one\r\n\r\ntwo\r\n", []string{"one", "", "two"}},
		{"\n\n", []string{"", ""}},
		{long + "\nend", []string{long, "end"}},
	} {
		l := newLogLines(c.text)
		var got []string
		for i := range l.Len() {
			got = append(got, l.Line(i))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%.20q: %d lines %.40q, want %d", c.text, len(got), got, len(c.want))
		}
	}
}

func TestLogLines_findsLines(t *testing.T) {
	l := newLogLines("Start\nERROR one\nfine\nError two: ÄRGER\n")
	for text, want := range map[string][]int{"error": {1, 3}, "ärger": {3}, "nothing": nil, "": nil, "START": {0}} {
		if got, err := l.find(t.Context(), text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is in %v, %v; want %v", text, got, err, want)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.find(ended, "one"); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that was called off says %v", err)
	}
}

func TestLogLines_marksErrors(t *testing.T) {
	for line, want := range map[string]bool{
		"03:12:44 ERR - cannot connect to client ledger-02": true,
		"Fatal: unable to open repository":                  true,
		"backup ended: 0 errors, 0 failed":                  false,
		"Errors: 0":                                         false,
		"processed 12 files":                                false,
		"0 errors, then the session failed":                 true,
		strings.Repeat("x", 10<<20) + " error":              false, // nobody reads that far
	} {
		if got := isErrorLine(line); got != want {
			t.Errorf("%.40q: %v", line, got)
		}
	}
}

// hugeLog is 100 MB of lines, one of them 64 KB long.
func hugeLog() string {
	var b strings.Builder
	b.Grow(101 << 20)
	for i := 0; b.Len() < 100<<20; i++ {
		fmt.Fprintf(&b, "2026-03-01 00:%02d:%02d.%03d bpbkar (pid=%d) saved /srv/data/volume-%04d/object-%08d\n", i/60%60, i%60, i%1000, 4000+i%7, i%1000, i)
	}
	b.WriteString(strings.Repeat("A", 64<<10) + "\nlast line: error 58\n")
	return b.String()
}

// A log of 100 MB costs an index of its lines and nothing else, and scrolling draws what is in view.
func TestLogLines_ofHugeLogs(t *testing.T) {
	test.NewTempApp(t)
	text := hugeLog()
	var lines *logLines
	made := testing.AllocsPerRun(1, func() { lines = newLogLines(text) })
	if made > 64 {
		t.Errorf("indexing took %v allocations: lines are copied", made)
	}
	v := viewer.New(lines, isErrorLine)
	w := test.NewTempWindow(t, v)
	w.Resize(fyne.NewSize(900, 600))
	last := lines.Len() - 1
	for _, i := range []int{0, last / 2, last} {
		v.Reveal(i)
	}
	if got := lines.Line(last); got != "last line: error 58" {
		t.Errorf("the last line is %q", got)
	}
	if found, err := lines.find(t.Context(), "ERROR 58"); err != nil || !slices.Equal(found, []int{last}) {
		t.Errorf("found in %v, %v", found, err)
	}
}

func BenchmarkLogLines(b *testing.B) {
	test.NewTempApp(b)
	text := hugeLog()
	b.Run("open100MB", func(b *testing.B) {
		for b.Loop() {
			v := viewer.New(newLogLines(text), isErrorLine)
			v.Resize(fyne.NewSize(1000, 600))
		}
	})
	lines := newLogLines(text)
	v := viewer.New(lines, isErrorLine)
	v.Resize(fyne.NewSize(1000, 600))
	b.Run("scroll", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			v.ScrollTo(i * 7919 % lines.Len())
		}
	})
	b.Run("search100MB", func(b *testing.B) {
		for b.Loop() {
			if _, err := lines.find(b.Context(), "error 58"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
