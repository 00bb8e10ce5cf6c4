package backup

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// layouts are the ways in which tools and spreadsheets write times, the least ambiguous first.
var layouts = func() []string {
	dates := []string{
		"2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2.1.2006", "2/1/2006", "1/2/2006", "2-1-2006", "1-2-2006", "2.1.06", "2/1/06", "1/2/06",
		"2 Jan 2006", "2-Jan-2006", "2-Jan-06", "Jan 2 2006", "Jan 2, 2006", "2 January 2006", "January 2, 2006",
	}
	clocks := []string{" 15:04:05", " 15:04", "T15:04:05", "T15:04", " 3:04:05 PM", " 3:04 PM", ", 15:04:05", ", 15:04", ", 3:04:05 PM", ", 3:04 PM", ""}
	zones := []string{"", "Z07:00", " -07:00", "-0700", " -0700"}
	all := []string{UnixSeconds, UnixMillis, "Mon Jan 2 15:04:05 2006", "Mon, 2 Jan 2006 15:04:05 -0700"}
	for _, d := range dates {
		for _, c := range clocks {
			for _, z := range zones {
				if c != "" || z == "" {
					all = append(all, d+c+z)
				}
			}
		}
	}
	return all
}()

// Layouts are the layouts that read every one of the values, empty ones aside. More than one means that the values do not
// tell: 03/04/2026 is in March for some and in April for others.
func Layouts(values []string) []string {
	var fit []string
	for _, l := range layouts {
		read := 0
		for _, v := range values {
			if v = strings.TrimSpace(v); v == "" {
				continue
			}
			if _, _, ok := ReadLayout(v, l); !ok {
				read = 0
				break
			}
			read++
		}
		if read > 0 {
			fit = append(fit, l)
		}
	}
	return fit
}

var meridiem = regexp.MustCompile(`(?i)\b([ap])\.? ?m\.?$`)

// ReadLayout reads a time by a layout. One that is not absolute is a wall time, given as if it were UTC.
func ReadLayout(s, layout string) (t time.Time, absolute, ok bool) {
	switch layout {
	case UnixSeconds, UnixMillis:
		return unixTime(s, layout)
	}
	s = strings.Join(strings.Fields(s), " ")
	if strings.Contains(layout, "PM") {
		s = meridiem.ReplaceAllStringFunc(s, func(m string) string { return strings.ToUpper(m[:1]) + "M" })
	}
	t, err := time.Parse(layout, s)
	absolute = strings.Contains(layout, "07")
	return t.UTC(), absolute, err == nil
}

// unixTime takes only counts that lie between 2001 and 2286: a plain number may be anything.
func unixTime(s, layout string) (time.Time, bool, bool) {
	digits, unit := 10, time.Second
	if layout == UnixMillis {
		digits, unit = 13, time.Millisecond
	}
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || len(whole) != digits {
		return time.Time{}, false, false
	}
	return time.UnixMilli(n * int64(unit/time.Millisecond)).UTC(), true, true
}

// LayoutWords shows a layout by how it writes a moment that tells day from month.
func LayoutWords(layout string) string {
	switch layout {
	case UnixSeconds, UnixMillis, "":
		return layout
	}
	return time.Date(2026, 12, 31, 18, 5, 9, 0, time.FixedZone("", 3600)).Format(layout)
}

// AmbiguousLayouts tells layouts that read the same values as different moments: day and month may stand in either place.
func AmbiguousLayouts(fit []string) bool {
	var first string
	for _, l := range fit {
		order := dayMonth(l)
		if first == "" {
			first = order
		}
		if order != first {
			return true
		}
	}
	return false
}

// dayMonth is which of the two stands first; times of day and zones do not matter.
func dayMonth(layout string) string {
	if strings.HasPrefix(layout, "1") && !strings.HasPrefix(layout, "15") {
		return "month"
	}
	if strings.HasPrefix(layout, "2") && !strings.HasPrefix(layout, "2006") {
		return "day"
	}
	return "year"
}
