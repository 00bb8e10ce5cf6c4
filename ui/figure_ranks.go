package ui

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/chart"
	"backstop/ui/look"
)

// mostRanks is how many lines a box shows.
const mostRanks = 10

// rankBox is a titled list of the largest of something; each line opens what it counts.
type rankBox struct {
	object *fyne.Container
	ranks  *chart.Ranks
	none   *widget.Label
	make   func(desk.PeriodFigures) []rankLine
	lines  []rankLine
}

type rankLine struct {
	chart.Rank
	open func()
}

func newRankBox(title, none string, lines func(desk.PeriodFigures) []rankLine) *rankBox {
	b := &rankBox{make: lines, none: widget.NewLabel(none)}
	b.none.Importance = widget.LowImportance
	b.none.Hide() // until it was counted
	b.ranks = chart.NewRanks(func(i int) { b.lines[i].open() })
	b.object = container.NewVBox(heading(title), b.none, b.ranks)
	return b
}

func (b *rankBox) show(f desk.PeriodFigures) {
	b.lines = b.make(f)
	b.lines = b.lines[:min(len(b.lines), mostRanks)]
	ranks := make([]chart.Rank, len(b.lines))
	for i, l := range b.lines {
		ranks[i] = l.Rank
	}
	b.ranks.Set(ranks)
	b.none.Hidden, b.ranks.Hidden = len(ranks) > 0, len(ranks) == 0
	b.object.Refresh()
}

// rankBoxes are what stands below the days.
func (p *figuresPage) rankBoxes() []*rankBox {
	return []*rankBox{
		p.ui.ageBox(),
		newRankBox(say.T("Open by category"), say.T("No incident is open."), p.ui.groups(openTitle, look.InProgress, openCategories)),
		newRankBox(say.T("Routines with most runs without success"), say.T("Every run was a success."), p.ui.failing(figures.ByRoutine, func(s figures.Sums) []figures.Failing { return s.Routines })),
		p.ui.clientsBox(),
		newRankBox(say.T("On hold by team"), say.T("Nothing waits for another team."), p.ui.groups(onHoldTitle, look.OnHold, figures.OnHoldByTeam)),
		newRankBox(say.T("Days since the last good copy"), say.T("No client is known."), p.copies),
		newRankBox(say.T("Lost windows"), say.T("Nothing was lost."), p.lost),
	}
}

func openTitle(group string) string   { return say.T("Open: %s", group) }
func onHoldTitle(group string) string { return say.T("On hold: %s", group) }

// groups are incidents by a name; a line opens them.
func (u *UI) groups(title func(group string) string, tone look.Tone, of func(figures.Facts, figures.Period) []figures.Group) func(desk.PeriodFigures) []rankLine {
	return func(f desk.PeriodFigures) []rankLine {
		var lines []rankLine
		for _, g := range of(f.Facts, f.Now.Period) {
			lines = append(lines, rankLine{
				chart.Rank{Name: look.Printable(g.Name), Value: float64(len(g.Incidents)), Words: countText(len(g.Incidents)), Tone: tone},
				func() { u.openIncidents(title(g.Name), "", g.Incidents) },
			})
		}
		return lines
	}
}

// ageBox are the open incidents by age.
func (u *UI) ageBox() *rankBox {
	return newRankBox(say.T("Open by age"), say.T("No incident is open."), u.groups(openTitle, look.InProgress, openAges))
}

// clientsBox are the clients that fail most.
func (u *UI) clientsBox() *rankBox {
	return newRankBox(say.T("Clients with most runs without success"), say.T("Every run was a success."), u.failing(figures.ByClient, func(s figures.Sums) []figures.Failing { return s.Clients }))
}

// openAges are the age classes; none where nothing is open.
func openAges(f figures.Facts, p figures.Period) []figures.Group {
	groups := figures.OpenByAge(f, p)
	if !slices.ContainsFunc(groups, func(g figures.Group) bool { return len(g.Incidents) > 0 }) {
		return nil
	}
	for i := range groups {
		groups[i].Name = say.W(groups[i].Name)
	}
	return groups
}

// openCategories are the open incidents by category, those of the program by its words.
func openCategories(f figures.Facts, p figures.Period) []figures.Group {
	groups := figures.OpenByCategory(f, p)
	for i := range groups {
		groups[i].Name = desk.CategoryWord(groups[i].Name)
	}
	return groups
}

