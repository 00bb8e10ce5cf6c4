package scroll

import "fyne.io/fyne/v2"

// Wheel turns the pixels that a mouse wheel or a touchpad reports into whole steps, and keeps what is left for the next time.
type Wheel struct {
	Step float32 // pixels to a step
	rest float32
}

// Turn returns the steps to move by; a wheel turned up reports positive pixels and moves towards the start.
func (w *Wheel) Turn(pixels float32) int {
	if (pixels > 0) != (w.rest > 0) {
		w.rest = 0 // a change of direction answers at once
	}
	w.rest += pixels
	steps := int(w.rest / w.Step)
	w.rest -= float32(steps) * w.Step
	return -steps
}

// Wheels are both directions of one.
type Wheels struct {
	down, across Wheel
}

// NewWheels are wheels over steps of that height; across they count pixels. The usual notch moves by two or three rows of 30.
func NewWheels(height float32) Wheels {
	return Wheels{down: Wheel{Step: height / 3}, across: Wheel{Step: 1}}
}

// Turn returns by how many steps to move down and by how many pixels across. With Shift held a plain wheel goes across, as elsewhere.
func (w *Wheels) Turn(by fyne.Delta, held fyne.KeyModifier) (down, across int) {
	if held&fyne.KeyModifierShift != 0 && by.DX == 0 {
		by = fyne.NewDelta(by.DY, 0)
	}
	if by.DX != 0 {
		across = w.across.Turn(by.DX)
	}
	if by.DY != 0 {
		down = w.down.Turn(by.DY)
	}
	return down, across
}
