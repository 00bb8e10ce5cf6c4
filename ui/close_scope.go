package ui

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// manyAtOnce is from how many incidents on a person is shown first what would be closed.
const manyAtOnce = 50

// closeScope shows of many incidents which tools and clients they are of, and which of them are vital: those need a tick of their
// own.
type closeScope struct {
	count  int
	vital  int
	agreed *tick
	grid   *grid.Grid[share]
	object fyne.CanvasObject
}

// share is how many of the incidents have something in common.
type share struct {
	what, name string
	count      int
}

func newCloseScope(c *closeWizard) *closeScope {
	s := &closeScope{count: len(c.pairing.members)}
	rows := shares(c.pairing.members)
	s.vital = len(slices.DeleteFunc(slices.Clone(rows), func(r share) bool { return r.what != vitalShare }))
	number := func(r share) int64 { return int64(slices.Index(rows, r) + 1) }
	s.grid = grid.New[share](&list[share]{rows: rows, id: number}, []grid.Column[share]{
		{Key: "what", Title: say.T("What"), Width: 96, Text: func(r share) string { return say.W(r.what) }},
		{Key: "name", Title: say.T("Name"), Width: 560, Text: func(r share) string { return r.name }},
		{Key: "count", Title: say.T("Incidents"), Width: 96, Right: true, Text: func(r share) string { return countText(r.count) }},
	}...)
	s.grid.OnlyLook()
	s.agreed = newTick(say.Many(s.vital, "Close the 1 vital incident too", "Close the %s vital incidents too"), false)
	s.agreed.Hidden = s.vital == 0
	said := widget.NewLabel(say.T("%s would be closed at once: %s.", say.Many(s.count, "1 incident", "%s incidents"), sharesText(rows)))
	said.Wrapping = fyne.TextWrapWord
	s.object = container.NewBorder(said, s.agreed, nil, nil, s.grid)
	return s
}

func (s *closeScope) step() step {
	return step{
		title: say.T("What is closed"), body: s.object, ready: s.ready, needed: func() bool { return s.count > manyAtOnce },
		first: func() fyne.Focusable {
			if s.vital > 0 {
				return s.agreed
			}
			return s.grid
		},
	}
}

func (s *closeScope) ready() error {
	if s.vital > 0 && !s.agreed.Checked {
		return say.Error("vital incidents are among them: tick that they are closed too, or leave them out of the selection")
	}
	return nil
}

// The kinds of shares.
var (
	toolShare   = say.N("Tool")
	clientShare = say.N("Client")
	vitalShare  = say.N("Vital")
)

// shares lists the vital ones one by one, then tools and clients, those with most incidents first.
func shares(ins []incident.Incident) []share {
	counts := map[share]int{}
	var rows []share
	for _, in := range ins {
		if in.Vital {
			rows = append(rows, share{vitalShare, fmt.Sprintf("%d · %s · %s", in.ID, look.Printable(in.ShownTitle()), look.Printable(in.Client)), 1})
		}
		counts[share{what: toolShare, name: in.Tool}]++
		counts[share{what: clientShare, name: in.Client}]++
	}
	vital := len(rows)
	for s, n := range counts {
		s.count = n
		rows = append(rows, s)
	}
	slices.SortFunc(rows[vital:], func(a, b share) int {
		return cmp.Or(cmp.Compare(b.what, a.what), b.count-a.count, cmp.Compare(a.name, b.name))
	})
	return rows
}

func sharesText(rows []share) string {
	n := map[string]int{}
	for _, r := range rows {
		n[r.what]++
	}
	text := say.Many(n[toolShare], "1 tool", "%s tools") + ", " + say.Many(n[clientShare], "1 client", "%s clients")
	if v := n[vitalShare]; v > 0 {
		text += ", " + say.Many(v, "1 vital", "%s vital")
	}
	return text
}
