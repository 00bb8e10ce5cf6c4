package report

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

// sheet is one kind of sheet: a list whose rows are streamed, or a page of figures. A file each, with its columns and its figures.
type sheet struct {
	name  string
	list  func(m *maker)
	page  func(m *maker)
	fixed bool // always there
}

// sheets are all there are, in the order of their tabs.
var sheets []sheet

func init() {
	sheets = []sheet{
		coverSheet, managementSheet, dailySheet, gridSheet, failingSheet, categoriesSheet, holdSheet, reprocessingSheet, missedSheet, lostSheet, copiesSheet, risksSheet, suppressionsSheet, handOverSheet,
		incidentsSheet, movementSheet, mergedSheet, firstActionsSheet, byCategorySheet, runsSheet, routineRunsSheet, behindSheet, byRoutineSheet, byClientSheet, timelineSheet, definitionsSheet,
	}
}

// tabs are the names of the sheets in the chosen language.
func tabs() map[string]string {
	names := make(map[string]string, len(sheets))
	for _, s := range sheets {
		names[s.name] = sheetName(say.W(s.name))
	}
	return names
}

// Sheets names the sheets that may be left out, in English whatever the language is.
func (Writer) Sheets() []string {
	var names []string
	for _, s := range sheets {
		if !s.fixed {
			names = append(names, s.name)
		}
	}
	return names
}

// maker makes one workbook. Lists come first, since pages point at the rows in them.
type maker struct {
	*book
	desk.Workbook
	ctx    context.Context
	blocks map[string]map[string]*block // by sheet and by what they hold
	has    map[string]bool
	tabs   map[string]string // what sheets are called in the file
	byID   []*figure.Case
	byRun  []*figure.Case      // those that an execution opened, by the execution
	marked map[int64][]dayRows // of a routine, the days whose marks lead to their runs
	marks  int                 // such days of all routines
}

// Workbook writes a report.
func (f Writer) Workbook(ctx context.Context, path string, w desk.Workbook) (string, error) {
	return save(path, func(out io.Writer) error { return makeWorkbook(ctx, f.Temporary, out, w) })
}

func makeWorkbook(ctx context.Context, temporary string, out io.Writer, w desk.Workbook) error {
	m := &maker{book: newBook(temporary), Workbook: w, ctx: ctx, blocks: map[string]map[string]*block{}, has: map[string]bool{}, tabs: tabs(), marked: map[int64][]dayRows{}}
	m.byID = m.cases(anyCase, func(a, b *figure.Case) int { return cmp.Compare(a.ID, b.ID) })
	m.byRun = m.cases(func(c *figure.Case) bool { return c.Execution != 0 }, func(a, b *figure.Case) int { return cmp.Compare(a.Execution, b.Execution) })
	var wanted []sheet
	for _, s := range sheets {
		if s.fixed || !slices.Contains(w.Without, s.name) {
			wanted = append(wanted, s)
			m.has[s.name] = true
			m.add(m.tabs[s.name])
		}
	}
	done := 0
	make := func(s sheet, f func(*maker)) {
		if f == nil || m.err != nil {
			return
		}
		m.tell(say.W(s.name), done, len(wanted))
		f(m)
		m.note(ctx.Err())
		done++
	}
	for _, s := range wanted {
		make(s, s.list)
	}
	for _, s := range wanted {
		make(s, s.page)
	}
	m.tell(say.T("the file"), len(wanted), len(wanted))
	return m.writeTo(out)
}

func (m *maker) tell(sheet string, done, of int) {
	if m.Progress != nil {
		m.Progress(sheet, done, of)
	}
}

// cases are the incidents that fit, in an order; they are pointed at, since a report may be about very many.
func (m *maker) cases(fits func(*figure.Case) bool, order func(a, b *figure.Case) int) []*figure.Case {
	var found []*figure.Case
	for i := range m.Figures.Facts.Cases {
		if c := &m.Figures.Facts.Cases[i]; fits(c) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, order)
	return found
}

// runs are the runs that fit, in an order.
func (m *maker) runs(fits func(*figure.Run) bool, order func(a, b *figure.Run) int) []*figure.Run {
	var found []*figure.Run
	for i := range m.Figures.Facts.Runs {
		if r := &m.Figures.Facts.Runs[i]; fits(r) {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, order)
	return found
}

func anyRun(*figure.Run) bool { return true }

func anyCase(*figure.Case) bool { return true }

// incidentOf is the incident that a run has; 0 for none.
func (m *maker) incidentOf(r *figure.Run) int64 {
	return cmp.Or(r.Incident, m.openedBy(r.Last).ID, m.openedBy(r.ID).ID)
}

func (m *maker) openedBy(execution int64) figure.Case {
	return caseIn(m.byRun, execution, func(c *figure.Case) int64 { return c.Execution })
}

// caseOf is an incident as figures look at it; the zero one where it was not open in the period.
func (m *maker) caseOf(id int64) figure.Case {
	return caseIn(m.byID, id, func(c *figure.Case) int64 { return c.ID })
}

// caseIn finds a case among those sorted by a number; the zero one where there is none.
func caseIn(sorted []*figure.Case, number int64, of func(*figure.Case) int64) figure.Case {
	i, found := slices.BinarySearchFunc(sorted, number, func(c *figure.Case, n int64) int { return cmp.Compare(of(c), n) })
	if !found {
		return figure.Case{}
	}
	return *sorted[i]
}

// list begins a sheet of rows.
func (m *maker) list(name, about string, columns []desk.Column) *rows {
	r := m.newRows(m.tabs[name], about+" "+m.when(), m.Period.Zone, columns)
	r.back = m.tabs[managementSheet.name]
	if !m.has[managementSheet.name] {
		r.back = m.tabs[coverSheet.name]
	}
	m.blocks[name] = r.blocks
	return r
}

// when is the period and the scope in words.
func (m *maker) when() string {
	words := m.span() + ", " + m.Period.Zone.String()
	if m.Scoped != "" {
		words += ". " + m.Scoped
	}
	return words + "."
}

// clock is a time as people read it.
func (m *maker) clock(t time.Time) string { return say.Minute(t.In(m.Period.Zone)) }

// span is the period with its last day, as people say it.
func (m *maker) span() string { return m.Period.Words() }

// goTo has a figure's cell lead to the rows it counts, where they are in the workbook.
func (m *maker) goTo(sheet, cell, list, what string) {
	b := m.blocks[list][what]
	if b == nil {
		return
	}
	m.link(sheet, cell, b.sheet, b.area(), b.tip(strings.TrimSpace(what)))
}
