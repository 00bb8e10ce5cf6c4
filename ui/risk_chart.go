package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/panel"
	"backstop/app/risk"
	"backstop/app/say"
	"backstop/ui/chart"
	"backstop/ui/look"
)

// evidenceChart shows the runs compared as bars with the usual value as a line across, the ones that are off with a mark; of a
// recurrence it shows the incidents of each day.
type evidenceChart struct {
	ui     *UI
	object *fyne.Container
	bars   *chart.Bars
	said   *widget.Label
	detail desk.RiskDetail
	runs   []desk.ExecutionRow // a bar each
	days   []time.Time         // of a recurrence or an absence: a bar each
	counts map[time.Time]int   // of an absence: the runs of each day
}

func newEvidenceChart(u *UI) *evidenceChart {
	c := &evidenceChart{ui: u, bars: chart.NewBars(96), said: widget.NewLabel("")}
	c.said.Importance = widget.LowImportance
	c.said.Truncation = fyne.TextTruncateEllipsis
	c.bars.OnHover = c.say
	c.bars.OnOpen = c.open
	c.object = container.NewVBox(indented(c.bars), c.said)
	c.object.Hide()
	return c
}

// show draws what proves the risk.
func (c *evidenceChart) show(d desk.RiskDetail) {
	c.detail, c.runs, c.days, c.counts = d, nil, nil, map[time.Time]int{}
	switch d.Risk.Kind {
	case risk.Recurrence:
		c.showDays()
	case risk.Absence:
		c.showAbsence()
	default:
		c.showRuns()
	}
	c.object.Show()
	c.say(-1)
}

// showRuns draws the runs of a drift, those before and those since.
func (c *evidenceChart) showRuns() {
	d := c.detail
	var bars []chart.Bar
	for _, e := range append(append([]desk.ExecutionRow{}, d.Runs...), d.Later...) {
		value, known := runValue(d.Risk, e)
		if !known {
			continue
		}
		bar := chart.Bar{Parts: []chart.Part{{Value: float64(value), Tone: look.Merged}}}
		if roleOf(d.Risk, e.ID) == risk.Off {
			bar.Parts[0].Tone, bar.Mark = look.Partial, look.Triangle
		}
		bars, c.runs = append(bars, bar), append(c.runs, e)
	}
	c.bars.Set(bars, float64(d.Risk.Usual))
}

// showDays draws the incidents of a recurrence on the days from the first to the last.
func (c *evidenceChart) showDays() {
	var first, last time.Time
	counts := map[time.Time]int{}
	for _, in := range c.detail.Incidents {
		day := c.dayOf(caseTime(in))
		counts[day]++
		if first.IsZero() || day.Before(first) {
			first = day
		}
		if day.After(last) {
			last = day
		}
	}
	var bars []chart.Bar
	for day := first; !day.After(last) && len(bars) < 400; day = day.AddDate(0, 0, 1) {
		bar := chart.Bar{Parts: []chart.Part{{Value: float64(counts[day]), Tone: look.Failed}}}
		if counts[day] > 0 {
			bar.Mark = look.Cross
		}
		bars, c.days = append(bars, bar), append(c.days, day)
	}
	c.bars.Set(bars, 0)
}

// showAbsence draws the runs of each day, from some time before what is gone until now, or until the risk was resolved.
func (c *evidenceChart) showAbsence() {
	r := c.detail.Risk
	last := c.ui.now()
	if r.State.Resolved() {
		last = r.Resolved
	}
	first, since := c.dayOf(r.Since.Add(-desk.AbsenceBefore)), c.dayOf(r.Since)
	if first.Before(c.dayOf(last.AddDate(0, 0, -mostAbsence))) {
		first = c.dayOf(last.AddDate(0, 0, -mostAbsence))
	}
	for _, at := range c.detail.Starts {
		c.counts[c.dayOf(at)]++
	}
	var bars []chart.Bar
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		bar := chart.Bar{Parts: []chart.Part{{Value: float64(c.counts[day]), Tone: look.Merged}}}
		switch {
		case r.Disabled() && day.Equal(since):
			bar.Mark = look.TwoBars
		case !r.Disabled() && day.After(since) && c.counts[day] == 0:
			bar.Mark = look.Cross
		}
		bars, c.days = append(bars, bar), append(c.days, day)
	}
	c.bars.Set(bars, 0)
}

