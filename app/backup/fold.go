package backup

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
)

//go:embed vocabulary.txt
var vocabularyText string

// vocabulary holds the words of the trade: what stands in headers and messages of backup tools, and is nobody's name.
var vocabulary = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(vocabularyText) {
		words[w] = true
	}
	return words
}()

// pieces of a line: what stands between blanks and the signs that separate fields.
var piece = regexp.MustCompile(`[^\s,;|"'()\[\]{}<>:=]+`)

// plainWord is a word, or several joined as names of columns are; anything else may be a host, a path, an address or a number.
var plainWord = regexp.MustCompile(`^\p{L}+(?:_\p{L}+)*[.!?…]?$`)

var wordParts = regexp.MustCompile(`\p{Lu}+(?:\p{Ll}+)?|\p{Ll}+|\p{L}+`)

// Fold makes a text that can be shown to strangers: what is not a word of the trade becomes its shape, letters x and X, digits #. Hosts,
// people, addresses, paths and numbers are gone; how the text is laid out is not.
func Fold(text string) string {
	return piece.ReplaceAllStringFunc(strings.ToValidUTF8(text, "?"), func(s string) string {
		if plainWord.MatchString(s) && isOfTheTrade(s) {
			return s
		}
		return shapeOf(s)
	})
}

func isOfTheTrade(s string) bool {
	s = strings.TrimRight(s, ".!?…")
	if vocabulary[strings.ToLower(s)] {
		return true
	}
	parts := wordParts.FindAllString(s, -1)
	for _, p := range parts {
		if !vocabulary[strings.ToLower(p)] {
			return false
		}
	}
	return len(parts) > 1
}

func shapeOf(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsNumber(r):
			return '#'
		case unicode.IsUpper(r), unicode.IsTitle(r):
			return 'X'
		case unicode.IsLetter(r), unicode.IsMark(r):
			return 'x'
		case unicode.IsPrint(r):
			return r
		}
		return '?'
	}, s)
}
