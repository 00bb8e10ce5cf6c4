package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
)

// duePreview shows the next and the last due times of an expectation while it is being written.
type duePreview struct {
	ui         *UI
	object     *fyne.Container
	next, last *widget.Label
	said       *widget.Label // instead of them
	turn       int           // counts what was asked, so that only the last is answered
}

func newDuePreview(u *UI) *duePreview {
	p := &duePreview{ui: u, next: widget.NewLabel(""), last: widget.NewLabel(""), said: widget.NewLabel("")}
	p.said.Wrapping = fyne.TextWrapWord
	times := container.NewGridWithColumns(2, p.next, p.last)
	p.object = container.NewStack(container.New(&least{height: 132}, times), p.said)
	return p
}

// ask shows the times of an expectation under a calendar, or what is wrong with it.
func (p *duePreview) ask(x expect.Expectation, calendar string) {
	p.turn++
	turn := p.turn
	ask(p.ui.work, func() (desk.DueTimes, error) { return p.ui.desk.DueTimes(p.ui.ctx, p.ui.actor, x, calendar) }, func(d desk.DueTimes, err error) {
		switch {
		case turn != p.turn:
		case err != nil:
			p.tell(say.Err(err), widget.DangerImportance)
		default:
			p.said.SetText("")
			p.next.SetText(dueText(say.T("Next"), d.Next, x.Zone))
			p.last.SetText(dueText(say.T("Last"), d.Last, x.Zone))
		}
	})
}

// say tells why there are none.
func (p *duePreview) say(text string) {
	p.turn++
	p.tell(text, widget.LowImportance)
}

// fail tells what is wrong.
func (p *duePreview) fail(err error) {
	p.turn++
	p.tell(say.Err(err), widget.DangerImportance)
}

func (p *duePreview) tell(text string, importance widget.Importance) {
	p.next.SetText("")
	p.last.SetText("")
	p.said.Importance = importance
	p.said.SetText(sentence(text))
}

// shortDays are the days of the week as the time package counts them.
var shortDays = [...]string{say.N("Sun"), say.N("Mon"), say.N("Tue"), say.N("Wed"), say.N("Thu"), say.N("Fri"), say.N("Sat")}

// dueText lists due times with their weekday, in a zone by name.
func dueText(heading string, dues []time.Time, zone string) string {
	l, err := time.LoadLocation(zone)
	if err != nil {
		l = time.UTC
	}
	lines := []string{heading}
	for _, d := range dues {
		lines = append(lines, say.W(shortDays[d.In(l).Weekday()])+" "+say.Minute(d.In(l)))
	}
	if len(dues) == 0 {
		lines = append(lines, say.T("none"))
	}
	return strings.Join(lines, "\n")
}

// least gives one object at least a height.
type least struct{ height float32 }

func (l *least) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

func (l *least) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(fyne.NewSize(0, l.height))
}
