package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// part is one of several that a page shows in turn.
type part struct {
	word   string // marked for the catalogue: turnTo knows it by it
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
	stack := container.NewStack()
	var rows []fyne.CanvasObject
	for i, one := range all {
		b := newButton(say.W(one.word), nil, func() { p.turn(i); p.focus() })
		p.words = append(p.words, b)
		rows = append(rows, b)
		stack.Add(one.object)
	}
	p.object = stack
	if len(all) > 1 {
		words := container.New(&flow{gap: look.Gap / 2}, rows...)
		p.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, look.Gap, look.Gap), words), nil, stack)
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

// turnTo brings up the part of a word, and gives it the keys.
func (p *parts) turnTo(word string) {
	for i, one := range p.all {
		if one.word == word {
			p.turn(i)
			p.focus()
		}
	}
}

func (p *parts) focus() { p.all[p.at].focus() }

func (p *parts) reload(e desk.Event) {
	for _, one := range p.all {
		one.reload(e)
	}
}
