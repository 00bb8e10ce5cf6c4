package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// teachTrial is the step that reads the whole file by the mapping, shows what comes of it, and asks for the mapping's name.
type teachTrial struct {
	t        *teachWizard
	object   fyne.CanvasObject
	name     *field
	reason   *field
	said     *widget.Label
	problems *widget.Label
	rows     *list[backup.Execution]
	grid     *grid.Grid[backup.Execution]
	found    backup.Trial
}

func newTeachTrial(t *teachWizard) *teachTrial {
	r := &teachTrial{t: t, said: widget.NewLabel(""), problems: widget.NewLabel("")}
	r.said.Wrapping, r.problems.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	r.said.TextStyle.Bold = true
	r.problems.Importance = widget.WarningImportance
	r.name = t.in(newField("", say.T("how people will find it again")))
	r.name.OnChanged = func(string) { t.touched = true }
	r.reason = t.in(newField("", say.T("needed only to replace a mapping of this name")))
	r.rows = &list[backup.Execution]{id: func(e backup.Execution) int64 { return int64(e.Line) }}
	r.grid = grid.New[backup.Execution](r.rows, trialColumns(t.ui)...)
	r.grid.OnlyLook()
	form := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Name")), r.name, widget.NewLabel(say.T("Reason")), r.reason)
	problems := container.NewVScroll(r.problems)
	split := container.NewVSplit(r.grid, problems)
	split.SetOffset(0.68)
	r.object = container.NewBorder(container.NewVBox(form, r.said), nil, nil, nil, split)
	return r
}

func trialColumns(u *UI) []grid.Column[backup.Execution] {
	type row = backup.Execution
	return []grid.Column[row]{
		{Key: "line", Title: say.T("Line"), Width: 56, Right: true, Text: func(r row) string { return countText(r.Line) }},
		{Key: "outcome", Title: say.T("Outcome"), Width: 120, Text: func(r row) string { return say.W(r.Outcome.String()) }, Tone: func(r row) look.Tone { return outcomeTone(r.Outcome) }},
		{Key: "routine", Title: say.T("Routine"), Width: 168, Text: func(r row) string { return r.Routine }},
		{Key: "client", Title: say.T("Client"), Width: 144, Text: func(r row) string { return r.Client }},
		{Key: "start", Title: say.T("Start"), Width: 128, Text: func(r row) string { return u.clockText(r.Start) }},
		{Key: "end", Title: say.T("End"), Width: 128, Text: func(r row) string { return u.clockText(r.End) }},
		{Key: "bytes", Title: say.T("Size"), Width: 88, Right: true, Text: func(r row) string { return sizeText(r.Bytes) }},
		{Key: "error", Title: say.T("Error"), Width: 224, Text: func(r row) string { return r.Error }},
	}
}

// try reads the whole file by the mapping as it stands.
func (r *teachTrial) try() {
	t := r.t
	if t.mapping.Name == "" {
		r.name.SetText(strings.TrimSpace(t.mapping.Constants[backup.FieldTool] + " " + t.lesson.source))
	}
	m := t.mapping
	m.Name = "trial"
	r.found = backup.Trial{}
	r.said.SetText(say.T("Reading the whole file …"))
	r.problems.SetText("")
	var found backup.Trial
	t.wizard.run(func(ctx context.Context, progress desk.Progress) (err error) {
		found, err = t.desk.TryMapping(ctx, t.ui.actor, t.lesson.source, t.lesson.path, m, func(p backup.Progress) { progress(int(p.Done>>10), int(p.Size>>10)) })
		return err
	}, func() { r.show(found) })
}

func (r *teachTrial) show(found backup.Trial) {
	r.found = found
	r.rows.rows = found.First
	r.grid.Restart()
	r.said.SetText(trialText(found))
	r.problems.SetText(problemsText(found))
	r.t.statuses.more = found.Unknown
}

// trialText counts what the file comes to.
func trialText(found backup.Trial) string {
	var parts []string
	for _, o := range outcomeChoices {
		if n := found.Outcomes[o]; n > 0 {
			parts = append(parts, countText(n)+" "+say.W(o.String()))
		}
	}
	text := say.Many(found.Executions, "1 execution", "%s executions")
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	if found.Bad > 0 {
		text += say.T("  ·  %s not read", say.Many(found.Bad, "1 record", "%s records"))
	}
	return text
}

func problemsText(found backup.Trial) string {
	var lines []string
	for _, p := range found.Problems {
		lines = append(lines, say.T("line %d: %s", p.Line, look.Printable(say.Again(p.Reason))))
	}
	if more := found.Bad - len(found.Problems); more > 0 {
		lines = append(lines, say.T("… and %s more", countText(more)))
	}
	return strings.Join(append(lines, saidAgain(found.Notes)...), "\n")
}

// ready lets the wizard's own work say what is missing.
func (r *teachTrial) ready() error { return nil }
