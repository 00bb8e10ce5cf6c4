package format

import (
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
)

// veeamTimes reads start and end. An end before the start is no end; where only a duration stands, it gives the end.
func veeamTimes(r *Row, e *backup.Execution) {
	start, startText, startAbsolute := veeamTime(r, veeamStart)
	end, endText, endAbsolute := veeamTime(r, veeamEnd)
	if end.Before(start) {
		end, endText = time.Time{}, ""
	}
	if d := veeamLasted(r); d > 0 && !r.Has(veeamEnd...) && !start.IsZero() {
		end, endAbsolute = start.Add(d), startAbsolute
	}
	e.Start, e.StartText, e.End, e.EndText = start, startText, end, endText
	e.Absolute = (start.IsZero() || startAbsolute) && (end.IsZero() || endAbsolute)
	e.TimeNote = r.TimeNote()
}

// veeamLasted is the first duration that is none of nothing. That of the job is not that of a machine in it.
func veeamLasted(r *Row) time.Duration {
	for _, n := range veeamTook {
		if n == "JobDuration" && r.Text("TaskDuration") != "" {
			break
		}
		if d, ok := duration(r.Text(n)); ok {
			return d
		}
	}
	return 0
}

var veeamOffset = regexp.MustCompile(`(Z|[+-]\d{2}:\d{2})$`)

// veeamTime reads the first of these columns that is filled. Veeam writes the years 1 and 1900 for "none". absolute tells that
// column or value names the zone.
func veeamTime(r *Row, names []string) (t time.Time, text string, absolute bool) {
	for _, n := range names {
		if text = r.Text(n); text == "" {
			continue
		}
		if absolute = strings.HasSuffix(headerName(n), "utc"); absolute {
			defer func(zone *time.Location) { r.in.Zone = zone }(r.in.Zone)
			r.in.Zone = time.UTC
		}
		if t = r.Time(n); t.Year() <= 1900 {
			return time.Time{}, "", false
		}
		return t, text, absolute || veeamOffset.MatchString(text)
	}
	return time.Time{}, "", false
}
