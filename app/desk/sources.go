package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Sources lists the sources with what each has brought.
func (d *Desk) Sources(ctx context.Context, actor Actor) ([]SourceState, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	states, err := d.store.SourceStates(ctx, scope)
	if err != nil {
		return nil, err
	}
	d.folders.over(states)
	stale, err := d.StaleFiles(ctx, actor)
	if err != nil {
		return states, err
	}
	passed, err := d.passedOver(ctx, scope)
	for i := range states {
		states[i].Stale = stale[states[i].ID]
		states[i].Rejected -= passed[states[i].ID]
	}
	return states, err
}

// Files lists the ledger, newest first.
func (d *Desk) Files(ctx context.Context, actor Actor, q FileQuery) ([]FileRow, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	rules, err := d.ignoreRules(ctx)
	if err != nil {
		return nil, err
	}
	files, err := d.store.Files(ctx, scope, q)
	for i := range files {
		_, files[i].Ignored = backup.Ignored(rules, files[i].Source, files[i].Path)
		files[i].Ignored = files[i].Ignored && files[i].Status == backup.Rejected
	}
	if q.Status == backup.Rejected {
		files = slices.DeleteFunc(files, func(f FileRow) bool { return f.Ignored })
	}
	return files, err
}

// SaveSource adds a source (ID 0) or changes one. Pausing needs a reason, since it can keep an incident from opening.
func (d *Desk) SaveSource(ctx context.Context, actor Actor, s backup.Source, reason string) (backup.Source, error) {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return backup.Source{}, err
	}
	sources, err := d.store.Sources(ctx)
	if err != nil {
		return s, err
	}
	s.Name, s.Folder, reason = strings.TrimSpace(s.Name), strings.TrimSpace(s.Folder), strings.TrimSpace(reason)
	var before backup.Source
	for _, o := range sources {
		if o.ID == s.ID {
			before = o
		} else if err := clash(o, s); err != nil {
			return s, err
		}
	}
	if err := checkSource(s, before, reason); err != nil {
		return s, err
	}
	action := say.N("changed")
	if s.ID == 0 {
		action = say.N("added")
	}
	details := sourceChanges(before, s)
	if reason != "" {
		details = append(details, timeline.Said(say.N("reason"), reason))
	}
	entries := d.entries(actor, timeline.Source, action, details...)
	entries[0].SubjectID = s.ID
	if s, err = d.store.SaveSource(ctx, s, entries); err == nil {
		d.publish(Event{Sources: true, Folders: true})
	}
	return s, err
}

// clash refuses a second source of one name or one folder: its files would be read twice.
func clash(o, s backup.Source) error {
	if strings.EqualFold(o.Name, s.Name) {
		return say.Error("a source named %q exists already", o.Name)
	}
	if s.Folder != "" && filepath.Clean(o.Folder) == filepath.Clean(s.Folder) {
		return say.Error("the source %q watches this folder already", o.Name)
	}
	return nil
}

func checkSource(s, before backup.Source, reason string) error {
	switch {
	case s.Name == "":
		return say.Error("a source needs a name")
	case s.Folder != "" && !filepath.IsAbs(s.Folder):
		return say.Error("give the whole path of the folder; %q is only a part", s.Folder)
	case s.Paused && !before.Paused && s.ID != 0 && reason == "":
		return say.Error("say why it is paused: while it is, nothing of it opens an incident")
	case (s.Rhythm == backup.FixedRhythm || s.Rhythm == backup.LearnedRhythm) && s.Every < shortestRhythm:
		return say.Error("a rhythm is at least %s", expect.Span(shortestRhythm))
	case s.ID != 0 && (s.Rhythm != before.Rhythm || s.Every != before.Every) && reason == "":
		return say.Error("say why the rhythm is changed: it decides what is noticed as silent or missed")
	}
	if s.Zone != "" {
		if _, err := time.LoadLocation(s.Zone); err != nil {
			return say.Error("time zone %q is not known; use a name such as Europe/Lisbon", s.Zone)
		}
	}
	return nil
}

func sourceChanges(a, b backup.Source) []timeline.Detail {
	var details []timeline.Detail
	for _, f := range []struct{ name, from, to string }{
		{"name", a.Name, b.Name},
		{"folder", a.Folder, b.Folder},
		{"tool", a.Tool, b.Tool},
		{"instance", a.Instance, b.Instance},
		{"zone", a.Zone, b.Zone},
		{"code page", a.CodePage, b.CodePage},
		{"date order", a.Order.String(), b.Order.String()},
		{"company", a.Company, b.Company},
		{"branch", a.Branch, b.Branch},
		{"afterwards", a.After.String(), b.After.String()},
		{"rhythm", rhythmWords(a), rhythmWords(b)},
		{"paused", fmt.Sprint(a.Paused), fmt.Sprint(b.Paused)},
	} {
		if f.from != f.to {
			details = append(details, timeline.Changed(f.name, f.from, f.to))
		}
	}
	return details
}

// shortestRhythm is the least silence that means anything.
const shortestRhythm = time.Hour

func rhythmWords(s backup.Source) string {
	if s.Expects() {
		return s.Rhythm.String() + ", " + expect.Span(s.Every)
	}
	return s.Rhythm.String()
}

// RemoveSource stops watching; what the source brought stays. It needs a reason.
func (d *Desk) RemoveSource(ctx context.Context, actor Actor, id int64, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return say.Error("say why it is removed: nothing of it will open an incident any more")
	}
	entries := d.entries(actor, timeline.Source, say.N("removed"), timeline.Said(say.N("reason"), reason))
	entries[0].SubjectID = id
	err := d.store.RemoveSource(ctx, id, entries)
	if err == nil {
		d.publish(Event{Sources: true, Folders: true})
	}
	return err
}
