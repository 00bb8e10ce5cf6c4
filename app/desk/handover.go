package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// HandOver is what the next shift needs.
type HandOver struct {
	By          string
	At, Since   time.Time
	Open        []HandOverItem // by owner, those of nobody first, then by number
	Ending      []HandOverItem // holds that end within HandOverSoon, the soonest first
	New, Closed []HandOverItem // since
	Last        TakenOver
}

// HandOverItem is an incident with what was said and done about it.
type HandOverItem struct {
	IncidentRow
	Note  Said   // the last one
	Tried []Said // what people did and said since it was opened, the newest first
}

// Said is a step of a person on an incident.
type Said struct {
	At   time.Time
	By   string
	Step string // a word of the timeline
	Text string // note, reason or solution; empty for a step without words
}

// TakenOver is when a shift was last taken over. The zero value is never.
type TakenOver struct {
	By string
	At time.Time
}

const (
	// HandOverSoon is how far ahead holds are told as ending.
	HandOverSoon = 12 * time.Hour

	// HandOverMost bounds each of the lists: nobody hands more over by reading it aloud.
	HandOverMost = 1000

	takenOver = "handover.last"
	mostTried = 5
)

// HandOver gathers what is open, what ends soon, and what came and went since a time.
func (d *Desk) HandOver(ctx context.Context, actor Actor, since time.Time) (HandOver, error) {
	return d.handOver(ctx, actor, since, IncidentQuery{})
}

// handOverWithin is the hand-over of a scope since the shift was last taken over, else of a day.
func (d *Desk) handOverWithin(ctx context.Context, actor Actor, scope ReportScope) (HandOver, error) {
	within, err := d.within(ctx, actor, scope)
	if err != nil {
		return HandOver{}, err
	}
	var last TakenOver
	if err := d.store.Setting(ctx, takenOver, &last); err != nil {
		return HandOver{}, err
	}
	since := d.judged(actor).AddDate(0, 0, -1)
	if last.At.After(since.AddDate(0, 0, -6)) {
		since = last.At
	}
	return d.handOver(ctx, actor, since, within)
}

func (d *Desk) handOver(ctx context.Context, actor Actor, since time.Time, within IncidentQuery) (HandOver, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return HandOver{}, err
	}
	now := d.judged(actor)
	h := HandOver{By: actor.Name, At: now, Since: since}
	if err := d.store.Setting(ctx, takenOver, &h.Last); err != nil {
		return h, err
	}
	for _, part := range []struct {
		into *[]HandOverItem
		of   IncidentQuery
	}{
		{&h.Open, narrowed(within, func(q *IncidentQuery) { q.States, q.Sort = openOf(q.States), "id" })},
		{&h.New, narrowed(within, func(q *IncidentQuery) { q.OpenedFrom, q.Sort, q.Desc = since, "id", true })},
		{&h.Closed, narrowed(within, func(q *IncidentQuery) { q.ClosedFrom, q.Sort, q.Desc = since, "id", true })},
	} {
		var err error
		if *part.into, err = d.handOverItems(ctx, actor, part.of); err != nil {
			return h, err
		}
	}
	slices.SortStableFunc(h.Open, func(a, b HandOverItem) int { return cmp.Compare(a.Assignee, b.Assignee) })
	for _, i := range h.Open {
		if !i.Until.IsZero() && !i.Until.After(now.Add(HandOverSoon)) {
			h.Ending = append(h.Ending, i)
		}
	}
	slices.SortFunc(h.Ending, func(a, b HandOverItem) int { return a.Until.Compare(b.Until) })
	return h, nil
}

func narrowed(q IncidentQuery, by func(*IncidentQuery)) IncidentQuery {
	by(&q)
	return q
}

// openOf are the open states among those that a view shows; every one where it shows none of them.
func openOf(states []incident.State) []incident.State {
	shown := slices.DeleteFunc(slices.Clone(states), func(s incident.State) bool { return !slices.Contains(OpenStates, s) })
	if len(shown) == 0 {
		return OpenStates
	}
	return shown
}

func (d *Desk) handOverItems(ctx context.Context, actor Actor, q IncidentQuery) ([]HandOverItem, error) {
	q.Limit = HandOverMost
	ids, err := d.IncidentIDs(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	rows, err := d.IncidentRows(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	items := make([]HandOverItem, len(rows))
	for i, r := range rows {
		items[i].IncidentRow = r
		entries, err := d.Timeline(ctx, actor, TimelineQuery{Subject: timeline.Incident, SubjectID: r.ID, Limit: 50})
		if err != nil {
			return nil, err
		}
		items[i].tell(entries)
	}
	return items, nil
}

// tell takes what people did out of an incident's entries, the newest first.
func (i *HandOverItem) tell(entries []timeline.Entry) {
	for _, e := range entries {
		if e.Actor == timeline.System {
			continue
		}
		said := Said{At: e.At, By: e.Actor, Step: e.Action, Text: spokenIn(e)}
		if i.Note.At.IsZero() && said.Text != "" {
			i.Note = said
		}
		if len(i.Tried) < mostTried {
			i.Tried = append(i.Tried, said)
		}
	}
}

// spokenIn is what a person wrote with a step.
func spokenIn(e timeline.Entry) string {
	var texts []string
	for _, x := range e.Details {
		if x.Name == "note" || x.Name == "reason" || x.Name == "solution" {
			texts = append(texts, x.To)
		}
	}
	return strings.Join(texts, "; ")
}

// TakeOver puts on record that somebody took the shift over, with what was open then.
func (d *Desk) TakeOver(ctx context.Context, actor Actor, note string) error {
	if _, err := d.may(ctx, actor, ToHandle); err != nil {
		return err
	}
	f, err := d.Figures(ctx, actor)
	if err != nil {
		return err
	}
	entries := d.entries(actor, timeline.Database, say.N("taken over"), timeline.Said(say.N("open"), fmt.Sprint(f.Open)), timeline.Said(say.N("on hold"), fmt.Sprint(f.OnHold)))
	if note = strings.TrimSpace(note); note != "" {
		entries[0].Details = append(entries[0].Details, timeline.Said(say.N("note"), note))
	}
	if err := d.store.SaveSetting(ctx, takenOver, TakenOver{actor.Name, entries[0].At}, entries); err != nil {
		return err
	}
	d.publish(Event{Settings: true})
	return nil
}

// SaveHandOver writes the page to print; the path returned is the one written.
func (d *Desk) SaveHandOver(ctx context.Context, path string, h HandOver, zone *time.Location) (string, error) {
	if d.reporter == nil {
		return "", errNoReporter
	}
	return d.reporter.HandOver(ctx, path, h, zone)
}
