package report

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/say"
)

// lastRow is how far down a sheet of Excel goes; tests make it less.
var lastRow = 1_048_576

// headRow is where the columns' titles stand: below the sheet's title and what it holds.
const headRow = 3

// rows is a sheet, or several when there are too many rows, that is written row by row and never held. Its blocks say where the rows
// of a figure are.
type rows struct {
	book    *book
	name    string
	title   string
	about   string
	zone    *time.Location
	columns []desk.Column
	styles  []int
	back    string // the sheet to go back to; "" for none
	printed int    // how many columns go on paper; 0 is all
	side    int    // how many columns stand still while one looks to the right, and on each page
	breaks  int    // how many of the others go on a page; 0 is all

	cells  *cells // of the part that is being written; nil between parts
	sheet  string
	parts  int
	at     int // the row written last
	count  int
	blocks map[string]*block
	row    []styled
}

// block is a run of rows that belong together. Where they go on in another part, it is their beginning.
type block struct {
	sheet       string
	first, last int
	rows        int
	left, right int // columns
}

func (b *block) area() string { return cell(b.left, b.first) + ":" + cell(b.right, b.last) }

// tip says what a link leads to.
func (b *block) tip(what string) string {
	if b.last-b.first+1 < b.rows {
		return say.T("%s: %d rows in %s and the next sheet", what, b.rows, b.sheet)
	}
	return say.T("%s: %d rows in %s", what, b.rows, b.sheet)
}

// painted is a value that looks different from the others of its column.
type painted struct {
	value any
	look  look
}

// newRows begins a sheet. It must have been added to the book, whose order the sheets keep.
func (b *book) newRows(name, about string, zone *time.Location, columns []desk.Column) *rows {
	r := &rows{book: b, name: name, title: name, about: about, zone: zone, columns: columns, blocks: map[string]*block{}, row: make([]styled, len(columns))}
	for _, c := range columns {
		r.styles = append(r.styles, b.style(look{kind: c.Kind, line: true, indent: !numeric(c.Kind), wrap: c.Kind == desk.Text}))
	}
	return r
}

// begin starts the next part.
func (r *rows) begin() {
	r.parts++
	r.sheet = partName(r.name, r.parts)
	if r.parts > 1 {
		r.book.add(r.sheet)
	}
	b := r.book
	if r.cells = b.pour(r.sheet); r.cells == nil {
		return
	}
	titles, lines := make([]styled, len(r.columns)), 1
	for i, c := range r.columns {
		b.note(b.file.SetColWidth(r.sheet, columnName(i+1), columnName(i+1), width(c)))
		title := heading(c, r.zone)
		titles[i] = styled{b.style(head(c.Kind)), title}
		lines = max(lines, titleLines(title, width(c)))
	}
	pane := map[bool]string{true: "bottomRight", false: "bottomLeft"}[r.side > 0]
	b.note(b.file.SetPanes(r.sheet, &excelize.Panes{Freeze: true, XSplit: r.side, YSplit: headRow, TopLeftCell: cell(r.side+1, headRow+1), ActivePane: pane}))
	b.note(r.cells.row(1, 22, []styled{{b.style(look{bold: true, size: 14}), r.title}}))
	b.note(r.cells.row(2, r.aboutHeight(), []styled{{b.style(look{ink: muted, wrap: true}), r.about}}))
	b.note(r.cells.row(headRow, titleHigh(lines), titles))
	r.at = headRow
}

// add writes a row into the blocks named.
func (r *rows) add(row []any, into ...string) {
	b := r.book
	r.next()
	if b.err != nil {
		return
	}
	for i := range r.columns {
		r.row[i] = styled{r.styles[i], value(row[i], r.zone)}
		if p, painted := row[i].(painted); painted {
			r.row[i] = styled{b.style(p.look), value(p.value, r.zone)}
		}
	}
	r.at++
	r.count++
	b.note(r.cells.row(r.at, r.height(row), r.row))
	for _, name := range into {
		r.extend(name)
	}
}

// height gives a row the lines that its texts need: not every program works that out for itself.
func (r *rows) height(row []any) float64 {
	n := 1
	for i, c := range r.columns {
		if s, ok := row[i].(string); ok && (c.Kind == desk.Long || c.Kind == desk.Text) {
			n = max(n, lines(s, width(c)-1)) // it is indented
		}
	}
	return high(n)
}

// onPaper is how many columns are printed.
func (r *rows) onPaper() int {
	if r.printed > 0 {
		return r.printed
	}
	return len(r.columns)
}

