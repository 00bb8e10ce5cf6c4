package ui

import (
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// incidentColumns are the columns of DESIGN.md 8.
func incidentColumns(u *UI) []grid.Column[desk.IncidentRow] {
	type row = desk.IncidentRow
	return []grid.Column[row]{
		{Key: "id", Title: say.T("ID"), Width: 56, Right: true, Link: true, Text: func(r row) string { return idText(r.ID) }, Value: func(r row) any { return desk.Ref(r.ID) }},
		{Key: "opened", Title: say.T("Opened"), Width: 124, Text: func(r row) string { return u.clockText(r.Opened) }, Value: func(r row) any { return r.Opened }},
		{Key: "failed", Title: say.T("Started"), Width: 124, Hidden: true, Text: func(r row) string { return u.clockText(r.Failed) }, Value: func(r row) any { return r.Failed }},
		{Key: "title", Title: say.T("Title"), Width: 200, Text: func(r row) string { return vitalMark(r) + r.ShownTitle() }},
		{Key: "vital", Title: say.T("Vital"), Width: 64, Hidden: true, Text: vitalWord},
		{Key: "routine", Title: say.T("Routine"), Width: 150, Hidden: true, Text: func(r row) string { return r.Routine }},
		{Key: "client", Title: say.T("Client"), Width: 132, Text: func(r row) string { return r.Client }},
		{Key: "tool", Title: say.T("Tool"), Width: 92, Text: func(r row) string { return r.Tool }},
		{Key: "kind", Title: say.T("Kind"), Width: 96, Hidden: true, Text: func(r row) string { return kindWord(r.Kind) }},
		{Key: "failure", Title: say.T("Failure"), Width: 216, Link: true, Text: func(r row) string { return r.ShownFailure() }},
		{Key: "state", Title: say.T("State"), Width: 124, Text: func(r row) string { return stateWord(r.State) }, Tone: func(r row) look.Tone { return stateTone(r.State) }},
		{Key: "closing", Title: say.T("Closing Status"), Width: 132, Text: func(r row) string { return closingWord(r.Closing) }, Tone: func(r row) look.Tone { return closingTone(r.Closing) }},
		{Key: "merged", Title: say.T("Merged Incidents"), Width: 120, Right: true, Link: true, Text: mergedText},
		{Key: "assignee", Title: say.T("Assignee"), Width: 104, Text: func(r row) string { return r.Assignee }},
		{Key: "age", Title: say.T("Age"), Width: 64, Right: true, Text: func(r row) string { return u.ageText(r.Opened) }, Value: func(r row) any { return u.age(r.Opened) }},
	}
}

func vitalWord(r desk.IncidentRow) string {
	if r.Vital {
		return say.T("vital")
	}
	return ""
}

// vitalMark stands before the title of an incident of a vital routine.
func vitalMark(r desk.IncidentRow) string {
	if r.Vital {
		return say.T("Vital") + " · "
	}
	return ""
}

func mergedTip(r desk.IncidentRow) string {
	switch {
	case r.Merged > 0:
		return say.T("%s merged into it: a click, + or - unfolds and folds them", countText(r.Merged))
	case r.Into != 0:
		return say.T("merged into %d: a click opens that one", r.Into)
	}
	return ""
}

func mergedText(r desk.IncidentRow) string {
	switch {
	case r.Merged > 0:
		return countText(r.Merged)
	case r.Into != 0:
		return say.T("in %d", r.Into)
	}
	return ""
}
