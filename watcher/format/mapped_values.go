package format

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
)

// layouts are the ways in which tools and spreadsheets write times, the least ambiguous first.
var layouts = func() []string {
	dates := []string{
		"2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2.1.2006", "2/1/2006", "1/2/2006", "2-1-2006", "1-2-2006", "2.1.06", "2/1/06", "1/2/06",
		"2 Jan 2006", "2-Jan-2006", "2-Jan-06", "Jan 2 2006", "Jan 2, 2006", "2 January 2006", "January 2, 2006",
	}
	clocks := []string{" 15:04:05", " 15:04", "T15:04:05", "T15:04", " 3:04:05 PM", " 3:04 PM", ", 15:04:05", ", 15:04", ", 3:04:05 PM", ", 3:04 PM", ""}
	zones := []string{"", "Z07:00", " -07:00", "-0700", " -0700"}
	all := []string{backup.UnixSeconds, backup.UnixMillis, "Mon Jan 2 15:04:05 2006", "Mon, 2 Jan 2006 15:04:05 -0700"}
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
			if _, _, ok := layoutTime(v, l); !ok {
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

// layoutTime reads a time by a layout. One that is not absolute is a wall time, given as if it were UTC.
func layoutTime(s, layout string) (t time.Time, absolute, ok bool) {
	switch layout {
	case backup.UnixSeconds, backup.UnixMillis:
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
	if layout == backup.UnixMillis {
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
	case backup.UnixSeconds, backup.UnixMillis, "":
		return layout
	}
	return time.Date(2026, 12, 31, 18, 5, 9, 0, time.FixedZone("", 3600)).Format(layout)
}

// mappedNumber reads a number by its decimal separator; "" takes the last separator for the decimal's.
func mappedNumber(s, point string) (float64, bool) {
	switch point {
	case ",":
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case ".":
		s = strings.ReplaceAll(s, ",", "")
	default:
		return decimal(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "").Replace(s))
	}
	f, err := strconv.ParseFloat(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "").Replace(s), 64)
	return f, err == nil && f >= 0 && !math.IsInf(f, 0)
}

// mappedSize reads a size; a number without a unit has the mapping's.
func mappedSize(s, unit, point string) (backup.Count, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if s == "" || strings.Trim(s, "-") == "" {
		return backup.Count{}, nil
	}
	end := strings.LastIndexAny(s, "0123456789") + 1
	if own := strings.TrimSpace(s[end:]); own != "" {
		unit = own
	}
	factor, known := binaryUnit[strings.ToLower(unit)]
	f, ok := mappedNumber(s[:end], point)
	if !known || !ok || f*factor > 1<<62 {
		return backup.Count{}, fmt.Errorf("%q is no size", s)
	}
	return backup.N(int64(math.Round(f * factor))), nil
}

var durationUnit = map[string]time.Duration{
	"": time.Second, "ms": time.Millisecond, "s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
	"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hour": time.Hour, "hours": time.Hour, "d": 24 * time.Hour, "day": 24 * time.Hour, "days": 24 * time.Hour,
}

var durationPart = regexp.MustCompile(`([\d.,]+)\s*([A-Za-z]*)`)

// mappedDuration reads 01:23:45, 1.02:03:04 (days before a point), "1h 23m", "2 hours 5 min", or a number in the mapping's unit.
func mappedDuration(s, unit, point string) (time.Duration, error) {
	s = strings.TrimSpace(s)
	if s == "" || strings.Trim(s, "-") == "" {
		return 0, nil
	}
	if strings.Contains(s, ":") {
		return clockLength(s)
	}
	if rest := strings.TrimSpace(durationPart.ReplaceAllString(s, "")); strings.Trim(rest, ", ") != "" {
		return 0, fmt.Errorf("%q is no duration", s)
	}
	var total time.Duration
	for _, m := range durationPart.FindAllStringSubmatch(s, -1) {
		own := strings.ToLower(m[2])
		if own == "" {
			own = unit
		}
		u, known := durationUnit[own]
		f, ok := mappedNumber(m[1], point)
		if !known || !ok || f*float64(u) > float64(100*365*24*time.Hour) {
			return 0, fmt.Errorf("%q is no duration", s)
		}
		total += time.Duration(math.Round(f * float64(u)))
	}
	return total, nil
}

var clocked = regexp.MustCompile(`^(?:(\d+)[. ]\s*)?(\d+):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?$`)

// clockLength reads hours, minutes and seconds; with one colon they are hours and minutes.
func clockLength(s string) (time.Duration, error) {
	m := clocked.FindStringSubmatch(s)
	if m == nil {
		return 0, fmt.Errorf("%q is no duration", s)
	}
	n := func(i int) time.Duration { v, _ := strconv.Atoi(m[i]); return time.Duration(v) }
	return n(1)*24*time.Hour + n(2)*time.Hour + n(3)*time.Minute + n(4)*time.Second, nil
}
