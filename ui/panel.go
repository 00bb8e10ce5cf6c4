package ui

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/panel"
	"backstop/app/say"
	"backstop/ui/chart"
	"backstop/ui/look"
)

// panelPage is routines × days, each cell the day's result with its size.
type panelPage struct {
	ui     *UI
	window fyne.Window
	object fyne.CanvasObject
	model  *panelModel
	heat   *chart.HeatMap

	search               *field
	days, begin, group   *chooser
	tool, client, branch *chooser
	small, save          *button
	earlier, later       *button
	between              *widget.Label // the days that are shown
	legend               []*legendItem
	said                 *widget.Label
	empty                *fyne.Container
	compact, started     bool
	typed                int
	kept                 keptFilters
}

// panelSpans are how many days are shown, by their words.
var panelSpans = []struct {
	word string
	days int
}{{say.N("14 days"), 14}, {say.N("30 days"), 30}, {say.N("90 days"), 90}, {say.N("366 days"), 366}}

// panelStart is where the hour is kept at which a backup day begins.
const panelStart = "panel.start"

func newPanelPage(u *UI, w fyne.Window) *panelPage {
	p := &panelPage{ui: u, window: w, said: widget.NewLabel(""), kept: keptFilters{ui: u, name: "panel"}}
	p.model = newPanelModel(u)
	p.model.changed = p.changed
	p.heat = chart.NewHeatMap(p.model)
	p.heat.OnHover = p.hover
	p.heat.OnOpen = p.open
	p.said.Importance = widget.LowImportance
	p.said.Truncation = fyne.TextTruncateEllipsis
	p.lay()
	return p
}

func (p *panelPage) lay() {
	p.search = newField("", say.T("Search routine, client, tool"))
	p.search.key = func(*fyne.KeyEvent) { p.focus() }
	p.search.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.search.OnChanged = p.typing
	p.days = oneChooser(say.T("Days"), func(word string) { p.model.span = spanOf(word); p.ask() })
	for _, s := range panelSpans {
		p.days.options = append(p.days.options, say.W(s.word))
	}
	p.begin = oneChooser(say.T("Day begins"), p.chooseBegin)
	for hour := range 24 {
		p.begin.options = append(p.begin.options, hourWord(hour))
	}
	p.group = oneChooser(say.T("Group by"), func(word string) { p.model.query.Group = groupNamed(word); p.ask() })
	p.group.options = each(desk.PanelGroups, groupWord)
	p.tool = newChooser(say.T("Tool"), func(c []string) { p.model.query.Tools = c; p.ask() })
	p.client = newChooser(say.T("Client"), func(c []string) { p.model.query.Clients = c; p.ask() })
	p.branch = newChooser(say.T("Branch"), func(c []string) { p.model.query.Branches = c; p.ask() })
	p.small = newButton(say.T("Small cells"), nil, func() { p.resize(); p.kept.keep(p.filters()) })
	p.save = newButton(say.T("Save picture…"), theme.DocumentSaveIcon(), p.picture)
	p.empty = emptyState(say.T("No runs in these days"), say.T("The panel shows what each routine's day came to, once exports tell of its runs. Choose more days or fewer filters."))
	p.empty.Hide()

	legend := container.New(&flow{gap: look.Gap / 2})
	for _, r := range panel.Results {
		item := newLegendItem(dayOf(r), say.W(r.String()), func() { p.choose(r) })
		p.legend = append(p.legend, item)
		legend.Add(item)
	}
	p.earlier, p.later = quiet("", theme.NavigateBackIcon(), func() { p.page(-1) }), quiet("", theme.NavigateNextIcon(), func() { p.page(1) })
	p.between = widget.NewLabel(daysText(time.Time{}, time.Time{})) // as wide as it ever is: the arrows stay where they are
	paging := container.NewHBox(p.earlier, container.New(&wide{p.between.MinSize().Width + look.Gap}, p.between), p.later)
	filters := container.New(filterFlow(), p.search, p.days.button, p.begin.button, p.group.button, p.tool.button, p.client.button, p.branch.button, p.small, p.save)
	top := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), container.NewVBox(filters, container.NewBorder(nil, nil, nil, paging, legend)))
	p.object = topped(top, p.said, container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, 0), container.NewStack(p.heat, p.empty)))
}

func daysText(first, last time.Time) string { return say.T("%s to %s", say.Day(first), say.Day(last)) }

