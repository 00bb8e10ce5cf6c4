package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
	"backstop/ui/look"
)

// How often a source delivers, in its form and in the table.

// rhythms are the choices of the form.
func rhythms() []option[backup.Rhythm] {
	return []option[backup.Rhythm]{
		{say.T("not confirmed: misses are judged, silence is not"), backup.Unconfirmed},
		{say.T("something comes at least every …"), backup.FixedRhythm},
		{say.T("learned: something comes at least every …"), backup.LearnedRhythm},
		{say.T("none: cannot notice missed runs"), backup.NoRhythm},
	}
}

// rhythmEntry asks for the rhythm of a source.
type rhythmEntry struct {
	page   *sourcesPage
	source backup.Source
	kind   *mixedChoice[backup.Rhythm]
	every  *field
	said   *widget.Label // what was learned
	learn  *button
	reason *field
	row    fyne.CanvasObject
}

func newRhythmEntry(p *sourcesPage, s backup.Source) *rhythmEntry {
	r := &rhythmEntry{page: p, source: s, kind: newMixedChoice(rhythms(), []backup.Rhythm{s.Rhythm}), every: newField(spanOrNone(s.Every), "26 h"), said: widget.NewLabel("")}
	r.said.Importance = widget.LowImportance
	r.said.Wrapping = fyne.TextWrapWord
	r.said.Hide()
	r.reason = newField("", say.T("needed when the rhythm is changed; this goes on record"))
	r.learn = newButton(say.T("Learn"), nil, r.propose)
	enable(&r.learn.DisableableWidget, s.ID != 0)
	r.kind.OnChanged = func(string) { r.turn() }
	r.row = container.NewVBox(r.kind.choice, container.NewBorder(nil, nil, nil, r.learn, r.every), r.said)
	r.turn()
	return r
}

// turn has the length of time entered only where there is one.
func (r *rhythmEntry) turn() {
	kind, _ := r.kind.chosen()
	enable(&r.every.DisableableWidget, kind == backup.FixedRhythm || kind == backup.LearnedRhythm)
}

// propose fills in what the deliveries so far show; saving confirms it.
func (r *rhythmEntry) propose() {
	type learned struct {
		expect.Rhythm
		ok bool
	}
	ask(r.page.ui.work, func() (l learned, err error) {
		l.Rhythm, l.ok, err = r.page.ui.desk.ProposeRhythm(r.page.ui.ctx, r.page.ui.actor, r.source.ID)
		return l, err
	}, func(l learned, err error) {
		switch {
		case err != nil:
			r.tell(sayError(err))
		case !l.ok:
			r.tell(say.T("It has delivered too few times, or too irregularly, to tell a rhythm."))
		default:
			r.kind.SetSelected(rhythms()[2].words)
			r.every.SetText(expect.Span(l.Every))
			r.tell(say.T("From %s: usually %s apart, at most %s. Saving confirms it.", deliveries(l.Deliveries), expect.Span(l.Usual), expect.Span(l.Longest)))
		}
	})
}

func deliveries(n int) string {
	return say.Many(n, "1 delivery", "%s deliveries")
}

func (r *rhythmEntry) tell(text string) {
	r.said.SetText(text)
	r.said.Show()
}

// put reads the entry into a source and gives the reason.
func (r *rhythmEntry) put(s *backup.Source) (reason string, err error) {
	before := *s
	s.Rhythm, _ = r.kind.chosen()
	s.Every = 0
	if s.Rhythm == backup.FixedRhythm || s.Rhythm == backup.LearnedRhythm {
		if s.Every, err = expect.ParseSpan(r.every.Text); err != nil {
			return "", err
		}
	}
	reason = strings.TrimSpace(r.reason.Text)
	if s.ID != 0 && reason == "" && (s.Rhythm != before.Rhythm || s.Every != before.Every) {
		return "", say.Error("say why the rhythm is changed: it decides what is noticed as silent or missed")
	}
	return reason, nil
}

// rhythmText is how often a source delivers, and since when it is silent.
func (u *UI) rhythmText(s desk.SourceState) string {
	switch {
	case u.silent(s):
		return say.T("silent since %s", u.clockText(s.Delivered))
	case s.Expects():
		return say.T("every %s", expect.Span(s.Every))
	case s.Rhythm == backup.NoRhythm:
		return say.T("cannot notice missed runs")
	}
	return say.T("not confirmed")
}

func (u *UI) rhythmTone(s desk.SourceState) look.Tone {
	switch {
	case u.silent(s):
		return look.Failed
	case s.Expects():
		return look.Success
	}
	return look.Muted
}

func (u *UI) silent(s desk.SourceState) bool {
	return s.Expects() && !s.Paused && expect.Silent(s.Delivered, s.Every, u.now().Truncate(time.Millisecond))
}
