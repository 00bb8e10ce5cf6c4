package format

import (
	"bufio"
	"bytes"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Wall reads a time as tools write them: ISO, 8/23/2022 5:30:01 AM, 27.07.2020 13:05:49, 2/5/2020 12:00:16,
// 03/16/09 10:57:29, Mon May 18 15:15:00 2015. One that names its offset keeps it; the others are wall times of the source's
// zone. Day and month are told apart by the whole file, see dateOrder. The note is for people and mostly empty.
func (in *Input) Wall(s string) (t time.Time, note string, err error) {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u202f", " ")), " ")
	if m := slashed.FindStringSubmatch(s); m != nil {
		civil, err := in.slashedDate(m)
		if err != nil {
			return time.Time{}, "", err
		}
		t, note = in.Place(civil)
		return t, note, nil
	}
	for _, l := range wallLayouts {
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		if l.offset {
			return t.UTC(), "", nil
		}
		t, note = in.Place(t)
		return t, note, nil
	}
	return time.Time{}, "", say.Error("%q is no time that is understood", s)
}

var wallLayouts = []struct {
	layout string
	offset bool
}{
	{"2006-01-02 15:04:05", false}, // time.Parse takes a fraction wherever seconds stand
	{"2006-01-02T15:04:05", false},
	{"2006-01-02T15:04:05Z07:00", true},
	{"2006-01-02T15:04:05Z0700", true},
	{"2006-01-02 15:04:05Z07:00", true},
	{"2006-01-02 15:04:05 Z07:00", true},
	{"2006-01-02 15:04:05 -0700", true},
	{"2006/1/2 15:04:05", false},
	{"2006-01-02 15:04", false},
	{"2006-01-02", false},
	{"Mon Jan 2 15:04:05 2006", false},
	{"Mon, 2 Jan 2006 15:04:05 -0700", true},
	{"2-Jan-2006 15:04:05", false},
	{"2 Jan 2006 15:04:05", false},
	{"Jan 2, 2006 3:04:05 PM", false},
	{"Jan 2, 2006, 3:04:05 PM", false},
	{"Jan 2, 2006 15:04:05", false},
	{"2 Jan 2006 3:04:05 PM", false},
}

// Three numbers with the same sign between them, then a time. The year stands last. Finns write 13.05 for 13:05, and Spanish
// machines "p. m.".
var slashed = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})(?:,? (\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?(?: ?([AaPp])\.? ?[Mm]\.?)?)?$`)

func (in *Input) slashedDate(m []string) (time.Time, error) {
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	day, month, year := n(1), n(3), n(4)
	if m[2] != "." && in.dateOrder() == backup.MonthFirst { // nobody writes 7.27.2020
		day, month = month, day
	}
	if len(m[4]) == 2 {
		year += 2000
	}
	hour := n(5)
	if m[8] != "" {
		if hour < 1 || hour > 12 {
			return time.Time{}, say.Error("%q is no time of day", m[0])
		}
		hour %= 12
		if strings.EqualFold(m[8], "p") {
			hour += 12
		}
	}
	t := time.Date(year, time.Month(month), day, hour, n(6), n(7), 0, time.UTC)
	if t.Day() != day || t.Month() != time.Month(month) || t.Hour() != hour || t.Minute() != n(6) || t.Second() != n(7) {
		return time.Time{}, say.Error("%q is no date; read as %s", m[0], in.dateOrder())
	}
	return t, nil
}

// dated is a date before a time of day in running text; only those vote, since paths and versions look like dates too.
var dated = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})[ ,]+\d{1,2}:\d{2}`)

// datesIn finds the dates of a text by their first stroke: a regular expression that tries every byte of a large file takes longer
// than all the rest of its reading.
func datesIn(text []byte) iter.Seq2[int, int] {
	const longest = 32
	return func(yield func(first, second int) bool) {
		for at := 0; ; at++ {
			stroke := bytes.IndexAny(text[at:], "/-")
			if stroke < 0 {
				return
			}
			at += stroke
			from := at
			for from > 0 && at-from <= 2 && '0' <= text[from-1] && text[from-1] <= '9' {
				from--
			}
			if from == at || at-from > 2 || from > 0 && strings.IndexByte("./-", text[from-1]) >= 0 {
				continue
			}
			if m := dated.FindSubmatch(text[from:min(from+longest, len(text))]); m != nil {
				first, _ := strconv.Atoi(string(m[1]))
				second, _ := strconv.Atoi(string(m[2]))
				if !yield(first, second) {
					return
				}
			}
		}
	}
}

// dateOrder tells day/month from month/day for the whole file: one component above 12 decides. A file whose dates are all
// ambiguous takes the source's order, and says so.
func (in *Input) dateOrder() backup.DateOrder {
	if in.order != backup.OrderUnset {
		return in.order
	}
	dayFirst, monthFirst := in.dateVotes()
	switch {
	case dayFirst > 0 && monthFirst == 0:
		in.order = backup.DayFirst
	case monthFirst > 0 && dayFirst == 0:
		in.order = backup.MonthFirst
	default:
		in.order = in.Order
		if in.order == backup.OrderUnset {
			in.order = backup.DayFirst
		}
		why := say.Record("no date in it tells day from month")
		if dayFirst > 0 {
			why = say.Record("its dates contradict each other")
		}
		in.note(say.Record("dates are read as %s: %s; the source's settings can say otherwise", in.order, why))
	}
	return in.order
}

func (in *Input) dateVotes() (dayFirst, monthFirst int) {
	open := in.Open
	if in.Whole != nil {
		open = in.Whole
	}
	r, err := open()
	if err != nil {
		return 0, 0
	}
	defer r.Close()
	b := bufio.NewReaderSize(r, 256<<10)
	for {
		chunk, err := b.Peek(b.Size())
		for first, second := range datesIn(chunk) {
			switch {
			case first > 12 && second <= 12:
				dayFirst++
			case second > 12 && first <= 12:
				monthFirst++
			}
		}
		if err != nil || dayFirst > 0 && monthFirst > 0 {
			return dayFirst, monthFirst
		}
		const overlap = 32 // a date cut by the end of the chunk is seen again
		if _, err := b.Discard(len(chunk) - overlap); err != nil && err != io.EOF {
			return dayFirst, monthFirst
		}
	}
}

// Place puts a wall time (given as if it were UTC) into the source's zone. A time that occurs twice is the first; one that
// never occurs is moved on by the gap. Both are said in the note.
func (in *Input) Place(civil time.Time) (time.Time, string) {
	zone := in.Zone
	if zone == nil {
		zone = time.UTC
	}
	offset := func(t time.Time) time.Duration {
		_, s := t.In(zone).Zone()
		return time.Duration(s) * time.Second
	}
	const beyond = 26 * time.Hour // farther than any offset, nearer than the next change
	before, after := civil.Add(-offset(civil.Add(-beyond))), civil.Add(-offset(civil.Add(beyond)))
	fits := func(t time.Time) bool { return civil.Add(-offset(t)).Equal(t) }
	const wall = "2006-01-02 15:04"
	switch {
	case before.Equal(after):
		return before, ""
	case fits(before) && fits(after):
		return before, say.Record("%s occurs twice in %s; the first is taken", civil.Format(wall), zone)
	case fits(before):
		return before, ""
	case fits(after):
		return after, ""
	default:
		return before, say.Record("%s never occurs in %s (clocks went forward); moved on by the gap", civil.Format(wall), zone)
	}
}
