package report

import (
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text string
		wide float64
		want int
	}{
		{"", 10, 1},
		{"ten lines", 10, 1},
		{"host-05.meadow.example", 24, 1},
		{"a word too many for it", 12, 2},
		{"/srv/backup-lab-work/src/data", 12, 3},
		{"a /srv/backup-lab-work", 12, 3},
		{"one\ntwo\n\nfour", 10, 4},
		{strings.Repeat("word ", 1000), 10, mostLines},
		{strings.Repeat("ä", 25), 10, 3},
	} {
		if got := lines(c.text, c.wide); got != c.want {
			t.Errorf("%.30q takes %d lines of %v, want %d", c.text, got, c.wide, c.want)
		}
	}
}
