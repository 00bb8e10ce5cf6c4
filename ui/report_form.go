package ui

import (
	"context"
	"image/color"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/say"
	"backstop/ui/look"
)

// reportForm says what a report is about, beside what its management page would say.
type reportForm struct {
	ui     *UI
	window fyne.Window
	desk   reporter
	object fyne.CanvasObject

	template *choice
	span     *choice
	from, to *field
	title    *field
	company  *chooser
	branch   *chooser
	tool     *chooser
	routine  *chooser
	view     *choice
	sheets   *chooser
	save     *button
	mail     *button
	keep     *button
	rename   *button
	drop     *button
	preview  *reportPreview

	templates []desk.Template
	filling   bool // a template is being shown: nothing is asked in between
}

const (
	noTemplate = "no template"
	noView     = "everything"
)

func newReportForm(u *UI, w fyne.Window, d reporter) *reportForm {
	f := &reportForm{ui: u, window: w, desk: d, preview: newReportPreview(u, w, d)}
	changed := func([]string) { f.changed() }
	f.template = newChoice([]string{say.T(noTemplate)}, f.fill)
	f.span = newChoice(each(figures.Spans, figures.Span.Words), func(string) { f.turnDates(); f.changed() })
	f.from, f.to = newField("", say.DateShape()), newField("", say.DateShape())
	for _, e := range []*field{f.from, f.to} {
		e.OnChanged = func(string) { f.changed() }
	}
	f.title = newField("", say.T("Backup incidents"))
	f.company, f.branch = newChooser(say.T("Company"), changed), newChooser(say.T("Branch"), changed)
	f.tool, f.routine = newChooser(say.T("Tool"), changed), newChooser(say.T("Routine"), changed)
	f.view = newChoice([]string{say.T(noView)}, func(string) { f.changed() })
	f.sheets = newChooser(say.T("Leave out"), func([]string) {})
	f.sheets.options = each(d.Sheets(), say.W)
	f.save = newButton(say.T("Save workbook…"), theme.DocumentSaveIcon(), func() { f.write(".xlsx") })
	f.save.Importance = widget.HighImportance
	f.mail = newButton(say.T("Save summary for mail…"), theme.MailSendIcon(), func() { f.write(".html") })
	f.keep = newButton(say.T("Save as template…"), nil, f.askTemplate)
	f.rename = newButton(say.T("Rename…"), nil, f.renameTemplate)
	f.drop = newButton(say.T("Remove…"), nil, f.removeTemplate)
	f.ui.only(desk.ToReport, f.window, f.save, f.mail)
	f.ui.only(desk.ToKeepViews, f.window, f.keep, f.rename, f.drop)
	f.lay()
	f.filling = true
	f.span.SetSelected(figures.SpanMonth.Words())
	f.view.SetSelected(say.T(noView))
	f.template.SetSelected(say.T(noTemplate))
	f.filling = false
	f.turnDates()
	return f
}

// spanned is the span that is chosen.
func (f *reportForm) spanned() figures.Span {
	if i := f.span.SelectedIndex(); i >= 0 {
		return figures.Spans[i]
	}
	return ""
}

func (f *reportForm) lay() {
	dates := container.NewGridWithColumns(2, f.from, f.to)
	scope := container.New(&abreast{most: 2}, f.company.button, f.branch.button, f.tool.button, f.routine.button)
	form := widget.NewForm(
		widget.NewFormItem(say.T("Template"), container.NewVBox(f.template, container.NewGridWithColumns(2, f.rename, f.drop))),
		widget.NewFormItem(say.T("Title"), f.title),
		widget.NewFormItem(say.T("Period"), f.span),
		widget.NewFormItem(say.T("From, to"), dates),
		widget.NewFormItem(say.T("Only"), scope),
		widget.NewFormItem(say.T("Saved view"), f.view),
		widget.NewFormItem(say.T("Sheets"), f.sheets.button),
	)
	buttons := container.NewVBox(f.save, f.mail, f.keep)
	left := container.New(&padded{look.Gap}, container.NewVBox(form, container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), buttons)))
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(400, 0))
	f.object = container.NewBorder(nil, nil, container.NewStack(room, container.NewVScroll(left)), nil, f.preview.object)
}

func (f *reportForm) focus() { f.window.Canvas().Focus(f.span) }

