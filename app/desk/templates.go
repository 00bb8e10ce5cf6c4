package desk

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backstop/app/figure"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Template is a report that is made again and again.
type Template struct {
	Name    string
	Title   string      `json:",omitempty"`
	Span    figure.Span // a moving one, where it is scheduled
	From    time.Time   `json:",omitzero"` // between two dates
	To      time.Time   `json:",omitzero"`
	Scope   ReportScope
	Without []string `json:",omitempty"`
}

// Report is what the template means at an instant.
func (t Template) Report(now time.Time, zone *time.Location) (Report, error) {
	r := Report{Title: t.Title, Scope: t.Scope, Without: t.Without, Period: figure.Period{From: t.From, To: t.To, Zone: zone}}
	if t.Span == figure.Between {
		if !t.From.Before(t.To) {
			return r, say.Error("the period ends before it begins")
		}
		return r, nil
	}
	var err error
	r.Period, err = t.Span.At(now, zone)
	return r, err
}

const templates = "report.templates"

// Templates lists the templates by name.
func (d *Desk) Templates(ctx context.Context, actor Actor) ([]Template, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return d.templates(ctx)
}

func (d *Desk) templates(ctx context.Context) ([]Template, error) {
	return kept[Template](ctx, d, templates)
}

// SaveTemplate keeps a template; one of the same name is replaced.
func (d *Desk) SaveTemplate(ctx context.Context, actor Actor, t Template) error {
	t.Name = oneSpaced(t.Name)
	if err := d.mayChangeScheduled(ctx, actor, func(o Template) bool { return strings.EqualFold(o.Name, t.Name) }); err != nil {
		return err
	}
	if err := fitsFiles(t.Name); err != nil {
		return err
	}
	return changeKept(ctx, d, templates, nil, func(list []Template) []Template {
		list = append(slices.DeleteFunc(list, func(o Template) bool { return strings.EqualFold(o.Name, t.Name) }), t)
		slices.SortFunc(list, func(a, b Template) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
		return list
	})
}

// oneSpaced is a name with single spaces between its words, and none around it.
func oneSpaced(name string) string { return strings.Join(strings.Fields(name), " ") }

func fitsFiles(name string) error {
	if name == "" || name != filepath.Base(name) {
		return say.Error("a template needs a name without slashes: files are named after it")
	}
	return nil
}

// RenameTemplate gives a template another name; its schedules go with it.
func (d *Desk) RenameTemplate(ctx context.Context, actor Actor, from, to string) error {
	if err := d.mayChangeScheduled(ctx, actor, func(t Template) bool { return t.Name == from }); err != nil {
		return err
	}
	t, err := d.template(ctx, from)
	if err != nil {
		return err
	}
	if t.Name = oneSpaced(to); t.Name == from {
		return nil
	}
	if o, err := d.template(ctx, t.Name); err == nil && o.Name != from {
		return say.Error("there is a template %q already", o.Name)
	}
	if err := d.SaveTemplate(ctx, actor, t); err != nil {
		return err
	}
	if err := changeKept(ctx, d, schedules, nil, func(list []Schedule) []Schedule {
		for i := range list {
			if list[i].Template == from {
				list[i].Template = t.Name
			}
		}
		return list
	}); err != nil {
		return err
	}
	return d.forgetTemplate(ctx, from)
}

// RemoveTemplate forgets a template; one that is scheduled stays.
func (d *Desk) RemoveTemplate(ctx context.Context, actor Actor, name string) error {
	if _, err := d.may(ctx, actor, ToKeepViews); err != nil {
		return err
	}
	scheduled, err := d.schedules(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(scheduled, func(s Schedule) bool { return s.Template == name }) {
		return say.Error("%q is scheduled; remove its schedule first", name)
	}
	return d.forgetTemplate(ctx, name)
}

func (d *Desk) forgetTemplate(ctx context.Context, name string) error {
	return changeKept(ctx, d, templates, nil, func(list []Template) []Template {
		return slices.DeleteFunc(list, func(t Template) bool { return t.Name == name })
	})
}

// mayChangeScheduled asks whether the actor may change what templates like these are made of. The program sees everything when it makes
// a scheduled report, so only who sees everything may change what it is about.
func (d *Desk) mayChangeScheduled(ctx context.Context, actor Actor, like func(Template) bool) error {
	scope, err := d.may(ctx, actor, ToKeepViews)
	if err != nil || scope.Everything() {
		return err
	}
	scheduled, err := d.schedules(ctx)
	if err != nil {
		return err
	}
	list, err := d.templates(ctx)
	if err != nil {
		return err
	}
	for _, t := range list {
		if like(t) && slices.ContainsFunc(scheduled, func(s Schedule) bool { return s.Template == t.Name }) {
			return say.Error("the report %q is made on a schedule from all there is: what it is about is changed by somebody who sees everything: %w", t.Name, ErrNoRight)
		}
	}
	return nil
}

func (d *Desk) template(ctx context.Context, name string) (Template, error) {
	list, err := d.templates(ctx)
	if err != nil {
		return Template{}, err
	}
	i := slices.IndexFunc(list, func(t Template) bool { return t.Name == name })
	if i < 0 {
		return Template{}, say.Error("there is no template %q any more", name)
	}
	return list[i], nil
}

// Made is a report that was made before.
type Made struct {
	Path     string
	At       time.Time
	By       string
	Template string `json:",omitempty"`
	Period   string // in words
	Head     string // of the timeline, as printed in it
}

const (
	made     = "report.made"
	mostMade = 100
)

// Reports lists the reports made before, the newest first.
func (d *Desk) Reports(ctx context.Context, actor Actor) ([]Made, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	var list []Made
	err = d.store.Setting(ctx, made, &list)
	if !scope.Everything() { // those of others may be about more
		list = slices.DeleteFunc(list, func(m Made) bool { return m.By != actor.Name })
	}
	return list, err
}

// rememberReport keeps a report in the list, and puts on record that it was made: a head that is kept elsewhere is worth something only
// if one knows that it was.
func (d *Desk) rememberReport(ctx context.Context, actor Actor, m Made) error {
	entries := d.entries(actor, timeline.Database, say.N("reported"), timeline.Said(say.N("file"), filepath.Base(m.Path)), timeline.Said(say.N("period"), m.Period), timeline.Said(say.N("head"), m.Head))
	return changeKept(ctx, d, made, entries, func(list []Made) []Made {
		list = append([]Made{m}, slices.DeleteFunc(list, func(o Made) bool { return o.Path == m.Path })...)
		return list[:min(len(list), mostMade)]
	})
}
