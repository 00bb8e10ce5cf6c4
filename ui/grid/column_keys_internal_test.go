package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// The columns are id, name and state; sorted by name, so that is where the keys begin.
func TestColumnKeys(t *testing.T) {
	const ctrl, shift, alt = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift, fyne.KeyModifierAlt
	key := func(name fyne.KeyName, held fyne.KeyModifier) *desktop.CustomShortcut {
		return &desktop.CustomShortcut{KeyName: name, Modifier: held}
	}
	choose, next, before := key(fyne.KeyRight, ctrl), key(fyne.KeyRight, ctrl), key(fyne.KeyLeft, ctrl)
	for name, c := range map[string]struct {
		keys   []*desktop.CustomShortcut
		sorted string
		order  string
		width  float32 // of the name
	}{
		"sorts downwards":          {[]*desktop.CustomShortcut{choose, key(fyne.KeyDown, ctrl)}, "name true", "id name state", 150},
		"sorts by the next":        {[]*desktop.CustomShortcut{choose, next, key(fyne.KeyUp, ctrl)}, "state false", "id name state", 150},
		"stays at the first":       {[]*desktop.CustomShortcut{choose, before, before, before, key(fyne.KeyUp, ctrl)}, "id false", "id name state", 150},
		"moves right":              {[]*desktop.CustomShortcut{choose, key(fyne.KeyRight, ctrl|shift), key(fyne.KeyRight, ctrl|shift)}, "", "id state name", 150},
		"moves left":               {[]*desktop.CustomShortcut{choose, key(fyne.KeyLeft, ctrl|shift)}, "", "name id state", 150},
		"wider":                    {[]*desktop.CustomShortcut{choose, key(fyne.KeyRight, alt|shift)}, "", "id name state", 166},
		"narrower":                 {[]*desktop.CustomShortcut{choose, key(fyne.KeyLeft, alt|shift)}, "", "id name state", 134},
		"nothing without a choice": {[]*desktop.CustomShortcut{key(fyne.KeyUp, ctrl), key(fyne.KeyRight, alt|shift), key(fyne.KeyRight, ctrl|shift)}, "", "id name state", 150},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, nightly(4))
			s.SetSort("name", false)
			var sorted string
			s.OnSort = func(key string, descending bool) {
				if sorted = key + " false"; descending {
					sorted = key + " true"
				}
			}
			s.window.Canvas().Focus(s.Grid)
			for _, k := range c.keys {
				s.TypedShortcut(k)
			}
			order, width := "", float32(0)
			for i, p := range s.Columns() {
				if i > 0 {
					order += " "
				}
				if order += p.Key; p.Key == "name" {
					width = p.Width
				}
			}
			check(t, "sorted by", sorted, c.sorted)
			check(t, "order", order, c.order)
			check(t, "width", width, c.width)
		})
	}
}

func TestColumnKeys_showTheMenuAndTheChoice(t *testing.T) {
	s := newStage(t, nightly(4))
	s.window.Canvas().Focus(s.Grid)
	s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierShortcutDefault})
	check(t, "a line under the title", s.header.chosen.Visible(), true)
	s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierShortcutDefault})
	check(t, "menu", s.window.Canvas().Overlays().Top() != nil, true)
	s.FocusLost()
	check(t, "the line without the keys", s.header.chosen.Visible(), false)
}
