package data

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// byColumn compares rows as each sort promises; equal ones are told apart by id.
var byColumn = map[string]func(a, b desk.IncidentRow) int{
	"id":       func(a, b desk.IncidentRow) int { return 0 },
	"opened":   func(a, b desk.IncidentRow) int { return a.Opened.Compare(b.Opened) },
	"title":    func(a, b desk.IncidentRow) int { return cmp.Compare(a.Title, b.Title) },
	"routine":  func(a, b desk.IncidentRow) int { return cmp.Compare(a.Routine, b.Routine) },
	"client":   func(a, b desk.IncidentRow) int { return cmp.Compare(a.Client, b.Client) },
	"tool":     func(a, b desk.IncidentRow) int { return cmp.Compare(a.Tool, b.Tool) },
	"kind":     func(a, b desk.IncidentRow) int { return cmp.Compare(a.Kind, b.Kind) },
	"failure":  func(a, b desk.IncidentRow) int { return cmp.Compare(a.Failure, b.Failure) },
	"failed":   func(a, b desk.IncidentRow) int { return a.Failed.Compare(b.Failed) },
	"state":    func(a, b desk.IncidentRow) int { return cmp.Compare(a.State, b.State) },
	"closing":  func(a, b desk.IncidentRow) int { return cmp.Compare(a.Closing, b.Closing) },
	"merged":   func(a, b desk.IncidentRow) int { return cmp.Compare(a.Merged, b.Merged) },
	"assignee": func(a, b desk.IncidentRow) int { return cmp.Compare(a.Assignee, b.Assignee) },
	"vital": func(a, b desk.IncidentRow) int {
		switch {
		case a.Vital == b.Vital:
			return 0
		case a.Vital:
			return 1
		}
		return -1
	},
}

// Every sort agrees with one in Go, all at once and as a first page, few rows and many, both ways.
func TestIncidentIDs_sorts(t *testing.T) {
	for _, n := range []int{300, fewRows + 500} {
		s := fillIncidents(t, n)
		if _, err := s.write.Exec("UPDATE incidents SET failed = NULL WHERE id % 10 = 3; UPDATE incidents SET assignee = 'rosa', merged = id % 3 WHERE id % 4 = 1"); err != nil {
			t.Fatal(err)
		}
		rows := allRows(t, s, desk.IncidentQuery{})
		if len(rows) != n {
			t.Fatalf("%d rows, want %d", len(rows), n)
		}
		for _, sort := range desk.IncidentSorts {
			for _, desc := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d by %s, down %v", n, sort, desc), func(t *testing.T) {
					want := sorted(rows, byColumn[sort], desc)
					if got := idsOf(t, s, desk.IncidentQuery{Sort: sort, Desc: desc}); !slices.Equal(got, want) {
						t.Errorf("all begin %v, want %v", got[:10], want[:10])
					}
					if got := idsOf(t, s, desk.IncidentQuery{Sort: sort, Desc: desc, Limit: 50}); !slices.Equal(got, want[:50]) {
						t.Errorf("the first page begins %v, want %v", got[:10], want[:10])
					}
				})
			}
		}
	}
}

func sorted(rows []desk.IncidentRow, by func(a, b desk.IncidentRow) int, desc bool) []int64 {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b desk.IncidentRow) int {
		if desc {
			a, b = b, a
		}
		return cmp.Or(by(a, b), cmp.Compare(a.ID, b.ID))
	})
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

