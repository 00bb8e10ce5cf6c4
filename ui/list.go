package ui

import (
	"context"
	"iter"
)

// list is rows in memory, for tables that are never long.
type list[R any] struct {
	rows []R
	id   func(R) int64
}

func (l *list[R]) Len() int            { return len(l.rows) }
func (l *list[R]) Row(i int) (R, bool) { return l.rows[i], true }
func (l *list[R]) ID(i int) int64      { return l.id(l.rows[i]) }

// each gives the rows as they are now.
func (l *list[R]) each() func(context.Context) iter.Seq2[R, error] {
	rows := l.rows
	return func(context.Context) iter.Seq2[R, error] {
		return func(yield func(R, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

func (l *list[R]) find(id int64) (R, bool) {
	for _, r := range l.rows {
		if l.id(r) == id {
			return r, true
		}
	}
	var none R
	return none, false
}