// turnDates shows the dates of a moving period, and lets them be written between two dates.
func (f *reportForm) turnDates() {
	if f.spanned() == figures.Between {
		f.from.Enable()
		f.to.Enable()
		return
	}
	p, err := f.spanned().At(f.ui.now(), f.ui.zone)
	if err != nil {
		return
	}
	before := f.filling
	f.filling = true
	f.from.SetText(say.Day(p.From))
	f.to.SetText(say.Day(p.To.AddDate(0, 0, -1)))
	f.filling = before
	f.from.Disable()
	f.to.Disable()
}

// reload asks again what there is to choose from, and what the figures are.
func (f *reportForm) reload(e desk.Event) {
	if !e.Incidents && !e.Settings && !e.Sources {
		return
	}
	ask(f.ui.work, f.choices, func(c reportChoices, err error) {
		if err != nil {
			f.ui.showError(f.window, err)
			return
		}
		f.show(c)
		f.changed()
	})
}

type reportChoices struct {
	companies, branches, tools, views []string
	templates                         []desk.Template
}

func (f *reportForm) choices() (reportChoices, error) {
	var c reportChoices
	choices, err := f.desk.Choices(f.ui.ctx, f.ui.actor)
	if err != nil {
		return c, err
	}
	c.companies, c.branches, c.tools = choices.Companies, choices.Branches, choices.Tools
	views, err := f.desk.Views(f.ui.ctx, f.ui.actor)
	if err != nil {
		return c, err
	}
	for _, v := range views {
		c.views = append(c.views, v.Name)
	}
	c.templates, err = f.desk.Templates(f.ui.ctx, f.ui.actor)
	return c, err
}

// distinct sorts words and leaves out the empty one and those that come twice.
func distinct(words []string) []string {
	slices.Sort(words)
	return slices.DeleteFunc(slices.Compact(words), func(s string) bool { return s == "" })
}

func (f *reportForm) show(c reportChoices) {
	f.company.options, f.branch.options, f.tool.options = c.companies, c.branches, c.tools
	f.view.Options = append([]string{say.T(noView)}, c.views...)
	f.templates = c.templates
	f.template.Options = []string{say.T(noTemplate)}
	for _, t := range c.templates {
		f.template.Options = append(f.template.Options, t.Name)
	}
	f.view.Refresh()
	f.template.Refresh()
	f.turnTemplate()
}

