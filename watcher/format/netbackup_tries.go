package format

import (
	"iter"
	"strconv"
	"strings"
)

// netbackupTry is one try of a job as -all_columns writes it, with the cells that hold its lines.
type netbackupTry struct {
	status   string
	from, to int
}

// findParent finds the parent job's cell. In -most_columns two counts stand before it. In -all_columns each count is followed
// by what it counts: the listed paths, then the tries with their lines. Where a count does not fit, the columns before it hold.
func (r *netbackupRow) findParent() {
	at := netbackupColListed + r.shift // of the count of tries in -most_columns
	listed, err := strconv.Atoi("0" + r.col(netbackupColListed))
	if err != nil || at+1 >= len(r.cells) {
		return
	}
	switch tried := isCell(r.cells[at]); {
	case listed > 0 && !tried:
		r.findTries(at, listed)
	case r.triesStand(at):
		r.readTries(at)
	case tried && len(r.cells)-r.shift >= netbackupLeast:
		r.parent = at + 1
	}
}

// findTries looks for the count of tries behind the listed paths. A path may hold commas and may end in a backslash, so its
// own count only tells where to begin.
func (r *netbackupRow) findTries(at, listed int) {
	escapes := 0
	for i := at; i+2 < len(r.cells); i++ {
		switch beyond := i - at - listed; {
		case beyond < 0:
		case r.triesStand(i):
			r.readTries(i)
			return
		case beyond <= escapes && r.cells[i] == "0" && isCell(r.cells[i+1]) && isCell(r.cells[i+2]):
			r.parent = i + 1 // queued and not tried yet
			return
		}
		if strings.HasSuffix(r.cells[i], `\`) {
			escapes++
		}
	}
}

// triesStand tells whether a count of tries and a first try begin at a cell.
func (r *netbackupRow) triesStand(at int) bool {
	return isDigits(r.cells[at]) && strings.Trim(r.cells[at], "0") != "" && r.tryStands(at+1)
}

// tryStands tells a try's beginning by its pid and its three times, of which start and end are padded to ten digits.
func (r *netbackupRow) tryStands(at int) bool {
	if at+8 >= len(r.cells) {
		return false
	}
	start, elapsed, end := r.cells[at+3], r.cells[at+4], r.cells[at+5]
	return isCell(r.cells[at]) && len(start) > 8 && isDigits(start) && isDigits(elapsed) && len(end) > 8 && isDigits(end)
}

func (r *netbackupRow) readTries(at int) {
	count, err := strconv.Atoi(r.cells[at])
	at++
	for n := 1; n <= count && err == nil; n++ {
		next, ok := r.readTry(at, n == count)
		if !ok {
			r.tries = r.tries[:0]
			return
		}
		at = next
	}
	r.parent = at
}

// readTry reads pid, storage unit, server, start, elapsed, end, status, its words, and counted lines; behind them stand KB and
// files.
func (r *netbackupRow) readTry(at int, last bool) (next int, ok bool) {
	const status, words = 6, 7
	count := at + words + 1
	for count < len(r.cells)-1 && strings.HasSuffix(r.cells[count-1], `\`) {
		count++
	}
	lines, err := strconv.Atoi(r.cells[count])
	if err != nil || lines < 0 || lines > len(r.cells) {
		return 0, false
	}
	to, ok := r.linesEnd(count+1, lines, last)
	r.tries = append(r.tries, netbackupTry{r.cells[at+status], count + 1, to})
	return to + 2, ok
}

// linesEnd finds the cell behind the counted lines: first with every `\,` taken for a comma of the text, then with fewer, as a
// line may also end in a backslash.
func (r *netbackupRow) linesEnd(from, count int, last bool) (int, bool) {
	to := from
	for n := 0; n < count && to < len(r.cells); n++ {
		to = r.lineEnd(to)
	}
	if r.follows(to, last) {
		return to, true
	}
	for i := from + count; i < to; i++ {
		if r.follows(i, last) {
			return i, true
		}
	}
	return 0, false
}

// lineEnd gives the cell behind the line that begins at a cell.
func (r *netbackupRow) lineEnd(at int) int {
	for ; at+1 < len(r.cells); at++ {
		if !strings.HasSuffix(r.cells[at], `\`) || netbackupStamped(r.cells[at+1]) {
			break
		}
	}
	return at + 1
}

// netbackupStamped tells a line of a try by the date it begins with.
func netbackupStamped(s string) bool {
	month, rest, ok := strings.Cut(s, "/")
	day, _, more := strings.Cut(rest, "/")
	return ok && more && len(month) < 3 && len(day) < 3 && isDigits(month) && isDigits(day)
}

// follows tells whether KB and files stand at a cell, and behind them the next try or the parent job.
func (r *netbackupRow) follows(at int, last bool) bool {
	switch {
	case at+3 >= len(r.cells) || !isCell(r.cells[at]) || !isCell(r.cells[at+1]):
		return false
	case last:
		return isCell(r.cells[at+2])
	}
	return r.tryStands(at + 2)
}

// lines yields a try's lines with their commas as they were.
func (r *netbackupRow) lines(try netbackupTry) iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := try.from; at < try.to; {
			next := min(r.lineEnd(at), try.to)
			if !yield(strings.ReplaceAll(strings.Join(r.cells[at:next], ","), `\,`, ",")) {
				return
			}
			at = next
		}
	}
}
