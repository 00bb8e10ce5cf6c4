package data

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// failures are n failed nights, the newest of them that many days ago.
func failures(n int, days float64) []any {
	records := make([]any, n)
	for i := range records {
		records[i] = night(fmt.Sprint(i+1), backup.Failed, from(-24*days-float64(i)))
	}
	return records
}

func (d *aDesk) openIncidents() int {
	d.t.Helper()
	ids, err := d.desk.IncidentIDs(d.t.Context(), rosa, desk.IncidentQuery{})
	d.must(err)
	return len(ids)
}

func TestHistory_asksAboutManyOldFailures(t *testing.T) {
	for _, tt := range []struct {
		name    string
		records []any
		how     desk.ImportRules
		opened  int
		waiting int
	}{
		{"201 old ones wait", failures(201, 8), desk.ImportRules{}, 0, 201},
		{"200 open", failures(200, 8), desk.ImportRules{}, 200, 0},
		{"young ones open at once", append(failures(201, 8), night("new", backup.Failed, from(-167))), desk.ImportRules{}, 1, 201},
		{"any number of young ones opens", failures(160, 0.1), desk.ImportRules{}, 160, 0},
		{"a command opens all", failures(201, 8), desk.ImportRules{OpenAll: true}, 201, 0},
		{"but those from before a date", failures(201, 8), desk.ImportRules{OpenAll: true, Since: at(-24*8 - 49), Reason: "new here"}, 50, 0},
		{"of unknown time is not old", append(failures(200, 8), night("timeless", backup.Failed, timeless)), desk.ImportRules{}, 201, 0},
		{"nor from before a date", []any{night("timeless", backup.Failed, timeless)}, desk.ImportRules{Since: at(0)}, 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			res := d.take(d.export("history.csv", at(0), tt.records...), tt.how)
			want(t, res, len(tt.records), 0, 0, tt.opened)
			equal(t, d.rows("SELECT COUNT(*) FROM waiting"), fmt.Sprint(tt.waiting))
			if got := d.openIncidents(); got != tt.opened {
				t.Errorf("%d incidents, want %d", got, tt.opened)
			}
		})
	}
}

func timeless(e *backup.Execution) { e.Start, e.End = time.Time{}, time.Time{} }

func TestHistory_theQuestion(t *testing.T) {
	d := newDesk(t)
	d.read(0, failures(201, 8)...)
	questions, err := d.desk.Questions(t.Context(), rosa)
	d.must(err)
	if len(questions) != 1 {
		t.Fatalf("%d questions", len(questions))
	}
	q := questions[0]
	if q.Old != 201 || q.Name != "night exports" || q.File != "export 0.csv" || !q.First.Equal(at(-24*8-200)) || !q.Last.Equal(at(-24*8)) || !q.Asked.Equal(monday) {
		t.Errorf("question = %+v", q)
	}
	equal(t, d.said("asked"), "question 1 by system: old failures: 201, file: export 0.csv")
}

func TestHistory_answers(t *testing.T) {
	for _, tt := range []struct {
		words  string
		all    bool
		days   int
		opened int
	}{
		{"all", true, 0, 201},
		{"the last 9 days", false, 9, 25},
		{"none", false, 0, 0},
	} {
		t.Run(tt.words, func(t *testing.T) {
			d := newDesk(t)
			d.read(0, failures(201, 8)...)
			opened, err := d.desk.AnswerQuestion(t.Context(), rosa, 1, tt.all, tt.days)
			d.must(err)
			if opened != tt.opened || d.openIncidents() != tt.opened {
				t.Errorf("opened %d, %d are open, want %d", opened, d.openIncidents(), tt.opened)
			}
			equal(t, d.said("answered"), fmt.Sprintf("question 1 by rosa: answer: %s, opened: %d", tt.words, tt.opened))
			questions, err := d.desk.Questions(t.Context(), rosa)
			d.must(err)
			if len(questions) != 0 {
				t.Errorf("%d questions wait", len(questions))
			}
			if _, err := d.desk.AnswerQuestion(t.Context(), rosa, 1, true, 0); err == nil {
				t.Error("a second answer was taken")
			}
			found, err := d.desk.IncidentIDs(t.Context(), rosa, desk.IncidentQuery{Text: "FS-DAILY"})
			d.must(err)
			if len(found) != tt.opened {
				t.Errorf("the search finds %d", len(found))
			}
		})
	}
}

// What waits, or was answered with none, is not opened by a word that a later export adds; it is by another outcome.
func TestHistory_laterWordsOpenNothing(t *testing.T) {
	for _, answered := range []bool{false, true} {
		d := newDesk(t)
		records := failures(201, 8)
		d.read(0, records...)
		if answered {
			_, err := d.desk.AnswerQuestion(t.Context(), rosa, 1, false, 0)
			d.must(err)
		}
		first := records[0].(backup.Execution)
		first.Error = "cannot connect"
		want(t, d.read(1, first), 0, 1, 0, 0)
		first.Outcome = backup.Partial
		want(t, d.read(2, first), 0, 1, 0, 1)
	}
}

// A file that changes many old executions twice asks about each once.
func TestHistory_changedTwice(t *testing.T) {
	d := newDesk(t)
	var running, twice []any
	for i, r := range failures(201, 8) {
		e := r.(backup.Execution)
		e.Session, e.Outcome = fmt.Sprint("j", i), backup.Running
		running = append(running, e)
		e.Outcome = backup.Failed
		twice = append(twice, e)
		e.End = e.End.Add(1000)
		e.Error = "again"
		twice = append(twice, e)
	}
	d.read(0, running...)
	want(t, d.read(1, twice...), 0, 201, 0, 0)
	equal(t, d.rows("SELECT COUNT(*) FROM waiting"), "201")
}

func TestHistory_aSinceDateIsOnRecord(t *testing.T) {
	d := newDesk(t)
	d.take(d.export("old.csv", at(0), night("1", backup.Failed, from(-48)), night("2", backup.Failed, from(-2))), desk.ImportRules{OpenAll: true, Since: at(-24), Reason: "backstop import --incidents-since 2026-03-01 old.csv"})
	equal(t, d.incidents(), "2 new")
	said := d.said("imported")[0]
	for _, part := range []string{"incidents since: 2026-03-01T08:00:00Z", "not opened: 1", "reason: backstop import --incidents-since 2026-03-01 old.csv"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in %q", part, said)
		}
	}
}
