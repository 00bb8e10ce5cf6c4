package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/say"
	"backstop/ui/look"
)

// figuresPage shows how it goes: the figures of a period beside those of the one before, the days, and what stands out. Each number
// opens exactly the rows that it counts.
type figuresPage struct {
	ui     *UI
	window fyne.Window
	object fyne.CanvasObject

	period *choice
	tool   *chooser
	about  *widget.Label
	tiles  []*figureTile
	days   *dayChart
	ranks  []*rankBox

	asked   bool // once somebody looked
	epoch   int
	counted desk.PeriodFigures
	tools   []string // that was counted about
}

// figurePeriods are the periods to choose from: whole days up to now.
var figurePeriods = []struct {
	name string
	days int
}{{say.N("last 7 days"), 7}, {say.N("last 30 days"), 30}, {say.N("last 90 days"), 90}}

func newFiguresPage(u *UI, w fyne.Window) *figuresPage {
	p := &figuresPage{ui: u, window: w, about: quietLine(), days: newDayChart(u)}
	var names []string
	for _, f := range figurePeriods {
		names = append(names, say.W(f.name))
	}
	p.period = newChoice(names, func(string) { p.ask() })
	p.tool = newChooser(say.T("Tool"), func([]string) { p.ask() })
	tiles := container.New(&abreast{most: 4})
	for _, d := range figures.Definitions {
		t := newFigureTile(d, func(d figures.Definition) { u.openFigure(d, p.counted, p.within()) }, func(words string) { p.about.SetText(words) })
		p.tiles = append(p.tiles, t)
		tiles.Add(t)
	}
	p.ranks = p.rankBoxes()
	p.lay(tiles)
	return p
}

func (p *figuresPage) lay(tiles fyne.CanvasObject) {
	top := container.NewBorder(nil, nil, container.NewHBox(container.New(&column{width: 176}, p.period), p.tool.button), nil, p.about)
	boxes := container.New(&abreast{most: 2})
	for _, r := range p.ranks {
		boxes.Add(r.object)
	}
	all := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, 2*look.Gap), container.New(layout.NewCustomPaddedVBoxLayout(look.Gap), tiles, p.days.object, boxes))
	bar := container.New(layout.NewCustomPaddedLayout(look.Gap, 0, look.Gap, look.Gap), top)
	p.object = container.NewBorder(bar, nil, nil, nil, container.NewVScroll(all))
}

// indented puts an object below the first letter of labels.
func indented(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), o)
}

// shown counts when somebody looks for the first time.
func (p *figuresPage) shown() {
	if !p.asked {
		p.asked = true
		p.period.SetSelectedIndex(1)
	}
	p.window.Canvas().Focus(p.tiles[0])
}

// reload counts again, once somebody has looked.
func (p *figuresPage) reload(e desk.Event) {
	if p.asked && (e.Incidents || e.Sources) {
		p.ask()
	}
}

// span is the period chosen: from the beginning of its first day until now.
func (p *figuresPage) span() figures.Period {
	days := figurePeriods[1].days
	if at := p.period.SelectedIndex(); at >= 0 {
		days = figurePeriods[at].days
	}
	now := p.ui.now().In(p.ui.zone)
	from := time.Date(now.Year(), now.Month(), now.Day()-days+1, 0, 0, 0, 0, p.ui.zone)
	return figures.Period{From: from, To: now, Zone: p.ui.zone}
}

// ask counts beside the windows; what is shown stays until the answer is there.
func (p *figuresPage) ask() {
	p.epoch++
	epoch, span, scope := p.epoch, p.span(), desk.ReportScope{Tools: p.tool.chosen}
	p.about.SetText(say.T("Counting …"))
	ask(p.ui.work, func() (desk.PeriodFigures, error) {
		return p.ui.desk.PeriodFigures(p.ui.ctx, p.ui.actor, span, scope)
	}, func(f desk.PeriodFigures, err error) {
		switch {
		case epoch != p.epoch:
		case err != nil:
			p.about.SetText("")
			p.ui.showError(p.window, err)
		default:
			p.tools = scope.Tools
			p.show(f)
		}
	})
	ask(p.ui.work, func() (desk.Choices, error) { return p.ui.desk.Choices(p.ui.ctx, p.ui.actor) }, func(c desk.Choices, err error) {
		if err == nil {
			p.tool.options = c.Tools
		}
	})
}

func (p *figuresPage) show(f desk.PeriodFigures) {
	p.counted = f
	for _, t := range p.tiles {
		t.show(f.Now.Values[t.definition.Key], f.Prior.Values[t.definition.Key])
	}
	p.days.show(f)
	for _, r := range p.ranks {
		r.show(f)
	}
	p.about.SetText(p.spanText())
}

// spanText says which days the figures are about, and which they are compared with.
func (p *figuresPage) spanText() string {
	now, before := p.counted.Now.Period, p.counted.Prior.Period
	return say.T("%s to %s, beside %s to %s. Each number opens the rows it counts.", p.ui.clockText(now.From), p.ui.clockText(now.To), p.ui.clockText(before.From), p.ui.clockText(before.To))
}

// within is what the figures are narrowed to, as a filter of incidents.
func (p *figuresPage) within() desk.IncidentQuery { return desk.IncidentQuery{Tools: p.tools} }

// openFigure opens the rows that a figure counts: incidents as a filter of their page, where they can be acted on; runs and clients,
// which no page lists, in a window.
func (u *UI) openFigure(d figures.Definition, counted desk.PeriodFigures, within desk.IncidentQuery) {
	f, span := counted.Facts, counted.Now.Period
	title, words := say.W(d.Title), say.W(d.Words)
	switch {
	case d.Runs != nil:
		u.openRuns(title, words, f, d.Runs)
	case d.Copies != nil:
		u.openCopies(title, words, f, span, func(c figures.Copy) bool { return d.Copies(c, span) })
	default:
		if q, ok := desk.IncidentsOf(d.Key, span, within); ok {
			u.main.incidents.filter(q)
			u.main.goTo("Incidents")
			return
		}
		u.openIncidents(title, words, casesOf(f, func(c figures.Case) bool { return d.Incidents(c, span) }))
	}
}

// casesOf are the incidents that count.
func casesOf(f figures.Facts, counts func(figures.Case) bool) []int64 {
	ids := []int64{}
	for _, c := range f.Cases {
		if counts(c) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
