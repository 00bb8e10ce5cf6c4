package ui

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/ui/look"
)

// fieldWords say what a field of ours is.
var fieldWords = map[backup.Field]string{
	backup.FieldStatus: say.N("How the run ended"), backup.FieldRoutine: say.N("Routine (job, policy)"), backup.FieldClient: say.N("Client (machine)"),
	backup.FieldStart: say.N("Start"), backup.FieldEnd: say.N("End"), backup.FieldDuration: say.N("Duration"), backup.FieldBytes: say.N("Size"), backup.FieldFiles: say.N("Files"),
	backup.FieldLevel: say.N("Level (full, incremental)"), backup.FieldSchedule: say.N("Schedule"), backup.FieldCode: say.N("Code"), backup.FieldError: say.N("Error text"),
	backup.FieldInstance: say.N("Backup server"), backup.FieldTool: say.N("Tool"), backup.FieldKind: say.N("Kind"),
}

const notThere = "not in the file"

// teachColumns is the step that says which column is which of our fields, and how its values are written.
type teachColumns struct {
	t      *teachWizard
	object *container.Scroll
	tool   *field
	zone   *field
	rows   []*columnRow
	ids    *chooser
	stale  bool // the file was looked at anew
}

// columnRow is one field of ours with its column.
type columnRow struct {
	field   backup.Field
	column  *choice
	how     *choice // the layout of times or the unit of numbers; nil: neither
	hows    []string
	example *widget.Label
}

func newTeachColumns(t *teachWizard) *teachColumns {
	return &teachColumns{t: t, object: container.NewVScroll(widget.NewLabel("")), stale: true}
}

func (c *teachColumns) first() fyne.Focusable { return c.tool }

// show builds the form afresh when the file was looked at anew; else what was entered stays.
func (c *teachColumns) show() {
	if !c.stale {
		return
	}
	c.stale = false
	t := c.t
	c.tool = t.in(newField(t.mapping.Constants[backup.FieldTool], say.T("the backup tool, as people call it")))
	c.tool.OnChanged = func(s string) { t.touched = true; t.mapping.Constants[backup.FieldTool] = strings.TrimSpace(s) }
	c.zone = t.in(newField("", say.T("Europe/Lisbon; empty: the source's")))
	c.zone.OnChanged = func(s string) { t.touched = true; t.mapping.Zone = strings.TrimSpace(s) }
	form := container.New(&columnsLayout{})
	add := func(o ...fyne.CanvasObject) { form.Objects = append(form.Objects, o...) }
	add(widget.NewLabel(say.T("Tool")), c.tool, layout.NewSpacer(), layout.NewSpacer())
	c.rows = nil
	for _, f := range backup.Fields {
		if f == backup.FieldTool || f == backup.FieldKind {
			continue
		}
		r := c.row(f)
		c.rows = append(c.rows, r)
		how := fyne.CanvasObject(layout.NewSpacer())
		if r.how != nil {
			how = r.how
		}
		add(widget.NewLabel(say.W(fieldWords[f])), r.column, how, r.example)
	}
	c.ids = newChooser(say.T("Columns that name one run"), func(chosen []string) { t.touched = true; t.mapping.Identity = chosen })
	c.ids.options = slices.Clone(t.sample.Columns)
	c.ids.set(t.mapping.Identity)
	why := mutedText(say.T("Only where the tool numbers its runs. Without them a run is known by routine, client, level and start."))
	add(widget.NewLabel(say.T("Identity")), c.ids.button, layout.NewSpacer(), why)
	add(widget.NewLabel(say.T("Time zone")), c.zone, layout.NewSpacer(), mutedText(say.T("Of times that name none.")))
	c.object.Content = container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Gap), form)
	c.object.Refresh()
}

