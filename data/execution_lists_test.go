package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// runsByColumn compares executions as each sort promises; all go on by id.
var runsByColumn = map[string]func(a, b desk.ExecutionRow) int{
	"start": func(a, b desk.ExecutionRow) int { return cmp.Or(a.At().Compare(b.At()), tail(a, b)) },
	"size": func(a, b desk.ExecutionRow) int {
		return cmp.Or(number(a.Bytes)-number(b.Bytes), a.At().Compare(b.At()), tail(a, b))
	},
	"routine": func(a, b desk.ExecutionRow) int {
		return cmp.Or(cmp.Compare(a.Routine, b.Routine), cmp.Compare(a.Client, b.Client), cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Schedule, b.Schedule), a.At().Compare(b.At()))
	},
	"client": func(a, b desk.ExecutionRow) int {
		return cmp.Or(cmp.Compare(a.Client, b.Client), cmp.Compare(a.Routine, b.Routine), cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Schedule, b.Schedule), a.At().Compare(b.At()))
	},
	"tool": func(a, b desk.ExecutionRow) int {
		return cmp.Or(cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Routine, b.Routine), cmp.Compare(a.Client, b.Client), cmp.Compare(a.Schedule, b.Schedule), a.At().Compare(b.At()))
	},
	"outcome": func(a, b desk.ExecutionRow) int {
		return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Kind, b.Kind), a.At().Compare(b.At()))
	},
	"kind": func(a, b desk.ExecutionRow) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Outcome, b.Outcome), a.At().Compare(b.At()))
	},
	"end":      func(a, b desk.ExecutionRow) int { return a.End.Compare(b.End) },
	"duration": func(a, b desk.ExecutionRow) int { return cmp.Compare(a.End.Sub(a.Start), b.End.Sub(b.Start)) },
	"files":    func(a, b desk.ExecutionRow) int { return number(a.Files) - number(b.Files) },
	"level":    func(a, b desk.ExecutionRow) int { return cmp.Compare(a.Level, b.Level) },
	"session":  func(a, b desk.ExecutionRow) int { return cmp.Compare(a.Session, b.Session) },
	"expiry":   func(a, b desk.ExecutionRow) int { return a.Expires.Compare(b.Expires) },
}

func tail(a, b desk.ExecutionRow) int {
	return cmp.Or(cmp.Compare(a.RoutineID, b.RoutineID), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Kind, b.Kind))
}

// number is a count as SQL sorts it: unknown comes first.
func number(c backup.Count) int {
	if n, ok := c.Value(); ok {
		return int(n)
	}
	return -1
}

