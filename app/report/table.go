package report

import (
	"context"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"backstop/app/desk"
)

var sortedWords = slices.Sorted(maps.Keys(Words))

// Writer is the desk's reporter.
type Writer struct {
	Temporary string // folder for what waits until a workbook is put together; "" is the system's
}

var _ desk.Reporter = Writer{}

// Table writes a table as an Excel workbook, or as CSV where the path ends so.
func (f Writer) Table(_ context.Context, path string, t desk.Table) (string, error) {
	return save(path, func(w io.Writer) error {
		if strings.EqualFold(filepath.Ext(path), ".csv") {
			return writeCSV(w, t)
		}
		return writeTable(f.Temporary, w, t)
	})
}

func writeTable(temporary string, w io.Writer, t desk.Table) error {
	b := newBook(temporary)
	name := sheetName(t.Title)
	b.add(name)
	r := b.newRows(name, t.About, t.Zone, t.Columns)
	for row, err := range t.Rows {
		b.note(err)
		if b.err != nil {
			break
		}
		r.add(row)
	}
	r.finish()
	return b.writeTo(w)
}
