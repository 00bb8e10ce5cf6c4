package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/ui/look"
)

// part is one of several that a page shows in turn.
type part struct {
	word   string
	object fyne.CanvasObject
	reload func(desk.Event)
	focus  func() // gives it the keys
}

// parts is a row of words above what the chosen one shows. The toolkit's tabs cannot be reached by keys.
type parts struct {
	all    []part
	words  []*button
	object fyne.CanvasObject
	at     int
}

func newParts(all ...part) *parts {
	p := &parts{all: all}
	row, stack := container.NewHBox(), container.NewStack()
	for i, one := range all {
		b := newButton(one.word, nil, func() { p.turn(i); p.focus() })
		p.words = append(p.words, b)
		row.Add(b)
		stack.Add(one.object)
	}
	p.object = stack
	if len(all) > 1 {
		p.object = container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, look.Gap, look.Gap), row), nil, nil, nil, stack)
	}
	p.turn(0)
	return p
}

// turn brings a part up.
func (p *parts) turn(at int) {
	p.at = at
	for i, one := range p.all {
		importance := widget.LowImportance
		if i == at {
			importance = widget.MediumImportance
			one.object.Show()
		} else {
			one.object.Hide()
		}
		p.words[i].Importance = importance
		p.words[i].Refresh()
	}
}

func (p *parts) focus() { p.all[p.at].focus() }

func (p *parts) reload(e desk.Event) {
	for _, one := range p.all {
		one.reload(e)
	}
}
