package desk_test

import (
	"testing"

	"backstop/app/backup"
)

func TestIgnoreFiles_refuses(t *testing.T) {
	for name, tt := range map[string]struct {
		rule   backup.IgnoreRule
		reason string
		why    string
	}{
		"without a reason": {backup.IgnoreRule{Pattern: "*.pdf"}, " ", "say why: nothing in such a file will open an incident"},
		"everything":       {backup.IgnoreRule{Pattern: "*"}, "noise", "say more of the name than that: every file would be ignored"},
		"twice":            {backup.IgnoreRule{Pattern: "PLAN*.pdf"}, "noise", "they are ignored already"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newDesk(t)
			must(t, f.IgnoreFiles(t.Context(), rosa, backup.IgnoreRule{Pattern: "plan*.pdf"}, "made to be printed"))
			if err := f.IgnoreFiles(t.Context(), rosa, tt.rule, tt.reason); err == nil || err.Error() != tt.why {
				t.Errorf("said %v, want %s", err, tt.why)
			}
			if n := len(f.store.entries); n != 1 {
				t.Errorf("%d entries", n)
			}
		})
	}
}

func TestIgnoreFiles_isOnRecordAndTakenBack(t *testing.T) {
	f := newDesk(t)
	f.store.sources = []backup.Source{{ID: 7, Name: "night exports"}}
	rule := backup.IgnoreRule{Pattern: " plan*.pdf ", Source: 7}
	must(t, f.IgnoreFiles(t.Context(), rosa, rule, "made to be printed"))
	equal(t, f.said(t), "files: plan*.pdf", "source: night exports", "reason: made to be printed")
	rules, err := f.Ignored(t.Context(), rosa)
	must(t, err)
	if len(rules) != 1 || rules[0].By != "rosa" || !rules[0].At.Equal(monday) || rules[0].Reason != "made to be printed" {
		t.Fatalf("rules = %+v", rules)
	}
	if err := f.HeedFiles(t.Context(), rosa, rules[0], ""); err == nil {
		t.Error("taken back without a reason")
	}
	must(t, f.HeedFiles(t.Context(), rosa, rules[0], "they are exports now"))
	equal(t, f.said(t), "files: plan*.pdf", "source: night exports", "reason: they are exports now")
	if rules, err = f.Ignored(t.Context(), rosa); err != nil || len(rules) != 0 {
		t.Errorf("left: %+v, %v", rules, err)
	}
	if err := f.HeedFiles(t.Context(), rosa, rule, "again"); err == nil {
		t.Error("taken back twice")
	}
}
