package grid

import (
	"strings"

	"fyne.io/fyne/v2"

	"backstop/app/say"
	"backstop/ui/look"
)

// copy puts what is selected, or else the cursor's row, on the clipboard. Rows whose page is not there are counted, never left out in
// silence; an owner that can fetch them sets OnCopy.
func (g *table) copy(clipboard fyne.Clipboard) {
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
	clipboard.SetContent(g.tsv(ids))
}

func (g *table) tsv(ids []int64) string {
	wanted := make(map[int64]struct{}, len(ids))
	for _, id := range ids {
		wanted[id] = struct{}{}
	}
	var b strings.Builder
	missing := 0
	g.titles(&b)
	for _, i := range g.rowsOf(wanted) {
		if g.reader.take(i) {
			g.line(&b, g.reader)
		} else {
			missing++
		}
	}
	if missing > 0 {
		b.WriteString(say.T("(%d more rows were not loaded)", missing) + "\n")
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

func (g *table) titles(b *strings.Builder) {
	g.tabbed(b, func(c *column) string { return look.Printable(c.title) })
}

// line writes the row that was taken up.
func (g *table) line(b *strings.Builder, r reader) {
	g.tabbed(b, func(c *column) string { return harmless(r.text(c.cell)) })
}

func (g *table) tabbed(b *strings.Builder, text func(*column) string) {
	tab := ""
	for _, c := range g.columns.all {
		if !c.Hidden {
			b.WriteString(tab + text(c))
			tab = "\t"
		}
	}
	b.WriteString("\n")
}
