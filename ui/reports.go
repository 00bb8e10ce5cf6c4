package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/say"
)

// reporter is what the page of reports asks of the desk.
type reporter interface {
	PeriodFigures(ctx context.Context, actor desk.Actor, p figures.Period, scope desk.ReportScope) (desk.PeriodFigures, error)
	Within(ctx context.Context, actor desk.Actor, scope desk.ReportScope) (desk.IncidentQuery, error)
	SaveWorkbook(ctx context.Context, actor desk.Actor, path string, r desk.Report, progress func(sheet string, done, of int)) (string, error)
	SaveSummary(ctx context.Context, actor desk.Actor, path string, r desk.Report) (string, error)
	Sheets() []string
	Choices(ctx context.Context, actor desk.Actor) (desk.Choices, error)
	Views(ctx context.Context, actor desk.Actor) ([]desk.View, error)
	Templates(ctx context.Context, actor desk.Actor) ([]desk.Template, error)
	SaveTemplate(ctx context.Context, actor desk.Actor, t desk.Template) error
	RenameTemplate(ctx context.Context, actor desk.Actor, from, to string) error
	RemoveTemplate(ctx context.Context, actor desk.Actor, name string) error
	Schedules(ctx context.Context, actor desk.Actor) ([]desk.Schedule, error)
	SaveSchedule(ctx context.Context, actor desk.Actor, s desk.Schedule) error
	RemoveSchedule(ctx context.Context, actor desk.Actor, id int64) error
	Reports(ctx context.Context, actor desk.Actor) ([]desk.Made, error)
}

// reportsPage makes reports, lists those made before, and has some made by the clock.
type reportsPage struct {
	*parts
	form      *reportForm
	made      *madePart
	schedules *schedulesPart
	started   bool
}

func newReportsPage(u *UI, w fyne.Window, d reporter) *reportsPage {
	p := &reportsPage{form: newReportForm(u, w, d), made: newMadePart(u, w, d), schedules: newSchedulesPart(u, w, d)}
	p.parts = newParts(
		part{word: say.N("New report"), object: p.form.object, reload: p.form.reload, focus: p.form.focus},
		part{word: say.N("Earlier reports"), object: p.made.object, reload: p.made.reload, focus: p.made.focus},
		part{word: say.N("Schedules"), object: p.schedules.object, reload: p.schedules.reload, focus: p.schedules.focus},
	)
	return p
}

// shown asks for the first figures once somebody looks.
func (p *reportsPage) shown() {
	if !p.started {
		p.started = true
		p.reload(everything)
	}
	p.focus()
}

func (p *reportsPage) reload(e desk.Event) {
	if p.started {
		p.parts.reload(e)
	}
}

// fileName is a name that every system takes for a file.
func fileName(words string) string {
	return strings.Join(strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(`\/:*?"<>|`, r) }), " ")
}
