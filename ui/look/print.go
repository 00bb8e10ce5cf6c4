package look

import (
	"strings"
	"unicode"
)

// Printable is s fit for one line on the screen: line breaks and tabs become spaces, and what would hide, reorder or break the
// text, controls and marks of direction, becomes a visible dot. What came out of a log is never trusted to be drawn as it is.
func Printable(s string) string {
	if strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unprintable(r):
			return '·'
		}
		return r
	}, s)
}

func unprintable(r rune) bool {
	if r >= ' ' && r <= '~' {
		return false // most of what there is
	}
	return r == unicode.ReplacementChar || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
