package desk

import (
	"context"
	"iter"
	"time"

	"backstop/app/backup"
)

// Reporter writes files for people who do not open the desk. Each is there whole or not at all. Where the name is taken by a file that
// another program holds open, it is saved beside it under another one: the path returned is the one written.
type Reporter interface {
	Table(ctx context.Context, path string, t Table) (written string, err error)
	Workbook(ctx context.Context, path string, w Workbook) (written string, err error)
	Summary(ctx context.Context, path string, w Workbook) (written string, err error)
	HandOver(ctx context.Context, path string, h HandOver, zone *time.Location) (written string, err error)
	Sheets() []string // of a workbook, those that may be left out
}

// Table is any list for a spreadsheet.
type Table struct {
	Title   string         // of the sheet
	About   string         // what is listed, in words
	Zone    *time.Location // of the times
	Columns []Column
	Rows    iter.Seq2[[]any, error] // a cell a column: a string, a whole number, a Ref, a float64, a time.Time, a time.Duration, Bytes, or nil
}

// Column is one of a Table.
type Column struct {
	Title string
	Kind  Kind
	Width float64 // in characters; 0 is as the kind needs
}

// Kind is what a column holds.
type Kind uint8

// The kinds of columns. A Word is a state, an outcome or the like, which has a colour.
const (
	Text Kind = iota
	Word
	Long // text that wraps
	Whole
	Decimal
	Percent
	Clock // a time
	Date
	Size // Bytes
	Span // a time.Duration
	ID   // a Ref
)

// Bytes is a size for a column of the kind Size.
type Bytes struct{ backup.Count }

// Ref is the number of an incident, an execution or an entry: it names one and counts nothing.
type Ref int64

// KindOf is the kind of column that cells like this one need.
func KindOf(cell any) Kind {
	switch cell.(type) {
	case int, int64, backup.Count:
		return Whole
	case float64:
		return Decimal
	case time.Time:
		return Clock
	case time.Duration:
		return Span
	case Bytes:
		return Size
	case Ref:
		return ID
	}
	return Text
}

// SaveTable writes a table as an Excel workbook, or as CSV where the path ends so. Progress is told how many rows are written.
func (d *Desk) SaveTable(ctx context.Context, path string, t Table, progress func(rows int)) (written string, err error) {
	if d.reporter == nil {
		return "", errNoReporter
	}
	t.Rows = counted(ctx, t.Rows, progress)
	return d.reporter.Table(ctx, path, t)
}

// counted passes rows on until the context ends, and tells how many there were, now and then.
func counted(ctx context.Context, rows iter.Seq2[[]any, error], progress func(int)) iter.Seq2[[]any, error] {
	const now = 500
	return func(yield func([]any, error) bool) {
		n := 0
		for row, err := range rows {
			if err == nil {
				err = ctx.Err()
			}
			if !yield(row, err) || err != nil {
				return
			}
			if n++; n%now == 0 && progress != nil {
				progress(n)
			}
		}
	}
}
