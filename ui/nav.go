package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/look"
)

// The sidebar collapses to its icons in a window narrower than narrowWindow.
const (
	sidebarWide   = 200
	sidebarNarrow = 48
	narrowWindow  = 1100
)

// navItem is one line of the sidebar: icon, word, and a count or a mark at its end.
type navItem struct {
	widget.BaseWidget
	icon     fyne.Resource
	word     string
	badge    string
	why      string // not for the person at the desk; "" where it is
	tapped   func()
	selected bool
	narrow   bool
	hovered  bool
	focused  bool
}

var (
	_ fyne.Tappable     = (*navItem)(nil)
	_ fyne.Focusable    = (*navItem)(nil)
	_ desktop.Hoverable = (*navItem)(nil)
)

func newNavItem(word string, icon fyne.Resource, tapped func()) *navItem {
	n := &navItem{icon: icon, word: word, tapped: tapped}
	n.ExtendBaseWidget(n)
	return n
}

func (n *navItem) set(selected bool, badge string) {
	if n.selected == selected && n.badge == badge {
		return
	}
	n.selected, n.badge = selected, badge
	n.Refresh()
}

func (n *navItem) Tapped(*fyne.PointEvent)        { n.tapped() }
func (n *navItem) MouseIn(*desktop.MouseEvent)    { n.hovered = true; n.Refresh() }
func (n *navItem) MouseMoved(*desktop.MouseEvent) {}
func (n *navItem) MouseOut()                      { n.hovered = false; n.Refresh() }
func (n *navItem) FocusGained()                   { n.focused = true; n.Refresh() }
func (n *navItem) FocusLost()                     { n.focused = false; n.Refresh() }
func (n *navItem) TypedRune(r rune)               { keys.PassRune(n, r) }

func (n *navItem) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		n.tapped()
	default:
		keys.Pass(n, e)
	}
}

func (n *navItem) CreateRenderer() fyne.WidgetRenderer {
	r := &navRenderer{item: n, ground: canvas.NewRectangle(nil), icon: widget.NewIcon(n.icon), word: canvas.NewText(n.word, nil), badge: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.ChipRadius
	r.badge.TextSize = look.Small
	r.Refresh()
	return r
}

type navRenderer struct {
	item        *navItem
	ground      *canvas.Rectangle
	icon        *widget.Icon
	word, badge *canvas.Text
}

func (r *navRenderer) Layout(size fyne.Size) {
	const icon = 18
	r.ground.Resize(size)
	r.icon.Resize(fyne.NewSquareSize(icon))
	r.icon.Move(fyne.NewPos(look.Gap, (size.Height-icon)/2))
	r.word.Move(fyne.NewPos(2*look.Gap+icon, (size.Height-r.word.MinSize().Height)/2))
	r.badge.Move(fyne.NewPos(size.Width-look.Gap-r.badge.MinSize().Width, (size.Height-r.badge.MinSize().Height)/2))
}

func (r *navRenderer) MinSize() fyne.Size { return fyne.NewSize(sidebarNarrow-2*look.Gap, 34) }

func (r *navRenderer) Refresh() {
	n := r.item
	th, v := n.Theme(), look.Variant(n.Theme())
	r.ground.FillColor, r.ground.StrokeWidth = nil, 0
	switch {
	case n.selected:
		r.ground.FillColor = th.Color(theme.ColorNameSelection, v)
	case n.hovered:
		r.ground.FillColor = th.Color(theme.ColorNameButton, v)
	}
	if n.focused {
		r.ground.StrokeWidth, r.ground.StrokeColor = 2, th.Color(theme.ColorNamePrimary, v)
	}
	r.word.Color, r.word.TextSize, r.word.TextStyle.Bold = th.Color(theme.ColorNameForeground, v), th.Size(theme.SizeNameText), n.selected
	r.badge.Color, r.badge.Text = th.Color(theme.ColorNamePlaceHolder, v), n.badge
	if n.why != "" {
		r.word.Color = th.Color(theme.ColorNameDisabled, v)
		r.icon.SetResource(theme.NewDisabledResource(n.icon))
	}
	r.word.Hidden, r.badge.Hidden = n.narrow, n.narrow
	r.Layout(n.Size())
	canvas.Refresh(n)
}

func (r *navRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon, r.word, r.badge}
}

func (r *navRenderer) Destroy() {}

// sideLayout puts the sidebar beside the page and tells when it must be narrow.
type sideLayout struct{ narrow func(bool) }

func (l *sideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	side, page := o[0], o[1]
	width := float32(sidebarWide)
	if size.Width < narrowWindow {
		width = sidebarNarrow
	}
	l.narrow(width == sidebarNarrow)
	side.Resize(fyne.NewSize(width, size.Height))
	side.Move(fyne.NewPos(0, 0))
	page.Resize(fyne.NewSize(size.Width-width, size.Height))
	page.Move(fyne.NewPos(width, 0))
}

func (l *sideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sidebarNarrow+o[1].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}
