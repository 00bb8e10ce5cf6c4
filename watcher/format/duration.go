package format

import (
	"math"
	"regexp"
	"strconv"
	"time"
)

var timeSpan = regexp.MustCompile(`^(?:(\d{1,4})\.)?(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?$`)

// duration reads a TimeSpan (1.02:03:04.5) or seconds. Nothing and zero are no duration.
func duration(s string) (time.Duration, bool) {
	if m := timeSpan.FindStringSubmatch(s); m != nil {
		n := func(i int) time.Duration { v, _ := strconv.Atoi(m[i]); return time.Duration(v) }
		d := n(1)*24*time.Hour + n(2)*time.Hour + n(3)*time.Minute + n(4)*time.Second
		return d, d > 0
	}
	seconds, ok := decimal(s)
	const year = 366 * 24 * 3600
	return time.Duration(math.Min(seconds, year) * float64(time.Second)), ok && seconds > 0 && seconds < year
}
