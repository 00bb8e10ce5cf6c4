package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// RejudgeRequest says which executions in hand are to be judged by the settings of today.
type RejudgeRequest struct {
	Tool    string // "" for all tools
	Routine int64  // 0 for all routines
	From    time.Time
	Reason  string
}

// Rejudging is a request on its way into the store.
type Rejudging struct {
	RejudgeRequest
	Preview  bool // do it all, say what came of it, and take it back
	Actor    string
	At       time.Time
	Judged   time.Time
	Rules    IntakeRules
	Progress Progress
}

// Rejudged is what judging again does.
type Rejudged struct {
	Executions int              // that were judged
	Changed    []RejudgedStatus // what counts as another outcome now
	Opened     []RejudgedRun    // what opens an incident, oldest first
	Offered    []int64          // open incidents that today's settings would not open: closing as Success is offered
	Flagged    int              // closed incidents that are told of another outcome
}

// RejudgedStatus is a status whose executions count as another outcome.
type RejudgedStatus struct {
	Tool string
	backup.Ending
	From, To backup.Outcome
	Count    int
}

// RejudgedRun is an execution that opens an incident.
type RejudgedRun struct {
	ID      int64 // of the execution
	Tool    string
	Routine string
	Client  string
	At      time.Time
	Outcome backup.Outcome
	Failure string
}

// Rejudge judges executions in hand by the status map and the settings of today: outcomes change, incidents open. All of it or
// none. With preview nothing is changed, and the result says what would be.
func (d *Desk) Rejudge(ctx context.Context, actor Actor, r RejudgeRequest, preview bool, progress Progress) (Rejudged, error) {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return Rejudged{}, err
	}
	r.Reason = strings.TrimSpace(r.Reason)
	if r.Reason == "" && !preview {
		return Rejudged{}, say.Error("say why: it decides what opens an incident")
	}
	now := d.instant()
	rules, err := d.intakeRules(ctx, now, d.judged(actor))
	if err != nil {
		return Rejudged{}, err
	}
	told := rules.Changed
	rules.Changed = func(in incident.Incident, session incident.ExecutionID, from, to backup.Execution) (incident.Change, bool) {
		c, ok := told(in, session, from, to)
		for i := range c.Entries {
			c.Entries[i].Details = append(c.Entries[i].Details, timeline.Said(say.N("judged again"), r.Reason))
		}
		return c, ok
	}
	done, err := d.store.Rejudge(ctx, Rejudging{r, preview, actor.Name, now, d.judged(actor), rules, progress})
	if err == nil && !preview {
		d.publish(Event{Incidents: true, Sources: true})
	}
	return done, err
}

// Details say on record what was judged again and what came of it.
func (r Rejudged) Details(asked RejudgeRequest) []timeline.Detail {
	var details []timeline.Detail
	say := func(name, text string) {
		if text != "" {
			details = append(details, timeline.Said(name, text))
		}
	}
	say("tool", asked.Tool)
	if asked.Routine != 0 {
		say("routine", fmt.Sprint(asked.Routine))
	}
	if !asked.From.IsZero() {
		say("from", asked.From.UTC().Format(time.RFC3339))
	}
	say("executions", fmt.Sprint(r.Executions))
	for _, c := range r.Changed {
		details = append(details, timeline.Changed(fmt.Sprintf("%d of %s: %s", c.Count, c.Tool, StatusWord(c.Ending)), c.From.String(), c.To.String()))
	}
	say("opened", fmt.Sprint(len(r.Opened)))
	say("offered to be closed as Success", fmt.Sprint(len(r.Offered)))
	say("evidence changed", fmt.Sprint(r.Flagged))
	say("reason", asked.Reason)
	return details
}
