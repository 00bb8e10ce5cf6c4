package grid

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"backstop/ui/look"
)

// copy puts what is selected, or else the cursor's row, on the clipboard. Rows whose page is not there are counted, never left out in
// silence; an owner that can fetch them sets OnCopy.
func (g *Grid[R]) copy(clipboard fyne.Clipboard) {
	ids := g.Selected()
	if len(ids) == 0 && g.cursor.row >= 0 {
		ids = []int64{g.cursor.id}
	}
	if len(ids) == 0 || clipboard == nil {
		return
	}
	if g.OnCopy != nil {
		g.OnCopy(ids, clipboard)
		return
	}
	values, missing := g.values(ids)
	text := g.TSV(values)
	if missing > 0 {
		text += fmt.Sprintf("(%d more rows were not loaded)\n", missing)
	}
	clipboard.SetContent(text)
}

func (g *Grid[R]) values(ids []int64) (values []R, missing int) {
	wanted := make(map[int64]struct{}, len(ids))
	for _, id := range ids {
		wanted[id] = struct{}{}
	}
	for _, i := range g.rowsOf(wanted) {
		if v, ok := g.rows.Row(i); ok {
			values = append(values, v)
		} else {
			missing++
		}
	}
	return values, missing
}

// TSV is rows as tab-separated text under their titles, in the columns as they are shown. Tabs and line breaks inside a cell become
// spaces, so that a row stays a row.
func (g *Grid[R]) TSV(values []R) string {
	var b strings.Builder
	g.line(&b, func(c *column[R]) string { return c.Title })
	for _, v := range values {
		g.line(&b, func(c *column[R]) string { return harmless(c.Text(v)) })
	}
	return b.String()
}

// harmless keeps a spreadsheet from taking a cell for a formula: what came out of a log is pasted as text.
func harmless(s string) string {
	if s = look.Printable(s); strings.HasPrefix(strings.TrimSpace(s), "=") || s != "" && strings.ContainsRune("+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (g *Grid[R]) line(b *strings.Builder, text func(*column[R]) string) {
	tab := ""
	for _, c := range g.columns.all {
		if !c.Hidden {
			b.WriteString(tab + look.Printable(text(c)))
			tab = "\t"
		}
	}
	b.WriteString("\n")
}
