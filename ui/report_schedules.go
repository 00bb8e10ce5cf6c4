package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// schedulesPart lists what is made by the clock.
type schedulesPart struct {
	ui        *UI
	window    fyne.Window
	desk      reporter
	object    fyne.CanvasObject
	rows      *list[desk.Schedule]
	grid      *grid.Grid[desk.Schedule]
	add       *button
	change    *button
	remove    *button
	templates []string
}

func newSchedulesPart(u *UI, w fyne.Window, d reporter) *schedulesPart {
	p := &schedulesPart{ui: u, window: w, desk: d}
	p.rows = &list[desk.Schedule]{id: func(s desk.Schedule) int64 { return s.ID }}
	type row = desk.Schedule
	p.grid = grid.New[row](p.rows,
		grid.Column[row]{Key: "template", Title: say.T("Template"), Width: 160, Text: func(s row) string { return s.Template }},
		grid.Column[row]{Key: "when", Title: say.T("When"), Width: 230, Text: func(s row) string { return s.Times.Words() }},
		grid.Column[row]{Key: "zone", Title: say.T("Zone"), Width: 120, Text: func(s row) string { return s.Zone }},
		grid.Column[row]{Key: "next", Title: say.C("time of a schedule", "Next"), Width: 124, Text: func(s row) string { return u.clockText(s.Next(u.now())) }},
		grid.Column[row]{Key: "folder", Title: say.T("Folder"), Width: 240, Text: func(s row) string { return s.Folder }},
		grid.Column[row]{Key: "state", Title: say.T("State"), Width: 280, Text: scheduleWord, Tone: scheduleTone},
	)
	p.grid.Single = true
	p.grid.OnSelected = func([]int64) { p.enable() }
	p.grid.OnOpen = func(int64) { p.edit() }
	p.grid.SetEmpty(emptyState(say.T("Nothing is scheduled"), say.T("A schedule writes a template's report into a folder every day, week or month, also after the machine slept.")))
	p.add = newButton(say.T("Schedule a template…"), theme.ContentAddIcon(), func() { p.openForm(desk.Schedule{}) })
	p.change = newButton(say.T("Change…"), nil, p.edit)
	p.remove = newButton(say.T("Remove…"), nil, p.askRemove)
	p.ui.only(desk.ToAdminister, p.window, p.add, p.change, p.remove)
	bar := container.NewHBox(p.add, p.change, p.remove)
	p.object = container.NewBorder(container.New(&padded{look.Gap}, bar), nil, nil, nil, p.grid)
	p.enable()
	return p
}

func scheduleWord(s desk.Schedule) string {
	if s.Said != "" {
		return say.T("failed: %s", say.Again(s.Said))
	}
	return say.T("ready")
}

func scheduleTone(s desk.Schedule) look.Tone {
	if s.Said != "" {
		return look.Failed
	}
	return look.Success
}

func (p *schedulesPart) focus() { p.window.Canvas().Focus(p.grid) }

func (p *schedulesPart) reload(e desk.Event) {
	if !e.Settings {
		return
	}
	type found struct {
		schedules []desk.Schedule
		templates []string
	}
	ask(p.ui.work, func() (f found, err error) {
		if f.schedules, err = p.desk.Schedules(p.ui.ctx, p.ui.actor); err != nil {
			return f, err
		}
		templates, err := p.desk.Templates(p.ui.ctx, p.ui.actor)
		for _, t := range templates {
			if t.Span != figures.Between {
				f.templates = append(f.templates, t.Name)
			}
		}
		return f, err
	}, func(f found, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.rows.rows, p.templates = f.schedules, f.templates
		p.grid.Reload()
		p.enable()
	})
}

// chosen is the schedule that is selected, else the one the cursor is on.
func (p *schedulesPart) chosen() (desk.Schedule, bool) {
	ids := p.grid.Selected()
	if id, ok := p.grid.Current(); ok && len(ids) == 0 {
		ids = []int64{id}
	}
	if len(ids) == 0 {
		return desk.Schedule{}, false
	}
	return p.rows.find(ids[0])
}

