package keys_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
)

func TestReveal_scrollsToWhatHasTheKeys(t *testing.T) {
	test.NewTempApp(t)
	column := container.NewVBox()
	for range 30 {
		column.Add(widget.NewButton("one", nil))
	}
	scroll := container.NewVScroll(column)
	w := test.NewTempWindow(t, container.NewBorder(widget.NewLabel("above"), nil, nil, nil, scroll))
	w.Resize(fyne.NewSize(200, 200))
	seen := func(at int) bool {
		o := column.Objects[at]
		top := o.Position().Y - scroll.Offset.Y
		return top >= 0 && top+o.Size().Height <= scroll.Size().Height
	}
	for _, at := range []int{0, 29, 15, 16, 0} {
		keys.Reveal(column.Objects[at].(*widget.Button))
		if !seen(at) {
			t.Errorf("button %d is not seen at offset %v", at, scroll.Offset.Y)
		}
	}
	keys.Reveal(column.Objects[1].(*widget.Button))
	if scroll.Offset.Y != 0 {
		t.Errorf("it scrolled to what was in view: %v", scroll.Offset.Y)
	}
}
