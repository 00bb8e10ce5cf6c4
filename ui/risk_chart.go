package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/risk"
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
	days   []time.Time         // of a recurrence: a bar each
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

// show draws a drift or a recurrence. Of an absence the list tells all there is.
func (c *evidenceChart) show(d desk.RiskDetail) {
	c.detail, c.runs, c.days = d, nil, nil
	c.object.Hidden = d.Risk.Kind == risk.Absence
	if d.Risk.Kind == risk.Recurrence {
		c.showDays()
	} else {
		c.showRuns()
	}
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
		y, m, d := caseTime(in).In(c.ui.zone).Date()
		day := time.Date(y, m, d, 0, 0, 0, 0, c.ui.zone)
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

// caseTime is when the run of an incident was.
func caseTime(r desk.IncidentRow) time.Time {
	if r.Failed.IsZero() {
		return r.Opened
	}
	return r.Failed
}

// open opens the run of a bar, or the first incident of its day.
func (c *evidenceChart) open(i, _ int) {
	if i < len(c.runs) {
		c.ui.openExecution(c.runs[i].ID)
		return
	}
	for _, in := range c.detail.Incidents {
		if at := caseTime(in); i < len(c.days) && !at.Before(c.days[i]) && at.Before(c.days[i].AddDate(0, 0, 1)) {
			c.ui.openIncident(in.ID, "")
			return
		}
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
	case r.Kind == risk.Recurrence && i >= 0 && i < len(c.days):
		c.said.SetText(c.days[i].Format("2006-01-02"))
		return
	case r.Kind == risk.Recurrence:
		c.said.SetText("A bar a day; a cross marks the days with incidents. The newest is on the right")
		return
	case i < 0 || i >= len(c.runs):
		c.said.SetText("The line is the median, " + riskValue(r.Kind, r.Usual) + "; a triangle marks what is off. The newest is on the right")
		return
	}
	e := c.runs[i]
	value, _ := runValue(r, e)
	c.said.SetText(c.ui.clockText(e.At()) + "  ·  " + riskValue(r.Kind, value) + offText(value, r.Usual) + "  ·  " + roleWord(r, e.ID))
}
