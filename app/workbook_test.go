package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// readBook is a workbook as it is read back.
type readBook struct {
	t testing.TB
	*excelize.File
}

func (s *season) workbook(t *testing.T, r desk.Report) readBook {
	t.Helper()
	path, err := s.desk.SaveWorkbook(t.Context(), ines, filepath.Join(t.TempDir(), "report.xlsx"), r, nil)
	s.must(err)
	f, err := excelize.OpenFile(path)
	s.must(err)
	t.Cleanup(func() { f.Close() })
	return readBook{t, f}
}

// list are the rows of a list below its head, a map from title to text each.
func (b readBook) list(sheet string) []map[string]string {
	b.t.Helper()
	rows, err := b.GetRows(sheet)
	if err != nil {
		b.t.Fatal(err)
	}
	var list []map[string]string
	for _, r := range rows[3:] {
		line := map[string]string{}
		for i, cell := range r {
			line[rows[2][i]] = cell
		}
		if len(r) > 1 {
			list = append(list, line)
		}
	}
	return list
}

// beside is the raw value beside a word in the first column, so many columns to the right.
func (b readBook) beside(sheet, word string, column int) string {
	b.t.Helper()
	rows, err := b.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, r := range rows {
		if len(r) > column && (r[0] == word || strings.HasPrefix(r[0], word+" (")) {
			return r[column]
		}
	}
	b.t.Fatalf("%s has no %q", sheet, word)
	return ""
}

func count(list []map[string]string, fits func(map[string]string) bool) int {
	n := 0
	for _, r := range list {
		if fits(r) {
			n++
		}
	}
	return n
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatalf("%q is no number", s)
	}
	return n
}

// byHand are the figures of a period worked out from the lists that windows show, by code of its own.
func (s *season) byHand(p figure.Period) map[string]float64 {
	s.t.Helper()
	f := map[string]float64{}
	for e, err := range s.desk.Executions(s.t.Context(), ines, desk.ExecutionQuery{From: p.From, To: p.To}) {
		s.must(err)
		f["Runs"]++
		if e.Outcome == backup.Success {
			f["good"]++
		} else {
			f["Runs without success"]++
		}
	}
	ids, err := s.desk.IncidentIDs(s.t.Context(), ines, desk.IncidentQuery{})
	s.must(err)
	rows, err := s.desk.IncidentRows(s.t.Context(), ines, ids)
	s.must(err)
	within := func(t time.Time) bool { return !t.Before(p.From) && t.Before(p.To) }
	var took []float64
	for _, r := range rows {
		if within(r.Opened) {
			f["Incidents opened"]++
		}
		if !r.ClosedAt.IsZero() && within(r.ClosedAt) {
			f["Incidents closed"]++
			took = append(took, r.ClosedAt.Sub(r.Opened).Hours())
			f[map[incident.Closing]string{incident.ClosedMissed: "Lost", incident.Reprocessed: "Reprocessed", incident.ClosedSuccess: "False alarms"}[r.Closing]]++
		}
		if r.Opened.Before(p.To) && (r.ClosedAt.IsZero() || !r.ClosedAt.Before(p.To)) {
			f["Open at the end"]++
		}
	}
	s.byHandToo(p, rows, f)
	f["Success at first attempt"] = f["good"] / f["Runs"]
	f["Success in the end"] = f["good"] / f["Runs"]
	slices.Sort(took)
	f["Time to close"] = (took[(len(took)-1)/2] + took[len(took)/2]) / 2
	delete(f, "good")
	return f
}