// aboutColumns is how many columns what the sheet holds is said across: those that stand on the first page.
func (r *rows) aboutColumns() int {
	if r.side > 0 {
		return r.side
	}
	return r.onPaper()
}

// aboutHeight gives the line below the title the room that it needs.
func (r *rows) aboutHeight() float64 {
	wide := 0.0
	for _, c := range r.columns[:r.aboutColumns()] {
		wide += width(c)
	}
	return lineHigh*float64(lines(r.about, wide)) + 4
}

func (r *rows) extend(name string) {
	k := r.blocks[name]
	if k == nil {
		k = &block{sheet: r.sheet, first: r.at, left: 1, right: len(r.columns)}
		r.blocks[name] = k
	}
	k.rows++
	if k.sheet == r.sheet {
		k.last = r.at
	}
}

// stretch is rows of a list one below the other, told in few bytes: there may be very many stretches.
type stretch struct{ part, first, rows int32 }

// next is where the next row will stand.
func (r *rows) next() stretch {
	if r.cells == nil || r.at == lastRow {
		r.end()
		r.begin()
	}
	return stretch{part: int32(r.parts), first: int32(r.at + 1)}
}

// blockOf is a stretch of a list so many columns wide as a block; where it goes on in another part, it is its beginning.
func blockOf(list string, columns int, s stretch) *block {
	return &block{sheet: partName(list, int(s.part)), first: int(s.first), last: min(int(s.first+s.rows)-1, lastRow), rows: int(s.rows), left: 1, right: columns}
}

// partName is the name of a part of a list.
func partName(list string, part int) string {
	if part < 2 {
		return list
	}
	letters, suffix := []rune(list), fmt.Sprintf(" (%d)", part)
	return sheetName(string(letters[:min(len(letters), 31-len(suffix))]) + suffix)
}

// lead has a cell of the row written last lead to a block of another list; nil leads nowhere.
func (r *rows) lead(column int, to *block, what string) {
	if to != nil && r.cells != nil {
		r.book.note(r.cells.link(r.at, column, quoted(to.sheet)+"!"+to.area(), to.tip(what)))
	}
}

// end finishes the part.
func (r *rows) end() {
	b := r.book
	if r.cells == nil || b.err != nil {
		return
	}
	last := max(r.at, headRow+1)
	if r.at == headRow {
		b.note(r.cells.row(headRow+1, 0, []styled{{b.style(look{ink: muted}), say.T("None.")}}))
	}
	b.note(b.file.AutoFilter(r.sheet, fmt.Sprintf("A%d:%s", headRow, cell(len(r.columns), last)), nil))
	b.page(r.sheet, paper{title: r.title, head: headRow, side: r.side, breaks: r.breaks, columns: len(r.columns)}) // after the filter, which would undo it
	b.note(b.file.MergeCell(r.sheet, "A2", cell(r.aboutColumns(), 2)))
	for i, c := range r.columns {
		if c.Kind == desk.Word {
			b.colourWords(r.sheet, fmt.Sprintf("%s:%s", cell(i+1, headRow+1), cell(i+1, last)))
		}
	}
	if r.printed > 0 {
		b.note(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", quoted(r.sheet), columnName(r.printed), last), Scope: r.sheet}))
	}
	if r.back != "" {
		b.link(r.sheet, "A1", r.back, "A1", say.T("Back to %s", r.back))
	}
	b.note(b.file.SetSheetDimension(r.sheet, "A1:"+cell(len(r.columns), last)))
	r.cells = nil
}

// finish ends the last part; a sheet without rows is there all the same and says so.
func (r *rows) finish() {
	if r.parts == 0 {
		r.begin()
	}
	r.end()
}

// link has a click on a cell go to another cell of the workbook.
func (b *book) link(sheet, from, to, at, tip string) {
	b.note(b.file.SetCellHyperLink(sheet, from, quoted(to)+"!"+at, "Location", excelize.HyperlinkOpts{Tooltip: &tip}))
}

// width is how wide a column is, in characters.
func width(c desk.Column) float64 {
	if c.Width > 0 {
		return c.Width
	}
	switch c.Kind {
	case desk.Clock:
		return 17
	case desk.Date:
		return 11
	case desk.Whole, desk.Decimal, desk.Percent, desk.Size, desk.Span, desk.ID:
		return 11
	case desk.Word:
		return 14
	case desk.Long:
		return 48
	default:
		return 24
	}
}
