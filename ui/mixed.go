package ui

import (
	"slices"
	"strings"

	"backstop/app/say"
)

// asTheyAre stands where several things that are changed together differ: what is not touched stays.
const asTheyAre = "mixed: left as they are"

// option is a value with its words, in the language that is spoken.
type option[T comparable] struct {
	words string
	value T
}

// mixedChoice is a choice of a value for one or many things, which may have different ones now.
type mixedChoice[T comparable] struct {
	*choice
	options []option[T]
	was     T
	mixed   bool
}

// newMixedChoice offers options; now are the values of all the things.
func newMixedChoice[T comparable](options []option[T], now []T) *mixedChoice[T] {
	c := &mixedChoice[T]{options: options, was: now[0], mixed: differ(now)}
	var words []string
	if c.mixed {
		words = append(words, say.T(asTheyAre))
	}
	for _, o := range options {
		words = append(words, o.words)
	}
	c.choice = newChoice(words, nil)
	c.SetSelectedIndex(0)
	for i, o := range options {
		if !c.mixed && o.value == now[0] {
			c.SetSelectedIndex(i)
		}
	}
	return c
}

// chosen is the value chosen; not ok where things are left as they are.
func (c *mixedChoice[T]) chosen() (T, bool) {
	at := c.SelectedIndex()
	if c.mixed {
		at--
	}
	if at < 0 {
		return c.was, false
	}
	return c.options[at].value, true
}

// puts gives what sets a value to what is chosen now, or leaves it. It reads no widget any more, and may run beside the windows.
func (c *mixedChoice[T]) puts() func(*T) {
	v, ok := c.chosen()
	return func(value *T) {
		if ok {
			*value = v
		}
	}
}

// mixedField is a field for one or many things: while they differ it is empty, and empty leaves them as they are.
type mixedField struct {
	*field
	mixed bool
}

// newMixedField is filled with what all the things have, or says that they differ.
func newMixedField(now []string, placeHolder string) *mixedField {
	f := &mixedField{mixed: differ(now)}
	if f.mixed {
		f.field = newField("", say.T(asTheyAre))
	} else {
		f.field = newField(now[0], placeHolder)
	}
	return f
}

// entered is what stands there; not ok where things are left as they are.
func (f *mixedField) entered() (string, bool) {
	text := strings.TrimSpace(f.Text)
	return text, !f.mixed || text != ""
}

func differ[T comparable](values []T) bool {
	return slices.ContainsFunc(values, func(v T) bool { return v != values[0] })
}

// each is one property of many things.
func each[A, B any](things []A, of func(A) B) []B {
	values := make([]B, len(things))
	for i, t := range things {
		values[i] = of(t)
	}
	return values
}
