package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestField_hintIsCutToItsRoom(t *testing.T) {
	test.NewTempApp(t)
	const whole = "Search title, routine, client, failure"
	f := newField("", whole)
	f.ActionItem = quiet("", nil, nil)
	for _, step := range []struct {
		width float32
		cut   bool
	}{{400, false}, {160, true}, {400, false}} {
		f.Resize(fyne.NewSize(step.width, 36))
		if got := f.PlaceHolder; strings.HasSuffix(got, "…") != step.cut || !strings.HasPrefix(whole, strings.TrimSuffix(got, "…")) || len(got) < 5 {
			t.Errorf("at %v: %q", step.width, got)
		}
	}
	f.Resize(fyne.NewSize(160, 36))
	f.SetPlaceHolder("why")
	if f.PlaceHolder != "why" {
		t.Errorf("another hint: %q", f.PlaceHolder)
	}
}
