package format

import (
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Row is one record of a CSV with a header. Columns are found by name, whatever their order, case and blanks.
// The first value that cannot be read is kept and given by Err.
type Row struct {
	Line   int
	Offset int64
	Open   bool // the text ends in its last cell, which may be half a cell
	cells  []string
	width  int // of the header
	names  map[string]int
	in     *Input
	err    error
	note   string
}

// Has tells whether the file has a column of one of these names.
func (r *Row) Has(names ...string) bool { return r.column(names) >= 0 }

// Whole tells whether the record has a cell for each column: no more, and none of them cut off.
func (r *Row) Whole() bool { return len(r.cells) == r.width && !r.Open }

// Text gives the cell under the first of these names that the file has, trimmed. PowerShell writes the type's name for what
// it cannot write; such cells are empty.
func (r *Row) Text(names ...string) string {
	i := r.column(names)
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	s := strings.TrimSpace(r.cells[i])
	if s == "System.Object[]" || strings.HasPrefix(s, "Veeam.Backup.Model.") {
		return ""
	}
	return s
}

// Cells is the record as a log: every cell that is filled, one to a line.
func (r *Row) Cells() string {
	var log logText
	for _, cell := range r.cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			log.add(cell)
		}
	}
	return log.String()
}

// Time reads a cell by Input.Wall. An empty cell is the zero time.
func (r *Row) Time(names ...string) time.Time {
	s := r.Text(names...)
	if s == "" {
		return time.Time{}
	}
	t, note, err := r.in.Wall(s)
	if err != nil {
		r.fail(say.Record("%s: %v", names[0], err))
	}
	if note != "" {
		r.note = note
	}
	return t
}

// Size reads a cell such as "9.18 GB"; an empty one is unknown.
func (r *Row) Size(names ...string) backup.Count {
	s := r.Text(names...)
	if s == "" {
		return backup.Count{}
	}
	n, ok := size(s)
	if !ok {
		r.fail(say.Record("%s: %q is no size", names[0], s))
	}
	return n
}

// Expiry is when a copy may be overwritten; zero where the column is not there or holds a word, such as one for never.
func (r *Row) Expiry(names ...string) time.Time {
	if s := r.Text(names...); s != "" {
		if t, _, err := r.in.Wall(s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// TimeNote is what a person must know about the row's times.
func (r *Row) TimeNote() string { return r.note }

// Err is the first thing that could not be read, as a bad record.
func (r *Row) Err() error { return r.err }

func (r *Row) fail(reason string) {
	if r.err == nil {
		r.err = bad(r.Line, reason)
	}
}

func (r *Row) column(names []string) int {
	for _, n := range names {
		if i, ok := r.names[r.in.folded(n)]; ok {
			return i
		}
	}
	return -1
}
