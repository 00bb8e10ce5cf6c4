package backup_test

import (
	"testing"

	"backstop/app/backup"
)

func TestIgnoreRule_matchesByName(t *testing.T) {
	for _, c := range []struct {
		pattern string
		source  int64
		path    string
		want    bool
	}{
		{"readme*.txt", 0, "/exports/README-2.TXT", true},
		{"readme*.txt", 0, "/readme/jobs.txt", false},
		{"readme*.txt", 7, `C:\exports\readme.txt`, true},
		{"readme*.txt", 8, `C:\exports\readme.txt`, false},
		{"*.pdf", 0, "/exports/week.zip › deep/plan.pdf", true},
		{"week.zip", 0, "/exports/week.zip › plan.pdf", false},
		{"night-?.log", 0, "night-7.log", true},
		{"night-[", 0, "night-[", false},
	} {
		r := backup.IgnoreRule{Pattern: c.pattern, Source: c.source}
		if got := r.Matches(7, c.path); got != c.want {
			t.Errorf("%q of %d, %s: %t", c.pattern, c.source, c.path, got)
		}
	}
}

func TestIgnoreRule_saysWhatCannotBeUsed(t *testing.T) {
	for pattern, ok := range map[string]bool{"*.tmp": true, "a": true, "": false, " ": false, "*": false, "*?*": false, "a/b": false, `a\b`: false, "a[": false} {
		if err := (backup.IgnoreRule{Pattern: pattern}).Check(); (err == nil) != ok {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}

// The pattern that is proposed fits the file that it is made from.
func TestLikeName_fitsTheFile(t *testing.T) {
	for path, want := range map[string]string{
		"/exports/plan-2026-03-02.pdf": "plan-*-*-*.pdf", "notes.txt": "notes.txt", "/x/week.zip › a/read[1].me": "read?*?.me", "١٢.log": "*.log",
	} {
		got := backup.LikeName(path)
		if got != want || !(backup.IgnoreRule{Pattern: got}).Matches(1, path) {
			t.Errorf("%s: %q", path, got)
		}
	}
}
