// Package rank finds what somebody means by a few letters.
package rank

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Fit is how well a text fits what was typed; a greater one comes first.
type Fit uint8

// The fits, from none to the best. Capitals do not count.
const (
	None      Fit = iota
	Scattered     // the letters stand in it, in their order
	Inside        // it stands in it as it was typed
	Words         // its words begin with the letters: "haov" is "Hand over", as is "ho"
	Begins        // it begins with what was typed
)

// Of tells how well a text fits. Nothing typed fits everything as well as it can.
func Of(typed, text string) Fit {
	typed, text = strings.ToLower(strings.TrimSpace(typed)), strings.ToLower(text)
	letters := []rune(strings.Join(strings.Fields(typed), ""))
	switch {
	case strings.HasPrefix(text, typed):
		return Begins
	case beginWords(letters, text):
		return Words
	case strings.Contains(text, typed):
		return Inside
	case scattered(letters, text):
		return Scattered
	}
	return None
}

// beginWords tells whether the letters can be divided among words of the text, in their order, each of which begins with its share.
func beginWords(letters []rune, text string) bool {
	reached := make([]bool, len(letters)+1) // how many letters the words so far can have used up
	reached[0] = true
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		for from := len(letters) - 1; from >= 0; from-- {
			if !reached[from] {
				continue
			}
			to := from
			for _, r := range word {
				if to == len(letters) || letters[to] != r {
					break
				}
				to++
				reached[to] = true
			}
		}
	}
	return reached[len(letters)]
}

func scattered(letters []rune, text string) bool {
	for _, r := range text {
		if len(letters) > 0 && letters[0] == r {
			letters = letters[1:]
		}
	}
	return len(letters) == 0
}

// Entry is what can be found.
type Entry struct {
	Text string
	Used int // how often it was chosen before
}

// Best gives the places of the entries that fit, the best first and at most so many: by their fit, then the most used, then the
// shorter ones, then in their own order. Nothing typed gives all of them, the most used first and the others in their own order.
func Best(typed string, entries []Entry, most int) []int {
	fits := make([]Fit, len(entries))
	var found []int
	for i, e := range entries {
		if fits[i] = Of(typed, e.Text); fits[i] != None {
			found = append(found, i)
		}
	}
	all := strings.TrimSpace(typed) == ""
	slices.SortStableFunc(found, func(a, b int) int {
		order := cmp.Or(cmp.Compare(fits[b], fits[a]), cmp.Compare(entries[b].Used, entries[a].Used))
		if order == 0 && !all {
			order = cmp.Compare(len(entries[a].Text), len(entries[b].Text))
		}
		return order
	})
	return found[:min(most, len(found))]
}
