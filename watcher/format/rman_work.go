package format

import (
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
)

// rmanWork gathers what a session does, by its commands and by what RMAN says of them.
type rmanWork struct {
	data, logs, restores, care bool
	level                      string
}

var (
	rmanEcho    = regexp.MustCompile(`^(?:RMAN>|\d+>) *(.*)$`)
	rmanSet     = regexp.MustCompile(`: starting (?:compressed )?(archived? ?log|full datafile|incremental level (\d) datafile|datafile copy)`)
	rmanBackup  = regexp.MustCompile(`(?i)\bbackup\b`)
	rmanLogs    = regexp.MustCompile(`(?i)\barchive ?log\b`)
	rmanObjects = regexp.MustCompile(`(?i)\b(database|datafile|tablespace|plus)\b`)
	rmanLevel   = regexp.MustCompile(`(?i)\bincremental\b.*\blevel *=? *(\d)`)
	rmanCare    = regexp.MustCompile(`(?i)^(crosscheck|delete|validate|list|report|resync|catalog|change|configure|show)\b|\bvalidate\b`)
	rmanRestore = regexp.MustCompile(`(?i)^(restore|recover|duplicate)\b`)
)

// starts takes what "Starting … at" names.
func (w *rmanWork) starts(what string) {
	switch {
	case rmanRestore.MatchString(what):
		w.restores = true
	case strings.Contains(what, "crosscheck"), strings.HasPrefix(what, "validate"):
		w.care = true
	}
}

// does takes a line: an echoed command, or what a channel does.
func (w *rmanWork) does(text string) {
	if m := rmanSet.FindStringSubmatch(text); m != nil {
		switch {
		case strings.HasPrefix(m[1], "archive"):
			w.logs = true
		case m[2] != "":
			w.data, w.level = true, "incremental level "+m[2]
		default:
			w.data, w.level = true, "full"
		}
		return
	}
	if m := rmanEcho.FindStringSubmatch(text); m != nil {
		w.command(m[1])
	}
}

func (w *rmanWork) command(c string) {
	switch {
	case rmanCare.MatchString(c):
		w.care = true
	case rmanRestore.MatchString(c):
		w.restores = true
	case rmanBackup.MatchString(c) && rmanLogs.MatchString(c) && !rmanObjects.MatchString(c):
		w.logs = true
	case rmanBackup.MatchString(c):
		w.data = true
	}
	if m := rmanLevel.FindStringSubmatch(c); m != nil && w.level == "" {
		w.level = "incremental level " + m[1]
	}
}

// kind: what was saved counts more than the care taken on the way. A session that does not tell is a backup.
func (w *rmanWork) kind() backup.Kind {
	switch {
	case w.data:
		return backup.Data
	case w.logs:
		return backup.Log
	case w.restores:
		return backup.Restore
	case w.care:
		return backup.Administrative
	}
	return backup.Data
}

func (w *rmanWork) routine() string {
	return map[backup.Kind]string{
		backup.Data: "database", backup.Log: "archived logs", backup.Restore: "restore", backup.Administrative: "maintenance",
	}[w.kind()]
}

// rmanDate reads what NLS_DATE_FORMAT makes of a time; a date alone is none.
var rmanDate = regexp.MustCompile(`^(\d{1,4})[-/.](\d{1,2}|[A-Za-z]{3})[-/.](\d{1,4})[: ]*\[?(\d\d[:.]\d\d[:.]\d\d)\]?$`)

// rmanTime gives the instant. Where day and month could be either, near tells, a wall time of the same session that is certain;
// without one the file's order does.
func rmanTime(in *Input, s string, near time.Time) (time.Time, bool) {
	m := rmanDate.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	date := m[1] + "-" + m[2] + "-" + m[3] + " " + strings.ReplaceAll(m[4], ".", ":")
	var best time.Time
	ways := 0
	for _, layout := range []string{"2-1-2006", "1-2-2006", "2006-1-2", "2-Jan-2006", "2-1-06", "1-2-06", "06-1-2", "2-Jan-06"} {
		t, err := time.Parse(layout+" 15:04:05", date)
		if err != nil {
			continue
		}
		if ways++; ways == 1 || t.Sub(near).Abs() < best.Sub(near).Abs() {
			best = t
		}
	}
	if ways > 1 && near.IsZero() {
		t, _, err := in.Wall(date)
		return t, err == nil
	}
	placed, _ := in.Place(best)
	return placed, ways > 0
}