// byHandToo adds what the timeline and the executions tell: the first thing a person did about each incident, and each client's copies.
func (s *season) byHandToo(p figure.Period, rows []desk.IncidentRow, f map[string]float64) {
	s.t.Helper()
	var acted []float64
	for _, r := range rows {
		if r.Into != 0 && r.Opened.Before(p.To) && (r.ClosedAt.IsZero() || !r.ClosedAt.Before(p.To)) {
			f["of these merged into others"]++
		}
		entries, err := s.desk.Timeline(s.t.Context(), ines, desk.TimelineQuery{Subject: timeline.Incident, SubjectID: r.ID})
		s.must(err)
		first := time.Time{}
		for _, e := range entries { // the newest first
			if e.Actor != timeline.System {
				first = e.At
			}
		}
		if p.Has(r.Opened) && !first.IsZero() {
			acted = append(acted, first.Sub(r.Opened).Hours())
		}
	}
	if slices.Sort(acted); len(acted) > 0 {
		f["Time to first action"] = (acted[(len(acted)-1)/2] + acted[len(acted)/2]) / 2
	}
	last, known := map[string]time.Time{}, map[string]time.Time{}
	for e, err := range s.desk.Executions(s.t.Context(), ines, desk.ExecutionQuery{To: p.To}) {
		s.must(err)
		if known[e.Client].IsZero() {
			known[e.Client] = e.Start
		}
		if e.Outcome == backup.Success {
			last[e.Client] = e.End
		}
	}
	for days, word := range map[int]string{1: "1 day", 3: "3 days", 7: "7 days"} {
		key := "Clients without a good copy for more than " + word
		f[key] = 0
		for client, since := range known {
			if at := last[client]; !at.IsZero() {
				since = at
			}
			if p.To.Sub(since) > time.Duration(days)*24*time.Hour {
				f[key]++
			}
		}
	}
}

// All about one workbook: a season takes longest to make.
func TestWorkbook(t *testing.T) {
	s := newSeason(t, 26, 10)
	s.night(seasonBegins.AddDate(0, 0, 26), 10)
	s.merges() // and nobody does more in the period
	for day := 27; day < 30; day++ {
		s.night(seasonBegins.AddDate(0, 0, day), 10)
	}
	s.falseAlarm()
	s.suppresses()
	s.isSpokenOf()
	p := s.march()
	file := s.workbook(t, desk.Report{Period: p}).File
	for _, part := range []struct {
		name string
		test func(*season, readBook, figure.Period)
	}{
		{"its figures are those of the rows", figuresAreThoseOfTheRows},
		{"it adds up across its sheets", addsUpAcrossItsSheets},
		{"every figure leads to its rows", figuresLeadToTheirRows},
		{"the grid leads to the runs of a day", gridLeadsToRuns},
		{"text stays text", textStaysText},
		{"what is suppressed", listsSuppressions},
		{"the hand-over", handsOver},
		{"the hand-over in words", handsOverInWords},
		{"the risks", listsRisks},
		{"the risks in words", tellsOfRisks},
		{"a saved view", ofASavedView},
		{"the summary", summaryRunsNothing},
	} {
		t.Run(part.name, func(t *testing.T) {
			defer func(was testing.TB) { s.t = was }(s.t)
			s.t = t
			part.test(s, readBook{t, file}, p)
		})
	}
}

// merges has the open incidents worked on together, by a team that answers in three days.
func (s *season) merges() {
	ids, err := s.desk.IncidentIDs(s.t.Context(), ines, desk.IncidentQuery{States: desk.OpenStates, Sort: "id"})
	s.must(err)
	s.must(s.desk.Merge(s.t.Context(), ines, desk.MergeRequest{Into: ids[0], From: ids[1:]}))
	s.must(s.desk.Hold(s.t.Context(), ines, ids[:1], incident.Wait{Team: "Network team", Note: "They must act.", Until: s.now.Add(75 * time.Hour)}))
}

// falseAlarm closes the newest incident.
func (s *season) falseAlarm() {
	ids, err := s.desk.IncidentIDs(s.t.Context(), ines, desk.IncidentQuery{Sort: "id", Desc: true, Limit: 1})
	s.must(err)
	s.must(s.desk.Close(s.t.Context(), ines, ids, incident.ClosedSuccess, seasonAccount, nil))
}

