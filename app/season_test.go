package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
)

// season is some weeks of an invented company's nights over a real database: jobs that went well, failed, were partial or missed, and
// people who acted on what failed. Everything comes from one seed.
type season struct {
	t    testing.TB
	desk *desk.Desk
	now  time.Time
	rand *rand.Rand
	jobs int
	zone *time.Location
	db   string
}

// The season begins on a Monday in Lisbon, four weeks before the clocks are put forward.
var seasonBegins = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func newSeason(t testing.TB, days, clients int) *season {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	s := &season{t: t, now: seasonBegins, rand: rand.New(rand.NewPCG(7, 11)), jobs: 700_000, zone: zone, db: filepath.Join(t.TempDir(), "season.db")}
	a, err := New(t.Context(), Options{DB: s.db, Now: func() time.Time { return s.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Stop() })
	s.desk = a.Desk
	for day := range days {
		s.night(seasonBegins.AddDate(0, 0, day), clients)
		s.morning()
	}
	return s
}

func (s *season) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// night runs three policies on every client and exports them at six.
func (s *season) night(day time.Time, clients int) {
	var export strings.Builder
	for c := range clients {
		for p, policy := range []string{"FILES", "LEDGER", "MAIL"} {
			start := day.Add(time.Duration(p)*time.Hour + time.Duration(c)*time.Minute)
			status := "0"
			switch n := s.rand.IntN(100); {
			case n < 3 || c == 5 && n < 22:
				status = []string{"58", "84", "13", "156"}[n%4]
			case n < 5:
				status = "1"
			case n < 6:
				status = "196" // its window closed before it started
			}
			s.jobs++
			client := fmt.Sprintf("host-%02d.meadow.example", c)
			export.WriteString(job(fmt.Sprint(s.jobs), status, policy, client, fmt.Sprint(start.Unix()), fmt.Sprint(start.Add(20*time.Minute).Unix())))
		}
	}
	s.now = day.Add(6 * time.Hour)
	path := filepath.Join(s.t.TempDir(), "night.txt")
	s.must(os.WriteFile(path, []byte(export.String()), 0o600))
	request := desk.ImportRequest{Source: desk.ByHand, Zone: "UTC", Paths: []string{path}}
	request.OpenAll = true
	_, err := s.desk.Import(s.t.Context(), ines, request, nil)
	s.must(err)
}

var seasonAccount = incident.Account{Category: "Network", Description: "=The link was down.", Solution: "@It is up again."}

// morning has people act on what is open: some of it is left for another day.
func (s *season) morning() {
	ids, err := s.desk.IncidentIDs(s.t.Context(), ines, desk.IncidentQuery{States: desk.OpenStates, Sort: "id"})
	s.must(err)
	for i, id := range ids {
		s.now = s.now.Add(3 * time.Minute)
		account := seasonAccount
		account.Category = []string{"Network", "Capacity", "Client or agent", "Database or application"}[s.rand.IntN(4)]
		switch n := s.rand.IntN(20); {
		case n < 4:
			s.must(s.desk.Progress(s.t.Context(), ines, ids[i:i+1], "Looking into it.", true))
		case n < 6:
			team := []string{"Network team", "Storage team"}[n%2]
			s.must(s.desk.Hold(s.t.Context(), ines, ids[i:i+1], incident.Wait{Team: team, Note: "They must act.", Until: s.now.Add(time.Duration(10+20*n) * time.Hour)}))
		case n < 8:
			s.must(s.desk.Close(s.t.Context(), ines, ids[i:i+1], incident.ClosedMissed, account, nil))
		case n < 10:
			s.must(s.desk.Close(s.t.Context(), ines, ids[i:i+1], incident.ClosedSuccess, account, nil))
		case n < 17:
			s.reprocess(id, account)
		}
	}
	_, err = s.desk.Sweep(s.t.Context(), ines)
	s.must(err)
}

// reprocess closes an incident by the best candidate, where there is one yet.
func (s *season) reprocess(id int64, account incident.Account) {
	found, err := s.desk.Candidates(s.t.Context(), ines, []int64{id}, desk.CandidateQuery{})
	s.must(err)
	for _, c := range found {
		if c.Refused == "" && !c.Note {
			s.must(s.desk.CloseReprocessed(s.t.Context(), ines, []int64{id}, incident.Reprocessing{Account: account, Pairs: []incident.Pair{{Incident: incident.ID(id), Session: incident.ExecutionID(c.ID)}}}, nil))
			return
		}
	}
}

// march is the month that the reports are about; the clocks are put forward in it.
func (s *season) march() figure.Period {
	return figure.Over(seasonBegins.AddDate(0, 0, 6), seasonBegins.AddDate(0, 0, 27), s.zone)
}

// ines is on duty.
var ines = desk.Actor{Name: "ines"}

// job is a line of bpdbjobs -most_columns of an invented company.
func job(id, status, policy, client, start, end string) string {
	return id + ",0,3," + status + "," + policy + ",Full," + client + ",media1.meadow.example," + start + ",0000000600," + end +
		",STU_1,1,,5242880,912,/srv/data,100,4001,root,1,13,0,0,,primary.meadow.example,1,37,0,,,0,1," + id + ",,,,,,,,,,,1,,,1,0,0," + client + "_" + start +
		",,,0,0, ,50.0,10.0,,,4001,, ,0,,58.3,31.4\n"
}

func contextWithCancel(t *testing.T) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	return ctx, cancel
}
