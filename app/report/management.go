package report

import (
	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

// rowsOf says in which list the rows of a figure are, and in which block: by its words, or by a closing status.
var rowsOf = map[figure.Key][3]string{
	figure.FirstRate: {"Runs", say.N("over")}, figure.EndRate: {"Runs", say.N("over")}, figure.AllRuns: {"Runs", say.N("over")}, figure.NotGood: {"Failures by routine", say.N("all")},
	figure.Opened: {"Opened and closed", say.N("opened")}, figure.FirstAction: {"First actions", say.N("acted on")}, figure.Closed: {"Incidents", say.N("closed")}, figure.ToClose: {"Incidents", say.N("closed")},
	figure.Open: {"Incidents", say.N("open")}, figure.OpenMerged: {"Merged into others", say.N("merged")},
	figure.Lost: {"Incidents", "", say.N("Missed (lost)")}, figure.Reprocessed: {"Incidents", "", say.N("Reprocessed")}, figure.FalseAlarms: {"Incidents", "", say.N("Success")},
	figure.NoCopy1: {"Last good copies", say.N("over 1 day")}, figure.NoCopy3: {"Last good copies", say.N("over 3 days")}, figure.NoCopy7: {"Last good copies", say.N("over 7 days")},
}

var kinds = map[figure.Unit]desk.Kind{figure.Number: desk.Whole, figure.Share: desk.Percent, figure.Hours: desk.Span}

var managementSheet = sheet{name: say.N("Management"), page: func(m *maker) {
	p := m.newPage("Management", say.T("Management"), true, 54, 14, 14, 14, 12)
	for i, title := range []string{say.T("Figure"), say.T("This period"), say.T("The one before"), say.C("since the period before", "Change"), ""} {
		p.put(i+1, p.row, title, head([]desk.Kind{desk.Text, desk.Whole, desk.Whole, desk.Whole, desk.Text}[i]))
	}
	p.row++
	for _, d := range figure.Definitions {
		m.figureLine(p, d)
	}
	for _, words := range []string{
		say.T("Open at the beginning %d + opened - closed = open at the end: in Incidents, those not opened in the period.", m.Figures.Now.OpenBefore),
		say.T("A figure leads to the rows it counts. 0 and - have none."),
		say.T("The rows of the period before are not in this file: a report about that period has them."),
	} {
		p.put(1, p.row, words, look{ink: muted})
		p.row++
	}
	p.row++
	m.charts(p)
}}

func (m *maker) figureLine(p *page, d figure.Definition) {
	now, before := m.Figures.Now.Values[d.Key], m.Figures.Prior.Values[d.Key]
	title := say.W(d.Title)
	if d.Unit == figure.Hours {
		title = say.T("%s (hours, the middle one)", title)
	}
	p.put(1, p.row, title, look{line: true, link: m.has["Definitions"]})
	if m.has["Definitions"] {
		m.link(p.sheet, cell(1, p.row), m.tabs["Definitions"], cell(1, definitionRow(d.Key)), say.T("What it means"))
	}
	l := look{kind: kinds[d.Unit], bold: true, line: true, right: true}
	list, what := rowsOf[d.Key][0], say.W(rowsOf[d.Key][1])
	if closing := rowsOf[d.Key][2]; closing != "" {
		what = closedAs(say.W(closing))
	}
	l.link = m.blocks[list][what] != nil
	p.put(2, p.row, known(now), l)
	m.goTo(p.sheet, cell(2, p.row), list, what)
	p.put(3, p.row, known(before), look{kind: kinds[d.Unit], line: true, right: true})
	change, word := d.Compare(now, before)
	p.put(4, p.row, known(change), look{form: changeForm[d.Unit], line: true, right: true})
	p.put(5, p.row, say.W(word), look{line: true, indent: true, ink: map[string]string{"better": Words["Success"].Ink, "worse": Words["Missed (lost)"].Ink}[word]})
	p.row++
}

var changeForm = map[figure.Unit]string{figure.Number: "+#,##0;-#,##0;0", figure.Share: "+0.0%;-0.0%;0.0%", figure.Hours: "+#,##0.0;-#,##0.0;0.0"}

// known is a figure's value, or a dash where nothing is known.
func known(v figure.Value) any {
	if !v.Known {
		return "-"
	}
	return v.N
}

// charts puts the four charts below the figures, two in a row.
func (m *maker) charts(p *page) {
	const rowsHigh = chartHeight/18 + 2 // of the 18 pixels that the library takes for a row of 15 points
	n := 0
	for row := range 2 * rowsHigh {
		m.note(m.file.SetRowHeight(p.sheet, p.row+row, 15)) // whatever the font: charts are placed by rows
	}
	for _, c := range []func() *excelize.Chart{m.outcomesChart, m.movementChart, m.ageChart, m.clientsChart} {
		if chart := c(); chart != nil {
			if n%2 == 1 {
				chart.Dimension.Width = rightWidth
			}
			m.note(m.file.AddChart(p.sheet, cell(n%2+1, p.row+n/2*rowsHigh), chart))
			n++
		}
	}
}
