package format

import (
	"io"
	"time"

	"backstop/app/backup"
)

// Input is one file's text, decoded to UTF-8, with what is known about it.
type Input struct {
	// Open starts reading from Offset. It may be called more than once: the date order is found by a look at the whole file.
	Open func() (io.ReadCloser, error)

	Zone    *time.Location   // of wall times that name none
	Order   backup.DateOrder // of dates that do not tell day from month: the source's, else the machine's
	ModTime time.Time        // of the file, UTC; formats use it only to complete a date without a year

	// Where reading begins in a grown file; 0 and 0 for a whole one.
	Offset    int64
	FirstLine int
	// Whole opens the text from its beginning, for what the whole file decides; nil where Open does.
	Whole func() (io.ReadCloser, error)

	keep  func(Line) bool  // which lines Lines yields, where a text holds several things; nil for all
	order backup.DateOrder // as found in the file, once asked for
	notes []string
	asked map[string]string // names of columns that were asked for, and their folded form
}

// Notes says what had to be decided while reading, in words for people. Complete when the reading is done.
func (in *Input) Notes() []string { return in.notes }

func (in *Input) note(n string) {
	for _, have := range in.notes {
		if have == n {
			return
		}
	}
	in.notes = append(in.notes, n)
}

// folded is headerName for the few names that every row is asked for.
func (in *Input) folded(column string) string {
	name, known := in.asked[column]
	if !known {
		if in.asked == nil {
			in.asked = map[string]string{}
		}
		name = headerName(column)
		in.asked[column] = name
	}
	return name
}