// suppresses changes settings by which less opens.
func (s *season) suppresses() {
	ctx := s.t.Context()
	s.must(s.desk.ChangeTool(ctx, ines, "NetBackup", "skipped files are known", desk.ToolSettings{Partial: backup.No}))
	ids, err := s.desk.RoutineIDs(ctx, ines, desk.RoutineQuery{Clients: []string{"host-03.meadow.example"}, Sort: "name"})
	s.must(err)
	_, err = s.desk.ChangeRoutines(ctx, ines, ids[:1], "the host is moved", func(r *desk.RoutineSettings) { r.Disabled = true })
	s.must(err)
	_, err = s.desk.ChangeRoutines(ctx, desk.Actor{Name: "rosa"}, ids[:1], "it is slow", func(r *desk.RoutineSettings) { r.Stalled = 48 * time.Hour })
	s.must(err)
	works := expect.Blackout{From: s.now, To: s.now.AddDate(0, 0, 2), Reason: "=works on the power"}
	s.must(s.desk.SaveCalendar(ctx, ines, expect.Calendar{Name: "Works", Everybody: true, Holidays: []string{"2025-12-25", "2026-04-03"}, Blackouts: []expect.Blackout{works}}, false, "agreed in March"))
	s.must(s.desk.MapStatus(ctx, ines, backup.StatusRule{Tool: "NetBackup", Ending: backup.Ending{Code: "84", Told: backup.Failed}, AnyWord: true, Outcome: backup.Partial}, "the tape is changed by hand"))
	sources, err := s.desk.Sources(ctx, ines)
	s.must(err)
	paused := sources[0].Source
	paused.Paused = true
	s.must(s.desk.IgnoreFiles(ctx, ines, backup.IgnoreRule{Pattern: "plan*.pdf"}, "made to be printed"))
	_, err = s.desk.SaveSource(ctx, ines, paused, "the season is over")
	s.must(err)
}

func listsSuppressions(s *season, b readBook, _ figure.Period) {
	got := map[string]string{}
	for _, r := range b.list("Suppressions in force") {
		got[r["Setting"]] = r["About"] + " / " + r["By"] + " / " + r["Reason"]
	}
	for setting, want := range map[string]string{
		"partial opens none": "all routines of NetBackup / ines / skipped files are known",
		"routine disabled":   "FILES on host-03.meadow.example (NetBackup) / ines / the host is moved",
		"stalled after 48 h": "FILES on host-03.meadow.example (NetBackup) / rosa / it is slow",
		"holidays of Works":  "all routines / ines / agreed in March",
		"blackout of Works":  "all routines / ines / =works on the power",
		"status mapped":      "code 84, whatever the word (NetBackup) / ines / the tape is changed by hand",
		"files ignored":      "plan*.pdf of every source / ines / made to be printed",
		"source paused":      "source dropped files / ines / the season is over",
	} {
		if got[setting] != want {
			s.t.Errorf("%s: %q, want %q", setting, got[setting], want)
		}
	}
	if len(got) != 8 {
		s.t.Errorf("%d suppressions: %q", len(got), got)
	}
	only, err := s.desk.Suppressions(s.t.Context(), ines, s.march(), desk.ReportScope{Tools: []string{"Veeam"}})
	s.must(err)
	if len(only) != 4 { // the calendar twice, the ignored files, and the source
		s.t.Errorf("of another tool: %+v", only)
	}
}

// The hand-over has those incidents that the database itself finds, each once in its part.
func handsOver(s *season, b readBook, _ figure.Period) {
	got := map[string][]string{}
	for _, r := range b.list("Hand-over") {
		got[r["Part"]] = append(got[r["Part"]], r["Incident"])
	}
	day := s.now.AddDate(0, 0, -1).UnixMilli()
	for part, where := range map[string]string{
		"open":              "state IN (1, 2, 3) AND ? > 0",
		"hold ends in 12 h": fmt.Sprintf("state = 3 AND ? > 0 AND until <= %d", s.now.Add(12*time.Hour).UnixMilli()),
		"new":               "opened >= ?",
		"closed":            "state = 4 AND closed >= ?",
	} {
		want := s.idsOf("SELECT id FROM incidents WHERE "+where, day)
		if slices.Sort(got[part]); !slices.Equal(got[part], want) || len(want) == 0 {
			s.t.Errorf("%s: %q, want %q", part, got[part], want)
		}
	}
	if len(got) != 4 {
		s.t.Errorf("%d parts", len(got))
	}
}

