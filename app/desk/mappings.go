package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// MappingRow is a mapping with the sources whose files are read by it where no format claims them.
type MappingRow struct {
	Mapping backup.Mapping
	Sources []int64
	SavedAt time.Time
	SavedBy string
}

// Mappings lists what people taught, by name.
func (d *Desk) Mappings(ctx context.Context, actor Actor) ([]MappingRow, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.Mappings(ctx, scope)
}

// SaveMapping keeps a mapping under its name and binds it to sources. Changing one can keep an incident from opening, so it
// needs a reason; a new one does not.
func (d *Desk) SaveMapping(ctx context.Context, actor Actor, m backup.Mapping, sources []int64, reason string) error {
	if _, err := d.may(ctx, actor, ToTeach); err != nil {
		return err
	}
	m.Name, reason = strings.TrimSpace(m.Name), strings.TrimSpace(reason)
	if err := m.Check(); err != nil {
		return err
	}
	rows, err := d.store.Mappings(ctx, everything)
	if err != nil {
		return err
	}
	action, said := "mapping added", timeline.Said(say.N("mapping"), m.Name)
	if slices.ContainsFunc(rows, func(r MappingRow) bool { return r.Mapping.Name == m.Name }) {
		action = say.N("mapping changed")
		if reason == "" {
			return say.Error("a mapping named %q exists; say why it is changed: files may be read otherwise from now on", m.Name)
		}
	}
	details := []timeline.Detail{said, timeline.Said(say.N("tool"), m.Constants[backup.FieldTool]), timeline.Said(say.N("outcomes"), m.OutcomeWords())}
	if reason != "" {
		details = append(details, timeline.Said(say.N("reason"), reason))
	}
	row := MappingRow{Mapping: m, Sources: sources, SavedAt: d.instant(), SavedBy: actor.Name}
	if err := d.store.SaveMapping(ctx, row, d.entries(actor, timeline.Setting, action, details...)); err != nil {
		return err
	}
	d.publish(Event{Sources: true, Settings: true})
	return nil
}

// TakeMappings keeps mappings that somebody shared. One that replaces another keeps the sources that read by it. They are
// saved one after the other: each is whole in itself.
func (d *Desk) TakeMappings(ctx context.Context, actor Actor, mappings []backup.Mapping, reason string) error {
	if _, err := d.may(ctx, actor, ToTeach); err != nil {
		return err
	}
	rows, err := d.store.Mappings(ctx, everything)
	if err != nil {
		return err
	}
	bound := map[string][]int64{}
	for _, r := range rows {
		bound[r.Mapping.Name] = r.Sources
	}
	for _, m := range mappings {
		if err := d.SaveMapping(ctx, actor, m, bound[m.Name], reason); err != nil {
			return say.Error("mapping %q: %w", m.Name, err)
		}
	}
	return nil
}

// RemoveMapping forgets a mapping; what was read by it stays. It needs a reason: files that it read are rejected from now on.
func (d *Desk) RemoveMapping(ctx context.Context, actor Actor, name, reason string) error {
	if _, err := d.may(ctx, actor, ToTeach); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return say.Error("say why it is removed: the files that it reads are rejected from then on")
	}
	err := d.store.RemoveMapping(ctx, name, d.entries(actor, timeline.Setting, say.N("mapping removed"), timeline.Said(say.N("mapping"), name), timeline.Said(say.N("reason"), reason)))
	if err == nil {
		d.publish(Event{Sources: true, Settings: true})
	}
	return err
}

// LookAt lays the beginning of a file out as a table and proposes a mapping for it. What m names already is kept: its shape,
// its delimiter or its list.
func (d *Desk) LookAt(ctx context.Context, actor Actor, source, path string, m backup.Mapping) (backup.Sample, backup.Mapping, error) {
	scope, err := d.may(ctx, actor, ToTeach)
	if err != nil {
		return backup.Sample{}, backup.Mapping{}, err
	}
	src, err := d.sourceNamed(ctx, actor, scope, source, 0)
	if err != nil {
		return backup.Sample{}, m, err
	}
	return d.reader(d.Intake(actor, ImportRules{})).Look(ctx, src, path, m)
}

// TryMapping reads the whole of a file by a mapping and keeps nothing of it.
func (d *Desk) TryMapping(ctx context.Context, actor Actor, source, path string, m backup.Mapping, progress func(backup.Progress)) (backup.Trial, error) {
	scope, err := d.may(ctx, actor, ToTeach)
	if err != nil {
		return backup.Trial{}, err
	}
	src, err := d.sourceNamed(ctx, actor, scope, source, 0)
	if err != nil {
		return backup.Trial{}, err
	}
	return d.reader(d.Intake(actor, ImportRules{})).Try(ctx, src, path, m, progress)
}

// mappingNamed finds a mapping for an import that names one.
func (d *Desk) mappingNamed(ctx context.Context, name string) (backup.Mapping, error) {
	rows, err := d.store.Mappings(ctx, everything)
	if err != nil {
		return backup.Mapping{}, err
	}
	var names []string
	for _, r := range rows {
		if r.Mapping.Name == name {
			return r.Mapping, nil
		}
		names = append(names, r.Mapping.Name)
	}
	if len(names) == 0 {
		return backup.Mapping{}, say.Error("mapping %q: %w; none was saved yet", name, ErrNotFound)
	}
	return backup.Mapping{}, say.Error("mapping %q: %w; there are %s", name, ErrNotFound, strings.Join(names, ", "))
}
