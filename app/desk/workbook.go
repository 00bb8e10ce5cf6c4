package desk

import (
	"context"
	"iter"
	"path/filepath"
	"slices"
	"time"

	"backstop/app/figure"
	"backstop/app/panel"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Report is what a person asks a report to be about.
type Report struct {
	Title    string // on the cover; "" is the program's
	Period   figure.Period
	Scope    ReportScope
	Without  []string // sheets that are left out, by name
	Template string   // that it was made by; "" for none
}

// Workbook is a report with all that its sheets need. Rows are read as they are written, so it is as small for a hundred thousand
// incidents as for ten.
type Workbook struct {
	Report
	Made    time.Time
	By      string
	Scoped  string // the scope in words
	Head    string // hash of the newest timeline entry
	Pruned  string // what retention has dropped, in words; "" for nothing
	Entries int64  // of the timeline when it was made
	Figures PeriodFigures

	Incidents func(ids []int64) ([]RegisterRow, error) // in their order
	Pairs     func() iter.Seq2[Pair, error]            // of the incidents closed in the period as Reprocessed
	Losses    func() iter.Seq2[Loss, error]            // of those closed as Missed
	Risks     func() ([]RiskRow, error)                // that were open at some time of the period
	Record    func() iter.Seq2[timeline.Entry, error]  // of the period, oldest first

	Suppressions func() ([]Suppression, error) // in force now
	HandOver     func() (HandOver, error)      // as things stand now

	Days     PanelQuery                                     // the days of the grid
	Routines []PanelRoutine                                 // its lines
	Cells    func(routines []int64) ([][]panel.Cell, error) // their days, in their order
	Progress func(sheet string, done, of int)               // nil is told nothing
}

// RegisterRow is all of an incident that the register lists.
type RegisterRow struct {
	IncidentRow
	Description string
	Solution    string
	Company     string
	Branch      string
	Held        time.Time // when the hold began; zero for one that is not on hold
}

// Pair is an incident with a session that made it good.
type Pair struct {
	Incident int64
	Client   string
	Routine  string
	Failed   time.Time
	Session  ExecutionRow
	Note     string
}

// Delay is from the failed run to the end of the session; zero where one of them has no time.
func (p Pair) Delay() time.Duration {
	end := p.Session.End
	if end.IsZero() {
		end = p.Session.Start
	}
	if end.IsZero() || p.Failed.IsZero() {
		return 0
	}
	return max(end.Sub(p.Failed), 0)
}

// Loss is the window of a lost backup position: from the last good copy before the failed run to the first one after it.
type Loss struct {
	Incident int64
	Tool     string
	Routine  string
	Client   string
	Failed   time.Time
	Before   time.Time // zero: none is known
	After    time.Time // zero: none yet
}

// EntryQuery names entries of the timeline.
type EntryQuery struct {
	From, To  time.Time
	Incidents []int64 // only what is about them; nil: everything
}

// Workbook gathers a report. Its rows are read later, while it is written.
func (d *Desk) Workbook(ctx context.Context, actor Actor, r Report) (Workbook, error) {
	scope, err := d.may(ctx, actor, ToReport)
	if err != nil {
		return Workbook{}, err
	}
	w := Workbook{Report: r, Made: d.instant(), By: actor.Name, Scoped: r.Scope.Words()}
	if !r.Period.From.Before(r.Period.To) {
		return w, say.Error("the period ends before it begins")
	}
	if w.Pruned, err = d.prunedWords(ctx); err != nil {
		return w, err
	}
	if w.Entries, w.Head, err = d.store.Head(ctx); err != nil {
		return w, err
	}
	if w.Figures, err = d.PeriodFigures(ctx, actor, r.Period, r.Scope); err != nil {
		return w, err
	}
	w.Report.Period = w.Figures.Now.Period
	if err := d.gatherGrid(ctx, actor, &w); err != nil {
		return w, err
	}
	w.Incidents = func(ids []int64) ([]RegisterRow, error) { return d.store.Register(ctx, scope, ids) }
	w.Pairs = func() iter.Seq2[Pair, error] { return d.store.Pairs(ctx, scope, w.counted(figure.Reprocessed)) }
	w.Losses = func() iter.Seq2[Loss, error] { return d.store.Losses(ctx, scope, w.counted(figure.Lost)) }
	w.Risks = func() ([]RiskRow, error) { return d.risksOf(ctx, actor, w.Period, r.Scope) }
	w.Suppressions = func() ([]Suppression, error) { return d.Suppressions(ctx, actor, w.Period, r.Scope) }
	w.HandOver = func() (HandOver, error) { return d.handOverWithin(ctx, actor, r.Scope) }
	w.Record = func() iter.Seq2[timeline.Entry, error] {
		return d.store.Entries(ctx, scope, EntryQuery{From: w.Period.From, To: w.Period.To, Incidents: w.about()})
	}
	return w, nil
}

// risksOf are the risks that were open at some time of a period.
func (d *Desk) risksOf(ctx context.Context, actor Actor, p figure.Period, scope ReportScope) ([]RiskRow, error) {
	q, err := d.within(ctx, actor, scope) // a saved view narrows risks as it does runs
	if err != nil {
		return nil, err
	}
	ids, err := d.RiskIDs(ctx, actor, RiskQuery{Resolved: true, OpenFrom: p.From, OpenTo: p.To, Tools: q.Tools, Routines: q.Routines, Clients: q.Clients, Companies: q.Companies, Branches: q.Branches})
	if err != nil {
		return nil, err
	}
	return d.RiskRows(ctx, actor, ids)
}

// MostGridDays is how many days the grid of a long period shows, the last ones: a sheet is only so wide.
const MostGridDays = 1100

// gatherGrid finds the lines of the grid of routines and days.
func (d *Desk) gatherGrid(ctx context.Context, actor Actor, w *Workbook) error {
	q, err := d.within(ctx, actor, w.Scope)
	if err != nil {
		return err
	}
	calendar := panel.Calendar{Zone: w.Period.Zone}
	w.Days = PanelQuery{Calendar: calendar, First: calendar.Of(w.Period.From), Last: calendar.Of(w.Period.To.Add(-time.Millisecond)), Tools: q.Tools, Clients: q.Clients, Branches: q.Branches}
	w.Days.First = max(w.Days.First, w.Days.Last-MostGridDays+1)
	if w.Routines, err = d.PanelRoutines(ctx, actor, w.Days); err != nil {
		return err
	}
	w.Routines = slices.DeleteFunc(w.Routines, func(r PanelRoutine) bool {
		return len(q.Companies) > 0 && !slices.Contains(q.Companies, r.Company) || len(q.Routines) > 0 && !slices.Contains(q.Routines, r.Name)
	})
	w.Cells = func(ids []int64) ([][]panel.Cell, error) { return d.PanelCells(ctx, actor, w.Days, ids) }
	return nil
}

// counted are the incidents that a figure counts.
func (w Workbook) counted(k figure.Key) []int64 {
	def, _ := figure.Find(k)
	ids := []int64{}
	for _, c := range w.Figures.Facts.Cases {
		if def.Incidents(c, w.Period) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// about are the incidents that the record is narrowed to; nil where the report is about everything.
func (w Workbook) about() []int64 {
	if w.Scope.Everything() {
		return nil
	}
	ids := make([]int64, len(w.Figures.Facts.Cases))
	for i, c := range w.Figures.Facts.Cases {
		ids[i] = c.ID
	}
	slices.Sort(ids)
	return ids
}

// SaveWorkbook writes a report as an Excel workbook.
func (d *Desk) SaveWorkbook(ctx context.Context, actor Actor, path string, r Report, progress func(sheet string, done, of int)) (written string, err error) {
	if _, err := d.may(ctx, actor, ToReport); err != nil {
		return "", err
	}
	if d.reporter == nil {
		return "", errNoReporter
	}
	w, err := d.Workbook(ctx, actor, r)
	if err != nil {
		return "", err
	}
	w.Progress = progress
	written, err = d.reporter.Workbook(ctx, path, w)
	return written, d.reported(ctx, actor, w, written, err)
}

// SaveSummary writes the management page of a report as one web page for mailing.
func (d *Desk) SaveSummary(ctx context.Context, actor Actor, path string, r Report) (written string, err error) {
	if _, err := d.may(ctx, actor, ToReport); err != nil {
		return "", err
	}
	if d.reporter == nil {
		return "", errNoReporter
	}
	w, err := d.Workbook(ctx, actor, r)
	if err != nil {
		return "", err
	}
	written, err = d.reporter.Summary(ctx, path, w)
	return written, d.reported(ctx, actor, w, written, err)
}

// reported keeps what was written in the list of earlier reports.
func (d *Desk) reported(ctx context.Context, actor Actor, w Workbook, path string, err error) error {
	if err != nil {
		return err
	}
	if whole, err := filepath.Abs(path); err == nil {
		path = whole // it is opened again from anywhere
	}
	return d.rememberReport(ctx, actor, Made{Path: path, At: w.Made, By: actor.Name, Template: w.Template, Period: w.Period.Plain(), Head: w.Head})
}

var errNoReporter = say.Error("nothing can be written here")

// Sheets are the sheets that a workbook may have, in their order.
func (d *Desk) Sheets() []string {
	if d.reporter == nil {
		return nil
	}
	return d.reporter.Sheets()
}
