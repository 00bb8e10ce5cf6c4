package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// mergePreview lists what a merge would make of each incident.
type mergePreview struct {
	ui     *UI
	said   *widget.Label
	rows   *list[becoming]
	grid   *grid.Grid[becoming]
	object fyne.CanvasObject
}

// becoming is an incident as it is, and as a merge would leave it.
type becoming struct {
	was, is incident.Incident
}

func newMergePreview(u *UI) *mergePreview {
	p := &mergePreview{ui: u, said: widget.NewLabel(""), rows: &list[becoming]{id: func(b becoming) int64 { return int64(b.was.ID) }}}
	p.said.Wrapping = fyne.TextWrapWord
	p.grid = grid.New[becoming](p.rows, []grid.Column[becoming]{
		{Key: "id", Title: say.T("ID"), Width: 64, Right: true, Link: true, Text: func(b becoming) string { return idText(int64(b.was.ID)) }},
		{Key: "title", Title: say.T("Title"), Width: 264, Text: func(b becoming) string { return b.was.ShownTitle() }},
		{Key: "client", Title: say.T("Client"), Width: 168, Text: func(b becoming) string { return b.was.Client }},
		{Key: "state", Title: say.T("State"), Width: 124, Text: func(b becoming) string { return stateWord(b.was.State) }, Tone: func(b becoming) look.Tone { return stateTone(b.was.State) }},
		{Key: "after", Title: say.T("Becomes"), Width: 124, Text: func(b becoming) string { return stateWord(b.is.State) }, Tone: func(b becoming) look.Tone { return stateTone(b.is.State) }},
		{Key: "how", Title: say.T("How"), Width: 256, Text: p.howText},
	}...)
	p.grid.OnlyLook()
	p.grid.OnLink = func(_ string, id int64) { u.openIncident(id, "") }
	p.object = container.NewBorder(p.said, nil, nil, nil, p.grid)
	return p
}

// show asks the rule itself what it would do.
func (p *mergePreview) show(said string, destination incident.Incident, others []incident.Incident) error {
	after, err := desk.PreviewMerge(destination, others)
	if err != nil {
		return err
	}
	was := map[incident.ID]incident.Incident{}
	for _, in := range incident.Members(append([]incident.Incident{destination}, others...)) {
		was[in.ID] = in
	}
	p.rows.rows = nil
	for _, is := range after {
		p.rows.rows = append(p.rows.rows, becoming{was[is.ID], is})
	}
	p.said.SetText(said)
	p.grid.Restart()
	return nil
}

// clear shows that there is nothing to be merged.
func (p *mergePreview) clear() {
	p.rows.rows = nil
	p.said.SetText("")
	p.grid.Restart()
}

func (p *mergePreview) howText(b becoming) string {
	switch {
	case b.is.State != incident.Merged:
		return say.T("the destination: stays as it is")
	case b.was.State == incident.Merged:
		return say.T("brought along by %d", b.was.Into)
	case b.was.State == incident.OnHold:
		return say.T("into %d; its hold until %s is left", b.is.Into, p.ui.clockText(b.was.Until))
	}
	return say.T("into %d", b.is.Into)
}
