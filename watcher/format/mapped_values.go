package format

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

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
		return backup.Count{}, say.Error("%q is no size", s)
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
		return 0, say.Error("%q is no duration", s)
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
			return 0, say.Error("%q is no duration", s)
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
		return 0, say.Error("%q is no duration", s)
	}
	n := func(i int) time.Duration { v, _ := strconv.Atoi(m[i]); return time.Duration(v) }
	return n(1)*24*time.Hour + n(2)*time.Hour + n(3)*time.Minute + n(4)*time.Second, nil
}