func executionsOf(t *testing.T, s *Store, q desk.ExecutionQuery) []int64 {
	t.Helper()
	ids, err := s.ExecutionIDs(t.Context(), desk.Everything(), q)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func allRuns(t *testing.T, s *Store) []desk.ExecutionRow {
	t.Helper()
	rows, err := s.ExecutionRows(t.Context(), desk.Everything(), executionsOf(t, s, desk.ExecutionQuery{}))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Every sort agrees with one in Go, all at once and as a first page, few rows and many, both ways.
func TestExecutionIDs_sorts(t *testing.T) {
	for _, n := range []int{300, fewRows + 500} {
		s := fillExecutions(t, n)
		if _, err := s.write.Exec("UPDATE executions SET bytes = id % 7, start = start - start % 86400000, at = at - at % 86400000, files = 1 + id % 9, expires = at + id % 5 WHERE id % 10 = 3"); err != nil {
			t.Fatal(err)
		}
		rows := allRuns(t, s)
		if len(rows) != n {
			t.Fatalf("%d rows, want %d", len(rows), n)
		}
		for _, sort := range desk.ExecutionSorts {
			for _, desc := range []bool{false, true} {
				for _, tools := range [][]string{nil, {"Veeam", "restic"}} {
					want := sortedRuns(rows, runsByColumn[sort], desc, tools)
					q := desk.ExecutionQuery{Sort: sort, Desc: desc, Tools: tools}
					got := executionsOf(t, s, q)
					if !slices.Equal(got, want) {
						t.Errorf("%d by %s, down %v, %v: all begin %v, want %v", n, sort, desc, tools, got[:10], want[:10])
					}
					if q.Limit = 50; !slices.Equal(executionsOf(t, s, q), want[:50]) {
						t.Errorf("%d by %s, down %v, %v: the first page is another", n, sort, desc, tools)
					}
				}
			}
		}
	}
}

func sortedRuns(rows []desk.ExecutionRow, by func(a, b desk.ExecutionRow) int, desc bool, tools []string) []int64 {
	var ids []int64
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b desk.ExecutionRow) int {
		if desc {
			a, b = b, a
		}
		return cmp.Or(by(a, b), cmp.Compare(a.ID, b.ID))
	})
	for _, r := range rows {
		if tools == nil || slices.Contains(tools, r.Tool) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// Every filter finds what the same condition in Go finds, in full and as a first page.
func TestExecutionIDs_filters(t *testing.T) {
	s := fillExecutions(t, 4*fewRows)
	rows := allRuns(t, s)
	from, to := rows[900].Start, rows[1200].Start
	has := func(r desk.ExecutionRow, word string) bool {
		in := func(text string) bool { return strings.Contains(strings.ToLower(text), word) }
		return in(r.Routine) || in(r.Client) || in(r.Tool) || in(r.Error) || strings.HasPrefix(r.Session, word)
	}
	for name, tt := range map[string]struct {
		q    desk.ExecutionQuery
		pass func(desk.ExecutionRow) bool
	}{
		"few outcomes":    {desk.ExecutionQuery{Outcomes: []backup.Outcome{backup.Failed, backup.Partial}}, func(r desk.ExecutionRow) bool { return r.Outcome == backup.Failed || r.Outcome == backup.Partial }},
		"many outcomes":   {desk.ExecutionQuery{Outcomes: []backup.Outcome{backup.Success}}, func(r desk.ExecutionRow) bool { return r.Outcome == backup.Success }},
		"kinds":           {desk.ExecutionQuery{Kinds: []backup.Kind{backup.Log}}, func(r desk.ExecutionRow) bool { return r.Kind == backup.Log }},
		"a kind none has": {desk.ExecutionQuery{Kinds: []backup.Kind{backup.Restore}}, func(desk.ExecutionRow) bool { return false }},
		"outcome, kind":   {desk.ExecutionQuery{Kinds: []backup.Kind{backup.Data}, Outcomes: []backup.Outcome{backup.Success}}, func(r desk.ExecutionRow) bool { return r.Kind == backup.Data && r.Outcome == backup.Success }},
		"a tool":          {desk.ExecutionQuery{Tools: []string{"Veeam"}}, func(r desk.ExecutionRow) bool { return r.Tool == "Veeam" }},
		"a routine":       {desk.ExecutionQuery{Routines: []string{"Policy-17"}}, func(r desk.ExecutionRow) bool { return r.Routine == "Policy-17" }},
		"a client":        {desk.ExecutionQuery{Clients: []string{"client7.example.org"}}, func(r desk.ExecutionRow) bool { return r.Client == "client7.example.org" }},
		"routines":        {desk.ExecutionQuery{RoutineIDs: []int64{3, 4}}, func(r desk.ExecutionRow) bool { return r.RoutineID == 3 || r.RoutineID == 4 }},
		"in between":      {desk.ExecutionQuery{From: from, To: to}, func(r desk.ExecutionRow) bool { return !r.Start.Before(from) && r.Start.Before(to) }},
		"a word":          {desk.ExecutionQuery{Text: "Policy-3"}, func(r desk.ExecutionRow) bool { return has(r, "policy-3") }},
		"many":            {desk.ExecutionQuery{Text: "EXAMPLE"}, func(r desk.ExecutionRow) bool { return true }},
		"an error":        {desk.ExecutionQuery{Text: "cannot connect"}, func(r desk.ExecutionRow) bool { return has(r, "cannot") && has(r, "connect") }},
		"sessions":        {desk.ExecutionQuery{Text: "1001"}, func(r desk.ExecutionRow) bool { return has(r, "1001") }},
		"two words":       {desk.ExecutionQuery{Text: "example 1017"}, func(r desk.ExecutionRow) bool { return has(r, "1017") }},
		"no wildcard":     {desk.ExecutionQuery{Text: "Policy_1"}, func(desk.ExecutionRow) bool { return false }},
		"all of it": {
			desk.ExecutionQuery{Tools: []string{"restic"}, Outcomes: []backup.Outcome{backup.Failed}, From: from, Text: "client"},
			func(r desk.ExecutionRow) bool {
				return r.Tool == "restic" && r.Outcome == backup.Failed && !r.Start.Before(from)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			want := []int64{}
			for _, r := range rows {
				if tt.pass(r) {
					want = append(want, r.ID)
				}
			}
			if got := executionsOf(t, s, tt.q); !slices.Equal(got, want) {
				t.Errorf("%d found, want %d", len(got), len(want))
			}
			tt.q.Limit = 20
			if got := executionsOf(t, s, tt.q); !slices.Equal(got, want[:min(20, len(want))]) {
				t.Errorf("first page %v, want %v", got, want[:min(20, len(want))])
			}
		})
	}
}

func TestExecutionIDs_refusesAnUnknownSort(t *testing.T) {
	d := newDesk(t)
	if _, err := d.ExecutionIDs(t.Context(), desk.Everything(), desk.ExecutionQuery{Sort: "id; DROP TABLE executions"}); err == nil {
		t.Error("an unknown sort was taken")
	}
}

func TestExecutionRows_keepTheOrderAskedFor(t *testing.T) {
	s := fillExecutions(t, 1200)
	ids := []int64{1200, 7, 9999, 3}
	for i := range int64(600) {
		ids = append(ids, 1000-i)
	}
	rows, err := s.ExecutionRows(t.Context(), desk.Everything(), ids)
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, r := range rows {
		got = append(got, r.ID)
	}
	if want := slices.DeleteFunc(ids, func(id int64) bool { return id == 9999 }); !slices.Equal(got, want) {
		t.Errorf("rows of %v, want %v", got[:5], want[:5])
	}
}

// What a tool says of a copy's end is kept, and a later export that moves it is a change.
func TestExpires_isKeptAndChanges(t *testing.T) {
	d := newDesk(t)
	until := func(hours float64) func(*backup.Execution) {
		return func(e *backup.Execution) { e.Expires = at(hours) }
	}
	d.read(0, night("1", backup.Success, until(100)))
	want(t, d.read(1, night("1", backup.Success, until(100)), night("2", backup.Success)), 1, 0, 1, 0)
	want(t, d.read(2, night("1", backup.Success)), 0, 0, 1, 0)
	want(t, d.read(3, night("1", backup.Success, until(200))), 0, 1, 0, 0)
	x, err := d.desk.Execution(t.Context(), rosa, 1)
	d.must(err)
	if !x.Row.Expires.Equal(at(200)) {
		t.Errorf("expires %v", x.Row.Expires)
	}
	said := d.said("changed by evidence")
	if len(said) != 1 || !strings.Contains(said[0], fmt.Sprintf("expires: %s → %s", at(100).Format(time.RFC3339), at(200).Format(time.RFC3339))) {
		t.Errorf("said %q", said)
	}
}
