package report

import (
	"time"

	"github.com/xuri/excelize/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
)

// results are how runs end, in the order in which days are stacked.
var results = []struct {
	name   string
	colour string
	of     func(figure.Run) bool
}{
	{"success at first", green, func(r figure.Run) bool { return r.End == backup.Success && r.First == backup.Success }},
	{"success after a retry", "7DB894", func(r figure.Run) bool { return r.End == backup.Success && r.First != backup.Success }},
	{"partial", orange, ended(backup.Partial)},
	{"failed", red, ended(backup.Failed)},
	{"did not start", rose, ended(backup.Missed)},
	{"cancelled", silver, ended(backup.Cancelled)},
	{"running", blue, ended(backup.Running)},
}

func ended(o backup.Outcome) func(figure.Run) bool {
	return func(r figure.Run) bool { return r.End == o }
}

// resultOf is the place of a run's result among the results.
func resultOf(r figure.Run) int {
	for i, x := range results {
		if x.of(r) {
			return i
		}
	}
	return len(results) - 1
}

const dayForm = "2006-01-02"

func (m *maker) dayOf(t time.Time) string { return t.In(m.Period.Zone).Format(dayForm) }

// dailyFirst is the first row of days on the sheet.
const dailyFirst = 6

var dailySheet = sheet{name: "Daily", page: func(m *maker) {
	p := m.newPage(sheet{name: "Daily"}, "Day by day", false, append([]float64{12}, 11, 11, 10, 10, 10, 10, 10, 11, 12, 11, 11, 11)...)
	columns := []desk.Column{{Title: "Day", Kind: desk.Date}}
	for _, r := range results {
		columns = append(columns, desk.Column{Title: r.name, Kind: desk.Whole})
	}
	columns = append(columns, desk.Column{Title: "Runs that count", Kind: desk.Whole}, desk.Column{Title: "Success at first attempt", Kind: desk.Percent},
		desk.Column{Title: "Opened", Kind: desk.Whole}, desk.Column{Title: "Closed", Kind: desk.Whole}, desk.Column{Title: "Open", Kind: desk.Whole})
	perDay := m.runsByDay()
	var values [][]any
	for _, d := range m.Figures.Now.Days {
		line := []any{d.From}
		for i := range results {
			line = append(line, perDay[m.dayOf(d.From)][i])
		}
		line = append(line, d.Counted, rate(d.FirstGood, d.Counted), d.Opened, d.Closed, d.Open)
		values = append(values, line)
	}
	values = append(values, m.together())
	p.row = dailyFirst - 1
	p.table(columns, values, func(row, column int) (string, string) {
		day := "all days"
		if row < len(m.Figures.Now.Days) {
			day = m.dayOf(m.Figures.Now.Days[row].From)
		}
		switch n := len(results); {
		case column >= 1 && column <= n:
			return "Runs", results[column-1].name + " " + day
		case column == n+3:
			return "Opened and closed", "opened " + day
		case column == n+4:
			return "Opened and closed", "closed " + day
		}
		return "", ""
	})
	m.note(m.file.SetPanes(p.sheet, &excelize.Panes{Freeze: true, YSplit: dailyFirst - 1, XSplit: 1, TopLeftCell: cell(2, dailyFirst), ActivePane: "bottomRight"}))
	m.note(m.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'Daily'!$5:$5", Scope: "Daily"}))
}}

func rate(good, of int) any {
	if of == 0 {
		return nil
	}
	return float64(good) / float64(of)
}

// runsByDay counts runs by day and result.
func (m *maker) runsByDay() map[string]*[7]int {
	days := map[string]*[7]int{}
	for _, d := range m.Figures.Now.Days {
		days[m.dayOf(d.From)] = &[7]int{}
	}
	for _, r := range m.Figures.Facts.Runs {
		if d := days[m.dayOf(time.UnixMilli(r.At))]; d != nil {
			d[resultOf(r)]++
		}
	}
	return days
}

// together is the line of sums below the days.
func (m *maker) together() []any {
	sums := [7]int{}
	for _, d := range m.runsByDay() {
		for i, n := range d {
			sums[i] += n
		}
	}
	line := []any{"All days"}
	for _, n := range sums {
		line = append(line, n)
	}
	counted, good, opened, closed, open := 0, 0, 0, 0, m.Figures.Now.OpenBefore
	for _, d := range m.Figures.Now.Days {
		counted, good, opened, closed, open = counted+d.Counted, good+d.FirstGood, opened+d.Opened, closed+d.Closed, d.Open
	}
	return append(line, counted, rate(good, counted), opened, closed, open)
}

func (m *maker) dailyLast() int { return dailyFirst + len(m.Figures.Now.Days) - 1 }

func (m *maker) outcomesChart() *excelize.Chart {
	if !m.has["Daily"] {
		return nil
	}
	var all []series
	for i, r := range results {
		all = append(all, series{i + 2, r.colour})
	}
	c := m.chart(excelize.ColStacked, "Runs by day and result", "Daily", 1, dailyFirst, m.dailyLast(), all...)
	if c != nil {
		gap, whole := uint(40), 100
		c.GapWidth, c.Overlap = &gap, &whole
		c.XAxis.NumFmt.CustomNumFmt = "mm-dd"
	}
	return c
}

func (m *maker) movementChart() *excelize.Chart {
	if !m.has["Daily"] {
		return nil
	}
	n := len(results)
	c := m.chart(excelize.Line, "Incidents opened, closed and open", "Daily", 1, dailyFirst, m.dailyLast(), series{n + 4, red}, series{n + 5, green}, series{n + 6, blue})
	if c != nil {
		c.XAxis.NumFmt.CustomNumFmt = "mm-dd"
	}
	return c
}
