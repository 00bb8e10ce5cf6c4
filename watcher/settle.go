package watcher

import (
	"io/fs"
	"strings"
	"time"
)

// How long a file must look the same before it is read. Shares keep size and time in a cache for a while.
const (
	settleLocal = 2 * time.Second
	settleShare = 30 * time.Second
)

// unfinished names are those that programs give to what they have not written completely.
func unfinished(name string) bool {
	for _, ending := range []string{".tmp", ".part", ".partial", ".crdownload", ".filepart"} {
		if strings.HasSuffix(strings.ToLower(name), ending) {
			return true
		}
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// look is how a file was found, and how far it is.
type look struct {
	size    int64
	modTime time.Time
	mode    fs.FileMode
	since   time.Time // when it was first found like this
	done    bool      // read, or refused for good
	ignored bool      // by a rule
	busy    int       // tries that found it in use
	fails   int
	next    time.Time // not to be tried before
}

// again looks at the file: whatever changed begins anew.
func (l *look) again(info fs.FileInfo, now time.Time) {
	if l.size != info.Size() || !l.modTime.Equal(info.ModTime()) || l.mode != info.Mode() || l.since.IsZero() {
		*l = look{size: info.Size(), modTime: info.ModTime(), mode: info.Mode(), since: now}
	}
}

// settled tells whether the file has stopped growing. Its age does not: copies often bring the time of their original.
func (l *look) settled(now time.Time, quiet time.Duration) bool {
	return now.Sub(l.since) >= quiet && (l.size > 0 || !l.mode.IsRegular())
}

// ready tells whether the file is to be read now.
func (l *look) ready(now time.Time, quiet time.Duration) bool {
	return !l.done && l.settled(now, quiet) && !now.Before(l.next)
}

// Tries end after about half an hour. In use is no failure: after five looks a file that a tool holds open is read as it is.
const (
	firstRetry = 4 * time.Second
	longRetry  = 10 * time.Minute
	maxTries   = 10
	maxInUse   = 5
)

// failed and inUse put the next try off, each time for longer.
func (l *look) failed(now time.Time) {
	l.fails++
	l.putOff(now, l.fails)
}

func (l *look) inUse(now time.Time) {
	l.busy++
	l.putOff(now, l.busy)
}

func (l *look) putOff(now time.Time, tries int) {
	l.next = now.Add(min(firstRetry<<min(tries-1, 10), longRetry))
}
