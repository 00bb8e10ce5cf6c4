package risk

// Usual is the median of the values of the last comparable successes, of MostCompared at most; false when they are too few to tell.
func Usual(values []int64) (int64, bool) {
	if len(values) < leastCompared {
		return 0, false
	}
	runs := make([]Run, len(values))
	for i, v := range values {
		runs[i].Value = v
	}
	return median(runs), true
}

// Deviates tells whether a value is as far from what is usual as makes a risk of the kind: more than half above or below.
func Deviates(k Kind, value, usual int64) bool {
	return beyond(value, usual, usual, usual, leastOff(k))
}