// oneChooser is a filter of which one option counts, the one chosen last; "" for none.
func oneChooser(name string, changed func(word string)) *chooser {
	var c *chooser
	c = newChooser(name, func(chosen []string) {
		word := ""
		if len(chosen) > 0 {
			word = chosen[len(chosen)-1]
			c.set([]string{word})
		}
		changed(word)
	})
	return c
}

func spanOf(word string) int {
	for _, s := range panelSpans {
		if say.W(s.word) == word {
			return s.days
		}
	}
	return panelSpans[1].days
}

func groupWord(group string) string {
	switch group {
	case "tool":
		return say.T("tool")
	case "branch":
		return say.T("branch")
	case "client":
		return say.T("client")
	}
	return group
}

// groupNamed is what routines are grouped by, by its word; "" for none.
func groupNamed(word string) string {
	for _, g := range desk.PanelGroups {
		if groupWord(g) == word {
			return g
		}
	}
	return ""
}

func hourWord(hour int) string { return fmt.Sprintf("%02d:00", hour) }

// chooseBegin lets the backup day begin at another hour, and keeps that.
func (p *panelPage) chooseBegin(word string) {
	hour, err := strconv.Atoi(strings.TrimSuffix(word, ":00"))
	if err != nil {
		return
	}
	p.model.query.Calendar.Start = hour
	ask(p.ui.work, func() (struct{}, error) { return struct{}{}, p.ui.desk.SavePreference(p.ui.ctx, panelStart, hour) }, func(_ struct{}, err error) {
		p.ui.showError(p.window, err)
	})
	p.ask()
}

// shown asks for the panel, once somebody looks.
func (p *panelPage) shown() {
	if !p.started {
		p.started = true
		p.recall()
		hour := 0
		if err := p.ui.desk.Preference(p.ui.ctx, panelStart, &hour); err == nil && hour > 0 {
			p.model.query.Calendar.Start = hour
			p.begin.set([]string{hourWord(hour)})
		}
		p.ask()
		ask(p.ui.work, func() (desk.ExecutionChoices, error) { return p.ui.desk.ExecutionChoices(p.ui.ctx, p.ui.actor) }, func(c desk.ExecutionChoices, err error) {
			if err == nil {
				p.tool.options, p.client.options, p.branch.options = c.Tools, c.Clients, c.Branches
			}
		})
	}
	p.focus()
}

func (p *panelPage) focus() { p.window.Canvas().Focus(p.heat) }

func (p *panelPage) reload(e desk.Event) {
	if p.started && (e.Incidents || e.Sources || e.Settings) {
		p.model.read(false)
	}
}

// ask asks for other routines or days and goes to the newest day.
func (p *panelPage) ask() {
	p.model.read(true)
	p.kept.keep(p.filters())
}

// page goes to the days before or after those that are shown.
func (p *panelPage) page(by int) {
	if by > 0 && p.later.Disabled() {
		return
	}
	p.model.page(by)
	p.ask()
}

// typedRune turns the pages: [ to earlier days, ] to later ones.
func (p *panelPage) typedRune(r rune) bool {
	switch r {
	case '[':
		p.page(-1)
	case ']':
		p.page(1)
	default:
		return false
	}
	return true
}

// typing asks when the person pauses.
func (p *panelPage) typing(text string) {
	p.typed++
	typed := p.typed
	p.ui.after(typingPause, func() {
		tell(func() {
			if typed == p.typed {
				p.model.query.Text = text
				p.ask()
			}
		})
	})
}

// changed shows what the model now has.
func (p *panelPage) changed(fresh bool, err error) {
	if err != nil {
		p.ui.showError(p.window, err)
		return
	}
	if fresh {
		p.heat.Reveal(0, p.model.Columns()-1)
	} else {
		p.heat.Reload()
	}
	p.empty.Hidden = p.model.Rows() > 0
	p.empty.Refresh()
	for i, r := range panel.Results {
		p.legend[i].show(p.model.counts[r], p.model.only == r)
	}
	p.sayDays()
	p.say()
}

// sayDays tells which days are shown, and whether there are later ones.
func (p *panelPage) sayDays() {
	q := p.model.query
	p.between.SetText(daysText(q.First.Date(), q.Last.Date()))
	if q.Last < q.Calendar.Of(p.ui.now()) {
		p.later.Enable()
	} else {
		p.later.Disable()
	}
}

