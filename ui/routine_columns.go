package ui

import (
	"fmt"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// routineColumns are those of the Routines page. Tools are the settings of tools, which hold where a routine has none of its own.
func routineColumns(u *UI, tools func(string) desk.ToolSettings) []grid.Column[desk.RoutineRow] {
	type row = desk.RoutineRow
	return []grid.Column[row]{
		{Key: "name", Title: "Routine", Width: 188, Link: true, Text: routineName},
		{Key: "client", Title: "Client", Width: 136, Text: func(r row) string { return r.Client }},
		{Key: "tool", Title: "Tool", Width: 92, Text: func(r row) string { return r.Tool }},
		{Key: "expected", Title: "Expected", Width: 208, Text: expectedText, Tone: expectedTone},
		{Key: "start", Title: "Usual start", Width: 84, Right: true, Text: func(r row) string { return timeOfDay(r.Usual.At) }},
		{Key: "duration", Title: "Usual time", Width: 84, Right: true, Text: func(r row) string { return usualText(r.Usual.Duration) }},
		{Key: "last", Title: "Last run", Width: 124, Text: func(r row) string { return u.clockText(r.Last) }},
		{Key: "result", Title: "Result", Width: 128, Text: func(r row) string { return outcomeWord(r.LastOutcome) }, Tone: func(r row) look.Tone { return outcomeTone(r.LastOutcome) }},
		{Key: "grace", Title: "Grace", Width: 80, Right: true, Text: graceText},
		{Key: "vital", Title: "Vital", Width: 88, Text: vitalText},
		{Key: "enabled", Title: "Enabled", Width: 76, Text: func(r row) string { return yesNo(!r.Settings.Disabled) }},
		{Key: "kind", Title: "Kind", Width: 104, Text: func(r row) string { return r.Kind.String() }},
		{Key: "partial", Title: "Partial opens", Width: 96, Text: func(r row) string { return opensText(r.Settings.Partial, tools(r.Tool).Partial, true) }},
		{Key: "cancelled", Title: "Cancelled opens", Width: 112, Text: func(r row) string { return opensText(r.Settings.Cancelled, tools(r.Tool).Cancelled, true) }},
		{Key: "analyses", Title: "Risk analyses", Width: 132, Text: func(r row) string { return analysesText(r.Settings.Off) }},
		{Key: "calendar", Title: "Calendar", Width: 112, Text: func(r row) string { return r.Settings.Calendar }},
		{Key: "runs", Title: "Runs", Width: 64, Right: true, Text: func(r row) string { return countText(r.Runs) }},
		{Key: "source", Title: "Source", Width: 120, Text: func(r row) string { return r.Reported }},
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
		return "not set"
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
		return yesNo(r.Vital()) + ", marked"
	case r.Vital():
		return "yes"
	}
	return ""
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// opensText says whether an outcome opens an incident, and whether that is the routine's own setting.
func opensText(own, tool backup.Choice, byItself bool) string {
	text := yesNo(own.Or(tool.Or(byItself)))
	switch {
	case own != backup.Undecided:
		return text + ", own"
	case tool != backup.Undecided:
		return text + ", tool"
	}
	return text
}

// analysesText names the risk analyses that run.
func analysesText(off desk.Analyses) string {
	if text := off.String(); text != "" {
		return "without " + text
	}
	return "all"
}
