package risk

import (
	"testing"
)

func TestAllowed(t *testing.T) {
	const first, resolved, open = "assign risk 7 to somebody first", "risk 7 is resolved: reopen it first", "risk 7 is not resolved"
	tests := []struct {
		action              Action
		nobody, somebody    string // why not, while open
		resolvedWith, empty string // why not, when resolved: with somebody, with nobody
	}{
		{ToAssign, "", "", resolved, resolved},
		{ToProgress, first, "", resolved, resolved},
		{ToClose, first, "", resolved, resolved},
		{ToIgnore, first, "", resolved, resolved},
		{ToReopen, open, open, "", first},
	}
	for _, tt := range tests {
		for s, why := range map[State][2]string{New: {tt.nobody, tt.somebody}, InProgress: {tt.nobody, tt.somebody}, Closed: {tt.empty, tt.resolvedWith}, Ignored: {tt.empty, tt.resolvedWith}} {
			for i, assignee := range []string{"", "rosa"} {
				ok, said := Allowed(aRisk(s, assignee), tt.action)
				if said != why[i] || ok != (why[i] == "") {
					t.Errorf("action %d, %s, assigned to %q: %v, %q; want %q", tt.action, s, assignee, ok, said, why[i])
				}
			}
		}
	}
}

// Whatever is asked of a risk that belongs to nobody, only assigning changes it.
func TestRules_refuseWithoutAnOwner(t *testing.T) {
	for _, s := range []State{New, InProgress, Closed, Ignored} {
		r := aRisk(s, "")
		for name, act := range map[string]func() (Change, error){
			"progress": func() (Change, error) { return Progress(r, "x", "omar", monday) },
			"close":    func() (Change, error) { return Close(r, "x", "omar", monday) },
			"ignore":   func() (Change, error) { return Ignore(r, "x", "omar", monday) },
			"reopen":   func() (Change, error) { return Reopen(r, nil, "x", "omar", monday) },
		} {
			if c, err := act(); err == nil {
				t.Errorf("%s of a %s risk without owner: %+v", name, s, c)
			}
		}
	}
}

func TestAssign(t *testing.T) {
	c, err := Assign(aRisk(New, ""), " rosa\n", "omar", monday)
	if err != nil || c.Risk.Assignee != "rosa" || c.Risk.State != New {
		t.Fatalf("%+v, %v", c.Risk, err)
	}
	wantEntry(t, c.Entries[0], "omar", "assigned", "assignee: rosa")
	c, err = Assign(aRisk(InProgress, "rosa"), "omar", "omar", monday)
	if err != nil {
		t.Fatal(err)
	}
	wantEntry(t, c.Entries[0], "omar", "assigned", "assignee: rosa → omar")
	_, err = Assign(aRisk(New, "rosa"), "rosa", "omar", monday)
	wantRefused(t, err, "risk 7 is assigned to rosa already")
	_, err = Assign(aRisk(New, "rosa"), " ", "omar", monday)
	wantRefused(t, err, "name who takes risk 7 over")
	_, err = Assign(aRisk(Closed, "rosa"), "omar", "omar", monday)
	wantRefused(t, err, "risk 7 is resolved")
}

func TestSteps(t *testing.T) {
	tests := []struct {
		name    string
		rule    func(Risk, string) (Change, error)
		from    State
		to      State
		action  string
		details []string
		empty   string
	}{
		{"update status", func(r Risk, s string) (Change, error) { return Progress(r, s, "omar", monday) }, New, InProgress, "progressed", []string{"state: new → in_progress", "note: asked the owner"}, "a note is needed"},
		{"again", func(r Risk, s string) (Change, error) { return Progress(r, s, "omar", monday) }, InProgress, InProgress, "progressed", []string{"note: asked the owner"}, "a note is needed"},
		{"close", func(r Risk, s string) (Change, error) { return Close(r, s, "omar", monday) }, InProgress, Closed, "closed", []string{"state: in_progress → closed", "solution: asked the owner"}, "a solution is needed"},
		{"ignore", func(r Risk, s string) (Change, error) { return Ignore(r, s, "omar", monday) }, New, Ignored, "ignored", []string{"state: new → ignored", "reason: asked the owner"}, "a reason is needed"},
		{"reopen", func(r Risk, s string) (Change, error) { return Reopen(r, nil, s, "omar", monday) }, Ignored, InProgress, "reopened", []string{"state: ignored → in_progress", "reason: asked the owner"}, "a reason is needed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := tt.rule(aRisk(tt.from, "rosa"), " asked the owner ")
			if err != nil {
				t.Fatal(err)
			}
			r := c.Risk
			if r.State != tt.to || r.Assignee != "rosa" || r.State.Resolved() != (r.Solution == "asked the owner") || r.State.Resolved() != r.Resolved.Equal(monday) {
				t.Errorf("%+v", r)
			}
			wantEntry(t, c.Entries[0], "omar", tt.action, tt.details...)
			_, err = tt.rule(aRisk(tt.from, "rosa"), " \n")
			wantRefused(t, err, tt.empty)
		})
	}
}

func TestReopen_notBesideAnotherAboutTheSame(t *testing.T) {
	other := aRisk(New, "")
	other.ID = 9
	_, err := Reopen(aRisk(Closed, "rosa"), []Risk{aRisk(Closed, "rosa"), other}, "x", "omar", monday)
	wantRefused(t, err, "risk 9 is open for the same")
	other.Level = "incremental"
	if _, err := Reopen(aRisk(Closed, "rosa"), []Risk{other}, "x", "omar", monday); err != nil {
		t.Error(err)
	}
}

func TestKey(t *testing.T) {
	seen := map[string]About{}
	for _, a := range []About{
		nightly,
		{Kind: Duration, Routine: 5, Level: "full"},
		{Kind: Volume, Routine: 5, Level: "incremental"},
		{Kind: Volume, Routine: 6, Level: "full"},
		{Kind: Absence, Tool: "NetBackup", Policy: "FS-DAILY", Client: "harbour"},
		{Kind: Absence, Tool: "NetBackup", Policy: "FS-DAILY"},
		{Kind: Absence, Tool: "Veeam", Policy: "FS-DAILY"},
		{Kind: Recurrence, Routine: 5, Company: "Acme", Category: "Network"},
		{Kind: Recurrence, Routine: 5, Company: "Acme", Category: "Capacity"},
		{Kind: Recurrence, Routine: 5, Company: "Bolt", Category: "Network"},
	} {
		if other, twice := seen[a.Key()]; twice {
			t.Errorf("%+v and %+v have one key", a, other)
		}
		seen[a.Key()] = a
	}
	renamed := nightly
	renamed.Company, renamed.Level = "Acme Ltd", "FULL"
	if renamed.Key() != nightly.Key() {
		t.Error("the company, or the case of a level, makes another risk of a drift")
	}
}

func TestWords(t *testing.T) {
	seen := map[string]bool{"": true}
	for _, k := range Kinds {
		if seen[k.String()] || len(k.Rule()) < 100 {
			t.Errorf("kind %d: %q, %q", k, k, k.Rule())
		}
		seen[k.String()] = true
	}
	for _, s := range []State{New, InProgress, Closed, Ignored} {
		if seen[s.String()] {
			t.Errorf("state %d: %q", s, s)
		}
		seen[s.String()] = true
	}
	if w := Kind(9).String() + State(9).String() + Kind(9).Rule(); w != "" {
		t.Errorf("words for what is not: %q", w)
	}
}
