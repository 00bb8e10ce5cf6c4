package ui

import (
	"context"
	"errors"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// figureRow is a line of the management page.
type figureRow struct {
	figures.Definition
	now, before figures.Value
}

// leads tells whether there are rows to show.
func (r figureRow) leads() bool { return r.now.Count > 0 }

// reportPreview shows what the management page would say, with its charts.
type reportPreview struct {
	ui      *UI
	window  fyne.Window
	desk    reporter
	object  fyne.CanvasObject
	rows    *list[figureRow]
	grid    *grid.Grid[figureRow]
	about   *widget.Label
	words   *widget.Label // what the figure means that the cursor is on
	charts  []figureChart
	below   *fyne.Container // the charts, while there is something to show
	report  desk.Report
	counted desk.PeriodFigures
	cancel  context.CancelFunc
	asked   int
}

func newReportPreview(u *UI, w fyne.Window, d reporter) *reportPreview {
	p := &reportPreview{ui: u, window: w, desk: d, about: widget.NewLabel(""), words: widget.NewLabel(""), cancel: func() {}}
	p.rows = &list[figureRow]{id: func(r figureRow) int64 { return figureNumber(r.Key) }}
	p.grid = grid.New[figureRow](p.rows, figureColumns()...)
	p.grid.OnlyLook()
	p.grid.OnCurrent = p.explain
	p.grid.OnOpen = p.follow
	p.grid.OnLink = func(_ string, id int64) { p.follow(id) }
	p.about.Truncation = fyne.TextTruncateEllipsis
	p.words.Wrapping = fyne.TextWrapWord
	p.words.Importance = widget.LowImportance
	p.object = container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), p.about), p.words, nil, nil, container.NewVScroll(p.lay()))
	return p
}

// figureChart is a chart of a period's figures.
type figureChart interface{ show(f desk.PeriodFigures) }

// lay puts the charts below the table of figures, which is as high as it needs.
func (p *reportPreview) lay() fyne.CanvasObject {
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(0, look.HeaderHeight+float32(len(figures.Definitions))*look.RowHeight+1))
	days, open, ages, clients := newDayChart(p.ui), newOpenChart(p.ui), p.ui.ageBox(), p.ui.clientsBox()
	p.charts = []figureChart{days, open, ages, clients}
	p.below = container.New(layout.NewCustomPaddedVBoxLayout(look.Gap), days.object, open.object, container.New(&abreast{most: 2}, ages.object, clients.object))
	p.below.Hide()
	return container.NewVBox(container.NewStack(room, p.grid), container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 2*look.Gap), p.below))
}

// figureNumber is a figure's place, from 1.
func figureNumber(k figures.Key) int64 {
	for i, d := range figures.Definitions {
		if d.Key == k {
			return int64(i + 1)
		}
	}
	return 0
}

func figureColumns() []grid.Column[figureRow] {
	type row = figureRow
	change := func(r row) (string, string) {
		c, word := r.Compare(r.now, r.before)
		text := r.Say(c)
		if c.Known && c.N > 0 {
			text = "+" + text
		}
		return text, say.W(word)
	}
	return []grid.Column[row]{
		{Key: "figure", Title: say.T("Figure"), Width: 310, Text: func(r row) string { return tileTitle(r.Definition) }},
		{Key: "now", Title: say.T("This period"), Width: 96, Right: true, Link: true, Plain: func(r row) bool { return !r.leads() }, Text: func(r row) string { return r.Say(r.now) }},
		{Key: "before", Title: say.T("The one before"), Width: 108, Right: true, Text: func(r row) string { return r.Say(r.before) }},
		{Key: "change", Title: say.C("since the period before", "Change"), Width: 80, Right: true, Text: func(r row) string { t, _ := change(r); return t }},
		{Key: "word", Title: "", Width: 64, Text: func(r row) string { _, w := change(r); return w }},
	}
}

// ask asks for the figures of a report; an older answer is dropped. Told are the routines that ran.
func (p *reportPreview) ask(r desk.Report, routines func([]string)) {
	p.cancel()
	ctx, cancel := context.WithCancel(p.ui.ctx)
	p.cancel, p.report = cancel, r
	p.asked++
	asked := p.asked
	p.about.SetText(say.T("Counting %s …", r.Period.Words()))
	ask(p.ui.work, func() (desk.PeriodFigures, error) { return p.desk.PeriodFigures(ctx, p.ui.actor, r.Period, r.Scope) }, func(f desk.PeriodFigures, err error) {
		if asked != p.asked {
			return
		}
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				p.refuse(err)
			}
			return
		}
		p.show(f)
		var names []string
		for _, x := range f.Facts.Routines {
			names = append(names, x.Policy)
		}
		if len(r.Scope.Routines) == 0 {
			routines(distinct(names))
		}
	})
}

func (p *reportPreview) show(f desk.PeriodFigures) {
	p.report.Period, p.counted = f.Now.Period, f
	p.rows.rows = nil
	for _, d := range figures.Definitions {
		p.rows.rows = append(p.rows.rows, figureRow{d, f.Now.Values[d.Key], f.Prior.Values[d.Key]})
	}
	p.about.SetText(say.T("%s, compared with %s. A figure leads to the rows it counts.", f.Now.Words(), f.Prior.Words()))
	p.grid.Reload()
	for _, c := range p.charts {
		c.show(f)
	}
	p.below.Show()
}

// refuse says why there is nothing to show.
func (p *reportPreview) refuse(err error) {
	p.asked++
	p.cancel()
	p.rows.rows = nil
	p.below.Hide()
	p.about.SetText(sayError(err))
	p.grid.Reload()
}

func (p *reportPreview) explain(id int64) {
	if r, ok := p.rows.find(id); ok {
		p.words.SetText(say.W(r.Title) + ": " + say.W(r.Words))
	}
}

// follow shows the incidents that a figure counts, where there are any.
func (p *reportPreview) follow(id int64) {
	r, ok := p.rows.find(id)
	if !ok || !r.leads() {
		return
	}
	report, counted := p.report, p.counted
	ask(p.ui.work, func() (desk.IncidentQuery, error) { return p.desk.Within(p.ui.ctx, p.ui.actor, report.Scope) }, func(within desk.IncidentQuery, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.ui.openFigure(r.Definition, counted, within)
	})
}
