package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/say"
	"backstop/ui/chart"
	"backstop/ui/look"
)

// dayChart stacks each day's runs: good at once, good in the end, then what was not. A tap on a part opens its runs.
type dayChart struct {
	ui      *UI
	object  fyne.CanvasObject
	bars    *chart.Bars
	hovered *widget.Label
	counted desk.PeriodFigures
}

func newDayChart(u *UI) *dayChart {
	c := &dayChart{ui: u, bars: chart.NewBars(dayChartHeight), hovered: quietLine()}
	c.bars.OnHover, c.bars.OnOpen = c.say, c.open
	c.object = container.NewVBox(heading(say.T("Runs by day")), indented(tierLegend()), indented(c.bars), c.hovered)
	return c
}

const dayChartHeight = 132

// tierLegend takes the lines that it needs, so that it has room beside a form.
func tierLegend() fyne.CanvasObject {
	legend := container.New(&flow{gap: look.Gap})
	for _, t := range figures.Tiers {
		chip := newChip()
		chip.set(tierWord(t), tierTone(t))
		legend.Add(chip)
	}
	return legend
}

// quietLine is a line that says what the pointer or the keys are on.
func quietLine() *widget.Label {
	l := widget.NewLabel("")
	l.Importance, l.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	return l
}

func (c *dayChart) show(f desk.PeriodFigures) {
	c.counted = f
	var bars []chart.Bar
	for _, d := range f.Now.Days {
		bar, counts := chart.Bar{}, c.tiers(d)
		for _, t := range figures.Tiers {
			bar.Parts = append(bar.Parts, chart.Part{Value: float64(counts[t]), Tone: tierTone(t)})
		}
		bars = append(bars, bar)
	}
	c.bars.Set(bars, 0)
	c.say(-1)
}

// tiers counts the runs of a day; they come in order of time.
func (c *dayChart) tiers(d figures.Day) map[figures.Tier]int {
	counts := map[figures.Tier]int{}
	for _, r := range runsBetween(c.counted.Facts.Runs, d.Period) {
		counts[r.Tier()]++
	}
	return counts
}

// about says what the bars are, or why there are none.
func (c *dayChart) about() string {
	if days := c.counted.Now.Days; len(days) > 0 && len(runsBetween(c.counted.Facts.Runs, c.counted.Now.Period)) == 0 {
		return say.T("No run began in this period")
	}
	return say.T("A bar a day, the newest on the right. A tap on a part opens its runs")
}

// say tells the day under the pointer or the keys.
func (c *dayChart) say(i int) {
	days := c.counted.Now.Days
	if i < 0 || i >= len(days) {
		c.hovered.SetText(c.about())
		return
	}
	said, counts := say.Day(days[i].From), c.tiers(days[i])
	for _, t := range figures.Tiers {
		if counts[t] > 0 {
			said += "  ·  " + countText(counts[t]) + " " + tierWord(t)
		}
	}
	c.hovered.SetText(said)
}

// open opens the runs of a day, or of one part of it.
func (c *dayChart) open(i, part int) {
	d := c.counted.Now.Days[i]
	title := say.T("Runs of %s", say.Day(d.From))
	if part < 0 {
		c.ui.openRuns(title, "", c.counted.Facts, func(r figures.Run) bool { return r.In(d.Period) })
		return
	}
	t := figures.Tiers[part]
	c.ui.openRuns(title+", "+tierWord(t), "", c.counted.Facts, func(r figures.Run) bool { return r.In(d.Period) && r.Tier() == t })
}

func tierWord(t figures.Tier) string {
	return [...]string{say.T("good at once"), say.T("good in the end"), say.T("partial"), say.T("failed"), say.T("did not start"), say.T("cancelled"), say.T("still at work")}[t]
}

func tierTone(t figures.Tier) look.Tone {
	return [...]look.Tone{look.Success, look.Reprocessed, look.Partial, look.Failed, look.DidNotStart, look.Cancelled, look.Running}[t]
}

// openChart shows how many incidents were open when each day ended, with what came and went.
type openChart struct {
	ui      *UI
	object  fyne.CanvasObject
	bars    *chart.Bars
	hovered *widget.Label
	counted desk.PeriodFigures
}

func newOpenChart(u *UI) *openChart {
	c := &openChart{ui: u, bars: chart.NewBars(dayChartHeight), hovered: quietLine()}
	c.bars.OnHover, c.bars.OnOpen = c.say, c.open
	c.object = container.NewVBox(heading(say.T("Open incidents by day")), indented(c.bars), c.hovered)
	return c
}

func (c *openChart) show(f desk.PeriodFigures) {
	c.counted = f
	bars := make([]chart.Bar, len(f.Now.Days))
	for i, d := range f.Now.Days {
		bars[i].Parts = []chart.Part{{Value: float64(d.Open), Tone: look.InProgress}}
	}
	c.bars.Set(bars, 0)
	c.say(-1)
}

func (c *openChart) say(i int) {
	days := c.counted.Now.Days
	if i < 0 || i >= len(days) {
		c.hovered.SetText(say.T("A bar a day: what was open when it ended. A tap opens those incidents"))
		return
	}
	d := days[i]
	c.hovered.SetText(say.T("%s  ·  %s opened  ·  %s closed  ·  %s open", say.Day(d.From), countText(d.Opened), countText(d.Closed), countText(d.Open)))
}

// open opens the incidents that were open when a day ended.
func (c *openChart) open(i, _ int) {
	d := c.counted.Now.Days[i]
	ids := casesOf(c.counted.Facts, func(x figures.Case) bool { return x.OpenAtEnd(d.Period) })
	c.ui.openIncidents(say.T("Open at the end of %s", say.Day(d.From)), "", ids)
}
