package ui

import (
	"fmt"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// executionColumns are the columns of the log.
func executionColumns(u *UI) []grid.Column[desk.LoggedRow] {
	type row = desk.LoggedRow
	return []grid.Column[row]{
		{Key: "start", Title: say.T("Start"), Width: 124, Link: true, Text: func(r row) string { return u.clockText(r.At()) }, Value: func(r row) any { return r.At() }},
		{Key: "routine", Title: say.T("Routine"), Width: 156, Text: func(r row) string { return r.Routine }},
		{Key: "client", Title: say.T("Client"), Width: 140, Text: func(r row) string { return r.Client }},
		{Key: "tool", Title: say.T("Tool"), Width: 88, Text: func(r row) string { return r.Tool }},
		{Key: "outcome", Title: say.T("Status"), Width: 132, Text: func(r row) string { return outcomeWord(r.Outcome) }, Tone: func(r row) look.Tone { return outcomeTone(r.Outcome) }},
		{Key: "native", Title: say.T("Tool's status"), Width: 104, Hidden: true, Text: func(r row) string { return r.NativeStatus }},
		{Key: "code", Title: say.T("Code"), Width: 56, Hidden: true, Text: func(r row) string { return r.Code }},
		{Key: "marks", Title: say.T("Alerts"), Width: 112, Text: func(r row) string { return strings.Join(u.markWords(r), ", ") }},
		{Key: "end", Title: say.T("End"), Width: 124, Hidden: true, Text: func(r row) string { return u.clockText(r.End) }, Value: func(r row) any { return r.End }},
		{Key: "duration", Title: say.T("Duration"), Width: 96, Right: true, Text: func(r row) string { return tookText(r.Execution) }},
		{Key: "size", Title: say.T("Size"), Width: 80, Right: true, Text: func(r row) string { return sizeText(r.Bytes) }},
		{Key: "files", Title: say.T("Files"), Width: 80, Right: true, Text: func(r row) string { return numberText(r.Files) }},
		{Key: "level", Title: say.T("Level"), Width: 96, Text: func(r row) string { return r.Level }},
		{Key: "kind", Title: say.T("Type"), Width: 80, Text: func(r row) string { return kindWord(r.Kind) }},
		{Key: "expiry", Title: say.T("Expiry"), Width: 124, Text: func(r row) string { return u.clockText(r.Expires) }, Value: func(r row) any { return r.Expires }},
		{Key: "incident", Title: say.T("Incident"), Width: 72, Right: true, Link: true, Text: func(r row) string { return orNothing(r.Incident) }},
		{Key: "reprocessing", Title: say.T("Reprocessing"), Width: 128, Text: reprocessingText},
		{Key: "session", Title: say.T("Session"), Width: 120, Hidden: true, Text: func(r row) string { return r.Session }},
		{Key: "failure", Title: say.T("Failure"), Width: 240, Hidden: true, Text: func(r row) string { return r.Error }},
	}
}

func orNothing(id int64) string {
	if id == 0 {
		return ""
	}
	return idText(id)
}

// reprocessingText tells both sides of making good: that it was made good, and what it made good.
func reprocessingText(r desk.LoggedRow) string {
	var said []string
	if r.Closing == incident.Reprocessed {
		said = append(said, say.T("made good"))
	}
	if len(r.MadeGood) > 0 {
		said = append(said, say.T("made good %s", idList(r.MadeGood)))
	}
	return strings.Join(said, ", ")
}

func idList(ids []int64) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = idText(id)
	}
	return strings.Join(texts, ", ")
}

// markWords are the alert marks in a word each.
func (u *UI) markWords(r desk.LoggedRow) []string {
	var words []string
	for _, m := range u.marks(r) {
		words = append(words, m.word)
	}
	return words
}

// mark is what is worth a look about an execution: a word, and what it means.
type mark struct{ word, meaning string }

func (u *UI) marks(r desk.LoggedRow) []mark {
	var ms []mark
	if r.Outcome == backup.Partial {
		ms = append(ms, mark{say.T("partial"), say.T("Partial: not all that was asked for was saved") + because(r.Error)})
	}
	if usual, ok := r.UsualBytes.Value(); ok {
		size, _ := r.Bytes.Value()
		ms = append(ms, mark{say.T("size"), say.T("Size: %s, usually %s%s", sizeText(r.Bytes), sizeText(r.UsualBytes), offText(size, usual))})
	}
	if r.UsualTime > 0 {
		took := r.End.Sub(r.Start)
		ms = append(ms, mark{say.T("time"), say.T("Time: took %s, usually %s%s", durationText(took), durationText(r.UsualTime), offText(int64(took), int64(r.UsualTime)))})
	}
	if !r.Due.IsZero() {
		ms = append(ms, mark{say.T("late"), say.T("Late: due %s, began %s after it", u.clockText(r.Due), durationText(r.Start.Sub(r.Due)))})
	}
	if r.Stalled > 0 {
		ms = append(ms, mark{say.T("stalled"), say.T("Stalled: at work for %s, longer than its routine may be", longText(r.Stalled))})
	}
	if r.Closing == incident.Reprocessed {
		ms = append(ms, mark{say.T("reprocessed"), say.T("Reprocessed: its incident %s was made good by a later session", idText(r.Incident))})
	}
	return ms
}

func because(text string) string {
	if text == "" {
		return ""
	}
	return ": " + look.Printable(text)
}

// longText is a duration of days.
func longText(d time.Duration) string {
	if d < 48*time.Hour {
		return durationText(d)
	}
	return fmt.Sprintf("%d d %d h", int(d.Hours())/24, int(d.Hours())%24)
}

// executionTip is what the line under the table tells of a cell.
func (u *UI) executionTip(r desk.LoggedRow, key string) string {
	switch key {
	case "marks":
		var said []string
		for _, m := range u.marks(r) {
			said = append(said, m.meaning)
		}
		return strings.Join(said, "  ·  ")
	case "outcome", "native", "code":
		return outcomeWord(r.Outcome) + because(u.statusText(r.ExecutionRow))
	case "failure", "routine", "client":
		return strings.Join(spoken(r.Routine, r.Client, r.Error), "  ·  ")
	case "start", "end", "duration":
		return strings.Join(spoken(u.secondText(r.Start), u.secondText(r.End), tookText(r.Execution), say.Again(r.TimeNote)), "  ·  ")
	case "expiry":
		if !r.Expires.IsZero() && !r.Expires.After(u.now()) {
			return say.T("The copy expired %s", u.clockText(r.Expires))
		}
	case "reprocessing":
		return reprocessingText(r)
	}
	return ""
}

// spoken are the texts that say something, fit for one line.
func spoken(texts ...string) []string {
	var said []string
	for _, t := range texts {
		if t != "" {
			said = append(said, look.Printable(t))
		}
	}
	return said
}
