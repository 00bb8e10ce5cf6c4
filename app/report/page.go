package report

import (
	"fmt"

	"backstop/app/desk"
	"backstop/app/say"
)

// page is a sheet of figures: small, and written in any order, since charts want it so.
type page struct {
	*maker
	sheet  string
	row    int // the next free one
	widths []float64
}

// newPage begins a page with its title; the columns are as wide as said.
func (m *maker) newPage(name, title string, upright bool, widths ...float64) *page {
	p := &page{maker: m, sheet: m.tabs[name], row: 4, widths: widths}
	for i, w := range widths {
		m.note(m.file.SetColWidth(p.sheet, columnName(i+1), columnName(i+1), w))
	}
	off := false
	m.note(m.file.SetSheetView(p.sheet, 0, gridLines(&off)))
	m.page(p.sheet, paper{title: title, upright: upright})
	p.put(1, 1, title, look{bold: true, size: 18})
	m.note(m.file.SetRowHeight(p.sheet, 1, 28))
	p.put(1, 2, m.when(), look{ink: muted})
	return p
}

// put writes a cell.
func (p *page) put(column, row int, v any, l look) {
	at := cell(column, row)
	p.note(p.file.SetCellValue(p.sheet, at, value(v, p.Period.Zone)))
	p.note(p.file.SetCellStyle(p.sheet, at, at, p.style(l)))
}

// heading is a line above a table.
func (p *page) heading(words string) {
	p.put(1, p.row, words, look{bold: true, size: 13})
	p.note(p.file.SetRowHeight(p.sheet, p.row, 22))
	p.row++
}

// table writes a table and gives its first row of values. Links are asked for each value: the list it counts from and the block there.
func (p *page) table(columns []desk.Column, values [][]any, link func(row, column int) (list, what string)) (first int) {
	high := 1
	for i, c := range columns {
		title := heading(c, p.Period.Zone)
		p.put(i+1, p.row, title, head(c.Kind))
		high = max(high, titleLines(title, p.widths[i]))
	}
	p.note(p.file.SetRowHeight(p.sheet, p.row, titleHigh(high)))
	p.row++
	first = p.row
	for r, line := range values {
		p.grow(line)
		for c, v := range line {
			l := look{kind: columns[c].Kind, line: true, wrap: columns[c].Kind == desk.Text, indent: !numeric(columns[c].Kind)}
			var list, what string
			if link != nil {
				list, what = link(r, c)
			}
			if v == 0 {
				list = "" // nothing to lead to
			}
			l.link = p.blocks[list][what] != nil
			p.put(c+1, p.row, v, l)
			p.goTo(p.sheet, cell(c+1, p.row), list, what)
		}
		p.row++
	}
	if len(values) == 0 {
		p.put(1, p.row, say.T("None in this period."), look{ink: muted})
		p.row++
	}
	for c, col := range columns {
		if col.Kind == desk.Word && len(values) > 0 {
			p.colourWords(p.sheet, fmt.Sprintf("%s:%s", cell(c+1, first), cell(c+1, p.row-1)))
		}
	}
	p.row++
	return first
}

// grow gives the next row the lines that its texts need.
func (p *page) grow(row []any) {
	n := 1
	for i, v := range row {
		if s, ok := v.(string); ok {
			n = max(n, lines(s, p.widths[i]-1))
		}
	}
	if h := high(n); h > 0 {
		p.note(p.file.SetRowHeight(p.sheet, p.row, h))
	}
}
