// Package say has every sentence that people read, in the language that they chose. The English sentence stands in the code, where it is
// read with what it says, and is the key of the catalogue: two files for each other language, named by its BCP 47 tag. One of them is for
// what can be recorded, which is English for ever and said again where it is shown.
package say

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// Language is one that the program speaks.
type Language struct {
	Tag  string // BCP 47
	Name string // in itself
	Form Form

	words map[string]string // from the English; nil for English itself
	say   func(string) string
}

// English is what the code is written in, and what is said where a catalogue lacks a sentence.
var English = &Language{Tag: "en", Name: "English", Form: Forms[0]}

// Portuguese is that of Brazil.
var Portuguese = &Language{Tag: "pt-BR", Name: "Português (Brasil)", Form: Forms[2], words: sentences("pt-BR")}

// Pseudo is no language: it marks all that goes through the catalogue and makes it a third longer, to find in tests what does not, and what
// has no room.
var Pseudo = &Language{Tag: "qps-ploc", Name: "Pseudo", Form: English.Form, say: func(s string) string {
	return "⟦" + s + strings.Repeat("~", len(s)/3) + "⟧"
}}

// Languages are those that a person may choose.
func Languages() []*Language { return []*Language{English, Portuguese} }

var chosen atomic.Pointer[Language]

// Use has all that is said from now on be in a language.
func Use(l *Language) { chosen.Store(l) }

// Chosen is the language that is spoken.
func Chosen() *Language {
	if l := chosen.Load(); l != nil {
		return l
	}
	return English
}

// For is the language for a locale such as "pt_PT.UTF-8" or "en-US": English where it is none of ours.
func For(locale string) *Language {
	for _, l := range Languages() {
		if primary(l.Tag) == primary(locale) {
			return l
		}
	}
	return English
}

// Tagged is the language of a tag, nil where it is none of ours.
func Tagged(tag string) *Language {
	for _, l := range append(Languages(), Pseudo) {
		if l.Tag == tag {
			return l
		}
	}
	return nil
}

func primary(locale string) string {
	end := strings.IndexAny(locale, "-_.")
	if end < 0 {
		end = len(locale)
	}
	return strings.ToLower(locale[:end])
}

func (l *Language) of(sentence string) string {
	if l.say != nil {
		return l.say(sentence)
	}
	if s := l.words[sentence]; s != "" {
		return s
	}
	return sentence
}

// T is a sentence in the chosen language, filled in as by fmt.Sprintf. Another language may take what is filled in by its number: %[2]s.
func T(sentence string, filled ...any) string {
	return fmt.Sprintf(Chosen().of(sentence), filled...)
}

// N marks a sentence for the catalogue where the language is not known yet; W says it.
func N(sentence string) string { return sentence }

// W is a sentence that stands somewhere else, marked by N, in the chosen language.
func W(sentence string) string {
	if sentence == "" {
		return ""
	}
	return Chosen().of(sentence)
}

// C is a word that other languages have several of, in a context that is not shown: "Open" is done to a row, and said of incidents. Its key
// is "Open (said of incidents)".
func C(context, word string) string {
	key := word + " (" + context + ")"
	if said := Chosen().of(key); said != key {
		return strings.Replace(said, key, word, 1)
	}
	return word
}

// Many is a sentence about a number of things: one as it is, more with the number for its %s.
func Many(n int, one, more string) string {
	if n == 1 {
		return W(one)
	}
	return fmt.Sprintf(Chosen().of(more), Count(int64(n)))
}