func listsRisks(s *season, b readBook, p figure.Period) {
	var got []string
	for _, r := range b.list("Risks") {
		got = append(got, r["Risk"])
	}
	want := s.idsOf("SELECT id FROM risks WHERE found < ? AND (resolved IS NULL OR resolved >= ?)", p.To.UnixMilli(), p.From.UnixMilli())
	if slices.Sort(got); !slices.Equal(got, want) || len(want) == 0 {
		s.t.Errorf("risks %q, want %q", got, want)
	}
}

// idsOf asks the database itself, past the program.
func (s *season) idsOf(query string, args ...any) (ids []string) {
	s.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+s.db+"?mode=ro")
	s.must(err)
	defer db.Close()
	rows, err := db.QueryContext(s.t.Context(), query, args...)
	s.must(err)
	defer rows.Close()
	for rows.Next() {
		var id string
		s.must(rows.Scan(&id))
		ids = append(ids, id)
	}
	s.must(rows.Err())
	slices.Sort(ids)
	return ids
}

func figuresAreThoseOfTheRows(s *season, b readBook, p figure.Period) {
	for column, period := range map[int]figure.Period{1: p, 2: p.Before()} {
		said := s.byHand(period)
		for word, want := range said {
			if got := number(s.t, b.beside("Management", word, column)); got-want > 1e-9 || want-got > 1e-9 {
				s.t.Errorf("%s from %s: %v, want %v", word, period.From, got, want)
			}
		}
		if column == 1 && len(said) != len(figure.Definitions) {
			s.t.Errorf("%d of %d figures are worked out by hand", len(said), len(figure.Definitions))
		}
	}
}

func addsUpAcrossItsSheets(s *season, b readBook, _ figure.Period) {
	t := s.t
	figureOf := func(word string) int { return int(number(t, b.beside("Management", word, 1))) }
	register, runs, moved := b.list("Incidents"), b.list("Runs"), b.list("Opened and closed")
	closing := func(as string) func(map[string]string) bool {
		return func(r map[string]string) bool { return r["Closing Status"] == as && r["Closed (Europe/Lisbon)"] != "" }
	}
	what := func(w string) func(map[string]string) bool {
		return func(r map[string]string) bool { return r["What"] == w }
	}
	all := func(map[string]string) bool { return true }
	daily := func(column int) int { return int(number(t, b.beside("Daily", "All days", column))) }
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"opened in the register", count(register, func(r map[string]string) bool { return r["Opened in the period"] == "yes" }), figureOf("Incidents opened")},
		{"opened by day", count(moved, what("opened")), figureOf("Incidents opened")},
		{"closed by day", count(moved, what("closed")), figureOf("Incidents closed")},
		{"the register", count(register, all), figureOf("Incidents closed") + figureOf("Open at the end")},
		{"lost windows", count(b.list("Lost windows"), all), figureOf("Lost")},
		{"reprocessing", count(b.list("Reprocessing"), all), figureOf("Reprocessed")}, // each by one session
		{"false alarms by category", int(number(t, b.beside("Categories and age", "All", 3))), figureOf("False alarms")},
		{"runs", count(runs, all), figureOf("Runs")},
		{"runs by routine", count(b.list("Runs by routine"), all), figureOf("Runs")},
		{"merged", count(b.list("Merged into others"), all), figureOf("of these merged into others")},
		{"by category", count(b.list("By category"), all), count(register, all)},
		{"on hold by team", count(b.list("On hold"), all), b.sum("Categories and age", "On hold, by team", 1)},
		{"runs by day", daily(9), figureOf("Runs")},
		{"success by day", daily(1), count(runs, func(r map[string]string) bool { return r["Last try"] == "success" })},
		{"opened of the days", daily(11), figureOf("Incidents opened")},
		{"open on the last day", daily(13), figureOf("Open at the end")},
		{"missed runs", count(b.list("Missed runs"), all), daily(5)},
		{"failures by routine", count(b.list("Failures by routine"), all), figureOf("Runs without success")},
		{"failures by client", count(b.list("Failures by client"), all), figureOf("Runs without success")},
		{"clients", count(b.list("Last good copies"), all), 10},
	} {
		if c.got != c.want || c.want == 0 {
			t.Errorf("%s: %d, want %d", c.what, c.got, c.want)
		}
	}
	if n := count(register, closing("Missed (lost)")); n < figureOf("Lost") {
		t.Errorf("%d lost in the register, %d on the page", n, figureOf("Lost"))
	}
}

