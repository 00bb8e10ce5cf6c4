// Package look is how the desk looks: its colours, shapes and measures, in light and in dark.
package look

// Tone is the meaning a colour carries. Colour is for state and nothing else, and never alone: every tone but the two of running
// text has a shape too, and stands beside its word.
type Tone uint8

// Plain and Muted are running text. The next block are the states of an incident, the last one the outcomes of an execution that
// no state shares.
const (
	Plain Tone = iota
	Muted

	New
	InProgress
	OnHold
	Success
	Lost
	Reprocessed
	Merged
	Partial

	Failed
	DidNotStart
	Running
	Cancelled
)

// Tones lists those that are drawn as a chip.
var Tones = []Tone{
	New, InProgress, OnHold, Success, Lost, Reprocessed, Merged, Partial,
	Failed, DidNotStart, Running, Cancelled,
}

// Chip tells whether the tone is drawn as a chip rather than as running text.
func (t Tone) Chip() bool {
	return t > Muted && int(t) < len(tones)
}

// Shape is the shape that stands beside the word.
func (t Tone) Shape() Shape {
	return t.paint().shape
}

func (t Tone) paint() toned {
	if int(t) < len(tones) {
		return tones[t]
	}
	return tones[Plain]
}
