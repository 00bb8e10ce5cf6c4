package grid_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/grid"
	"backstop/ui/look"
)

type backup struct {
	id      int64
	routine string
	state   look.Tone
	word    string
}

type backups []backup

func (b backups) Len() int                 { return len(b) }
func (b backups) Row(i int) (backup, bool) { return b[i], true }
func (b backups) ID(i int) int64           { return b[i].id }

func TestGrid_rendersToMarkup(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Held(theme.VariantLight))
	rows := backups{{7, "Payroll nightly, all volumes", look.OnHold, "On Hold"}, {9, "Mail", look.New, "New"}}
	g := grid.New(rows,
		grid.Column[backup]{Key: "id", Title: "ID", Width: 50, Right: true, Link: true, Text: func(b backup) string { return fmt.Sprint(b.id) }},
		grid.Column[backup]{Key: "routine", Title: "Routine", Width: 110, Text: func(b backup) string { return b.routine }},
		grid.Column[backup]{Key: "state", Title: "State", Width: 110, Text: func(b backup) string { return b.word }, Tone: func(b backup) look.Tone { return b.state }},
	)
	g.SetSort("id", true)
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(320, look.HeaderHeight+3*look.RowHeight))
	g.Select(9)
	w.Canvas().Focus(g)
	test.AssertRendersToMarkup(t, "grid.xml", w.Canvas())
}
