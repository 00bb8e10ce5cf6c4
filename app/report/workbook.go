package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"backstop/app/desk"
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
		coverSheet, managementSheet, dailySheet, gridSheet, failingSheet, categoriesSheet, holdSheet, reprocessingSheet, missedSheet, lostSheet, copiesSheet, risksSheet,
		incidentsSheet, movementSheet, runsSheet, byRoutineSheet, byClientSheet, timelineSheet, definitionsSheet,
	}
}

// Sheets names the sheets that may be left out.
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
}

// Workbook writes a report.
func (Writer) Workbook(ctx context.Context, path string, w desk.Workbook) (string, error) {
	return save(path, func(out io.Writer) error { return makeWorkbook(ctx, out, w) })
}

func makeWorkbook(ctx context.Context, out io.Writer, w desk.Workbook) error {
	m := &maker{book: newBook(), Workbook: w, ctx: ctx, blocks: map[string]map[string]*block{}, has: map[string]bool{}}
	var wanted []sheet
	for _, s := range sheets {
		if s.fixed || !slices.Contains(w.Without, s.name) {
			wanted = append(wanted, s)
			m.has[s.name] = true
			m.add(s.name)
		}
	}
	done := 0
	make := func(s sheet, f func(*maker)) {
		if f == nil || m.err != nil {
			return
		}
		m.tell(s.name, done, len(wanted))
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
	m.tell("the file", len(wanted), len(wanted))
	return m.writeTo(out) // the first sheet is the active one; SetActiveSheet would read every streamed sheet back into memory
}

func (m *maker) tell(sheet string, done, of int) {
	if m.Progress != nil {
		m.Progress(sheet, done, of)
	}
}

// list begins a sheet of rows.
func (m *maker) list(name, about string, columns []desk.Column) *rows {
	r := m.newRows(name, about+" "+m.when(), m.Period.Zone, columns)
	r.back = managementSheet.name
	if !m.has[r.back] {
		r.back = coverSheet.name
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

// span is the period with its last day, as people say it.
func (m *maker) span() string { return m.Period.Words() }

// goTo has a figure's cell lead to the rows it counts, where they are in the workbook.
func (m *maker) goTo(sheet, cell, list, what string) {
	b := m.blocks[list][what]
	if b == nil {
		return
	}
	columns := columnName(widest)
	m.link(sheet, cell, b.sheet, fmt.Sprintf("A%d:%s%d", b.first, columns, b.last), fmt.Sprintf("%s: %d rows in %s", strings.TrimSpace(what), b.rows, b.sheet))
}

// widest is how many columns a marked block spans.
const widest = 12
