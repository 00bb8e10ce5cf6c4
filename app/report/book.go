package report

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// book is a workbook that is being made. The first error stays and ends all that follows, so that sheets need not ask after each cell.
type book struct {
	file   *excelize.File
	styles map[look]int
	tones  map[string]int // conditional styles, by word
	sheets int
	err    error
}

func newBook() *book {
	return &book{file: excelize.NewFile(), styles: map[look]int{}, tones: map[string]int{}}
}

func (b *book) note(err error) {
	if b.err == nil {
		b.err = err
	}
}

// add makes a sheet behind those there are. Names are given by sheetName and are unique.
func (b *book) add(name string) {
	if b.sheets++; b.sheets == 1 {
		b.note(b.file.SetSheetName(b.file.GetSheetName(0), name))
		return
	}
	_, err := b.file.NewSheet(name)
	b.note(err)
}

// writeTo writes the workbook and drops it. The library would gather the whole archive in memory; its parts go straight to w instead.
func (b *book) writeTo(w io.Writer) error {
	if b.err != nil {
		return errors.Join(b.err, b.file.Close())
	}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		z := zip.NewWriter(w)
		z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
		return z
	})
	_, err := b.file.WriteTo(io.Discard)
	return errors.Join(err, b.file.Close())
}

// page lays a sheet out for paper: A4, as wide as one page, the head again on each, numbered.
func (b *book) page(sheet, title string, head int, upright bool) {
	size, orientation, wide, high := 9, "landscape", 1, 0
	if upright {
		orientation = "portrait"
	}
	b.note(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}))
	fit := true
	b.note(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	edge, foot := 0.5, 0.3
	b.note(b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &edge, Right: &edge, Top: &edge, Bottom: &edge, Footer: &foot}))
	b.note(b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + footText(title) + "&C&8&A&R&8&P / &N"}))
	if head > 0 {
		b.note(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$1:$%d", quoted(sheet), head), Scope: sheet}))
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
