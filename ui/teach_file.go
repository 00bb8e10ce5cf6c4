package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// teachFile is the step that shows the file as a table, as far as it was understood, and lets that be corrected.
type teachFile struct {
	t         *teachWizard
	object    fyne.CanvasObject
	said      *widget.Label
	part      *choice // of a container: which of its files
	shape     *choice
	delimiter *choice
	list      *choice
	inside    *widget.Label   // what only a container has
	between   *fyne.Container // what only a CSV has
	within    *fyne.Container // what only JSON has
	table     *fyne.Container
	showing   bool // choices are set by the program
}

var shapeWords = map[backup.Shape]string{backup.CSV: say.N("a table (CSV, TSV)"), backup.JSON: "JSON"}

// delimiters are what may stand between columns, with a word for each.
var delimiters = []struct{ sign, word string }{{",", say.N("comma  ,")}, {";", say.N("semicolon  ;")}, {"\t", say.N("tab")}, {"|", say.N("bar  |")}}

const topOfJSON = "the top of the file"

func newTeachFile(t *teachWizard) *teachFile {
	f := &teachFile{t: t, said: widget.NewLabel(say.T("Reading the file …")), table: container.NewStack()}
	f.shape = newChoice([]string{say.W(shapeWords[backup.CSV]), say.W(shapeWords[backup.JSON])}, func(string) { f.again() })
	var words []string
	for _, d := range delimiters {
		words = append(words, say.W(d.word))
	}
	f.delimiter = newChoice(words, func(string) { f.again() })
	f.list = newChoice(nil, func(string) { f.again() })
	f.part = newChoice(nil, func(string) { f.turn() })
	f.inside = widget.NewLabel(say.T("Of what it holds take"))
	f.between = container.NewHBox(widget.NewLabel(say.T("with columns between")), f.delimiter)
	f.within = container.NewHBox(widget.NewLabel(say.T("with its records under")), f.list)
	f.inside.Hide()
	f.part.Hide()
	f.between.Hide()
	f.within.Hide()
	form := container.New(layout.NewFormLayout(), f.inside, container.NewHBox(f.part), widget.NewLabel(say.T("Read it as")), container.NewHBox(f.shape, f.between, f.within))
	f.object = container.NewBorder(container.NewVBox(f.said, form), nil, nil, nil, f.table)
	return f
}

// turn takes another of the files that stand beside the one in view: a sheet of the workbook, a file of the archive.
func (f *teachFile) turn() {
	i := f.part.SelectedIndex()
	if f.showing || i < 0 || f.t.sample.Beside[i] == f.t.lesson.path {
		return
	}
	f.t.lesson.path = f.t.sample.Beside[i]
	f.t.look(backup.Mapping{})
}

// again reads the beginning anew, as the person says that it is laid out.
func (f *teachFile) again() {
	if f.showing {
		return
	}
	m := backup.Mapping{Shape: backup.CSV}
	if f.shape.SelectedIndex() == 1 {
		m.Shape = backup.JSON
	}
	if m.Shape == f.t.sample.Shape { // another shape begins with what is found in it
		if i := f.delimiter.SelectedIndex(); i >= 0 && m.Shape == backup.CSV {
			m.Delimiter = delimiters[i].sign
		}
		if m.List = f.list.Selected; m.List == say.T(topOfJSON) {
			m.List = ""
		}
	}
	f.t.look(m)
}

// show shows the sample.
func (f *teachFile) show() {
	s := f.t.sample
	f.showing = true
	defer func() { f.showing = false }()
	f.said.SetText(f.t.shapeText())
	f.part.Options = nil
	for _, path := range s.Beside {
		f.part.Options = append(f.part.Options, partName(path))
	}
	f.part.ClearSelected()
	if i := slices.Index(s.Beside, s.Path); i >= 0 {
		f.part.SetSelectedIndex(i)
	}
	f.inside.Hidden, f.part.Hidden = len(s.Beside) < 2, len(s.Beside) < 2
	f.shape.SetSelected(say.W(shapeWords[s.Shape]))
	f.delimiter.ClearSelected()
	for i, d := range delimiters {
		if d.sign == s.Delimiter {
			f.delimiter.SetSelectedIndex(i)
		}
	}
	f.list.Options = nil
	for _, l := range s.Lists {
		if l == "" {
			l = say.T(topOfJSON)
		}
		f.list.Options = append(f.list.Options, l)
	}
	f.list.SetSelected(s.List)
	if s.List == "" {
		f.list.SetSelected(say.T(topOfJSON))
	}
	f.between.Hidden, f.within.Hidden = s.Shape != backup.CSV, s.Shape != backup.JSON
	f.table.Objects = []fyne.CanvasObject{sampleGrid(s)}
	f.table.Refresh()
}

// partName is the last name of a path that leads into containers.
func partName(path string) string {
	parts := strings.Split(path, " › ")
	return look.Printable(parts[len(parts)-1])
}

// sampleRow is one record of the sample, under its number.
type sampleRow struct {
	number int64
	cells  []string
}

// sampleGrid is the sample as a table of its own columns.
func sampleGrid(s backup.Sample) fyne.CanvasObject {
	rows := &list[sampleRow]{id: func(r sampleRow) int64 { return r.number }}
	for i, cells := range s.Rows {
		rows.rows = append(rows.rows, sampleRow{int64(i + 1), cells})
	}
	var columns []grid.Column[sampleRow]
	for i, name := range s.Columns {
		columns = append(columns, grid.Column[sampleRow]{Key: fmt.Sprint(i), Title: name, Width: 160, Text: func(r sampleRow) string { return r.cells[i] }})
	}
	if len(columns) == 0 {
		return emptyState(say.T("No table is found in it"), say.T("Choose another way to read it, or another part of what holds it."))
	}
	g := grid.New[sampleRow](rows, columns...)
	g.OnlyLook()
	return g
}

func (f *teachFile) ready() error {
	if len(f.t.sample.Columns) < 2 || len(f.t.sample.Rows) == 0 {
		return say.Error("no table of at least two columns and one record is found in it; choose another way to read it")
	}
	return nil
}
