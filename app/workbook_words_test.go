package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
)

// isSpokenOf has people say what the sheets of risks and of the hand-over repeat: after the period, so that its figures stay.
func (s *season) isSpokenOf() {
	ctx := s.t.Context()
	ids, err := s.desk.IncidentIDs(ctx, ines, desk.IncidentQuery{States: desk.OpenStates, Sort: "id", Desc: true})
	s.must(err)
	for i := range 7 { // more steps than the sheet lists
		s.must(s.desk.Note(ctx, ines, ids[:1], fmt.Sprintf("=asked %d times\nfor an answer", i+1)))
	}
	s.must(s.desk.Assign(ctx, ines, ids[:1], ines.Name))
	now := s.now
	s.now = now.AddDate(0, 0, -1)
	s.must(s.desk.TakeOver(ctx, desk.Actor{Name: "rosa"}, "quiet"))
	s.now = now
	_, err = s.desk.Sweep(ctx, ines)
	s.must(err)
	risks, err := s.desk.RiskIDs(ctx, ines, desk.RiskQuery{})
	s.must(err)
	if len(risks) < 3 {
		s.t.Fatalf("%d risks", len(risks))
	}
	s.must(s.desk.AssignRisks(ctx, ines, risks[:2], ines.Name))
	s.must(s.desk.ProgressRisks(ctx, ines, risks[:1], "The owner was asked."))
	s.must(s.desk.CloseRisks(ctx, ines, risks[1:2], "@The quota was raised."))
}

// each asks the database itself, past the program, and hands out its rows as text by column.
func (s *season) each(query string, use func(row map[string]string)) {
	s.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+s.db+"?mode=ro")
	s.must(err)
	defer db.Close()
	rows, err := db.QueryContext(s.t.Context(), query)
	s.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	s.must(err)
	for rows.Next() {
		values, to := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		s.must(rows.Scan(to...))
		row := map[string]string{}
		for i, name := range columns {
			row[name] = values[i].String
		}
		use(row)
	}
	s.must(rows.Err())
}

// clock is a column of milliseconds as the sheets show it.
func (s *season) clock(ms string) string {
	if ms == "" {
		return ""
	}
	return time.UnixMilli(int64(number(s.t, ms))).In(s.zone).Format("2006-01-02 15:04")
}

func orNobody(name string) string {
	if name == "" {
		return "nobody"
	}
	return name
}

// compare tells where a row does not say what it should. Titles of times name the zone.
func (s *season) compare(about string, got, want map[string]string) {
	s.t.Helper()
	for column, text := range want {
		if told := got[column] + got[column+" ("+s.zone.String()+")"]; told != text {
			s.t.Errorf("%s: %s is %q, want %q", about, column, told, text)
		}
	}
}

// steps are what people did and said about each incident, the newest first, and the newest with words.
func (s *season) steps() (tried map[string][]string, last map[string]string) {
	tried, last = map[string][]string{}, map[string]string{}
	s.each("SELECT subject_id, at, actor, action, details FROM timeline WHERE subject = 'incident' AND actor <> 'system' ORDER BY seq DESC", func(e map[string]string) {
		var details []struct{ Name, To string }
		s.must(json.Unmarshal([]byte(e["details"]), &details))
		step, words := s.clock(e["at"])+" "+e["actor"]+" "+e["action"], []string{}
		for _, d := range details {
			switch d.Name {
			case "note", "reason", "solution":
				words = append(words, d.To)
			}
		}
		id := e["subject_id"]
		if len(words) > 0 {
			step += ": " + strings.Join(words, "; ")
			if last[id] == "" {
				last[id] = step
			}
		}
		if len(tried[id]) < 5 {
			tried[id] = append(tried[id], step)
		}
	})
	return tried, last
}

// The hand-over says of each incident whose it is, what it waits for and what was said and tried.
func handsOverInWords(s *season, b readBook, _ figure.Period) {
	sheet := b.list("Hand-over")
	tried, last := s.steps()
	states, closings := []string{"", "New", "In Progress", "On Hold", "Closed", "Merged"}, []string{"", "Success", "Missed (lost)", "Reprocessed"}
	owners, said := map[string]bool{}, 0
	s.each("SELECT * FROM incidents", func(in map[string]string) {
		want := map[string]string{
			"Owner": orNobody(in["assignee"]), "Title": in["title"], "Client": in["client"],
			"State": states[int(number(s.t, in["state"]))], "Closing Status": closings[int(number(s.t, in["closing"]))],
			"Last note": last[in["id"]], "What was tried": strings.Join(tried[in["id"]], "\n"),
		}
		if in["state"] == "3" {
			want["Waits for"], want["Next date"] = in["team"], s.clock(in["until"])
		}
		for _, row := range sheet {
			if row["Incident"] == in["id"] {
				s.compare("incident "+in["id"], row, want)
				owners[row["Owner"]] = true
				said += strings.Count(row["What was tried"], "=asked")
			}
		}
	})
	if len(owners) < 2 || said < 5 {
		s.t.Errorf("owners %v, %d questions: the season has too little to tell", owners, said)
	}
	if about, err := b.GetCellValue("Hand-over", "A2"); err != nil || !strings.Contains(about, "Last taken over by rosa, "+s.now.AddDate(0, 0, -1).In(s.zone).Format("2006-01-02 15:04")) {
		s.t.Errorf("%q, %v", about, err)
	}
}

// The sheet of risks says what was found, whose it is, and how it ended.
func tellsOfRisks(s *season, _ readBook, p figure.Period) {
	defer func(was time.Time) { s.now = was }(s.now)
	s.now = s.now.Add(time.Hour)
	p.To = s.now // most were found after the period
	others := slices.DeleteFunc(s.desk.Sheets(), func(name string) bool { return name == "Risks" })
	sheet := map[string]map[string]string{}
	for _, row := range s.workbook(s.t.(*testing.T), desk.Report{Period: p, Without: others}).list("Risks") {
		sheet[row["Risk"]] = row
	}
	kinds, states := []string{"", "Size off", "Duration off", "Gone or disabled", "Recurrent failure"}, []string{"", "New", "In Progress", "Closed", "Ignored"}
	seen := map[string]bool{}
	s.each("SELECT * FROM risks", func(r map[string]string) {
		row := sheet[r["id"]]
		if row == nil {
			return
		}
		found := ""
		switch kind := int(number(s.t, r["kind"])); kind {
		case 3:
			found = "Disabled in Backstop since " + s.clock(r["since"])
		case 4:
			found = r["value"] + " incidents within 30 days: " + r["category"]
		default:
			s.t.Errorf("risk %s: the season has none of kind %d", r["id"], kind)
		}
		s.compare("risk "+r["id"], row, map[string]string{
			"Type": kinds[int(number(s.t, r["kind"]))], "Found": s.clock(r["found"]), "Routine": r["policy"], "Client": r["client"], "Level": r["level"],
			"What was found": found, "State": states[int(number(s.t, r["state"]))], "Assigned to": orNobody(r["assignee"]),
			"Since": s.clock(r["since"]), "Resolved": s.clock(r["resolved"]), "Solution or reason": r["solution"],
		})
		seen[row["State"]], seen[row["Type"]], seen[row["Assigned to"]] = true, true, true
	})
	for _, word := range []string{"New", "In Progress", "Closed", "Gone or disabled", "Recurrent failure", "nobody", "ines"} {
		if !seen[word] {
			s.t.Errorf("the sheet tells of no risk that is %s", word)
		}
	}
}
