package say

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Record is a sentence that is kept: always in English, filled in as by fmt.Sprintf. Again says it where it is shown.
func Record(sentence string, filled ...any) string { return fmt.Sprintf(sentence, filled...) }

// Recordable marks a sentence, as N does, that may be recorded by other means than Record.
func Recordable(sentence string) string { return sentence }

// Again is a text that Record made, or an error that was written down, in the chosen language. What is filled in stays as it is, unless
// it is such a sentence too. Any other text is returned as it is.
func Again(recorded string) string { return remember(recorded, false) }

// Ours is Again for a text that a tool may have written: it is said where all of it is ours, or a sentence of ours is around the tool's.
func Ours(recorded string) string { return remember(recorded, true) }

func remember(recorded string, ours bool) string {
	l := Chosen()
	if l == English || recorded == "" || len(recorded) > longest {
		return recorded
	}
	key := heard{l, recorded, ours}
	if s, ok := memory.Load(key); ok {
		return s.(string)
	}
	s, _ := l.again(recorded, ours)
	if remembered.Add(1) > 1<<12 {
		memory.Clear()
		remembered.Store(0)
	}
	memory.Store(key, s)
	return s
}

// longest bounds what is looked at, in bytes: what a tool wrote at length is none of ours.
const longest = 2000

// heard is a text that was said in a language. They are remembered, since tables ask for the same few at each look.
type heard struct {
	l    *Language
	text string
	ours bool
}

var (
	memory     sync.Map // of strings, by what was heard
	remembered atomic.Int32
)

func (l *Language) again(text string, ours bool) (said string, known bool) {
	if _, ok := recordable[text]; ok {
		if known = strings.Contains(text, " "); ours && !known { // a word alone could be anybody's too
			return text, false
		}
		return l.of(text), known
	}
	for _, m := range moulds() {
		if !strings.Contains(text, m.piece) {
			continue
		}
		if found := m.whole().FindStringSubmatch(text); found != nil {
			return l.cast(m, found[1:], text, ours)
		}
	}
	return text, false
}

// cast says a sentence with what was found in its text. One with hardly a word of its own could be anybody's, unless a part of it is known.
func (l *Language) cast(m *mould, found []string, text string, ours bool) (said string, known bool) {
	known = m.wordy
	parts := make([]any, len(found))
	for i, f := range found {
		part, ok := l.again(f, ours)
		if parts[i], known = part, known || ok; ours && !m.wordy && !ok {
			return text, false
		}
	}
	if !known {
		return text, false
	}
	words := verb.ReplaceAllString(strings.ReplaceAll(l.of(m.sentence), "%%", percent), "%${1}s")
	return fmt.Sprintf(strings.ReplaceAll(words, percent, "%%"), parts...), true
}

// recordable are the sentences that may be recorded; every language has the same.
var recordable = catalogue(Portuguese.Tag + recorded)

// mould is a recordable sentence with something to fill in.
type mould struct {
	sentence string
	piece    string // its longest without a gap: a text without it is not looked at closer
	own      int    // letters that are the sentence's
	wordy    bool
	whole    func() *regexp.Regexp
}

// moulds are all of them, those first that say most themselves.
var moulds = sync.OnceValue(func() []*mould {
	var all []*mould
	for _, s := range slices.Sorted(maps.Keys(recordable)) {
		if m := newMould(s); m != nil {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b *mould) int { return b.own - a.own })
	return all
})

var (
	verb = regexp.MustCompile(`%(\[\d+\])?[-+# 0]*[\d.]*([a-zA-Z])`)
	word = regexp.MustCompile(`\pL+`)
)

// percent stands for %% while gaps are looked for.
const percent = "\x00"

func newMould(sentence string) *mould {
	marked := strings.ReplaceAll(sentence, "%%", percent)
	gaps := verb.FindAllStringSubmatch(marked, -1)
	if gaps == nil {
		return nil
	}
	m := &mould{sentence: sentence}
	words, pattern := 0, "(?s)^"
	for i, piece := range verb.Split(marked, -1) {
		piece = strings.ReplaceAll(piece, percent, "%")
		if m.own += len(piece); len(piece) > len(m.piece) {
			m.piece = piece
		}
		words += len(word.FindAllString(piece, -1))
		if pattern += regexp.QuoteMeta(piece); i < len(gaps) {
			gap, plain := gapOf(gaps[i][2])
			if pattern += gap; plain {
				words++
			}
		}
	}
	m.wordy = words > 1
	m.whole = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern + "$") })
	return m
}

// gapOf is what can stand where a verb is, and whether it is told from other text.
func gapOf(verb string) (pattern string, plain bool) {
	switch verb {
	case "d":
		return `(-?\d+)`, true
	case "q":
		return `("(?:[^"\\]|\\.)*"|'[^']+'|\[.*?\])`, true
	}
	return `(.*?)`, false
}
