package say

import (
	"fmt"
	"strings"
)

// Sayer is an error that says itself in the chosen language.
type Sayer interface {
	error
	Say() string
}

// said is an error whose sentence is looked up when it is shown.
type said struct {
	error
	sentence string
	filled   []any
}

// Error is an error for people, as by fmt.Errorf; %w wraps. Error() is English, for logs and tests; Err says it in the chosen language.
func Error(sentence string, filled ...any) error {
	return &said{fmt.Errorf(sentence, filled...), sentence, filled}
}

// Unwrap implements the interface of errors.Is and errors.As.
func (s *said) Unwrap() error { return s.error }

// Say implements Sayer.
func (s *said) Say() string {
	filled := make([]any, len(s.filled))
	for i, f := range s.filled {
		if err, ok := f.(error); ok {
			f = Err(err)
		}
		filled[i] = f
	}
	return fmt.Sprintf(strings.ReplaceAll(Chosen().of(s.sentence), "%w", "%s"), filled...)
}

// Err is an error in the chosen language, as far as it is a sentence of ours; what the system says of itself stays as it is.
func Err(err error) string {
	if s, ok := err.(Sayer); ok { //nolint:errorlint // what wraps it has words of its own
		return s.Say()
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // as errors.Join makes them
		var parts, lines []string
		for _, e := range joined.Unwrap() {
			parts, lines = append(parts, e.Error()), append(lines, Err(e))
		}
		if err.Error() == strings.Join(parts, "\n") {
			return strings.Join(lines, "\n")
		}
	}
	return Again(err.Error())
}
