package viewer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// CreateRenderer implements fyne.Widget.
func (v *Viewer) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{viewer: v}
}

type renderer struct {
	viewer *Viewer
	size   fyne.Size
}

// Layout does nothing for a size that it knows: the toolkit asks again whenever any text changed.
func (r *renderer) Layout(size fyne.Size) {
	if size != r.size {
		r.size = size
		r.viewer.Reload()
	}
}

func (r *renderer) MinSize() fyne.Size {
	return fyne.NewSize(200, 4*lineHeight)
}

func (r *renderer) Refresh() {
	v := r.viewer
	v.restyle()
	v.bar.Refresh()
	v.level.Refresh()
	v.Reload()
	canvas.Refresh(v)
}

func (r *renderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.viewer.text, r.viewer.bar, r.viewer.level, r.viewer.frame}
}

func (r *renderer) Destroy() {}

// CreateRenderer implements fyne.Widget.
func (p *pane) CreateRenderer() fyne.WidgetRenderer {
	return &paneRenderer{p}
}

type paneRenderer struct {
	pane *pane
}

func (r *paneRenderer) Layout(size fyne.Size) {
	r.pane.ground.Resize(size)
}

func (r *paneRenderer) MinSize() fyne.Size {
	return fyne.NewSize(1, lineHeight)
}

func (r *paneRenderer) Refresh() {
	canvas.Refresh(r.pane)
}

func (r *paneRenderer) Objects() []fyne.CanvasObject {
	return r.pane.layers
}

func (r *paneRenderer) Destroy() {}