// mostAbsence is how many days of an absence there is room for.
const mostAbsence = 90

// dayOf is the beginning of an instant's day.
func (c *evidenceChart) dayOf(t time.Time) time.Time {
	y, m, d := t.In(c.ui.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, c.ui.zone)
}

// caseTime is when the run of an incident was.
func caseTime(r desk.IncidentRow) time.Time {
	if r.Failed.IsZero() {
		return r.Opened
	}
	return r.Failed
}

// open opens the run of a bar, the runs of its day, or the first incident of it.
func (c *evidenceChart) open(i, _ int) {
	switch {
	case i < len(c.runs):
		c.ui.openExecution(c.runs[i].ID)
		return
	case c.detail.Risk.Kind == risk.Absence && i < len(c.days):
		c.openDay(c.days[i])
		return
	}
	for _, in := range c.detail.Incidents {
		if at := caseTime(in); i < len(c.days) && !at.Before(c.days[i]) && at.Before(c.days[i].AddDate(0, 0, 1)) {
			c.ui.openIncident(in.ID, "")
			return
		}
	}
}

// openDay lists what ran on a day of an absence; where nothing did there is nothing to open.
func (c *evidenceChart) openDay(day time.Time) {
	if d := c.detail; c.counts[day] > 0 {
		calendar := panel.Calendar{Zone: c.ui.zone}
		c.ui.openDay(strings.Join(spoken(d.Risk.Policy, d.Risk.Client), " · "), d.Routines, calendar, calendar.Of(day))
	}
}

// runValue is what a run is compared by: as it was when it was found, else as it is.
func runValue(r risk.Risk, e desk.ExecutionRow) (int64, bool) {
	for _, run := range r.Runs {
		if int64(run.ID) == e.ID {
			return run.Value, true
		}
	}
	if r.Kind == risk.Volume {
		return e.Bytes.Value()
	}
	return e.End.Sub(e.Start).Milliseconds(), !e.Start.IsZero() && !e.End.Before(e.Start)
}

// say tells the run under the pointer or the keys; without one, what the line is.
func (c *evidenceChart) say(i int) {
	r := c.detail.Risk
	switch {
	case r.Kind == risk.Absence:
		c.sayAbsence(i)
		return
	case r.Kind == risk.Recurrence && i >= 0 && i < len(c.days):
		c.said.SetText(say.Day(c.days[i]))
		return
	case r.Kind == risk.Recurrence:
		c.said.SetText(say.T("A bar a day; a cross marks the days with incidents. The newest is on the right"))
		return
	case i < 0 || i >= len(c.runs):
		c.said.SetText(say.T("The line is the median, %s; a triangle marks what is off. The newest is on the right", riskValue(r.Kind, r.Usual)))
		return
	}
	e := c.runs[i]
	value, _ := runValue(r, e)
	c.said.SetText(c.ui.clockText(e.At()) + "  ·  " + riskValue(r.Kind, value) + offText(value, r.Usual) + "  ·  " + roleWord(r, e.ID))
}

// sayAbsence tells the runs of a day; without one, what the bars are.
func (c *evidenceChart) sayAbsence(i int) {
	switch {
	case i >= 0 && i < len(c.days):
		c.said.SetText(say.Day(c.days[i]) + "  ·  " + say.Many(c.counts[c.days[i]], "1 run", "%s runs"))
	case c.detail.Risk.Disabled():
		c.said.SetText(say.T("The runs of each day; two bars mark the day on which it was disabled. A tap opens them; the newest is on the right"))
	default:
		c.said.SetText(say.T("The runs of each day; a cross marks a day without one since it was last seen. A tap opens them; the newest is on the right"))
	}
}