func idsOf(t *testing.T, s *Store, q desk.IncidentQuery) []int64 {
	t.Helper()
	ids, err := s.IncidentIDs(t.Context(), desk.Everything(), q)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func allRows(t *testing.T, s *Store, q desk.IncidentQuery) []desk.IncidentRow {
	t.Helper()
	rows, err := s.IncidentRows(t.Context(), desk.Everything(), idsOf(t, s, q))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Every filter finds what the same condition in Go finds, in full and as a first page.
func TestIncidentIDs_filters(t *testing.T) {
	s := fillIncidents(t, fewRows+500)
	rows := allRows(t, s, desk.IncidentQuery{})
	from, to := rows[100].Opened, rows[200].Opened
	for name, tt := range map[string]struct {
		q    desk.IncidentQuery
		pass func(desk.IncidentRow) bool
	}{
		"states":            {desk.IncidentQuery{States: desk.OpenStates}, func(r desk.IncidentRow) bool { return r.State < incident.Closed }},
		"one state":         {desk.IncidentQuery{States: []incident.State{incident.OnHold}}, func(r desk.IncidentRow) bool { return r.State == incident.OnHold }},
		"closings":          {desk.IncidentQuery{Closings: []incident.Closing{incident.ClosedMissed}}, func(r desk.IncidentRow) bool { return r.Closing == incident.ClosedMissed }},
		"a cause none has":  {desk.IncidentQuery{Causes: []incident.Cause{incident.CauseSilent}}, func(desk.IncidentRow) bool { return false }},
		"tools":             {desk.IncidentQuery{Tools: []string{"Veeam", "Bacula"}}, func(r desk.IncidentRow) bool { return r.Tool == "Veeam" || r.Tool == "Bacula" }},
		"a client":          {desk.IncidentQuery{Clients: []string{"client7.example.org"}}, func(r desk.IncidentRow) bool { return r.Client == "client7.example.org" }},
		"from inclusive":    {desk.IncidentQuery{OpenedFrom: from}, func(r desk.IncidentRow) bool { return !r.Opened.Before(from) }},
		"to exclusive":      {desk.IncidentQuery{OpenedTo: to}, func(r desk.IncidentRow) bool { return r.Opened.Before(to) }},
		"failed in between": {desk.IncidentQuery{FailedFrom: from, FailedTo: to}, func(r desk.IncidentRow) bool { return !r.Failed.Before(from) && r.Failed.Before(to) }},
		"nobody's":          {desk.IncidentQuery{Assignee: "nobody"}, func(desk.IncidentRow) bool { return false }},
		"both":              {desk.IncidentQuery{Tools: []string{"Veeam"}, States: []incident.State{incident.InProgress}}, func(r desk.IncidentRow) bool { return r.Tool == "Veeam" && r.State == incident.InProgress }},
	} {
		t.Run(name, func(t *testing.T) {
			want := []int64{}
			for _, r := range rows {
				if tt.pass(r) {
					want = append(want, r.ID)
				}
			}
			if got := idsOf(t, s, tt.q); !slices.Equal(got, want) {
				t.Errorf("%d found, want %d", len(got), len(want))
			}
			tt.q.Limit = 20
			if got := idsOf(t, s, tt.q); !slices.Equal(got, want[:min(20, len(want))]) {
				t.Errorf("first page %v, want %v", got, want[:min(20, len(want))])
			}
		})
	}
}

func TestIncidentIDs_refusesAnUnknownSort(t *testing.T) {
	d := newDesk(t)
	if _, err := d.IncidentIDs(t.Context(), desk.Everything(), desk.IncidentQuery{Sort: "id; DROP TABLE incidents"}); err == nil {
		t.Error("an unknown sort was taken")
	}
}

func TestIncidentRows_keepTheOrderAskedFor(t *testing.T) {
	s := fillIncidents(t, 1200)
	ids := []int64{1200, 7, 9999, 3}
	for i := range int64(600) {
		ids = append(ids, 1000-i)
	}
	rows, err := s.IncidentRows(t.Context(), desk.Everything(), ids)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(ids, func(id int64) bool { return id == 9999 })
	got := make([]int64, len(rows))
	for i, r := range rows {
		got[i] = r.ID
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows of %v, want %v", got[:5], want[:5])
	}
}

func TestChoices(t *testing.T) {
	s := fillIncidents(t, 300)
	c, err := s.Choices(t.Context(), desk.Everything())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, c.Tools, "Bacula", "NetBackup", "Veeam", "restic")
	equal(t, c.Clients, "client0.example.org", "client1.example.org", "client2.example.org")
	if c, err = newDesk(t).Choices(t.Context(), desk.Everything()); err != nil || len(c.Tools)+len(c.Clients) > 0 {
		t.Errorf("of nothing: %+v, %v", c, err)
	}
}

func TestFigures(t *testing.T) {
	d := newDesk(t)
	d.now = at(0)
	hour := func(n string, h float64) any { return night(n, backup.Failed, from(h)) }
	d.read(0, hour("1", -2), hour("2", -3), hour("3", -4), hour("4", -300))
	d.read(1, // 8 was made good by 6 before it opened anything
		night("5", backup.Success, from(-1)), night("6", backup.Success, from(-1.5), again), night("7", backup.Running, from(-1)), night("8", backup.Missed, from(-2)), night("9", backup.Success, from(-30)))
	d.close(1, incident.ClosedMissed)
	d.must(d.desk.Progress(t.Context(), rosa, []int64{2}, "on it", false))
	d.must(d.desk.Hold(t.Context(), rosa, []int64{3}, incident.Wait{Team: "Storage", Note: "new disk", Until: at(9)}))
	got, err := d.desk.Figures(t.Context(), rosa)
	d.must(err)
	want := desk.Figures{Open: 3, New: 1, InProgress: 1, OnHold: 1, LostThisWeek: 1, FirstTryRuns: 5, FirstTryGood: 1}
	if got != want {
		t.Errorf("figures = %+v,\n   want %+v", got, want)
	}
	d.now = at(24 * 8)
	if got, err = d.desk.Figures(t.Context(), rosa); err != nil || got.LostThisWeek != 0 || got.FirstTryRuns != 0 {
		t.Errorf("a week later: %+v, %v", got, err)
	}
}
