package viewer

import (
	"slices"
	"unicode"
)

// pattern is what is searched for, without regard to upper and lower case. It is compared letter by letter, so that where it was found
// is a place in the text as it is drawn.
type pattern []rune

func newPattern(text string) pattern {
	return fold([]rune(text))
}

// within finds all places of the pattern, as indexes of letters.
func (p pattern) within(letters []rune) []int {
	if len(p) == 0 || len(letters) < len(p) {
		return nil
	}
	var at []int
	folded := fold(letters)
	for i := 0; i+len(p) <= len(folded); i++ {
		if slices.Equal(folded[i:i+len(p)], p) {
			at = append(at, i)
			i += len(p) - 1
		}
	}
	return at
}

// in tells whether a line has the pattern.
func (p pattern) in(line string) bool {
	if len(p) == 0 {
		return false
	}
	// The usual line has it nowhere: look for its first letter before anything is folded.
	for i, r := range line {
		if unicode.ToLower(r) == p[0] && p.begins(line[i:]) {
			return true
		}
	}
	return false
}

func (p pattern) begins(text string) bool {
	n := 0
	for _, r := range text {
		if n == len(p) {
			break
		}
		if unicode.ToLower(r) != p[n] {
			return false
		}
		n++
	}
	return n == len(p)
}

func fold(letters []rune) []rune {
	folded := make([]rune, len(letters))
	for i, r := range letters {
		folded[i] = unicode.ToLower(r)
	}
	return folded
}
