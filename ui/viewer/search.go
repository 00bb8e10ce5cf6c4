package viewer

// Search marks a text wherever it is and goes to its first line from the top of the view on. It tells whether there is one; an empty
// text takes the marks away.
func (v *Viewer) Search(text string) bool {
	v.sought, v.found = newPattern(text), -1
	return v.seek(v.down.Top, 1)
}

// Next goes to the next line with the text, past the end on to the beginning.
func (v *Viewer) Next() bool {
	return v.seek(v.from(1), 1)
}

// Previous goes to the one before.
func (v *Viewer) Previous() bool {
	return v.seek(v.from(-1), -1)
}

// Mark marks a text wherever it is and goes nowhere: for an owner that looks for the lines itself, beside the windows.
func (v *Viewer) Mark(text string) {
	v.sought, v.found = newPattern(text), -1
	v.draw(true)
}

// Reveal selects a line and brings it into view. A search goes on from there.
func (v *Viewer) Reveal(i int) {
	if i < 0 || i >= v.lines.Len() {
		return
	}
	v.found = i
	v.selected.only(i)
	v.showInMiddle(i)
	v.draw(false)
}

// Top is the first line in view.
func (v *Viewer) Top() int { return v.down.Top }

// from is where a search goes on: beside the last line found, or at the top of the view.
func (v *Viewer) from(step int) int {
	if v.found < 0 {
		return v.down.Top
	}
	return v.found + step
}

// seek looks at every line once, round the end.
func (v *Viewer) seek(from, step int) bool {
	defer v.draw(true)
	n := v.lines.Len()
	for k := range n {
		i := ((from+k*step)%n + n) % n
		if v.sought.in(v.lines.Line(i)) {
			v.found = i
			v.selected.only(i)
			v.showInMiddle(i)
			return true
		}
	}
	v.found = -1
	return false
}

// showInMiddle brings a line into view with the lines around it, which say why.
func (v *Viewer) showInMiddle(i int) {
	if i < v.down.Top || i >= v.down.Top+v.down.Page {
		v.down.Set(i - v.down.Page/2)
	}
}
