//go:build !headless

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
	"backstop/app/timeline"
)

// BACKSTOP_TEST_LANGUAGE=qps-ploc has all stories told in the pseudo-language; each then fails at words that do not go through the catalogue.
func language() string {
	if tag := os.Getenv("BACKSTOP_TEST_LANGUAGE"); tag != "" {
		return tag
	}
	return say.English.Tag
}

// plain is a text without the marks of the pseudo-language, as stories know it.
func plain(text string) string {
	if say.Chosen() != say.Pseudo {
		return text
	}
	return marks.ReplaceAllString(text, "")
}

var (
	marks    = regexp.MustCompile(`⟦|~*⟧`)
	marked   = regexp.MustCompile(`⟦[^⟦⟧]*(⟧|…)`)
	ownWords = sync.OnceValue(literals)
)

// checkWords fails at texts that hold sentences of the program which bear no marks of the pseudo-language, at each once.
func (o *office) checkWords(objects []fyne.CanvasObject) {
	if say.Chosen() != say.Pseudo {
		return
	}
	for _, object := range objects {
		text := ""
		switch p := object.(type) {
		case *canvas.Text:
			text = p.Text
		case *widget.RichText:
			text = p.String()
		}
		if _, known := checked.LoadOrStore(text, true); known {
			continue
		}
		if leak := unsaid(text); leak != "" {
			o.t.Errorf("not through the catalogue: %q in %q", leak, text)
		}
	}
}

var checked sync.Map // texts

// unsaid is a sentence of the program in a text that bears no marks.
func unsaid(text string) string {
	for next := marked.ReplaceAllString(text, "\x00"); next != text; next = marked.ReplaceAllString(text, "\x00") {
		text = next
	}
	text, _, _ = strings.Cut(text, "⟦") // what is cut off has no end
	own := ownWords()
	for _, left := range strings.FieldsFunc(text, func(r rune) bool { return r == 0 || r == '\n' }) {
		left = strings.TrimSpace(left)
		if slices.Contains(own, left) {
			return left
		}
		for _, s := range own {
			if strings.Contains(s, " ") && strings.Contains(left, s) {
				return s
			}
		}
	}
	return ""
}

// literals are the words of the program's own code that people could read.
func literals() []string {
	found := map[string]bool{}
	for _, pattern := range []string{"../ui/*.go", "../ui/*/*.go", "desk/*.go", "incident/*.go", "report/*.go", "risk/*.go", "figure/*.go", "../data/*.go", "../watcher/*.go"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") || filepath.Base(path) == "picture.go" { // that one plays a person
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				panic(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					s, err := strconv.Unquote(l.Value)
					if err != nil {
						return true
					}
					for _, piece := range gap.Split(s, -1) {
						if piece = strings.TrimSpace(piece); lettered.MatchString(piece) && (!strings.Contains(piece, " ") && piece == strings.TrimSpace(s) || wordy.MatchString(piece)) {
							found[piece] = true
						}
					}
				}
				return true
			})
		}
	}
	maps.DeleteFunc(found, func(word string, _ bool) bool { return named.MatchString(word) })
	return slices.Collect(maps.Keys(found))
}

// named are names, which are the same in all languages, what tools write, and what stands in for a client that an export does not name.
var named = regexp.MustCompile(`^(Backstop|backstop|Enter|Escape|full|dropped files|files or databases were skipped|network|no media|reset by peer|name@example\.org|(Ctrl|Shift)\+.*)$`)

var (
	lettered = regexp.MustCompile(`[a-z]{3,}`)
	gap      = regexp.MustCompile(`%(\[\d+\])?[-+# 0]*[\d.*]*[a-zA-Z%]`) // what is filled in
	wordy    = regexp.MustCompile(`[a-z]{2,} [a-z]{2,}`)
)

func TestUnsaid(t *testing.T) {
	before := say.Chosen()
	say.Use(say.Pseudo)
	t.Cleanup(func() { say.Use(before) })
	for text, want := range map[string]string{
		say.W("Close"): "", "Close": "Close", say.T("%s closed", say.W("Close")): "", "ledger-02": "", "Close " + say.W("one"): "Close",
	} {
		if got := unsaid(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Who takes another language has it at once, with the dates that are written in it, unless they want others; what is on record stays.
func TestLanguage_changesAtOnce(t *testing.T) {
	t.Setenv("BACKSTOP_TEST_LANGUAGE", say.English.Tag)
	t.Cleanup(func() { say.Use(say.English); say.UseForm(say.English.Form) })
	o := atComputer(t, &machine{})
	before := o.recorded(timeline.Incident)
	o.chooses("Language", "Português (Brasil)")
	o.shows("Este computador", "Padrão: 100%.")
	o.visit("Incidentes")
	o.shows("Novo", "02/03/2026 09:30", "2 incidentes")
	o.visit("Configurações")
	o.tap("Este computador")
	o.chooses("Datas e números", "2026-03-31   1,234.5")
	o.visit("Incidentes")
	o.shows("Novo", "2026-03-02 09:30")
	o.visit("Configurações")
	o.tap("Este computador")
	o.chooses("Idioma", "English")
	o.shows("This computer")
	if now := o.recorded(timeline.Incident); !slices.Equal(now, before) {
		t.Errorf("on record: %v, before %v", now, before)
	}
}
