package scroll

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
