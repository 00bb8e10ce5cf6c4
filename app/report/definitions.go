package report

import (
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/risk"
)

// definitionsFirst is the first row of definitions on the sheet.
const definitionsFirst = 5

// definitionRow is where a figure is defined.
func definitionRow(k figure.Key) int {
	for i, d := range figure.Definitions {
		if d.Key == k {
			return definitionsFirst + i
		}
	}
	return 1
}

// terms are the words of the other sheets.
var terms = [][]any{
	{"Figure", "A number on Management, Daily, Top failing, and Categories and age. It leads to the rows that it counts, or to the cells that it adds; 0 and - have none. A number in a list belongs to its row."},
	{"Run", "The tries of one scheduled execution taken together."},
	{"Without success", "A run whose last try so far was partial, failed, cancelled or did not start."},
	{"Closing status", "Success: a false alarm, the backup position is valid. Missed (lost): it could not be made good in its window, and the position is lost. Reprocessed: made good by linked sessions."},
	{"Did not start", "A run that its tool reports as missed, or that was expected and of which no execution came though its source told of that time. Not to be confused with the closing status Missed (lost)."},
	{"Good copy", "A backup or log backup that was a success, or partial where partial runs of its routine open no incident, and that has not expired. Unknown history is called unknown, never good."},
	{"Lost window", "From the end of the last good copy of the routine before the failed run to the end of the first one after it."},
	{"Delay of a reprocessing", "From the beginning of the failed run, or the time it was due, to the end of the session that made it good."},
	{"Size off", risk.Volume.Rule()},
	{"Duration off", risk.Duration.Rule()},
	{"Gone or disabled", risk.Absence.Rule()},
	{"Recurrent failure", risk.Recurrence.Rule()},
	{"Days", "Calendar days in the zone named on the cover; a day on which the clocks change has 23 or 25 hours."},
	{"The period before", "As many calendar months just before, where the period is made of whole months; else as many days."},
	{"As the desk knows it", "Closing status, category and hold are as they stand now: an incident that was reopened counts as open."},
}

var definitionsSheet = sheet{name: "Definitions", fixed: true, page: func(m *maker) {
	p := m.newPage(sheet{name: "Definitions"}, "Definitions", true, 34, 76)
	columns := []desk.Column{{Title: "Figure"}, {Title: "What it means", Kind: desk.Long}}
	var values [][]any
	for _, d := range figure.Definitions {
		values = append(values, []any{d.Title, d.Words})
	}
	p.table(columns, values, nil)
	columns[0].Title = "Word"
	p.table(columns, terms, nil)
}}
