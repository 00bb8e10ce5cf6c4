package format

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"backstop/app/backup"
)

// The tables of words and codes by which readers judge, as what people are shown of them: every word, also of those that no sample holds.

// wordEndings lists words with what each counts as. 0 stands for what is no execution.
func wordEndings(words map[string]backup.Outcome) []backup.Ending {
	var all []backup.Ending
	for _, w := range slices.Sorted(maps.Keys(words)) {
		if words[w] != 0 {
			all = append(all, backup.Ending{Word: w, Told: words[w]})
		}
	}
	return all
}

// codeEndings lists codes beside a word that all count as one outcome.
func codeEndings(word string, told backup.Outcome, codes ...string) []backup.Ending {
	var all []backup.Ending
	for _, c := range codes {
		all = append(all, backup.Ending{Word: word, Code: c, Told: told})
	}
	return all
}

// lowerCase is a table that is asked by words in lower case.
func lowerCase(words map[string]backup.Outcome) map[string]backup.Outcome {
	lower := map[string]backup.Outcome{}
	for w, o := range words {
		lower[strings.ToLower(w)] = o
	}
	return lower
}

// joined are the endings of samples and of tables, each once.
func joined(lists ...[]backup.Ending) []backup.Ending {
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b backup.Ending) int {
		return cmp.Or(strings.Compare(a.Word, b.Word), strings.Compare(a.Code, b.Code), cmp.Compare(a.Told, b.Told))
	})
	return slices.Compact(all)
}
