package ui

import (
	"fmt"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// routineColumns are those of the Routines page. Tools are the settings of tools, which hold where a routine has none of its own.
func routineColumns(u *UI, tools func(string) desk.ToolSettings) []grid.Column[desk.RoutineRow] {
	type row = desk.RoutineRow
	return []grid.Column[row]{
		{Key: "name", Title: say.T("Routine"), Width: 188, Link: true, Text: routineName},
		{Key: "client", Title: say.T("Client"), Width: 136, Text: func(r row) string { return r.Client }},
		{Key: "tool", Title: say.T("Tool"), Width: 92, Text: func(r row) string { return r.Tool }},
		{Key: "expected", Title: say.T("Expected"), Width: 208, Text: expectedText, Tone: expectedTone},
		{Key: "start", Title: say.T("Usual start"), Width: 84, Right: true, Text: func(r row) string { return timeOfDay(r.Usual.At) }},
		{Key: "duration", Title: say.T("Usual time"), Width: 84, Right: true, Text: func(r row) string { return usualText(r.Usual.Duration) }},
		{Key: "last", Title: say.T("Last run"), Width: 124, Text: func(r row) string { return u.clockText(r.Last) }},
		{Key: "result", Title: say.T("Result"), Width: 128, Text: func(r row) string { return outcomeWord(r.LastOutcome) }, Tone: func(r row) look.Tone { return outcomeTone(r.LastOutcome) }},
		{Key: "grace", Title: say.T("Grace"), Width: 80, Right: true, Text: graceText},
		{Key: "vital", Title: say.T("Vital"), Width: 88, Text: vitalText},
		{Key: "enabled", Title: say.T("Enabled"), Width: 76, Text: func(r row) string { return yesNo(!r.Settings.Disabled) }},
		{Key: "kind", Title: say.T("Kind"), Width: 104, Text: func(r row) string { return kindWord(r.Kind) }},
		{Key: "partial", Title: say.T("Partial opens"), Width: 96, Text: func(r row) string { return opensText(r.Settings.Partial, tools(r.Tool).Partial, true) }},
		{Key: "cancelled", Title: say.T("Cancelled opens"), Width: 112, Text: func(r row) string { return opensText(r.Settings.Cancelled, tools(r.Tool).Cancelled, true) }},
		{Key: "analyses", Title: say.T("Risk analyses"), Width: 132, Text: func(r row) string { return analysesText(r.Settings.Off) }},
		{Key: "calendar", Title: say.T("Calendar"), Width: 112, Text: func(r row) string { return r.Settings.Calendar }},
		{Key: "runs", Title: say.T("Runs"), Width: 64, Right: true, Text: func(r row) string { return countText(r.Runs) }},
		{Key: "source", Title: say.T("Source"), Width: 120, Text: func(r row) string { return r.Reported }},
	}
}

// routineName is the routine with its schedule, where the tool separates them.
func routineName(r desk.RoutineRow) string {
	if r.Schedule == "" {
		return r.Name
	}
	return r.Name + " · " + r.Schedule
}

// timeOfDay is a wall time since midnight; nothing for unknown.
func timeOfDay(at time.Duration) string {
	if at < 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", int(at.Hours()), int(at.Minutes())%60)
}

func usualText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return durationText(d)
}

// expectedText says in words when a routine is to start.
func expectedText(r desk.RoutineRow) string {
	if r.Settings.Expectation.None() {
		return say.T("not set")
	}
	return r.Settings.Expectation.Words()
}

func expectedTone(r desk.RoutineRow) look.Tone {
	if r.Settings.Expectation.None() || r.Settings.Disabled {
		return look.Muted
	}
	return look.Plain
}

func graceText(r desk.RoutineRow) string {
	if r.Settings.Expectation.None() {
		return ""
	}
	return expect.Span(r.Settings.Expectation.Grace)
}

// vitalText says whether it is vital, and whether a person said so.
func vitalText(r desk.RoutineRow) string {
	switch {
	case r.Settings.Vital != backup.Undecided:
		return say.T("%s, marked", yesNo(r.Vital()))
	case r.Vital():
		return yesNo(true)
	}
	return ""
}

func yesNo(yes bool) string {
	if yes {
		return say.T("yes")
	}
	return say.T("no")
}

// opensText says whether an outcome opens an incident, and whether that is the routine's own setting.
func opensText(own, tool backup.Choice, byItself bool) string {
	text := yesNo(own.Or(tool.Or(byItself)))
	switch {
	case own != backup.Undecided:
		return say.T("%s, own", text)
	case tool != backup.Undecided:
		return say.T("%s, tool", text)
	}
	return text
}

// analysesText names the risk analyses that run.
func analysesText(off desk.Analyses) string {
	var names []string
	for _, a := range analysisParts {
		if *a.of(&off) {
			names = append(names, strings.ToLower(say.W(a.words)))
		}
	}
	if len(names) == 0 {
		return say.T("all")
	}
	return say.T("without %s", strings.Join(names, ", "))
}
