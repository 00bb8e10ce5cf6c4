package backup

import "testing"

// byMap are rules about one tool: a code, one of its words with that code, and a word with any code.
var byMap = StatusMap{
	{Tool: "NetBackup", Ending: Ending{Code: "1", Told: Partial}, AnyWord: true, Outcome: Success},
	{Tool: "NetBackup", Ending: Ending{Word: "Done", Code: "1", Told: Partial}, Outcome: Partial, Opens: No},
	{Tool: "NetBackup", Ending: Ending{Word: "Done", Told: Partial}, AnyCode: true, Outcome: Failed},
}

func TestStatusMap_theMostExactRuleSpeaks(t *testing.T) {
	tests := []struct {
		name    string
		tool    string
		ending  Ending
		outcome Outcome
		opens   Choice
	}{
		{"word and code", "NetBackup", Ending{"Done", "1", Partial}, Partial, No},
		{"the code with another word", "NetBackup", Ending{"Ended", "1", Partial}, Success, Undecided},
		{"the word with another code", "NetBackup", Ending{"Done", "2", Partial}, Failed, Undecided},
		{"told as something else", "NetBackup", Ending{"Done", "1", Failed}, Failed, Undecided},
		{"another tool", "Veeam", Ending{"Done", "1", Partial}, Partial, Undecided},
		{"nothing said of it", "NetBackup", Ending{"Ended", "2", Partial}, Partial, Undecided},
	}
	for _, tt := range tests {
		e := Execution{Tool: tt.tool, NativeStatus: tt.ending.Word, Code: tt.ending.Code, Outcome: tt.ending.Told}
		got := byMap.Judge(e)
		if got.Outcome != tt.outcome || byMap.Opens(got) != tt.opens {
			t.Errorf("%s: %s, opens %s; want %s, %s", tt.name, got.Outcome, byMap.Opens(got), tt.outcome, tt.opens)
		}
		if got.Ending() != tt.ending {
			t.Errorf("%s: the tool's own words became %+v", tt.name, got.Ending())
		}
		if again := byMap.Judge(got); again != got {
			t.Errorf("%s: judged twice it is %s, %s", tt.name, again.Outcome, again.Told)
		}
		if back := (StatusMap{}).Judge(got); back != e {
			t.Errorf("%s: without the map it is %s again, want %s", tt.name, back.Outcome, e.Outcome)
		}
	}
}

func TestStatusMap_With(t *testing.T) {
	rule := byMap[1]
	rule.Outcome = Success
	if m := byMap.With(rule); len(m) != 3 || m[2] != rule || byMap[1].Outcome != Partial {
		t.Errorf("with another word about the same: %+v", m)
	}
	rule.Outcome, rule.Opens = Partial, Undecided
	if m := byMap.With(rule); len(m) != 2 {
		t.Errorf("with the built-in meaning: %+v", m)
	}
}

// A changed map is for what comes anew: words that were judged before keep their outcome, other words are judged by today's.
func TestExecution_JudgedAs(t *testing.T) {
	known := Execution{Tool: "NetBackup", Code: "1", Outcome: Partial}
	now := byMap.Judge(known)
	if got := now.JudgedAs(known); got.Outcome != Partial || got.Told != 0 {
		t.Errorf("the same words: %s, told %s", got.Outcome, got.Told)
	}
	if got := known.JudgedAs(now); got.Outcome != Success || got.Told != Partial {
		t.Errorf("after a reset: %s, told %s", got.Outcome, got.Told)
	}
	other := now
	other.Code = "2"
	if got := other.JudgedAs(known); got.Outcome != Success {
		t.Errorf("other words: %s", got.Outcome)
	}
}
