package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/ui/chart"
	"backstop/ui/look"
)

// figuresPage shows how it goes: the figures of a period beside those of the one before, the days, and what stands out. Each number
// opens exactly the rows that it counts.
type figuresPage struct {
	ui     *UI
	window fyne.Window
	object fyne.CanvasObject

	period  *choice
	tool    *chooser
	about   *widget.Label
	tiles   []*figureTile
	days    *chart.Bars
	hovered *widget.Label
	ranks   []*rankBox

	asked   bool // once somebody looked
	epoch   int
	counted desk.PeriodFigures
	tools   []string // that was counted about
}

// figurePeriods are the periods to choose from: whole days up to now.
var figurePeriods = []struct {
	name string
	days int
}{{"last 7 days", 7}, {"last 30 days", 30}, {"last 90 days", 90}}

func newFiguresPage(u *UI, w fyne.Window) *figuresPage {
	p := &figuresPage{ui: u, window: w, about: widget.NewLabel(""), hovered: widget.NewLabel("")}
	var names []string
	for _, f := range figurePeriods {
		names = append(names, f.name)
	}
	p.period = newChoice(names, func(string) { p.ask() })
	p.tool = newChooser("Tool", func([]string) { p.ask() })
	p.about.Importance, p.hovered.Importance = widget.LowImportance, widget.LowImportance
	p.about.Truncation, p.hovered.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	tiles := container.NewGridWithColumns(4)
	for _, d := range figures.Definitions {
		t := newFigureTile(d, p.openFigure, func(words string) { p.about.SetText(words) })
		p.tiles = append(p.tiles, t)
		tiles.Add(t)
	}
	p.days = chart.NewBars(132)
	p.days.OnHover, p.days.OnOpen = p.sayDay, p.openDay
	p.ranks = p.rankBoxes()
	p.lay(tiles)
	return p
}

func (p *figuresPage) lay(tiles fyne.CanvasObject) {
	top := container.NewBorder(nil, nil, container.NewHBox(p.period, p.tool.button), nil, p.about)
	legend := container.New(layout.NewCustomPaddedHBoxLayout(look.Gap))
	for _, t := range figures.Tiers {
		c := newChip()
		c.set(tierWord(t), tierTone(t))
		legend.Add(c)
	}
	days := container.NewVBox(heading("Runs by day"), indented(legend), indented(p.days), p.hovered)
	boxes := container.NewGridWithColumns(2)
	for _, r := range p.ranks {
		boxes.Add(r.object)
	}
	all := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, 2*look.Gap), container.New(layout.NewCustomPaddedVBoxLayout(look.Gap), tiles, days, boxes))
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
		p.period.SetSelected(figurePeriods[1].name)
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
	for _, f := range figurePeriods {
		if f.name == p.period.Selected {
			days = f.days
		}
	}
	now := p.ui.now().In(p.ui.zone)
	from := time.Date(now.Year(), now.Month(), now.Day()-days+1, 0, 0, 0, 0, p.ui.zone)
	return figures.Period{From: from, To: now, Zone: p.ui.zone}
}

// ask counts beside the windows; what is shown stays until the answer is there.
func (p *figuresPage) ask() {
	p.epoch++
	epoch, span, scope := p.epoch, p.span(), desk.ReportScope{Tools: p.tool.chosen}
	p.about.SetText("Counting …")
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
	p.showDays()
	for _, r := range p.ranks {
		r.show(f)
	}
	p.about.SetText(p.spanText())
}

// spanText says which days the figures are about, and which they are compared with.
func (p *figuresPage) spanText() string {
	now, before := p.counted.Now.Period, p.counted.Prior.Period
	return p.ui.clockText(now.From) + " to " + p.ui.clockText(now.To) + ", beside " + p.ui.clockText(before.From) + " to " + p.ui.clockText(before.To) + ". Each number opens the rows it counts."
}

// openFigure opens the rows that a figure counts: incidents as a filter of their page, where they can be acted on; runs and clients,
// which no page lists, in a window.
func (p *figuresPage) openFigure(d figures.Definition) {
	f, span := p.counted.Facts, p.counted.Now.Period
	switch {
	case d.Runs != nil:
		p.ui.openRuns(d.Title, d.Words, f, d.Runs)
	case d.Copies != nil:
		p.ui.openCopies(d.Title, d.Words, f, span, func(c figures.Copy) bool { return d.Copies(c, span) })
	default:
		if q, ok := desk.IncidentsOf(d.Key, span, desk.IncidentQuery{Tools: p.tools}); ok {
			p.ui.main.incidents.filter(q)
			p.ui.main.goTo("Incidents")
		}
	}
}

// showDays stacks each day's runs: good at once, good in the end, then what was not.
func (p *figuresPage) showDays() {
	var bars []chart.Bar
	for _, d := range p.counted.Now.Days {
		bar := chart.Bar{}
		counts := map[figures.Tier]int{}
		for _, r := range p.runsOf(d.Period) {
			counts[r.Tier()]++
		}
		for _, t := range figures.Tiers {
			bar.Parts = append(bar.Parts, chart.Part{Value: float64(counts[t]), Tone: tierTone(t)})
		}
		bars = append(bars, bar)
	}
	p.days.Set(bars, 0)
	p.sayDay(-1)
}

// runsOf are the runs of a day; they come in order of time.
func (p *figuresPage) runsOf(d figures.Period) []figures.Run {
	return runsBetween(p.counted.Facts.Runs, d)
}

// sayDay tells the day under the pointer or the keys.
func (p *figuresPage) sayDay(i int) {
	days := p.counted.Now.Days
	if i < 0 || i >= len(days) {
		p.hovered.SetText("A bar a day, the newest on the right. A tap on a part opens its runs")
		return
	}
	d := days[i]
	said := d.From.Format("2006-01-02")
	counts := map[figures.Tier]int{}
	for _, r := range p.runsOf(d.Period) {
		counts[r.Tier()]++
	}
	for _, t := range figures.Tiers {
		if counts[t] > 0 {
			said += "  ·  " + countText(counts[t]) + " " + tierWord(t)
		}
	}
	p.hovered.SetText(said)
}

// openDay opens the runs of a day, or of one part of it.
func (p *figuresPage) openDay(i, part int) {
	d := p.counted.Now.Days[i]
	title := "Runs of " + d.From.Format("2006-01-02")
	if part < 0 {
		p.ui.openRuns(title, "", p.counted.Facts, func(r figures.Run) bool { return r.In(d.Period) })
		return
	}
	t := figures.Tiers[part]
	p.ui.openRuns(title+", "+tierWord(t), "", p.counted.Facts, func(r figures.Run) bool { return r.In(d.Period) && r.Tier() == t })
}

func tierWord(t figures.Tier) string {
	return [...]string{"good at once", "good in the end", "partial", "failed", "did not start", "cancelled", "still at work"}[t]
}

func tierTone(t figures.Tier) look.Tone {
	return [...]look.Tone{look.Success, look.Reprocessed, look.Partial, look.Failed, look.DidNotStart, look.Cancelled, look.Running}[t]
}
