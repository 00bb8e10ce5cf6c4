package report

import (
	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

// mostFailing is how many routines and clients are listed; the lists of failures have them all.
const mostFailing = 20

var failingSheet = sheet{name: say.N("Top failing"), page: func(m *maker) {
	p := m.newPage("Top failing", say.T("What fails most"), true, 34, 18, 11, 12, 12, 12, 10)
	columns := func(name string) []desk.Column {
		return []desk.Column{
			{Title: name},
			{Title: say.T("Tool")},
			{Title: say.T("Runs"), Kind: desk.Whole},
			{Title: say.T("Without success"), Kind: desk.Whole},
			{Title: say.T("Of all"), Kind: desk.Percent},
			{Title: say.T("Incidents opened"), Kind: desk.Whole},
			{Title: say.T("Lost"), Kind: desk.Whole},
		}
	}
	for _, t := range m.tops() {
		p.heading(t.title)
		var values [][]any
		for _, f := range t.rows {
			values = append(values, []any{unnamed(t.of(f)), f.Tool, f.Runs, f.Bad, rate(f.Bad, f.Runs), f.Opened, f.Lost})
		}
		p.table(columns(t.name), values, func(row, column int) (string, string) {
			if column < 2 {
				return "", ""
			}
			key := behindOf(t.name, t.rows[row].Routine)
			return behindSheet.name, []string{say.T("%s runs", key), say.T("%s bad", key), say.T("%s runs", key), say.T("%s opened", key), say.T("%s lost", key)}[column-2]
		})
	}
}}

// top is a table of what fails most.
type top struct {
	title, name string
	rows        []figure.Failing
	of          func(figure.Failing) string
	by          func(figure.Routine) figure.Routine
}

func (m *maker) tops() []top {
	clients, routines := m.Figures.Now.Clients, m.Figures.Now.Routines
	return []top{
		{say.T("Clients with most runs without success"), say.T("Client"), clients[:min(len(clients), mostFailing)], func(f figure.Failing) string { return f.Client }, figure.ByClient},
		{say.T("Routines with most runs without success"), say.T("Routine"), routines[:min(len(routines), mostFailing)], func(f figure.Failing) string { return f.Policy }, figure.ByRoutine},
	}
}

// clientsFirst is the first row of clients on the sheet.
const clientsFirst = 6

func (m *maker) clientsChart() *excelize.Chart {
	if !m.has["Top failing"] {
		return nil
	}
	n := min(len(m.Figures.Now.Clients), 10)
	return m.chart(excelize.Bar, say.T("Clients with most runs without success"), "Top failing", 1, clientsFirst, clientsFirst+n-1, series{4, red})
}

func unnamed(s string) string {
	if s == "" {
		return say.T("(no name)")
	}
	return s
}
