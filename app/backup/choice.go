package backup

import "backstop/app/say"

// Choice is what a person decided, or left as it comes by itself.
type Choice uint8

// The zero value decides nothing.
const (
	Undecided Choice = iota
	Yes
	No
)

var choiceWords = [...]string{Undecided: "", Yes: say.N("yes"), No: say.N("no")}

func (c Choice) String() string { return word(choiceWords[:], int(c)) }

// Or is the decision, or what holds without one.
func (c Choice) Or(byItself bool) bool {
	if c == Undecided {
		return byItself
	}
	return c == Yes
}

// Decide is the choice that says it.
func Decide(yes bool) Choice {
	if yes {
		return Yes
	}
	return No
}