// choose shows only routines that have a day of a result; once more, all of them.
func (p *panelPage) choose(r panel.Result) {
	if p.model.only == r {
		r = panel.Empty
	}
	p.model.only = r
	p.model.narrow()
	p.changed(true, nil)
}

// say is the line below: how many routines, by which filters, and how far the reading is.
func (p *panelPage) say() {
	m := p.model
	text := say.Many(m.Rows(), "1 routine", "%s routines") + " × " + say.Many(m.Columns(), "1 day", "%s days")
	if m.only != panel.Empty {
		text += "  ·  " + say.T("those with %s", say.W(m.only.String()))
	}
	if m.query.Calendar.Start > 0 {
		text += "  ·  " + say.T("days begin at %s", hourWord(m.query.Calendar.Start))
	}
	if m.last == 0 && m.query.Last < m.query.Calendar.Of(p.ui.now()) && m.Rows() > 0 {
		text += "  ·  " + say.T("nothing ran since %s", say.Day(m.query.Last.Date()))
	}
	if m.done < len(m.routines) {
		text += "  ·  " + say.T("read %s of %s", countText(m.done), countText(len(m.routines)))
	}
	p.said.SetText(text)
}

// hover tells all about a cell.
func (p *panelPage) hover(row, col int) {
	r, c, ok := p.model.cell(row, col)
	if !ok {
		p.say()
		return
	}
	day := p.model.query.First + panel.Day(col)
	words := []string{routineTitle(r), dayWord(day.Date()), say.W(c.Result.String())}
	if c.Runs > 0 {
		words = append(words, say.Many(c.Runs, "1 run", "%s runs"))
	}
	words = append(append(words, spoken(sizeText(c.Bytes))...), spoken(casesText(c.Cases))...)
	p.said.SetText(strings.Join(words, "  ·  "))
}

// casesText names incidents, as many as a line has room for.
func casesText(ids []int64) string {
	switch len(ids) {
	case 0:
		return ""
	case 1:
		return say.T("incident %d", ids[0])
	}
	return say.T("incidents %s", idsText(ids))
}

// open lists the executions of a cell's day.
func (p *panelPage) open(row, col int) {
	if r, c, ok := p.model.cell(row, col); ok && c.Runs > 0 {
		p.ui.openDay(routineTitle(r), []int64{r.ID}, p.model.query.Calendar, p.model.query.First+panel.Day(col))
	}
}

func (p *panelPage) resize() {
	p.compact = !p.compact
	p.small.SetText(map[bool]string{true: say.T("Large cells"), false: say.T("Small cells")}[p.compact])
	p.heat.SetCompact(p.compact)
	p.heat.Reveal(0, p.model.Columns()-1)
}

// A picture holds all lines and days; beyond this it would not fit into memory.
const mostPixels = 60_000_000

// picture saves all that the panel shows, in view or not, as a PNG.
func (p *panelPage) picture() {
	whole := chart.NewHeatMap(p.model)
	whole.SetCompact(p.compact)
	size := whole.Whole()
	if size.Width*size.Height > mostPixels {
		p.ui.showText(p.window, say.T("Too large for a picture"), say.T("Choose fewer days or routines, or small cells."))
		return
	}
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(whole)
	c.Resize(size)
	painted := software.RenderCanvas(c, p.ui.app.Settings().Theme())
	name := say.T("panel %s to %s", p.model.query.First.Date().Format(time.DateOnly), p.model.query.Last.Date().Format(time.DateOnly))
	p.ui.askFile(p.window, saving{title: say.T("Save the panel as a picture"), name: name, kinds: []string{".png"}, write: func(_ context.Context, path string, _ func(string)) (string, error) {
		return path, writePNG(path, painted)
	}})
}

func writePNG(path string, painted image.Image) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".panel-*.png")
	if err != nil {
		return say.Error("the picture could not be written: %w", err)
	}
	defer os.Remove(f.Name()) // no effect once it has its name
	if err := png.Encode(f, painted); err != nil {
		f.Close()
		return say.Error("the picture could not be written: %w", err)
	}
	if err := f.Close(); err != nil {
		return say.Error("the picture could not be written: %w", err)
	}
	return os.Rename(f.Name(), path)
}

func routineTitle(r desk.PanelRoutine) string {
	return strings.Join(slices.DeleteFunc([]string{r.Name, r.Client, r.Schedule}, func(s string) bool { return s == "" }), " · ")
}