// failing are the routines or clients with runs without success; a line opens those runs.
func (u *UI) failing(by func(figures.Routine) figures.Routine, of func(figures.Sums) []figures.Failing) func(desk.PeriodFigures) []rankLine {
	return func(f desk.PeriodFigures) []rankLine {
		var lines []rankLine
		for _, x := range of(f.Now) {
			name := x.Client
			if x.Policy != "" || x.Tool != "" {
				name = x.Policy + "  (" + x.Tool + ")"
			}
			lines = append(lines, rankLine{
				chart.Rank{Name: look.Printable(name), Value: float64(x.Bad), Words: say.T("%s of %s", countText(x.Bad), say.Many(x.Runs, "1 run", "%s runs")), Tone: look.Failed},
				func() {
					u.openRuns(say.T("Without success: %s", name), "", f.Facts, func(r figures.Run) bool { return r.Bad() && by(f.Facts.Routines[r.Routine]).Same(x.Routine) })
				},
			})
		}
		return lines
	}
}

// copies are the clients whose last good copy is the oldest; the line below them opens all.
func (p *figuresPage) copies(f desk.PeriodFigures) []rankLine {
	all := slices.Clone(f.Facts.Copies)
	to := f.Now.To
	slices.SortStableFunc(all, func(a, b figures.Copy) int { return int(b.Age(to)/time.Minute - a.Age(to)/time.Minute) })
	var lines []rankLine
	for _, c := range all[:min(len(all), mostRanks-1)] {
		lines = append(lines, rankLine{chart.Rank{Name: look.Printable(c.Client), Value: max(c.Age(to).Hours()/24, 0), Words: copyText(c, to), Tone: copyTone(c, to)}, func() { p.openCopy(c) }})
	}
	if len(all) > 0 {
		open := func() {
			p.ui.openCopies(say.T("Days since the last good copy"), "", f.Facts, f.Now.Period, func(figures.Copy) bool { return true })
		}
		lines = append(lines, rankLine{chart.Rank{Name: say.T("All clients"), Words: countText(len(all)), Tone: look.Merged}, open})
	}
	return lines
}

func (p *figuresPage) openCopy(c figures.Copy) {
	if c.Execution != 0 {
		p.ui.openExecution(c.Execution)
		return
	}
	p.ui.showText(p.window, say.T("No good copy"), say.T("%s has no good copy; it has been known since %s.", look.Printable(c.Client), p.ui.clockText(c.Since)))
}

// copyText is how old a client's last good copy is.
func copyText(c figures.Copy, at time.Time) string {
	days := say.T("%s days", say.Decimal(fmt.Sprintf("%.1f", max(c.Age(at).Hours()/24, 0))))
	if c.At.IsZero() {
		return say.T("none, known for %s", days)
	}
	return days
}

func copyTone(c figures.Copy, at time.Time) look.Tone {
	const day = 24 * time.Hour
	switch age := c.Age(at); {
	case c.At.IsZero() || age > 7*day:
		return look.Lost
	case age > 3*day:
		return look.Partial
	case age > day:
		return look.OnHold
	}
	return look.Success
}

// lost are the incidents closed in the period as Missed (lost): whose position, and when it was.
func (p *figuresPage) lost(f desk.PeriodFigures) []rankLine {
	var lines []rankLine
	for _, c := range f.Facts.Cases {
		if c.Closing != incident.ClosedMissed || !f.Now.Has(c.Closed.Time()) {
			continue
		}
		when := c.Opened.Time()
		if c.Due != 0 {
			when = c.Due.Time()
		}
		lines = append(lines, rankLine{chart.Rank{Name: look.Printable(say.T("%s on %s", c.Policy, c.Client)), Value: 1, Words: p.ui.clockText(when), Tone: look.Lost}, func() { p.ui.openIncident(c.ID, "") }})
	}
	slices.Reverse(lines) // the newest first
	if len(lines) > mostRanks {
		d, _ := figures.Find(figures.Lost)
		rest := rankLine{chart.Rank{Name: say.T("All"), Words: countText(len(lines)), Tone: look.Lost}, func() { p.ui.openFigure(d, p.counted, p.within()) }}
		lines = append(lines[:mostRanks-1], rest)
	}
	return lines
}
