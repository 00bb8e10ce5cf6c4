package ui

import (
	"context"
	"iter"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// typingPause is how long the search waits for the next letter.
const typingPause = 250 * time.Millisecond

// listing is what a list page lists: rows R that match a question Q.
type listing[R, Q any] struct {
	name    string             // "incidents": what is kept of the page between starts goes by it
	counted func(n int) string // "5 incidents": what the line under the table counts
	hint    string             // stands in the empty search
	list    lister[R, Q]
	columns []grid.Column[R]
	text    func(q *Q) *string                              // where a question holds the words searched for
	sort    func(q *Q, key string, descending bool)         // puts an order into a question
	filters func(q Q) []string                              // what narrows a question, in words; none: all is shown
	empty   func(shownBefore int) (instead *fyne.Container) // stands where no row is
	views   savedViews[Q]                                   // only for pages that have them
}

// listPage is a table over a question: a search and filters above, what is shown below, rows that come in pages, and columns
// that stay as the person left them. Pages of incidents, executions and the like are made of it.
type listPage[R, Q any] struct {
	listing[R, Q]
	ui     *UI
	window fyne.Window
	model  *pagedModel[R, Q]
	grid   *grid.Grid[R]
	query  Q

	search  *field
	clear   *widget.Button
	status  *widget.Label
	arrived *widget.Button // "5 new"
	total   int
	kept    keptFilters
	typed   int // counts changes of the search, so that only the last one asks

	onAsk   func()                 // another question was asked; nil tells nobody
	onClear func()                 // the person wants all filters gone
	tip     func(R, string) string // what the line under the table tells of a cell in hover; "" what it tells always
}

func newListPage[R, Q any](u *UI, w fyne.Window, l listing[R, Q]) *listPage[R, Q] {
	p := &listPage[R, Q]{listing: l, ui: u, window: w, kept: keptFilters{ui: u, name: l.name}}
	p.model = newPagedModel(u.ctx, l.list, u.work)
	p.model.changed, p.model.drawn = p.changed, func() { p.grid.Refresh() }
	p.grid = grid.New(p.model, l.columns...)
	p.grid.OnSort = func(key string, descending bool) { p.listing.sort(&p.query, key, descending); p.asked() }
	p.grid.OnColumns = p.saveColumns
	p.grid.OnCopy = p.copyRows
	p.grid.OnHover = func(key string, id int64, _ fyne.Position) { p.hover(key, id) }

	p.search = newField("", l.hint)
	p.search.key = func(*fyne.KeyEvent) { p.focus() }
	p.search.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.search.OnChanged = p.typing
	p.clear = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { p.onClear() })
	p.clear.Importance = widget.LowImportance
	p.status = widget.NewLabel("")
	p.status.Importance = widget.LowImportance
	p.status.Truncation = fyne.TextTruncateEllipsis
	p.arrived = widget.NewButtonWithIcon("", theme.MoveUpIcon(), p.showArrived)
	p.arrived.Hide()
	return p
}

// filterRow is the search, then the filters, then what clears them.
func (p *listPage[R, Q]) filterRow(filters ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(filterFlow(), append(append([]fyne.CanvasObject{p.search}, filters...), p.clear)...)
}

// build puts the table between what stands above it and what appears below it.
func (p *listPage[R, Q]) build(above []fyne.CanvasObject, below ...fyne.CanvasObject) fyne.CanvasObject {
	top := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), container.NewVBox(above...))
	bottom := container.NewVBox(append(below, container.NewBorder(nil, nil, nil, p.arrived, p.status))...)
	return topped(top, bottom, p.grid)
}

// recallColumns puts the columns as they were left.
func (p *listPage[R, Q]) recallColumns() {
	var columns grid.Layout
	if err := p.ui.desk.Preference(p.ui.ctx, p.name+".columns", &columns); err == nil && len(columns) > 0 {
		p.grid.SetColumns(columns)
	}
}

func (p *listPage[R, Q]) saveColumns(l grid.Layout) {
	ask(p.ui.work, func() (struct{}, error) {
		return struct{}{}, p.ui.desk.SavePreference(p.ui.ctx, p.name+".columns", l)
	}, func(_ struct{}, err error) { p.ui.showError(p.window, err) })
}

func (p *listPage[R, Q]) focus() { p.window.Canvas().Focus(p.grid) }