// turnTemplate lets a template be renamed and removed while one is chosen.
func (f *reportForm) turnTemplate() {
	for _, b := range []*button{f.rename, f.drop} {
		if f.template.Selected == say.T(noTemplate) || f.template.Selected == "" {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// fill shows a template.
func (f *reportForm) fill(name string) {
	i := slices.IndexFunc(f.templates, func(t desk.Template) bool { return t.Name == name })
	f.turnTemplate()
	if i < 0 {
		return
	}
	t := f.templates[i]
	f.filling = true
	f.title.SetText(t.Title)
	f.span.SetSelected(t.Span.Words())
	if t.Span == figures.Between {
		f.from.SetText(say.Day(t.From.In(f.ui.zone)))
		f.to.SetText(say.Day(t.To.In(f.ui.zone).AddDate(0, 0, -1)))
	}
	f.company.set(t.Scope.Companies)
	f.branch.set(t.Scope.Branches)
	f.tool.set(t.Scope.Tools)
	f.routine.set(t.Scope.Routines)
	f.view.SetSelected(say.T(noView))
	if t.Scope.View != "" {
		f.view.SetSelected(t.Scope.View)
	}
	f.sheets.set(each(t.Without, say.W))
	f.filling = false
	f.changed()
}

// changed asks for the figures of what the form says now.
func (f *reportForm) changed() {
	if f.filling {
		return
	}
	r, err := f.report()
	if err != nil {
		f.preview.refuse(err)
		return
	}
	f.preview.ask(r, func(routines []string) { f.routine.options = routines })
}

// without are the sheets that are left out, by their own names.
func (f *reportForm) without() []string {
	return slices.DeleteFunc(slices.Clone(f.desk.Sheets()), func(s string) bool { return !slices.Contains(f.sheets.chosen, say.W(s)) })
}

// made is the template that the form shows.
func (f *reportForm) made() (desk.Template, error) {
	t := desk.Template{
		Name: f.template.Selected, Title: strings.TrimSpace(f.title.Text), Span: f.spanned(), Without: f.without(),
		Scope: desk.ReportScope{Companies: f.company.chosen, Branches: f.branch.chosen, Tools: f.tool.chosen, Routines: f.routine.chosen},
	}
	if f.view.Selected != say.T(noView) {
		t.Scope.View = f.view.Selected
	}
	if t.Span != figures.Between {
		return t, nil
	}
	var err error
	if t.From, err = f.day(f.from, say.Error("give the first day as %s", say.DateShape())); err != nil {
		return t, err
	}
	if t.To, err = f.day(f.to, say.Error("give the last day as %s", say.DateShape())); err != nil {
		return t, err
	}
	t.To = t.To.AddDate(0, 0, 1) // the last day is in it
	if !t.From.Before(t.To) {
		return t, say.Error("the period ends before it begins")
	}
	return t, nil
}

func (f *reportForm) day(e *field, missing error) (time.Time, error) {
	day, err := say.ReadDay(strings.TrimSpace(e.Text), f.ui.zone)
	if err != nil {
		return day, missing
	}
	return day, nil
}

func (f *reportForm) report() (desk.Report, error) {
	t, err := f.made()
	if err != nil {
		return desk.Report{}, err
	}
	return t.Report(f.ui.now(), f.ui.zone)
}

// write asks where to and writes the workbook or the summary.
func (f *reportForm) write(end string) {
	r, err := f.report()
	if err != nil {
		f.ui.showError(f.window, err)
		return
	}
	name, title := r.Title, say.T("Save workbook")
	if name == "" {
		name = say.T("Backup incidents")
	}
	if end == ".html" {
		title = say.T("Save summary for mail")
	}
	if f.template.Selected != say.T(noTemplate) {
		r.Template = f.template.Selected
	}
	f.ui.askFile(f.window, saving{
		title: title, name: fileName(name + " " + r.Period.Plain()), kinds: []string{end},
		write: func(ctx context.Context, path string, progress func(string)) (string, error) {
			if end == ".html" {
				return f.desk.SaveSummary(ctx, f.ui.actor, path, r)
			}
			return f.desk.SaveWorkbook(ctx, f.ui.actor, path, r, func(sheet string, done, of int) {
				progress(say.T("%d of %d: %s …", done+1, of, sheet))
			})
		},
	})
}

func (f *reportForm) askTemplate() {
	t, err := f.made()
	if err != nil {
		f.ui.showError(f.window, err)
		return
	}
	before := ""
	if t.Name != say.T(noTemplate) {
		before = t.Name
	}
	f.ui.askWords(f.window, question{title: say.T("Save as template"), text: say.T("A template keeps all that is chosen here. One of the same name is replaced."), placeHolder: say.T("a name"), ok: say.T("Save"), rows: 1, needed: say.T("a template needs a name"), before: before},
		func(name string) error {
			t.Name = strings.Join(strings.Fields(name), " ")
			return f.desk.SaveTemplate(f.ui.ctx, f.ui.actor, t)
		}, func() { f.called(t.Name) })
}

func (f *reportForm) renameTemplate() {
	from, to := f.template.Selected, ""
	f.ui.askWords(f.window, question{title: say.T("Rename the template %s", from), text: say.T("Its schedules keep to it; files are named after it from now on."), placeHolder: say.T("a name"), ok: say.T("Rename"), rows: 1, needed: say.T("a template needs a name"), before: from},
		func(name string) error {
			to = strings.Join(strings.Fields(name), " ")
			return f.desk.RenameTemplate(f.ui.ctx, f.ui.actor, from, name)
		}, func() { f.called(to) })
}

// called names the template that is shown; the list of all follows.
func (f *reportForm) called(name string) {
	if !slices.Contains(f.template.Options, name) {
		f.template.Options = append(f.template.Options, name)
	}
	f.template.SetSelected(name)
}

func (f *reportForm) removeTemplate() {
	name := f.template.Selected
	p := f.ui.newPrompt(f.window, say.T("Remove the template %s?", name), widget.NewLabel(say.T("Reports that were made by it stay.")), say.T("Remove"), func() (func() error, error) {
		return func() error { return f.desk.RemoveTemplate(f.ui.ctx, f.ui.actor, name) }, nil
	})
	p.accepted = func() { f.template.SetSelected(say.T(noTemplate)) }
	p.show(fyne.NewSize(420, 0), p.ok)
}
