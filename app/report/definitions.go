package report

import (
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/risk"
	"backstop/app/say"
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
func terms() [][]any {
	return [][]any{
		{say.T("Figure"), say.T("A number on Management, Daily, Top failing, and Categories and age. It leads to the rows that it counts, or to the cells that it adds; 0 and - have none. A number in a list belongs to its row.")},
		{say.T("Run"), say.T("The tries of one scheduled execution taken together.")},
		{say.T("Without success"), say.T("A run whose last try so far was partial, failed, cancelled or did not start.")},
		{say.T("Closing status"), say.T("Success: a false alarm, the backup position is valid. Missed (lost): it could not be made good in its window, and the position is lost. Reprocessed: made good by linked sessions.")},
		{say.T("Did not start"), say.T("A run that its tool reports as missed, or that was expected and of which no execution came though its source told of that time. Not to be confused with the closing status Missed (lost).")},
		{say.T("Good copy"), say.T("A backup or log backup that was a success, or partial where partial runs of its routine open no incident, and that has not expired. Unknown history is called unknown, never good.")},
		{say.T("Lost window"), say.T("From the end of the last good copy of the routine before the failed run to the end of the first one after it.")},
		{say.T("Delay of a reprocessing"), say.T("From the beginning of the failed run, or the time it was due, to the end of the session that made it good.")},
		{say.T("Size off"), risk.Volume.Rule()},
		{say.T("Duration off"), risk.Duration.Rule()},
		{say.T("Gone or disabled"), risk.Absence.Rule()},
		{say.T("Recurrent failure"), risk.Recurrence.Rule()},
		{say.T("Days"), say.T("Calendar days in the zone named on the cover; a day on which the clocks change has 23 or 25 hours.")},
		{say.T("The period before"), say.T("As many calendar months just before, where the period is made of whole months; else as many days.")},
		{say.T("As the desk knows it"), say.T("Closing status, category and hold are as they stand now: an incident that was reopened counts as open.")},
	}
}

var definitionsSheet = sheet{name: say.N("Definitions"), fixed: true, page: func(m *maker) {
	p := m.newPage("Definitions", say.T("Definitions"), true, 34, 76)
	columns := []desk.Column{{Title: say.T("Figure")}, {Title: say.T("What it means"), Kind: desk.Long}}
	var values [][]any
	for _, d := range figure.Definitions {
		values = append(values, []any{say.W(d.Title), say.W(d.Words)})
	}
	p.table(columns, values, nil)
	columns[0].Title = say.T("Word")
	p.table(columns, terms(), nil)
}}
