package say_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backstop/app/say"
)

func TestAgain_saysWhatWasRecorded(t *testing.T) {
	const open, opened = "another program has it open", "⟦another program has it open~~~~~~~~~⟧"
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{open, opened},
		{`time zone "a \"b\"" is not known; use a name such as Europe/Berlin`, `⟦time zone "a \"b\"" is not known; use a name such as Europe/Berlin` + strings.Repeat("~", 19) + "⟧"},
		{"/exports/a: b.csv: " + open, "⟦/exports/a: ⟦b.csv: " + opened + "~~⟧~~⟧"},
		{"database /x: " + open, "⟦database /x: " + opened + "~~~~~⟧"}, // sure by its part
		{"database /x: gone", "database /x: gone"},                     // too few words of ours to be sure
		{"rsync: error: disk full", "rsync: error: disk full"},         // the words of a tool
		{open + " today", open + " today"},                             // more than the sentence
		{"time zone Mars is not known", "time zone Mars is not known"}, // less
	} {
		use(t, say.Pseudo)
		for range 2 { // the second time it is remembered
			if got := say.Again(c.text); got != c.want {
				t.Errorf("%q: %q, want %q", c.text, got, c.want)
			}
		}
		use(t, say.English)
		if got := say.Again(c.text); got != c.text {
			t.Errorf("%q in English: %q", c.text, got)
		}
	}
}

// Whatever is filled in, an error that was written down is said as if it had just been made.
func TestAgain_saysAnErrorAsErrDoes(t *testing.T) {
	recordable := slices.DeleteFunc(slices.Sorted(maps.Keys(read(t, say.Portuguese.Tag+"-recorded.json"))), likeAnother)
	rapid.Check(t, func(t *rapid.T) {
		sentence := rapid.SampledFrom(recordable).Draw(t, "sentence")
		err := say.Error(sentence, drawn(t, sentence)...)
		say.Use(say.Tagged(rapid.SampledFrom([]string{"pt-BR", "qps-ploc", "en"}).Draw(t, "language")))
		defer say.Use(say.English)
		got, want := say.Again(err.Error()), say.Err(err)
		if got != want && (got != err.Error() || wordy(sentence)) { // with hardly a word it may be anybody's
			t.Fatalf("%q is said as %q, not %q", err, got, want)
		}
	})
}

// likeAnother tells a sentence that is told from another by what the program fills in alone.
func likeAnother(sentence string) bool {
	return strings.HasPrefix(sentence, "monthly on the %s") || strings.HasPrefix(sentence, "%w: %w")
}

func wordy(sentence string) bool {
	return len(strings.Fields(verb.ReplaceAllString(sentence, ""))) > 2
}

// drawn is something for each gap of a sentence: data, and where it wraps an error a sentence or what a system says.
func drawn(t *rapid.T, sentence string) []any {
	wrapped := []error{say.Error("another program has it open"), say.Error("the folder %s: %w", "/e", say.Error("another program has it open")), errors.New("unexpected EOF")}
	data := rapid.StringMatching(`[A-Z][a-z]{0,8}([ /.\\-][0-9a-z]{1,9}){0,3}`)
	var filled []any
	for i, m := range verb.FindAllStringSubmatch(sentence, -1) {
		name := fmt.Sprint(i)
		switch m[2] {
		case "%":
		case "d":
			filled = append(filled, rapid.IntRange(0, 9999).Draw(t, name))
		case "x":
			filled = append(filled, []byte(data.Draw(t, name)))
		case "q":
			filled = append(filled, rapid.String().Draw(t, name))
		case "w":
			filled = append(filled, rapid.SampledFrom(wrapped).Draw(t, name))
		default:
			filled = append(filled, data.Draw(t, name))
		}
	}
	return filled
}

// What was never a sentence of ours is left alone, and nothing makes it fail.
func TestAgain_leavesTheRest(t *testing.T) {
	use(t, say.Portuguese)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[b-z\[\]"'%:;,. 0-9]{0,40}`).Draw(t, "text")
		if got := say.Again(text); got != text {
			t.Fatalf("%q is said as %q", text, got)
		}
	})
	if log := strings.Repeat("error: ", 1<<20); say.Again(log) != log {
		t.Error("a log is said again")
	}
}

func BenchmarkAgain(b *testing.B) {
	say.Use(say.Portuguese)
	defer say.Use(say.English)
	for i := range b.N {
		say.Again(fmt.Sprintf("file %d: time zone %q is not known; use a name such as Europe/Berlin", i, "Mars"))
	}
}
