package format

import (
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// tsmShort is a date whose first two numbers may be either.
var tsmShort = regexp.MustCompile(`\b(\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d)) +\d{1,2}:\d\d:\d\d`)

// maxTSMOrder bounds how many lines are looked at.
const maxTSMOrder = 20000

// tsmOrder tells day from month where no date alone does: an export covers days, not months, so read rightly its dates lie close
// together. One day alone tells nothing.
func (in *Input) tsmOrder() {
	if in.order != backup.OrderUnset {
		return
	}
	var dayFirst, monthFirst tsmSpan
	for line, err := range in.Lines() {
		if err != nil || line.N > maxTSMOrder {
			break
		}
		for _, m := range tsmShort.FindAllStringSubmatch(line.Text, -1) {
			if !dayFirst.add(m[1], "2/1/") || !monthFirst.add(m[1], "1/2/") {
				return // the date tells by itself
			}
		}
	}
	const clearly = 4
	switch d, m := dayFirst.length(), monthFirst.length(); {
	case d > clearly*m:
		in.order = backup.MonthFirst
	case m > clearly*d:
		in.order = backup.DayFirst
	default:
		return
	}
	in.note(say.Record("dates are read as %s, since so they lie closest together", in.order))
}

type tsmSpan struct{ first, last time.Time }

func (s *tsmSpan) add(date, order string) bool {
	date = strings.ReplaceAll(date, "-", "/")
	t, err := time.Parse(order+"2006", date)
	if err != nil {
		t, err = time.Parse(order+"06", date)
	}
	if err != nil {
		return false
	}
	if s.first.IsZero() || t.Before(s.first) {
		s.first = t
	}
	if t.After(s.last) {
		s.last = t
	}
	return true
}

func (s *tsmSpan) length() time.Duration { return s.last.Sub(s.first) }
