package format

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// statisticsBlock is what duplicity and rdiff-backup, of one family, write at the end of a run: "Key value (for people)".
type statisticsBlock map[string]string

var statisticsLine = regexp.MustCompile(`^([A-Z][A-Za-z]+) (\d[\d.]*)(?: \(.*\))?$`)

// take reads a line of the block.
func (b statisticsBlock) take(text string) bool {
	m := statisticsLine.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	b[m[1]] = m[2]
	return true
}

// whole tells whether the block has been read to its last line.
func (b statisticsBlock) whole() bool { return b["StartTime"] != "" && b["Errors"] != "" }

// time reads an epoch.
func (b statisticsBlock) time(key string) time.Time {
	f, err := strconv.ParseFloat(b[key], 64)
	if err != nil || f <= 0 || f > 1<<33 {
		return time.Time{}
	}
	return time.UnixMilli(int64(f*1000 + 0.5)).UTC()
}

func (b statisticsBlock) count(key string) backup.Count {
	n, err := strconv.ParseInt(b[key], 10, 64)
	if err != nil {
		return backup.Count{}
	}
	return backup.N(n)
}

// fill writes what the block knows. Neither tool has an id; times and the size of the source tell one run from another, and from
// those of other jobs that cron starts in the same second.
func (b statisticsBlock) fill(e *backup.Execution) error {
	if b.time("StartTime").IsZero() {
		return bad(e.Line, say.Record("StartTime %q is no time", b["StartTime"]))
	}
	e.Start, e.End, e.Absolute = b.time("StartTime"), b.time("EndTime"), true
	e.Session = strings.Join([]string{b["StartTime"], b["EndTime"], b["SourceFileSize"]}, " ")
	e.Files, e.Bytes = b.count("SourceFiles"), b.count("TotalDestinationSizeChange")
	if e.Outcome = backup.Success; b["Errors"] != "0" {
		e.Outcome = backup.Partial
	}
	return nil
}