// A click on a figure goes to as many rows as it counts; on a sum, to the cells that it adds. No figure leads nowhere.
func figuresLeadToTheirRows(s *season, b readBook, _ figure.Period) {
	followed := 0
	for sheet, columns := range map[string][]int{"Management": {1}, "Daily": {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, "Top failing": {2, 3, 4, 5, 6}, "Categories and age": {1, 2, 3, 4}} {
		rows, err := b.GetRows(sheet, excelize.Options{RawCellValue: true})
		s.must(err)
		for i, r := range rows {
			for _, j := range columns {
				if len(r) <= j || r[j] == "" || r[j] == "0" {
					continue
				}
				n, err := strconv.ParseFloat(r[j], 64)
				if err != nil {
					continue // a heading, or a figure of nothing
				}
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				linked, target, err := b.GetCellHyperLink(sheet, at)
				s.must(err)
				if !linked {
					s.t.Errorf("%s!%s is %v and leads nowhere", sheet, at, n)
					continue
				}
				followed++
				if whole := n == float64(int(n)); whole && n > 1 {
					b.leads(sheet, at, target, j, int(n))
				}
			}
		}
	}
	if followed < 250 {
		s.t.Errorf("only %d figures lead anywhere", followed)
	}
}

// area is where a link leads: a sheet and its cells.
func (b readBook) area(target string) (sheet string, left, first, right, last int) {
	b.t.Helper()
	name, area, _ := strings.Cut(target, "!")
	from, to, _ := strings.Cut(area, ":")
	left, first, err := excelize.CellNameToCoordinates(from)
	if err != nil {
		b.t.Fatal(err)
	}
	if right, last, err = excelize.CellNameToCoordinates(to); err != nil {
		b.t.Fatal(err)
	}
	return strings.Trim(name, "'"), left, first, right, last
}

func (b readBook) leads(sheet, at, target string, column, n int) {
	b.t.Helper()
	name, left, first, right, last := b.area(target)
	got := last - first + 1
	if name == sheet { // the cells that it adds
		got = 0
		if right > left { // opened and closed, from what was open before
			fmt.Sscanf(b.cell(sheet, "A4"), "Open at the beginning: %d.", &got)
		}
		for row := first; row <= last; row++ {
			for c := left; c <= right; c++ {
				where, _ := excelize.CoordinatesToCellName(c, row)
				v, _ := strconv.Atoi(b.cell(sheet, where))
				got += v * map[bool]int{true: -1, false: 1}[c > left]
			}
		}
	}
	if got != n || !slices.Contains(b.GetSheetList(), name) {
		b.t.Errorf("%s!%s counts %d and leads to %s, which is %d", sheet, at, n, target, got)
	}
}

func (b readBook) cell(sheet, at string) string {
	b.t.Helper()
	v, err := b.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// sum adds a column of the table below a heading.
func (b readBook) sum(sheet, heading string, column int) int {
	b.t.Helper()
	rows, err := b.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		b.t.Fatal(err)
	}
	sum, inside := 0, false
	for _, r := range rows {
		switch {
		case len(r) == 1 && r[0] == heading:
			inside = true
		case len(r) <= column && inside:
			return sum
		case inside:
			n, _ := strconv.Atoi(r[column])
			sum += n
		}
	}
	return sum
}

// The grid has a mark for each day of each routine, and one that is not all success leads to the runs of that day and to no other.
func gridLeadsToRuns(s *season, b readBook, _ figure.Period) {
	const sheet, list = "Routine x day", "Runs by routine"
	grid, err := b.GetRows(sheet)
	s.must(err)
	runs, err := b.GetRows(list)
	s.must(err)
	of := func(r []string) string { return strings.Join(r[:4], " ") }
	perDay := map[string]int{}
	for _, r := range runs[3:] {
		perDay[of(r)]++
	}
	marks, led := map[string]int{}, 0
	for i, line := range grid[3:] {
		for j, mark := range line {
			at, _ := excelize.CoordinatesToCellName(j+1, i+4)
			linked, target, err := b.GetCellHyperLink(sheet, at)
			s.must(err)
			if j < 4 && linked != (j == 3) || j >= 4 && mark != "✓" && mark != "" && !linked {
				s.t.Errorf("%s %q: linked %v", at, mark, linked)
			}
			if j == 3 {
				if _, _, first, _, last := b.area(target); fmt.Sprint(last-first+1) != mark {
					s.t.Errorf("%s: %s runs, led to %s", at, mark, target)
				}
			}
			if j < 4 || mark == "" {
				continue
			}
			if marks[mark]++; !linked {
				continue
			}
			name, _, first, _, last := b.area(target)
			day, err := time.Parse("Jan\n02", grid[2][j])
			s.must(err)
			want := strings.Join(line[:3], " ") + " 2026" + day.Format("-01-02")
			if name != list || last-first+1 != perDay[want] || of(runs[first-1]) != want || of(runs[last-1]) != want {
				s.t.Errorf("%s leads to %s: %q, want %d of %q", at, target, runs[first-1], perDay[want], want)
			}
			led++
		}
	}
	sum := 0
	for _, n := range marks {
		sum += n
	}
	// each routine runs once a day
	if len(grid)-3 != 3*10 || sum != len(runs)-3 || marks["✓"] == 0 || marks["✕"] == 0 || marks["↻"] == 0 || led < 20 {
		s.t.Errorf("%d lines, marks %v for %d runs, %d led", len(grid)-3, marks, len(runs)-3, led)
	}
}

// Whatever people and logs wrote stays text: no cell of the workbook holds a formula.
func textStaysText(s *season, b readBook, _ figure.Period) {
	t := s.t
	if n := count(b.list("Incidents"), func(r map[string]string) bool {
		return r["Description"] == "=The link was down." && r["Solution"] == "@It is up again."
	}); n == 0 {
		t.Error("no incident has the description that begins with =")
	}
	for _, sheet := range b.GetSheetList() {
		rows, err := b.GetRows(sheet)
		s.must(err)
		for i, r := range rows {
			for j := range r {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, err := b.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Fatalf("%s!%s is the formula %q, %v", sheet, at, formula, err)
				}
			}
		}
	}
}

