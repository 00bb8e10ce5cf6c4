package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Reveal scrolls to a widget that got the keys: whoever walks with Tab sees where they are. The toolkit does not.
func Reveal(w fyne.Widget) {
	c := of(w)
	if c == nil {
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	around, _ := scrollsAround(root, w)
	for _, s := range around {
		reveal(s, w)
	}
}

// scrollsAround are the scrolls that an object lies in, the innermost first, and whether it is there at all.
func scrollsAround(in, o fyne.CanvasObject) (around []*container.Scroll, found bool) {
	if in == o {
		return nil, true
	}
	var parts []fyne.CanvasObject
	scroll, _ := in.(*container.Scroll)
	switch in := in.(type) {
	case *fyne.Container:
		parts = in.Objects
	case *container.Scroll:
		parts = []fyne.CanvasObject{in.Content}
	case *container.Split:
		parts = []fyne.CanvasObject{in.Leading, in.Trailing}
	case *widget.Form:
		for _, i := range in.Items {
			parts = append(parts, i.Widget)
		}
	case *widget.PopUp:
		parts = []fyne.CanvasObject{in.Content}
	}
	for _, p := range parts {
		if p == nil || !p.Visible() {
			continue
		}
		if around, found = scrollsAround(p, o); found {
			if scroll != nil {
				around = append(around, scroll)
			}
			return around, true
		}
	}
	return nil, false
}

// reveal scrolls as little as it must; what is higher than the view is shown from its top, unless some of it is in view.
func reveal(s *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y + s.Offset.Y
	bottom, view := top+o.Size().Height, s.Size().Height
	seen := bottom > s.Offset.Y && top < s.Offset.Y+view
	switch {
	case bottom-top > view && seen:
	case top < s.Offset.Y || bottom-top > view:
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, top))
	case bottom > s.Offset.Y+view:
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, bottom-view))
	}
}
