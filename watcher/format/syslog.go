package format

import "time"

// syslogStamp completes the stamp that a system's log puts before a line: "Nov 23 07:47:30" has no year and takes the one in
// which the line is at most a day younger than the file. A stamp that names its day in full stays as it is.
func (in *Input) syslogStamp(s string) string {
	t, err := time.Parse("Jan _2 15:04:05", s)
	if err != nil {
		return s
	}
	latest := in.ModTime.Add(24 * time.Hour)
	t = time.Date(latest.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	if t.After(latest) {
		t = time.Date(latest.Year()-1, t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	}
	return t.Format(time.DateTime)
}
