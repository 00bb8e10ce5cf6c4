package ui

import (
	"context"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// routineReader is what a table of routines asks of the desk.
type routineReader interface {
	RoutineIDs(ctx context.Context, actor desk.Actor, q desk.RoutineQuery) ([]int64, error)
	RoutineRows(ctx context.Context, actor desk.Actor, ids []int64) ([]desk.RoutineRow, error)
}

func routineLister(d routineReader, actor desk.Actor) lister[desk.RoutineRow, desk.RoutineQuery] {
	return lister[desk.RoutineRow, desk.RoutineQuery]{
		ids: func(ctx context.Context, q desk.RoutineQuery, limit int) ([]int64, error) {
			q.Limit = limit
			return d.RoutineIDs(ctx, actor, q)
		},
		rows: func(ctx context.Context, ids []int64) ([]desk.RoutineRow, error) {
			return d.RoutineRows(ctx, actor, ids)
		},
		id: func(r desk.RoutineRow) int64 { return r.ID },
	}
}

// sortRoutines puts an order into a question.
func sortRoutines(q *desk.RoutineQuery, key string, descending bool) {
	if slices.Contains(desk.RoutineSorts, key) {
		q.Sort, q.Desc = key, descending
	}
}

// The marks that routines can be filtered by.
const (
	isVital       = "vital"
	isDisabled    = "disabled"
	isExpected    = "with expectation"
	isNotExpected = "without expectation"
)

// mark puts the marks chosen into a question.
func markRoutines(q *desk.RoutineQuery, marks []string) {
	is := func(mark string) bool { return slices.Contains(marks, say.W(mark)) }
	q.Vital, q.Disabled, q.Expected = backup.Undecided, backup.Undecided, backup.Undecided
	if is(isVital) {
		q.Vital = backup.Yes
	}
	if is(isDisabled) {
		q.Disabled = backup.Yes
	}
	if is(isExpected) != is(isNotExpected) {
		q.Expected = backup.Decide(is(isExpected))
	}
}

// routineMarks are the marks of a question, in words.
func routineMarks(q desk.RoutineQuery) []string {
	var marks []string
	if q.Vital == backup.Yes {
		marks = append(marks, say.T(isVital))
	}
	if q.Disabled == backup.Yes {
		marks = append(marks, say.T(isDisabled))
	}
	switch q.Expected {
	case backup.Yes:
		marks = append(marks, say.T(isExpected))
	case backup.No:
		marks = append(marks, say.T(isNotExpected))
	case backup.Undecided:
	}
	return marks
}

// routineFilters tells what narrows a question, in words.
func routineFilters(q desk.RoutineQuery) []string {
	fs := append(oneOf(say.T("Tool"), q.Tools), oneOf(say.T("Client"), q.Clients)...)
	fs = append(fs, oneOf(say.T("Kind"), kindWords(q.Kinds))...)
	return append(append(fs, routineMarks(q)...), textFilter(q.Text)...)
}

var kinds = []backup.Kind{backup.Data, backup.Log, backup.Copy, backup.Administrative, backup.Restore}

func kindWords(ks []backup.Kind) []string {
	return each(ks, kindWord)
}

func kindsNamed(words []string) []backup.Kind {
	return slices.DeleteFunc(slices.Clone(kinds), func(k backup.Kind) bool { return !slices.Contains(words, kindWord(k)) })
}

// routineTip is the whole of what a cell has no room for.
func (u *UI) routineTip(r desk.RoutineRow, key string) string {
	x := r.Settings.Expectation
	switch key {
	case "name":
		return look.Printable(strings.Join([]string{r.Tool, routineName(r), r.Client}, "  ·  "))
	case "last":
		return say.T("Last run %s ago, of %s since %s", u.ageText(r.Last), say.Many(r.Runs, "1 run", "%s runs"), u.clockText(r.First))
	case "start", "duration":
		return say.T("As of its last %s; the longest took %s", say.Many(r.Usual.Runs, "1 finished run", "%s finished runs"), usualText(r.Usual.Longest))
	case "expected", "grace":
		if !x.None() {
			return x.String()
		}
		return say.T("Nothing is expected of it: Backstop does not notice when it does not start.")
	}
	return ""
}
