package ui

import (
	"context"
	"iter"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// saveList is the entry of menus that writes a list into a file.
const saveList = "Save as Excel or CSV…"

// savedList is a list on its way into a file: what it is called, what narrows it, its columns as they are shown, its rows.
type savedList[R any] struct {
	name    string // "incidents", marked for the catalogue
	about   string // the filter in words; "" for none
	columns []grid.Column[R]
	rows    func(ctx context.Context) iter.Seq2[R, error]
}

// saveTable asks where to and writes the list beside the windows. It is a function, since methods take no types of their own.
func saveTable[R any](u *UI, w fyne.Window, l savedList[R]) {
	u.askFile(w, saving{
		title: say.T("Save the list of %s", say.W(l.name)), name: "backstop " + say.W(l.name) + " " + u.now().In(u.zone).Format(time.DateOnly), kinds: []string{".xlsx", ".csv"},
		write: func(ctx context.Context, path string, progress func(string)) (string, error) {
			return u.desk.SaveTable(ctx, path, l.table(ctx, u), func(n int) { progress(say.T("%s rows written …", countText(n))) })
		},
	})
}

// table is the list as the desk takes it.
func (l savedList[R]) table(ctx context.Context, u *UI) desk.Table {
	about := say.T("All %s", say.W(l.name))
	if l.about != "" {
		about = say.T("Filter: %s", l.about)
	}
	t := desk.Table{Title: capital(say.W(l.name)), About: say.T("%s. Saved %s by %s.", about, u.secondText(u.now()), u.actor.Name), Zone: u.zone}
	for _, c := range l.columns {
		t.Columns = append(t.Columns, tableColumn(c))
	}
	t.Rows = func(yield func([]any, error) bool) {
		for r, err := range l.rows(ctx) {
			row := make([]any, len(l.columns))
			for i, c := range l.columns {
				if err == nil {
					row[i] = tableCell(c, r)
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
	return t
}

func tableColumn[R any](c grid.Column[R]) desk.Column {
	var none R
	column := desk.Column{Title: c.Title, Width: float64(c.Width) / 6.5}
	switch {
	case c.Value != nil:
		column.Kind = desk.KindOf(c.Value(none))
	case c.Tone != nil:
		column.Kind = desk.Word
	}
	if column.Kind == desk.Clock {
		column.Width = 0 // the file shows whole times
	}
	return column
}

func tableCell[R any](c grid.Column[R], r R) any {
	if c.Value != nil {
		return c.Value(r)
	}
	return look.Printable(c.Text(r))
}

// pages reads all rows that match a question, page by page.
func pages[R, Q any](ctx context.Context, list lister[R, Q], query Q) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var none R
		ids, err := list.ids(ctx, query, 0)
		if err != nil {
			yield(none, err)
			return
		}
		for page := range slices.Chunk(ids, pageSize) {
			rows, err := list.rows(ctx, page)
			if err != nil {
				yield(none, err)
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}
