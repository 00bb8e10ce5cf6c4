package report

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"maps"

	"github.com/xuri/excelize/v2"

	"backstop/app/say"
)

// book is a workbook that is being made. The first error stays and ends all that follows, so that sheets need not ask after each cell.
type book struct {
	folder string // of temporary files
	file   *excelize.File
	styles map[look]int
	tones  map[string]int    // conditional styles, by word
	parts  map[string]string // where a sheet lies in the file, by its name
	poured map[string]*cells // rows that are put into a sheet when the file is written, by where it lies
	err    error
}

func newBook(folder string) *book {
	return &book{folder: folder, file: excelize.NewFile(), styles: map[look]int{}, tones: map[string]int{}, parts: map[string]string{}, poured: map[string]*cells{}}
}

func (b *book) note(err error) {
	if b.err == nil {
		b.err = err
	}
}

// add makes a sheet behind those there are. Names are given by sheetName and are unique.
func (b *book) add(name string) {
	b.parts[name] = fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.parts)+1)
	if len(b.parts) == 1 {
		b.note(b.file.SetSheetName(b.file.GetSheetName(0), name))
		return
	}
	_, err := b.file.NewSheet(name)
	b.note(err)
}

// pour gives a sheet whose rows are not held: they are put into it when the file is written.
func (b *book) pour(sheet string) *cells {
	c, err := newCells(b.folder)
	if b.note(err); err != nil {
		return nil
	}
	b.poured[b.parts[sheet]] = c
	return c
}

// writeTo writes the workbook and drops it. The library would gather the whole archive in memory; its parts go straight to w instead.
func (b *book) writeTo(w io.Writer) error {
	z := &archive{Writer: zip.NewWriter(w), poured: maps.Clone(b.poured)}
	z.RegisterCompressor(zip.Deflate, oneCompressor())
	if b.err == nil {
		b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return z })
		_, err := b.file.WriteTo(io.Discard)
		b.note(err)
	}
	if b.err == nil && len(z.poured) > 0 {
		b.note(say.Error("%d sheets did not get their rows", len(z.poured)))
	}
	for _, c := range b.poured {
		b.note(c.drop())
	}
	return errors.Join(b.err, b.file.Close())
}

// oneCompressor compresses the parts of a file, which are written one after the other, with one compressor: each would take megabytes.
func oneCompressor() zip.Compressor {
	var one *flate.Writer
	return func(out io.Writer) (w io.WriteCloser, err error) {
		if one == nil {
			one, err = flate.NewWriter(out, flate.BestSpeed)
		} else {
			one.Reset(out)
		}
		return one, err
	}
}

// archive is the workbook's file. Where the library writes a sheet whose rows wait, it puts them into it.
type archive struct {
	*zip.Writer
	poured map[string]*cells
}

// Create begins a part of the file. The library writes each with one call.
func (a *archive) Create(name string) (io.Writer, error) {
	part, err := a.Writer.Create(name)
	c := a.poured[name]
	if c == nil || err != nil {
		return part, err
	}
	delete(a.poured, name)
	return whole(func(sheet []byte) error { return c.into(part, sheet) }), nil
}

// whole is a writer of something that comes with one call.
type whole func([]byte) error

func (w whole) Write(p []byte) (int, error) { return len(p), w(p) }

// paper is how a sheet is laid out for paper.
type paper struct {
	title   string
	upright bool
	head    int // rows that stand on every page
	side    int // columns that do
	breaks  int // after the side, how many columns a page has; 0: all columns go on one page
	columns int
}

// page lays a sheet out for paper: A4, numbered, as wide as one page where it is not broken into several.
func (b *book) page(sheet string, p paper) {
	size, orientation, wide, high, scale := 9, "landscape", 1, 0, uint(60)
	if p.upright {
		orientation = "portrait"
	}
	layout := excelize.PageLayoutOptions{Size: &size, Orientation: &orientation}
	fit := p.breaks == 0 || p.columns <= p.side+p.breaks
	if fit {
		layout.FitToWidth, layout.FitToHeight = &wide, &high
	} else {
		layout.AdjustTo = &scale
		for c := p.side + p.breaks; c < p.columns; c += p.breaks {
			b.note(b.file.InsertPageBreak(sheet, cell(c+1, 1)))
		}
	}
	b.note(b.file.SetPageLayout(sheet, &layout))
	b.note(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	edge, foot := 0.5, 0.3
	b.note(b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &edge, Right: &edge, Top: &edge, Bottom: &edge, Footer: &foot}))
	b.note(b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + footText(p.title) + "&C&8&A&R&8&P / &N"}))
	if p.head > 0 {
		repeated := fmt.Sprintf("%s!$1:$%d", quoted(sheet), p.head)
		if p.side > 0 {
			repeated = fmt.Sprintf("%s!$A:$%s,%s", quoted(sheet), columnName(p.side), repeated)
		}
		b.note(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeated, Scope: sheet}))
	}
}

// footText is text in a footer, where & begins a command.
func footText(s string) string {
	out := ""
	for _, r := range s {
		if r == '&' {
			out += "&"
		}
		out += string(r)
	}
	return out
}

// quoted is a sheet's name in a reference.
func quoted(sheet string) string {
	out := "'"
	for _, r := range sheet {
		if r == '\'' {
			out += "'"
		}
		out += string(r)
	}
	return out + "'"
}

// cell is the name of a cell, from 1.
func cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // no report is wider than a sheet
	}
	return name
}

func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err) // likewise
	}
	return name
}
