package report

import (
	"sort"
	"time"

	"github.com/xuri/excelize/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

// results are how runs end, in the order in which days are stacked. All but the last count: the first try of those is still at work.
var results = [...]struct {
	name   string
	colour string
	of     func(figure.Run) bool
}{
	{say.N("success at first"), green, func(r figure.Run) bool { return r.Over() && r.End == backup.Success && r.First == backup.Success }},
	{say.N("success after a retry"), "7DB894", func(r figure.Run) bool { return r.Over() && r.End == backup.Success && r.First != backup.Success }},
	{say.N("partial"), orange, ended(backup.Partial)},
	{say.N("failed"), red, ended(backup.Failed)},
	{say.N("did not start"), rose, ended(backup.Missed)},
	{say.N("cancelled"), silver, ended(backup.Cancelled)},
	{say.N("tried again"), "8FB4E8", ended(backup.Running)},
	{say.N("running"), blue, func(r figure.Run) bool { return !r.Over() }},
}

func ended(o backup.Outcome) func(figure.Run) bool {
	return func(r figure.Run) bool { return r.Over() && r.End == o }
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

func (m *maker) dayOf(t time.Time) string { return say.Day(t.In(m.Period.Zone)) }

// dayIndex is the place of a run's day among those of the period.
func (m *maker) dayIndex(r *figure.Run) int {
	days := m.Figures.Now.Days
	return sort.Search(len(days), func(i int) bool { return days[i].From.UnixMilli() > r.At })
}

// dailyFirst is the first row of days on the sheet.
const dailyFirst = 6

var dailySheet = sheet{name: say.N("Daily"), page: func(m *maker) {
	p := m.newPage("Daily", say.T("Day by day"), false, 12, 11, 11, 10, 10, 10, 10, 10, 10, 11, 12, 11, 11, 11)
	columns := []desk.Column{{Title: say.T("Day"), Kind: desk.Date}}
	for _, r := range results {
		columns = append(columns, desk.Column{Title: say.W(r.name), Kind: desk.Whole})
	}
	columns = append(columns, desk.Column{Title: say.T("Runs that count"), Kind: desk.Whole}, desk.Column{Title: say.T("Success at first attempt"), Kind: desk.Percent},
		desk.Column{Title: say.T("Opened"), Kind: desk.Whole}, desk.Column{Title: say.T("Closed"), Kind: desk.Whole}, desk.Column{Title: say.C("how many are", "Open"), Kind: desk.Whole})
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
	p.put(1, dailyFirst-2, say.T("Open at the beginning: %d. A sum leads to the days that it adds.", m.Figures.Now.OpenBefore), look{ink: muted})
	m.blocks["Daily"] = m.dailySums()
	p.table(columns, values, m.dailyLink)
	m.note(m.file.SetPanes(p.sheet, &excelize.Panes{Freeze: true, YSplit: dailyFirst - 1, XSplit: 1, TopLeftCell: cell(2, dailyFirst), ActivePane: "bottomRight"}))
	m.note(m.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted(p.sheet) + "!$5:$5", Scope: p.sheet}))
}}

// dailyLink is what a cell of the sheet counts: the rows of its day, of a sum the days above it, of the open ones what came and went.
func (m *maker) dailyLink(row, column int) (list, what string) {
	n := len(results)
	if row == len(m.Figures.Now.Days) {
		if column == n+2 {
			return "Runs", say.T("over")
		}
		return "Daily", sumOf(column)
	}
	day := m.dayOf(m.Figures.Now.Days[row].From)
	switch {
	case column >= 1 && column <= n:
		return "Runs", resultOn(column-1, day)
	case column == n+1, column == n+2:
		return "Runs", overOn(day)
	case column == n+3:
		return "Opened and closed", openedOn(day)
	case column == n+4:
		return "Opened and closed", closedOn(day)
	case column == n+5:
		return "Daily", openOf(row)
	}
	return "", ""
}

// A block of the sheet itself is found by what stands in its place: a column's sum, a day's open ones.
func sumOf(column int) string { return say.T("sum %d", column) }
func openOf(row int) string   { return say.T("open %d", row) }

// dailySums are the cells of the sheet itself that others add.
func (m *maker) dailySums() map[string]*block {
	n, last := len(results), m.dailyLast()
	sums := map[string]*block{sumOf(n + 5): m.dailyArea(n+4, n+5, last)}
	for column := 1; column <= n+4; column++ {
		sums[sumOf(column)] = m.dailyArea(column+1, column+1, last)
	}
	for row := range m.Figures.Now.Days {
		sums[openOf(row)] = m.dailyArea(n+4, n+5, dailyFirst+row)
	}
	return sums
}

func (m *maker) dailyArea(left, right, last int) *block {
	return &block{sheet: m.tabs["Daily"], first: dailyFirst, last: last, rows: last - dailyFirst + 1, left: left, right: right}
}

func rate(good, of int) any {
	if of == 0 {
		return nil
	}
	return float64(good) / float64(of)
}

// runsByDay counts runs by day and result.
func (m *maker) runsByDay() map[string]*[len(results)]int {
	days := map[string]*[len(results)]int{}
	for _, d := range m.Figures.Now.Days {
		days[m.dayOf(d.From)] = &[len(results)]int{}
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
	sums := [len(results)]int{}
	for _, d := range m.runsByDay() {
		for i, n := range d {
			sums[i] += n
		}
	}
	line := []any{say.T("All days")}
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
	c := m.chart(excelize.ColStacked, say.T("Runs by day and result"), "Daily", 1, dailyFirst, m.dailyLast(), all...)
	if c != nil {
		gap, whole := uint(40), 100
		c.GapWidth, c.Overlap = &gap, &whole
		c.XAxis.NumFmt.CustomNumFmt = dayOfYear()
	}
	return c
}

func (m *maker) movementChart() *excelize.Chart {
	if !m.has["Daily"] {
		return nil
	}
	n := len(results)
	c := m.chart(excelize.Line, say.T("Incidents opened, closed and open"), "Daily", 1, dailyFirst, m.dailyLast(), series{n + 4, red}, series{n + 5, green}, series{n + 6, blue})
	if c != nil {
		c.XAxis.NumFmt.CustomNumFmt = dayOfYear()
	}
	return c
}
