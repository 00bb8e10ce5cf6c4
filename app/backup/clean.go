package backup

import (
	"strings"
	"unicode"

	"backstop/app/say"
)

// Clean makes text safe to store, search and draw: NULs (SQLite's text functions stop at them), other control characters,
// bytes that are not UTF-8, and the marks that change the direction of reading are taken out. Line ends and tabs stay.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u00a0': // stands for a blank in text copied out of consoles
			return ' '
		case unicode.IsControl(r) || isDirection(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// Words is text from a person, safe to keep.
func Words(s string) string { return strings.TrimSpace(Clean(s)) }

// Line is Words on one line.
func Line(s string) string { return strings.Join(strings.Fields(Words(s)), " ") }

// isClean is the common case: plain ASCII.
func isClean(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

func isDirection(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// Bounds of one name, in bytes; a longer one is no name.
const maxName = 1 << 10

// CleanText cleans every text of the execution. Names lose line ends too.
func (e *Execution) CleanText() {
	for _, s := range []*string{&e.Instance, &e.Session, &e.Parent, &e.Routine, &e.Schedule, &e.Client, &e.Level, &e.NativeStatus, &e.Code, &e.StartText, &e.EndText} {
		*s = cleanName(*s)
	}
	for _, s := range []*string{&e.Error, &e.Log, &e.TimeNote} {
		*s = Clean(*s)
	}
	e.Error = strings.TrimSpace(e.Error)
}

func cleanName(s string) string {
	s = strings.TrimSpace(Clean(s))
	if strings.ContainsAny(s, "\n\t") {
		s = strings.Join(strings.Fields(s), " ")
	}
	if len(s) > maxName {
		s = strings.ToValidUTF8(s[:maxName], "")
	}
	return s
}

// Check refuses an execution that could not be kept truthfully.
func (e Execution) Check() error {
	switch {
	case e.Outcome == 0:
		return &BadRecord{e.Line, say.Record("its outcome cannot be told")}
	case e.Session == "" && e.Start.IsZero() && e.End.IsZero() && e.Text == "":
		return &BadRecord{e.Line, say.Record("it has neither an id nor a time nor a text to know it by")}
	case beyondYears(e.Start) || beyondYears(e.End):
		return &BadRecord{e.Line, say.Record("its year is not between 1980 and 2200")}
	}
	return nil
}
