//go:build !headless

package main

import (
	"slices"
	"strings"
	"testing"

	"backstop/app/say"
	"backstop/app/timeline"
)

// What the program recorded is read in the chosen language, and stays on record as it was: a title that is left as it was shown is no
// other one, and a category is kept by its own name.
func TestRecorded_isSaidAgain(t *testing.T) {
	t.Setenv("BACKSTOP_TEST_LANGUAGE", say.Portuguese.Tag)
	t.Cleanup(func() { say.Use(say.English); say.UseForm(say.English.Form) })
	o := newOffice(t)
	before := o.recorded(timeline.Incident)
	recorded := o.incident(1).Title
	shown := strings.TrimSuffix(recorded, "failed") + "falhou"
	o.shows(shown)
	o.open("1")
	o.shows("1 · "+shown, "arquivos arrastados")
	o.letter('e')
	o.tap("Renomear")
	o.shows("1 já tem este título")
	o.tap("Cancelar")
	o.letter('c')
	o.look(o.ui.Window("close 1 of 1"))
	o.choose("Perdido")
	o.choose("Rede")
	o.fill("O switch estava desligado.", "Ligado de novo.")
	if now := o.recorded(timeline.Incident); !slices.Equal(now, before) {
		t.Errorf("on record: %v, before %v", now, before)
	}
	o.tap("Fechar 1 incidente")
	if in := o.incident(1); in.Title != recorded || in.Category != "Network" {
		t.Errorf("on record: %q, category %q", in.Title, in.Category)
	}
}
