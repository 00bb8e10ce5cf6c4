package desk

import (
	"context"
	"errors"
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// ErrDamaged is that the database cannot be read, or not all of it.
var ErrDamaged = say.Error("the database is damaged")

// Damage is what is wrong with a database, and the copy from which one can go on. It is an error, so that opening can fail with it.
type Damage struct {
	Path   string   // of the database
	Said   string   // what is wrong, a clause
	Behind bool     // the file is sound, but what was written last is not in it
	Known  Contents // what the file holds, as far as it can be read
	Last   Contents // what the desk last knew of it; only head, entries and newest
	Copy   Copy     // the newest that is sound; none has no path
	Holds  Contents // what the copy holds
	Bad    int      // newer copies that are damaged themselves
}

func (d *Damage) Error() string { return "the database " + d.Path + ": " + d.Said }

// Say implements say.Sayer.
func (d *Damage) Say() string { return say.T("the database %s: %s", d.Path, say.W(d.Said)) }

// Unwrap makes it ErrDamaged.
func (d *Damage) Unwrap() error { return ErrDamaged }

// Contents are what a database holds.
type Contents struct {
	Entries    int64 // of the timeline
	Head       string
	Newest     time.Time // entry
	Executions int64
	Incidents  int64
	Files      int64 // in the ledger
	Readable   bool  // all of the above could be read
}

// Lost is how many executions and incidents, files and entries of known are not in what a copy holds.
func (d *Damage) Lost() Contents {
	k, h := d.Known, d.Holds
	return Contents{
		Entries: max(k.Entries-h.Entries, 0), Executions: max(k.Executions-h.Executions, 0), Incidents: max(k.Incidents-h.Incidents, 0), Files: max(k.Files-h.Files, 0),
		Readable: k.Readable,
	}
}

// Check asks SQLite whether the file is sound, and keeps and tells what it says.
func (d *Desk) Check(ctx context.Context, actor Actor) error {
	if _, err := d.may(ctx, actor, ToVerify); err != nil {
		return err
	}
	said, err := d.store.Check(ctx)
	if err != nil {
		return err
	}
	d.foundDamage(said)
	return nil
}

// Doubt has the file checked where an error says that it is damaged, until a check has said so.
func (d *Desk) Doubt(ctx context.Context, err error) error {
	if !errors.Is(err, ErrDamaged) || d.FoundDamage() != "" {
		return nil
	}
	return d.Check(ctx, System())
}

// foundDamage keeps and tells what was found; nothing is no news.
func (d *Desk) foundDamage(said string) {
	if said == "" {
		return
	}
	d.copying.Lock()
	fresh := d.damage == ""
	d.damage = said
	d.copying.Unlock()
	d.log.Error("the database is damaged", "said", said)
	if fresh {
		d.publish(Event{Damage: true})
	}
}

// FoundDamage is what a check found since the start; nothing where all was sound.
func (d *Desk) FoundDamage() string {
	d.copying.Lock()
	defer d.copying.Unlock()
	return d.damage
}

// Head is the newest hash of the timeline, and how many entries there are.
func (d *Desk) Head(ctx context.Context, actor Actor) (entries int64, hash string, err error) {
	if _, err := d.may(ctx, actor, ToVerify); err != nil {
		return 0, "", err
	}
	return d.store.Head(ctx)
}

// Carries tells whether an entry of the timeline carries this hash.
func (d *Desk) Carries(ctx context.Context, actor Actor, entry int64, hash string) (bool, error) {
	if _, err := d.may(ctx, actor, ToVerify); err != nil {
		return false, err
	}
	return d.store.Carries(ctx, entry, hash)
}

// GoOn puts on record that a person goes on with a database in which what was written last is missing.
func (d *Desk) GoOn(ctx context.Context, actor Actor, without Contents) error {
	if _, err := d.may(ctx, actor, ToSweep); err != nil {
		return err
	}
	var older WentBack
	if err := d.store.Setting(ctx, WentBackSetting, &older); err != nil {
		return err
	}
	newest, err := d.store.Timeline(ctx, everything, TimelineQuery{Limit: 1})
	if err != nil {
		return err
	}
	back := WentBack{To: time.Unix(0, 0).UTC()}
	if len(newest) > 0 {
		back.To = newest[0].At
	}
	return d.store.SaveSetting(ctx, WentBackSetting, back.Before(older), d.entries(actor, timeline.Database, timeline.Restored,
		timeline.Said(say.N("why"), "the file that was there lacked the newest entries"), timeline.Said(timeline.LostHead, without.Head)))
}