func (p *schedulesPart) enable() {
	for _, b := range []*button{p.change, p.remove} {
		if _, ok := p.chosen(); ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (p *schedulesPart) edit() {
	if !p.ui.permit(desk.ToAdminister, p.window) {
		return
	}
	if s, ok := p.chosen(); ok {
		p.openForm(s)
	}
}

func (p *schedulesPart) askRemove() {
	s, ok := p.chosen()
	if !ok {
		return
	}
	q := p.ui.newPrompt(p.window, say.T("Remove the schedule of %s?", s.Template), widget.NewLabel(say.T("The files it wrote stay.")), say.T("Remove"), func() (func() error, error) {
		return func() error { return p.desk.RemoveSchedule(p.ui.ctx, p.ui.actor, s.ID) }, nil
	})
	q.show(fyne.NewSize(420, 0), q.ok)
}

// weekdays begin with Monday.
var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// openForm asks when and where a template is made.
func (p *schedulesPart) openForm(s desk.Schedule) {
	if len(p.templates) == 0 {
		p.ui.showText(p.window, say.T("No template to schedule"), say.T("Choose what a report is about under New report, with a period that moves with the calendar, and save it as a template first."))
		return
	}
	template := newChoice(p.templates, nil)
	rhythm := newChoice(each(figures.Rhythms, figures.Rhythm.Words), nil)
	weekday, day := newChoice(each(weekdays, weekdayWord), nil), newField("1", say.T("day of the month"))
	at, folder := newField("07:00", say.T("HH:MM")), newField(s.Folder, say.T("where the files go"))
	workbook, summary := newTick(say.T("workbook"), true), newTick(say.T("summary for mail"), false)
	template.SetSelected(p.templates[0])
	rhythm.SetSelected(figures.Weekly.Words())
	weekday.SetSelected(weekdayWord(time.Monday))
	if s.ID != 0 {
		template.SetSelected(s.Template)
		rhythm.SetSelected(s.Times.Rhythm.Words())
		weekday.SetSelected(weekdayWord(s.Times.Weekday))
		day.SetText(fmt.Sprint(max(s.Times.Day, 1)))
		at.SetText(fmt.Sprintf("%02d:%02d", s.Times.Hour, s.Times.Minute))
		workbook.Checked, summary.Checked = slices.Contains(s.Kinds, ".xlsx"), slices.Contains(s.Kinds, ".html")
	}
	var q *prompt
	form := widget.NewForm(
		widget.NewFormItem(say.T("Template"), template),
		widget.NewFormItem(say.T("How often"), rhythm),
		widget.NewFormItem(say.T("Weekly on"), weekday),
		widget.NewFormItem(say.T("Monthly on day"), day),
		widget.NewFormItem(say.T("At (%s)", p.ui.zone.String()), at),
		widget.NewFormItem(say.T("Folder"), container.NewBorder(nil, nil, nil, newButton("", theme.FolderOpenIcon(), func() { browseFolder(p.window, q, folder) }), folder)),
		widget.NewFormItem(say.T("Write"), container.NewHBox(workbook, summary)),
	)
	about := widget.NewLabel(say.T("It is made from all there is to see: the template alone narrows it. Who can read the folder can read it."))
	about.Wrapping = fyne.TextWrapWord
	q = p.ui.newPrompt(p.window, say.T("Schedule a report"), container.NewVBox(about, form), say.T("Save"), func() (func() error, error) {
		clock, err := time.Parse("15:04", strings.TrimSpace(at.Text))
		if err != nil {
			return nil, say.Error("give the time as HH:MM, such as 07:00")
		}
		n := 1
		if figures.Rhythms[rhythm.SelectedIndex()] == figures.Monthly {
			if _, err := fmt.Sscan(day.Text, &n); err != nil || n < 1 || n > 31 {
				return nil, say.Error("give the day of the month as a number from 1 to 31; a shorter month ends with its last day")
			}
		}
		s.Template, s.Zone, s.Folder, s.Kinds = template.Selected, p.ui.zone.String(), strings.TrimSpace(folder.Text), nil
		s.Times = figures.Times{Rhythm: figures.Rhythms[rhythm.SelectedIndex()], Hour: clock.Hour(), Minute: clock.Minute(), Weekday: weekdays[weekday.SelectedIndex()], Day: n}
		for end, on := range map[string]bool{".xlsx": workbook.Checked, ".html": summary.Checked} {
			if on {
				s.Kinds = append(s.Kinds, end)
			}
		}
		return func() error { return p.desk.SaveSchedule(p.ui.ctx, p.ui.actor, s) }, nil
	})
	for _, e := range []*field{day, at, folder} {
		e.in(q)
	}
	q.show(fyne.NewSize(520, 0), template)
}
