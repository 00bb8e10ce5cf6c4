package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/look"
	"backstop/ui/scroll"
)

// face is what the toolkit sees of a table.
type face interface {
	fyne.Widget
	fyne.Focusable
}

// list is what a table asks of its rows, and reader what it asks to draw one: take comes to row i, ok false while it is on its way.
type (
	list interface {
		Len() int
		ID(i int) int64
	}
	reader interface {
		take(i int) (ok bool)
		text(cell int) string
		tone(cell int) look.Tone
		plain(cell int) bool
	}
)

// table is the widget. Set what you need of its callbacks before it is shown; all of them run on the goroutine of the windows.
type table struct {
	widget.BaseWidget
	self face // as the toolkit knows it: with what is around it

	OnSort     func(key string, descending bool)            // a click on a title; the owner sorts and calls Restart
	OnColumns  func(Layout)                                 // widths, order or visibility changed
	OnSelected func(ids []int64)                            // in the order of the rows
	OnCurrent  func(id int64)                               // the cursor came to another row
	OnOpen     func(id int64)                               // Enter or a double click
	OnLink     func(key string, id int64)                   // a click on a cell of a Link column
	OnMenu     func(ids []int64, at fyne.Position)          // the secondary button or the menu key
	OnHover    func(key string, id int64, at fyne.Position) // the pointer came to another cell; key is empty when it left
	OnCopy     func(ids []int64, clipboard fyne.Clipboard)  // when set, copies in the grid's place: see TSV

	Single  bool // at most one row is selected, the one chosen last; Escape is then the window's
	Ticks   bool // a click only moves the cursor: boxes, Space, Ctrl and Shift select
	Escapes bool // Escape is the window's whatever is selected, as in a dialog

	rows    list
	reader  reader
	columns columns
	bare    bool // see OnlyLook

	header *header
	body   *body
	bar    *scroll.Bar       // rows
	level  *scroll.Bar       // pixels, when the columns are wider than the view
	frame  *canvas.Rectangle // while the keys go to the grid
	empty  fyne.CanvasObject

	down, across scroll.Position
	wheels       scroll.Wheels

	selected selection
	cursor   cursor
	column   *column // that keys act on; nil before one was chosen
	topID    int64   // the id at the top when last drawn: what Reload holds on to
	sortKey  string
	falling  bool

	style     style
	focused   bool
	modifiers func() fyne.KeyModifier
	now       func() time.Time
}

var (
	_ fyne.Widget       = (*Grid[int])(nil)
	_ fyne.Focusable    = (*Grid[int])(nil)
	_ fyne.Shortcutable = (*Grid[int])(nil)
)

// init makes the table that self is.
func (g *table) init(self face, rows list, reader reader, cols []column) {
	g.self, g.rows, g.reader, g.modifiers, g.now = self, rows, reader, keys.Held, time.Now
	g.columns = newColumns(cols)
	g.selected.clear()
	g.cursor.row = -1
	g.wheels = scroll.NewWheels(look.RowHeight)
	g.header, g.body, g.frame = newHeader(g), newBody(g), &canvas.Rectangle{StrokeWidth: 2}
	g.frame.Hidden = true
	g.bar = scroll.NewBar(&g.down, g.ScrollTo)
	g.level = scroll.NewLevelBar(&g.across, g.scrollAcross)
	g.ExtendBaseWidget(self)
	g.restyle()
}

// OnlyLook is for rows that are looked at and no more: none can be selected, and no boxes stand before them.
func (g *table) OnlyLook() {
	g.bare, g.columns.boxes = true, 0
	g.relayout()
}

// SetEmpty is what is shown while there are no rows: what would be here, and how to get it here.
func (g *table) SetEmpty(o fyne.CanvasObject) {
	g.empty = o
	g.Refresh()
}

// SetSort shows the arrow at a column without asking for anything.
func (g *table) SetSort(key string, descending bool) {
	g.sortKey, g.falling = key, descending
	g.header.draw()
}

// SetColumns restores a layout that OnColumns gave.
func (g *table) SetColumns(l Layout) {
	g.columns.restore(l)
	g.relayout()
}

// Columns is the layout as it stands.
func (g *table) Columns() Layout {
	return g.columns.layout()
}