// asked asks the model with the question as it stands.
func (p *listPage[R, Q]) asked() {
	p.arrived.Hide()
	p.model.ask(p.query)
	p.keepFilters()
	if p.onAsk != nil {
		p.onAsk()
	}
}

// showSearch shows the words of the question in the search without asking.
func (p *listPage[R, Q]) showSearch() {
	p.search.OnChanged = nil
	p.search.SetText(*p.text(&p.query))
	p.search.OnChanged = p.typing
}

// typing asks when the person pauses.
func (p *listPage[R, Q]) typing(text string) {
	p.typed++
	typed := p.typed
	p.ui.after(typingPause, func() {
		tell(func() {
			if typed == p.typed {
				*p.text(&p.query) = text
				p.asked()
			}
		})
	})
}

// changed shows what the model now has. What a person reads does not move: what came in above it is counted in a quiet mark.
func (p *listPage[R, Q]) changed(fresh bool, err error) {
	if err != nil {
		p.ui.showError(p.window, err)
		return
	}
	instead := p.empty(p.total)
	before := p.total
	p.total = p.model.Len()
	if fresh || before == 0 {
		p.model.look()
		p.grid.Restart()
	} else {
		p.grid.Reload()
	}
	p.grid.SetEmpty(instead) // draws: the grid has found its place by now
	p.mark()
	p.say()
}

// mark says how many came in since the person looked.
func (p *listPage[R, Q]) mark() {
	p.arrived.SetText(say.T("%s new", countText(p.model.arrived)))
	p.arrived.Hidden = p.model.arrived == 0
	p.arrived.Refresh()
}

// showArrived goes to the newest.
func (p *listPage[R, Q]) showArrived() {
	p.grid.Reveal(p.model.look())
	p.mark()
	p.focus()
}

func (p *listPage[R, Q]) unfiltered() bool { return len(p.filters(p.query)) == 0 }

func (p *listPage[R, Q]) filterText() string { return strings.Join(p.filters(p.query), ", ") }

// say is the line under the table: how many, by which filters.
func (p *listPage[R, Q]) say() {
	text := p.counted(p.model.Len())
	if !p.model.whole && p.model.Len() > 0 {
		text = say.T("the first %s, looking for more …", text)
	}
	if !p.unfiltered() {
		text += "  ·  " + say.T("filter: %s", p.filterText())
	}
	p.status.SetText(text)
	p.clear.Hidden = p.unfiltered()
	p.clear.Refresh()
}

// hover tells below the table what a cell has no room for.
func (p *listPage[R, Q]) hover(key string, id int64) {
	if r, ok := p.model.rows[id]; ok && p.tip != nil {
		if text := p.tip(r, key); text != "" {
			p.status.SetText(text)
			return
		}
	}
	p.say()
}

// chosen is what is selected, else the row that the keys act on.
func (p *listPage[R, Q]) chosen() []int64 {
	ids := p.grid.Selected()
	if id, ok := p.grid.Current(); ok && len(ids) == 0 {
		return []int64{id}
	}
	return ids
}

func (p *listPage[R, Q]) copy() {
	p.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: p.ui.app.Clipboard()})
}

// copyRows puts rows on the clipboard, also those that were never in view and have to be read first.
func (p *listPage[R, Q]) copyRows(ids []int64, clipboard fyne.Clipboard) {
	ask(p.ui.work, func() ([]R, error) { return p.list.rows(p.ui.ctx, ids) }, func(rows []R, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		clipboard.SetContent(p.grid.TSV(rows))
	})
}

// copyItems are the entries of a menu that every list has.
func (p *listPage[R, Q]) copyItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(say.T("Copy"), p.copy), fyne.NewMenuItem(say.T("Select all"), p.grid.SelectAll), fyne.NewMenuItem(say.T("Select none"), p.grid.Clear),
		fyne.NewMenuItemSeparator(), fyne.NewMenuItem(say.T(saveList), p.save),
	}
}

// save writes all rows of the list, as it is filtered and sorted, into a file.
func (p *listPage[R, Q]) save() {
	about, query := p.filterText(), p.query
	saveTable(p.ui, p.window, savedList[R]{name: p.name, about: about, columns: p.grid.Shown(), rows: func(ctx context.Context) iter.Seq2[R, error] {
		return pages(ctx, p.list, query)
	}})
}
