package format

import "strings"

// Columns of bpdbjobs as NetBackup's users count them, from 1. Those behind the last path move when it holds commas, those
// behind the file count when -all_columns writes the lists.
const (
	netbackupColType         = 2
	netbackupColState        = 3
	netbackupColStatus       = 4
	netbackupColPolicy       = 5
	netbackupColSchedule     = 6
	netbackupColClient       = 7
	netbackupColStart        = 9
	netbackupColEnd          = 11
	netbackupColTries        = 13
	netbackupColKB           = 15
	netbackupColFiles        = 16
	netbackupColPath         = 17
	netbackupColPolicyType   = 22
	netbackupColScheduleType = 23
	netbackupColPrimary      = 26
	netbackupColKeptUnit     = 27 // 1: days
	netbackupColKept         = 28
	netbackupColListed       = 32 // how many paths the list has
	netbackupColParent       = 34
	netbackupColDatabase     = 60 // the last column that is known to hold text
)

// netbackupRow is one record cut at its commas. It is used again for the next one.
type netbackupRow struct {
	cells  []string
	shift  int // how many commas the last path holds; -1 where that cannot be told
	parent int // index of the parent job's cell; 0 where that cannot be told
	tries  []netbackupTry
}

func (r *netbackupRow) cut(text string) {
	r.cells, r.tries, r.parent = r.cells[:0], r.tries[:0], 0
	for {
		i := strings.IndexByte(text, ',')
		if i < 0 {
			break
		}
		r.cells, text = append(r.cells, text[:i]), text[i+1:]
	}
	r.cells = append(r.cells, text)
	if r.shift = r.pathCommas(); r.shift >= 0 {
		r.findParent()
	}
}

// col gives a column up to the file count; "" for one that is not there.
func (r *netbackupRow) col(n int) string {
	i := n - 1
	if n > netbackupColPath {
		if r.shift < 0 {
			return ""
		}
		i += r.shift
	}
	if i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// pathCommas counts the commas inside the last path. They are written `\,`, but so is the separator behind a path that ends
// in a backslash: where the numbers behind the path stand tells which.
func (r *netbackupRow) pathCommas() int {
	for n, i := 0, netbackupColPath; i+6 < len(r.cells); n, i = n+1, i+1 {
		percent, pid, subtype, policyType, scheduleType, priority := r.cells[i], r.cells[i+1], r.cells[i+3], r.cells[i+4], r.cells[i+5], r.cells[i+6]
		if isCell(percent) && isCell(pid) && isCell(subtype) && len(subtype) < 3 && isCell(policyType) && isCell(scheduleType) && isCell(priority) {
			return n
		}
		if !strings.HasSuffix(r.cells[i-1], `\`) {
			break
		}
	}
	return -1
}

// isCell tells a column of numbers: empty, a number, or a negative one for none.
func isCell(s string) bool { return s == "" || isDigits(strings.TrimPrefix(s, "-")) }

// whole tells whether every column that may hold text is there, so that no value goes on in the next line.
func (r *netbackupRow) whole() bool {
	return r.parent > 0 && len(r.cells) > r.parent+netbackupColDatabase-netbackupColParent
}
