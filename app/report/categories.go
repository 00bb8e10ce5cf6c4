package report

import (
	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/say"
)

// closings are the closing statuses in the order of the register.
var closings = []struct {
	as   incident.Closing
	word string
}{{incident.ClosedMissed, say.N("Missed (lost)")}, {incident.Reprocessed, say.N("Reprocessed")}, {incident.ClosedSuccess, say.N("Success")}}

// agesFirst is the first row of ages on the sheet.
const agesFirst = 6

var categoriesSheet = sheet{name: say.N("Categories and age"), page: func(m *maker) {
	p := m.newPage("Categories and age", say.T("Categories and age"), true, 30, 15, 15, 15, 15)
	p.heading(say.T("Open at the end, by age"))
	var ages [][]any
	sum := 0
	for i, n := range m.Figures.Now.Ages {
		ages = append(ages, []any{say.W(figure.AgeNames[i]), n})
		sum += n
	}
	ages = append(ages, []any{say.T("All"), sum})
	p.table([]desk.Column{{Title: say.T("Age")}, {Title: say.T("Incidents"), Kind: desk.Whole}}, ages, func(row, column int) (string, string) {
		switch {
		case column != 1:
			return "", ""
		case row == len(figure.AgeNames):
			return "Incidents", say.T("open")
		}
		return "Incidents", openFor(row)
	})

	p.groups(say.T("Open at the end, by category"), say.T("Category"), figure.OpenByCategory(m.Figures.Facts, m.Period), "By category")
	m.teamTable(p)

	p.heading(say.T("Closed in the period, by category and closing status"))
	columns := []desk.Column{{Title: say.T("Category")}}
	for _, c := range closings {
		columns = append(columns, desk.Column{Title: say.W(c.word), Kind: desk.Whole})
	}
	columns = append(columns, desk.Column{Title: say.T("Together"), Kind: desk.Whole})
	var values [][]any
	together := make([]int, len(closings)+1)
	for _, c := range m.Figures.Now.Categories {
		line := []any{unnamed(desk.CategoryWord(c.Name))}
		for i, x := range closings {
			line = append(line, c.Closed[x.as])
			together[i] += c.Closed[x.as]
		}
		together[len(closings)] += c.Together
		values = append(values, append(line, c.Together))
	}
	last := []any{say.T("All")}
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
			return "By category", say.T("closed")
		case column > len(closings):
			return "By category", closedIn(m.Figures.Now.Categories[row].Name)
		case all:
			return "Incidents", closedAs(say.W(closings[column-1].word))
		}
		return "By category", closedInAs(m.Figures.Now.Categories[row].Name, say.W(closings[column-1].word))
	})
}}

// groups is a table of categories with how many incidents each has, and their sum.
func (p *page) groups(title, name string, groups []figure.Group, list string) {
	p.heading(title)
	var values [][]any
	sum := 0
	for _, g := range groups {
		values = append(values, []any{unnamed(desk.CategoryWord(g.Name)), len(g.Incidents)})
		sum += len(g.Incidents)
	}
	values = append(values, []any{say.T("All"), sum})
	p.table([]desk.Column{{Title: name}, {Title: say.T("Incidents"), Kind: desk.Whole}}, values, func(row, column int) (string, string) {
		switch {
		case column != 1:
			return "", ""
		case row == len(groups):
			return list, say.T("open")
		}
		return list, openIn(groups[row].Name)
	})
}

// teamTable says for which teams incidents wait, and how many of them longer than was agreed.
func (m *maker) teamTable(p *page) {
	p.heading(say.T("On hold, by team"))
	var values [][]any
	for _, t := range m.Figures.Now.Teams {
		values = append(values, []any{unnamed(t.Name), t.Waiting, t.Overrun})
	}
	p.table([]desk.Column{{Title: say.T("Team")}, {Title: say.T("Waiting"), Kind: desk.Whole}, {Title: say.T("Time is over"), Kind: desk.Whole}}, values, func(row, column int) (string, string) {
		if column < 1 {
			return "", ""
		}
		if team := m.Figures.Now.Teams[row].Name; column == 2 {
			return holdSheet.name, waitsTooLong(team)
		}
		return holdSheet.name, m.Figures.Now.Teams[row].Name
	})
}

func (m *maker) ageChart() *excelize.Chart {
	if !m.has["Categories and age"] {
		return nil
	}
	return m.chart(excelize.Col, say.T("Open incidents by age"), "Categories and age", 1, agesFirst, agesFirst+len(figure.AgeNames)-1, series{2, yellow})
}
