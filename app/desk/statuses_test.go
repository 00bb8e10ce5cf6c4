package desk_test

import (
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

func TestMapStatus_refuses(t *testing.T) {
	good := backup.StatusRule{Tool: "Veeam", Ending: backup.Ending{Word: "Warning", Told: backup.Partial}, Outcome: backup.Success}
	tests := []struct {
		name, reason, want string
		change             func(*backup.StatusRule)
	}{
		{"without a reason", " ", "say why", func(*backup.StatusRule) {}},
		{"without a tool", "noise", "name the tool", func(r *backup.StatusRule) { r.Tool = "" }},
		{"without an outcome", "noise", "choose the outcome", func(r *backup.StatusRule) { r.Outcome = 0 }},
		{"whatever word and code", "noise", "name a word or a code", func(r *backup.StatusRule) { r.AnyWord, r.AnyCode = true, true }},
		{"any word of no code", "noise", "name a word or a code", func(r *backup.StatusRule) { r.AnyWord = true }},
		{"what it means already", "noise", "means already", func(r *backup.StatusRule) { r.Outcome = backup.Partial }},
	}
	for _, tt := range tests {
		f := newDesk(t)
		rule := good
		tt.change(&rule)
		err := f.MapStatus(t.Context(), rosa, rule, tt.reason)
		if err == nil || !strings.Contains(err.Error(), tt.want) || len(f.store.entries) > 0 {
			t.Errorf("%s: %v, %d entries", tt.name, err, len(f.store.entries))
		}
	}
}

func TestMapStatus_isOnRecordAndTold(t *testing.T) {
	f := newDesk(t)
	rule := backup.StatusRule{Tool: "NetBackup", Ending: backup.Ending{Code: "1", Told: backup.Partial}, AnyWord: true, Outcome: backup.Success}
	if err := f.MapStatus(t.Context(), rosa, rule, "known noise"); err != nil {
		t.Fatal(err)
	}
	entry := f.store.entries[0]
	if entry.Subject != timeline.Setting || entry.Actor != "rosa" || entry.Action != "status mapped" || entry.Details[1].To != "code 1, whatever the word" {
		t.Errorf("entry: %+v", entry)
	}
	if len(f.events) != 1 || !f.events[0].Settings {
		t.Errorf("events: %+v", f.events)
	}
}

func TestStatusWord(t *testing.T) {
	for want, e := range map[string]backup.Ending{
		"no word of its own": {}, "Failed": {Word: "Failed"}, "E": {Word: "E", Code: "E"}, "code 58": {Code: "58"}, "Failed (58)": {Word: "Failed", Code: "58"},
	} {
		if got := desk.StatusWord(e); got != want {
			t.Errorf("%+v: %q, want %q", e, got, want)
		}
	}
}
