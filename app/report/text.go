package report

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"backstop/app/backup"
	"backstop/app/say"
)

// most is how many characters a cell of Excel holds; a longer text would be cut in silence.
const most = 32_767

// fitting is text that a cell can hold. One that is cut says so.
func fitting(s string) string {
	s = backup.Clean(s)
	if len(s) <= most || units(s) <= most {
		return s
	}
	note := " " + say.T("… (cut; the whole text has %d characters)", utf8.RuneCountInString(s))
	room := most - units(note)
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			return s[:i] + note
		}
	}
	return s
}

// units is how Excel counts: what lies beyond the first 65,536 characters of Unicode counts as two.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// sheetName is a name that Excel takes: no longer than 31 characters, without the marks it forbids, and not the one it reserves.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, backup.Clean(s))
	s = strings.Trim(strings.Join(strings.Fields(s), " "), "'")
	if r := []rune(s); len(r) > 31 {
		s = strings.TrimSpace(string(r[:31]))
	}
	if s == "" || strings.EqualFold(s, "History") {
		return say.T("Sheet %s", s)
	}
	return s
}