func TestWorkbook_cover(t *testing.T) {
	s := newSeason(t, 8, 3)
	s.now = seasonBegins.AddDate(0, 0, 9)
	p := figure.Over(seasonBegins, seasonBegins.AddDate(0, 0, 8), s.zone)
	v, err := s.desk.Verify(t.Context(), ines, nil)
	s.must(err)
	b := s.workbook(t, desk.Report{Title: "Meadow, first week", Period: p, Scope: desk.ReportScope{Tools: []string{"NetBackup"}}, Without: []string{"Timeline", "Daily"}})
	for word, want := range map[string]string{
		"Period": "2026-03-02 to 2026-03-09", "Compared with": "2026-02-22 to 2026-03-01", "Scope": "Tool NetBackup", "Made by": "ines", "Its hash": v.Head,
		"Newest timeline entry": fmt.Sprint(v.Entries), "Pruned": "Nothing has been pruned.", "Time zone": "Europe/Lisbon (+00:00 when this was made)", "Left out of this file": "Timeline, Daily. Figures whose rows are there lead nowhere.",
	} {
		if got := b.beside("Cover", word, 1); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
	if sheets := b.GetSheetList(); slices.Contains(sheets, "Timeline") || slices.Contains(sheets, "Daily") || !slices.Contains(sheets, "Definitions") {
		t.Errorf("sheets %q", sheets)
	}
}

// A report about nothing is a whole one.
func TestWorkbook_ofNothing(t *testing.T) {
	s := newSeason(t, 0, 0)
	s.now = seasonBegins.AddDate(0, 1, 0)
	b := s.workbook(t, desk.Report{Period: figure.LastMonth(s.now, s.zone)})
	if got := b.beside("Management", "Success at first attempt", 1); got != "-" {
		t.Errorf("the rate of no runs is %q", got)
	}
	if got := b.beside("Management", "Incidents opened", 1); got != "0" {
		t.Errorf("%q incidents were opened", got)
	}
}

func TestWorkbook_isCalledOff(t *testing.T) {
	s := newSeason(t, 3, 3)
	dir := t.TempDir()
	ctx, cancel := contextWithCancel(t)
	_, err := s.desk.SaveWorkbook(ctx, ines, filepath.Join(dir, "report.xlsx"), desk.Report{Period: s.march()}, func(string, int, int) { cancel() })
	left, _ := os.ReadDir(dir)
	if err == nil || len(left) > 0 {
		t.Errorf("error %v, left behind %v", err, left)
	}
}

// The summary is one page that loads nothing and runs nothing; what a log said is not markup.
func summaryRunsNothing(s *season, _ readBook, _ figure.Period) {
	t := s.t
	path, err := s.desk.SaveSummary(t.Context(), ines, filepath.Join(t.TempDir(), "report.html"), desk.Report{Title: "<b>Meadow</b>", Period: s.march()})
	s.must(err)
	raw, err := os.ReadFile(path)
	s.must(err)
	page := string(raw)
	for _, want := range []string{"default-src 'none'", "&lt;b&gt;Meadow&lt;/b&gt;", "Success at first attempt", "host-05.meadow.example", "2026-03-08 to 2026-03-28"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	for _, bad := range []string{"<script", "<b>Meadow", "http:", "https:", "src=", "url(", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestSchedules_catchUpOnce(t *testing.T) {
	s := newSeason(t, 8, 3)
	folder := t.TempDir()
	s.must(s.desk.SaveTemplate(t.Context(), ines, desk.Template{Name: "Weekly", Span: figure.SpanWeek}))
	due := func() []string {
		t.Helper()
		s.must(s.desk.MakeDueReports(t.Context(), ines))
		entries, err := os.ReadDir(folder)
		s.must(err)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
	plan := desk.Schedule{Template: "Weekly", Times: figure.Times{Rhythm: figure.Weekly, Weekday: time.Monday, Hour: 7}, Zone: "Europe/Lisbon", Folder: folder, Kinds: []string{".xlsx", ".html"}}
	s.now = time.Date(2026, 3, 10, 9, 0, 0, 0, s.zone)
	s.must(s.desk.SaveSchedule(t.Context(), ines, plan))
	if names := due(); len(names) > 0 {
		t.Errorf("what was due before the schedule was made is made: %q", names)
	}
	s.now = time.Date(2026, 3, 16, 6, 59, 0, 0, s.zone)
	if names := due(); len(names) > 0 {
		t.Errorf("made before its time: %q", names)
	}
	s.now = time.Date(2026, 3, 31, 9, 0, 0, 0, s.zone) // the laptop slept for two weeks; the clocks were put forward
	want := []string{"Weekly 2026-03-30.html", "Weekly 2026-03-30.xlsx"}
	if names := due(); !slices.Equal(names, want) {
		t.Errorf("made %q, want %q", names, want)
	}
	before, err := os.Stat(filepath.Join(folder, want[1]))
	s.must(err)
	if due(); !sameFile(t, before, filepath.Join(folder, want[1])) {
		t.Error("it was made twice")
	}
	reports, err := s.desk.Reports(t.Context(), ines)
	s.must(err)
	if len(reports) != 2 || reports[0].Period != "2026-03-23 to 2026-03-29" || reports[0].Template != "Weekly" || reports[0].By != "ines" || len(reports[0].Head) != 64 {
		t.Errorf("reports %+v", reports)
	}
}

// sameFile tells whether the file was not replaced.
func sameFile(t *testing.T, before os.FileInfo, path string) bool {
	t.Helper()
	after, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(before, after)
}

// A folder that is away is said, and tried again after a while, not with every beat.
func TestSchedules_sayWhyTheyCannot(t *testing.T) {
	s := newSeason(t, 3, 3)
	folder := filepath.Join(t.TempDir(), "share")
	s.must(os.Mkdir(folder, 0o700))
	s.must(s.desk.SaveTemplate(t.Context(), ines, desk.Template{Name: "Morning", Span: figure.SpanDay}))
	s.must(s.desk.SaveSchedule(t.Context(), ines, desk.Schedule{Template: "Morning", Times: figure.Times{Rhythm: figure.Daily, Hour: 7}, Zone: "Europe/Lisbon", Folder: folder, Kinds: []string{".html"}}))
	s.must(os.Remove(folder))
	s.now = s.now.AddDate(0, 0, 1)
	if err := s.desk.MakeDueReports(t.Context(), ines); err == nil {
		t.Fatal("nothing is said about a folder that is gone")
	}
	said := func() string {
		list, err := s.desk.Schedules(t.Context(), ines)
		s.must(err)
		return list[0].Said
	}
	if !strings.Contains(said(), "nothing can be written into") {
		t.Errorf("it says %q", said())
	}
	s.must(os.Mkdir(folder, 0o700))
	s.must(s.desk.MakeDueReports(t.Context(), ines)) // too soon
	if said() == "" {
		t.Error("it was tried again at once")
	}
	s.now = s.now.Add(10 * time.Minute)
	s.must(s.desk.MakeDueReports(t.Context(), ines))
	if said() != "" {
		t.Errorf("after it worked it says %q", said())
	}
	for _, c := range []struct {
		change func(*desk.Schedule)
		why    string
	}{
		{func(p *desk.Schedule) { p.Template = "Gone" }, `there is no template "Gone" any more`},
		{func(p *desk.Schedule) { p.Folder = "here" }, "is no folder"},
		{func(p *desk.Schedule) { p.Zone = "Mars/Base" }, "is not known"},
		{func(p *desk.Schedule) { p.Times.Hour = 25 }, "say when"},
		{func(p *desk.Schedule) { p.Kinds = nil }, "choose what to write"},
	} {
		plan := desk.Schedule{Template: "Morning", Times: figure.Times{Rhythm: figure.Daily}, Zone: "UTC", Folder: folder, Kinds: []string{".xlsx"}}
		c.change(&plan)
		if err := s.desk.SaveSchedule(t.Context(), ines, plan); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("error %v, want %q", err, c.why)
		}
	}
	if err := s.desk.RemoveTemplate(t.Context(), ines, "Morning"); err == nil || !strings.Contains(err.Error(), "is scheduled") {
		t.Errorf("a scheduled template is removed: %v", err)
	}
}

// A report about a saved view counts the incidents of the view, and the runs of its clients.
func ofASavedView(s *season, _ readBook, p figure.Period) {
	t := s.t
	q := desk.IncidentQuery{Clients: []string{"host-05.meadow.example"}, Causes: []incident.Cause{incident.CauseFailed}}
	s.must(s.desk.SaveView(t.Context(), ines, desk.View{Name: "Ledger host", Query: q}))
	f, err := s.desk.PeriodFigures(t.Context(), ines, p, desk.ReportScope{View: "Ledger host"})
	s.must(err)
	q.OpenedFrom, q.OpenedTo = p.From, p.To
	ids, err := s.desk.IncidentIDs(t.Context(), ines, q)
	s.must(err)
	if v := f.Now.Values; v[figure.Opened].Count != len(ids) || len(ids) == 0 || v[figure.AllRuns].Count != 3*21 {
		t.Errorf("%d opened, want %d; %d runs", v[figure.Opened].Count, len(ids), v[figure.AllRuns].Count)
	}
	s.must(s.desk.RemoveView(t.Context(), ines, "Ledger host"))
	if _, err := s.desk.PeriodFigures(t.Context(), ines, p, desk.ReportScope{View: "Ledger host"}); err == nil {
		t.Error("a view that is gone is taken for everything")
	}
}