func mutedText(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.Importance = widget.LowImportance
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

func (c *teachColumns) row(f backup.Field) *columnRow {
	r := &columnRow{field: f, example: mutedText("")}
	switch f {
	case backup.FieldStart, backup.FieldEnd, backup.FieldBytes, backup.FieldDuration:
		r.how = newChoice(nil, func(string) { c.t.touched = true; c.took(r) })
		r.how.PlaceHolder = say.T("how it is written")
	default:
	}
	r.column = newChoice(append([]string{say.T(notThere)}, c.t.sample.Columns...), func(name string) { c.t.touched = true; c.turn(r, name) })
	name := c.t.mapping.Columns[f]
	if name == "" {
		name = say.T(notThere)
	}
	touched := c.t.touched
	r.column.SetSelected(name)
	c.t.touched = touched
	return r
}

// turn takes another column for a field.
func (c *teachColumns) turn(r *columnRow, name string) {
	if name == say.T(notThere) {
		name = ""
	}
	c.t.mapping.Columns[r.field] = name
	if name == "" {
		delete(c.t.mapping.Columns, r.field)
	}
	if r.how != nil {
		c.offer(r, name)
	}
	r.example.SetText(c.exampleText(r))
}

// offer gives the ways in which the values of a column may be read. One that the values leave open is not chosen.
func (c *teachColumns) offer(r *columnRow, name string) {
	m := &c.t.mapping
	var words []string
	chosen := ""
	switch r.field {
	case backup.FieldBytes:
		r.hows, words = backup.SizeUnits, unitWords(backup.SizeUnits)
		chosen = cmp.Or(m.SizeUnit, backup.SizeUnits[0])
	case backup.FieldDuration:
		r.hows, words = backup.DurationUnits, unitWords(backup.DurationUnits)
		chosen = cmp.Or(m.DurationUnit, backup.DurationUnits[0])
	default:
		r.hows, chosen = c.t.sample.Layouts[name], m.Layouts[r.field]
		for _, l := range r.hows {
			words = append(words, layoutText(l, c.firstValue(name)))
		}
		if len(r.hows) > 0 && !backup.AmbiguousLayouts(r.hows) && !slices.Contains(r.hows, chosen) {
			chosen = r.hows[0]
		}
	}
	r.how.Options = words
	r.how.ClearSelected()
	if i := slices.Index(r.hows, chosen); i >= 0 {
		r.how.SetSelectedIndex(i)
	}
	r.how.Hidden = name == "" || len(words) == 0
	r.how.Refresh()
}

func unitWords(units []string) []string {
	var words []string
	for _, u := range units {
		words = append(words, say.T("a bare number is in %s", u))
	}
	return words
}

// layoutText shows a layout by what it makes of a value: that tells day from month.
func layoutText(l, value string) string {
	t, absolute, ok := backup.ReadLayout(value, l)
	if !ok {
		return backup.LayoutWords(l)
	}
	text := say.T("%d %s %d, %s", t.Day(), monthWord(t.Month()), t.Year(), t.Format("15:04"))
	if absolute {
		text += " UTC"
	}
	return text
}

func (c *teachColumns) firstValue(column string) string {
	for _, v := range c.t.sample.Column(column) {
		if v != "" {
			return v
		}
	}
	return ""
}

// took keeps how the values of a field are written.
func (c *teachColumns) took(r *columnRow) {
	i := r.how.SelectedIndex()
	if i < 0 || i >= len(r.hows) {
		return
	}
	switch r.field {
	case backup.FieldBytes:
		c.t.mapping.SizeUnit = r.hows[i]
	case backup.FieldDuration:
		c.t.mapping.DurationUnit = r.hows[i]
	default:
		c.t.mapping.Layouts[r.field] = r.hows[i]
	}
}

func (c *teachColumns) exampleText(r *columnRow) string {
	name := c.t.mapping.Columns[r.field]
	if name == "" {
		return ""
	}
	var some []string
	for _, w := range c.t.distinct(name) {
		if some = append(some, shorten(look.Printable(w), 32)); len(some) == 3 {
			break
		}
	}
	return strings.Join(some, "   ")
}

// ready says what is missing, in the order of the form.
func (c *teachColumns) ready() error {
	m := c.t.mapping
	switch {
	case m.Columns[backup.FieldTool] == "" && m.Constants[backup.FieldTool] == "":
		return say.Error("name the backup tool")
	case m.Columns[backup.FieldStatus] == "":
		return say.Error("choose the column that says how a run ended")
	case m.Columns[backup.FieldRoutine] == "" && m.Columns[backup.FieldClient] == "":
		return say.Error("choose the column of the routine or of the client")
	case m.Columns[backup.FieldStart] == "" && m.Columns[backup.FieldEnd] == "" && len(m.Identity) == 0:
		return say.Error("choose the column of the start or of the end, or the columns that name one run")
	}
	for _, f := range []backup.Field{backup.FieldStart, backup.FieldEnd} {
		column := m.Columns[f]
		switch {
		case column == "":
		case len(c.t.sample.Layouts[column]) == 0:
			return errNoTimes(f, column)
		case m.Layouts[f] == "":
			return errLayout(f)
		}
	}
	return nil
}

func errNoTimes(f backup.Field, column string) error {
	if f == backup.FieldStart {
		return say.Error("the values of %q are no times that are understood; choose another column for the start", column)
	}
	return say.Error("the values of %q are no times that are understood; choose another column for the end", column)
}

func errLayout(f backup.Field) error {
	if f == backup.FieldStart {
		return say.Error("say how the start is written: its values do not tell day from month")
	}
	return say.Error("say how the end is written: its values do not tell day from month")
}

// columnsLayout is a form of four columns: the words, the column, how it is written, and examples with what is left.
type columnsLayout struct{}

var columnWidths = [...]float32{184, 232, 232}

func (columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i := 0; i+3 < len(objects); i += 4 {
		row, height := objects[i:i+4], rowHeight(objects[i:i+4])
		x := float32(0)
		for at, o := range row {
			width := max(0, size.Width-x)
			if at < len(columnWidths) {
				width = columnWidths[at]
			}
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(width, height))
			x += width + look.Gap
		}
		y += height + look.Gap/2
	}
}

func (columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(columnWidths[0]+columnWidths[1]+columnWidths[2]+3*look.Gap+160, 0)
	for i := 0; i+3 < len(objects); i += 4 {
		size.Height += rowHeight(objects[i:i+4]) + look.Gap/2
	}
	return size
}

func rowHeight(row []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, o := range row {
		height = max(height, o.MinSize().Height)
	}
	return height
}
