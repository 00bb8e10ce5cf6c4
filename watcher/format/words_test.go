package format

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/say"
)

// What a reader says of a bad record or of a whole file, and why one is refused, is a sentence of the catalogue, so that it can be said in
// other languages.
func TestReasons_areOfTheCatalogue(t *testing.T) {
	say.Use(say.Pseudo)
	defer say.Use(say.English)
	goldens, _ := filepath.Glob(filepath.Join("testdata", "*", "*.golden"))
	said := 0
	for _, path := range goldens {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			reason, ok := reasonOf(strings.TrimSuffix(line, "\n"), filepath.Base(filepath.Dir(path)) == "refused")
			if !ok || strings.HasPrefix(reason, "stanza ") { // pgBackRest's own words
				continue
			}
			if said++; !strings.HasPrefix(say.Again(reason), "⟦") {
				t.Errorf("%s: no sentence of the catalogue: %s", path, reason)
			}
		}
	}
	if said < 100 {
		t.Errorf("only %d reasons were found", said)
	}
}

// reasonOf is what a line of a golden file says in our words.
func reasonOf(line string, refused bool) (string, bool) {
	if note, ok := strings.CutPrefix(line, "note: "); ok || refused {
		return note, true
	}
	reason, ok := strings.CutPrefix(line, "error: ")
	if at, rest, cut := strings.Cut(reason, ": "); cut && strings.HasPrefix(at, "line ") {
		reason = rest
	}
	return reason, ok
}
