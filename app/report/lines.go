package report

import "strings"

const (
	lineHigh  = 13.5 // points that a line of text takes
	mostLines = 30   // in a row: Excel makes none higher than 409 points
)

// lines is how many lines a text takes in a column so wide, broken between words as spreadsheets do it.
func lines(s string, wide float64) int {
	if float64(len(s))*wideLetter <= wide && !strings.Contains(s, "\n") {
		return 1
	}
	n, used, word := 1, 0.0, 0.0 // what stands on the line, and of that the word that is not complete
	for _, r := range s {
		w := letterWidth(r)
		switch {
		case r == '\n':
			n, used, word = n+1, 0, 0
			continue
		case r == ' ':
			word = 0
			used += w // a space may stand over the edge
			continue
		case used+w <= wide:
		case word > 0 && word < used:
			n, used = n+1, word // the word goes to the next line
		default:
			n, used, word = n+1, 0, 0 // in the middle of a word that is longer than a line
		}
		used, word = used+w, word+w
	}
	return min(n, mostLines)
}

// wideLetter and narrowLetter are what letters take of a column's width, which is measured in digits of a somewhat larger size.
const wideLetter, narrowLetter = 1.06, 0.92

func letterWidth(r rune) float64 {
	if r >= 'a' && r <= 'z' && r != 'm' && r != 'w' || r == ' ' || r == '.' || r == ',' {
		return narrowLetter
	}
	return wideLetter
}

// high is the height of a row of so many lines; 0 is left to the program that shows it.
func high(lines int) float64 {
	if lines < 2 {
		return 0
	}
	return lineHigh*float64(lines) + 2
}

// titleLines is how many lines the title of a column takes: it is bold.
func titleLines(title string, wide float64) int { return lines(title, wide*0.92) }

// titleHigh is the height of a row of titles.
func titleHigh(lines int) float64 { return lineHigh*float64(lines) + 6 }
