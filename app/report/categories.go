package report

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
)

// closings are the closing statuses in the order of the register.
var closings = []struct {
	as   incident.Closing
	word string
}{{incident.ClosedMissed, "Missed (lost)"}, {incident.Reprocessed, "Reprocessed"}, {incident.ClosedSuccess, "Success"}}

// agesFirst is the first row of ages on the sheet.
const agesFirst = 6

var categoriesSheet = sheet{name: "Categories and age", page: func(m *maker) {
	p := m.newPage(sheet{name: "Categories and age"}, "Categories and age", true, 30, 15, 15, 15, 15)
	p.heading("Open at the end, by age")
	var ages [][]any
	sum := 0
	for i, n := range m.Figures.Now.Ages {
		ages = append(ages, []any{figure.AgeNames[i], n})
		sum += n
	}
	ages = append(ages, []any{"All", sum})
	p.table([]desk.Column{{Title: "Age"}, {Title: "Incidents", Kind: desk.Whole}}, ages, func(row, column int) (string, string) {
		switch {
		case column != 1:
			return "", ""
		case row == len(figure.AgeNames):
			return "Incidents", "open"
		}
		return "Incidents", "open " + figure.AgeNames[row]
	})

	p.groups("Open at the end, by category", "Category", figure.OpenByCategory(m.Figures.Facts, m.Period), "By category", "open ")
	m.teamTable(p)

	p.heading("Closed in the period, by category and closing status")
	columns := []desk.Column{{Title: "Category"}}
	for _, c := range closings {
		columns = append(columns, desk.Column{Title: c.word, Kind: desk.Whole})
	}
	columns = append(columns, desk.Column{Title: "Together", Kind: desk.Whole})
	var values [][]any
	together := make([]int, len(closings)+1)
	for _, c := range m.Figures.Now.Categories {
		line := []any{unnamed(c.Name)}
		for i, x := range closings {
			line = append(line, c.Closed[x.as])
			together[i] += c.Closed[x.as]
		}
		together[len(closings)] += c.Together
		values = append(values, append(line, c.Together))
	}
	last := []any{"All"}
	for _, n := range together {
		last = append(last, n)
	}
	values = append(values, last)
	p.table(columns, values, func(row, column int) (string, string) {
		all := row == len(m.Figures.Now.Categories)
		switch {
		case column < 1:
			return "", ""
		case column > len(closings) && all:
			return "By category", "closed"
		case column > len(closings):
			return "By category", "closed " + m.Figures.Now.Categories[row].Name
		case all:
			return "Incidents", "closed as " + closings[column-1].word
		}
		return "By category", "closed " + m.Figures.Now.Categories[row].Name + ", " + closings[column-1].word
	})
}}

// groups is a table of names with how many incidents each has, and their sum.
func (p *page) groups(title, name string, groups []figure.Group, list, block string) {
	p.heading(title)
	var values [][]any
	sum := 0
	for _, g := range groups {
		values = append(values, []any{unnamed(g.Name), len(g.Incidents)})
		sum += len(g.Incidents)
	}
	values = append(values, []any{"All", sum})
	p.table([]desk.Column{{Title: name}, {Title: "Incidents", Kind: desk.Whole}}, values, func(row, column int) (string, string) {
		switch {
		case column != 1:
			return "", ""
		case row == len(groups):
			return list, strings.TrimSpace(block)
		}
		return list, block + groups[row].Name
	})
}

// teamTable says for which teams incidents wait, and how many of them longer than was agreed.
func (m *maker) teamTable(p *page) {
	p.heading("On hold, by team")
	var values [][]any
	for _, t := range m.Figures.Now.Teams {
		values = append(values, []any{unnamed(t.Name), t.Waiting, t.Overrun})
	}
	p.table([]desk.Column{{Title: "Team"}, {Title: "Waiting", Kind: desk.Whole}, {Title: "Time is over", Kind: desk.Whole}}, values, func(row, column int) (string, string) {
		if column < 1 {
			return "", ""
		}
		return holdSheet.name, m.Figures.Now.Teams[row].Name + map[int]string{2: " over"}[column]
	})
}

func (m *maker) ageChart() *excelize.Chart {
	if !m.has["Categories and age"] {
		return nil
	}
	return m.chart(excelize.Col, "Open incidents by age", "Categories and age", 1, agesFirst, agesFirst+len(figure.AgeNames)-1, series{2, yellow})
}
