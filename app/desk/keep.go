package desk

import (
	"context"
	"path/filepath"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Verify checks the timeline's chain and the database. Heads are hashes printed earlier and kept elsewhere.
func (d *Desk) Verify(ctx context.Context, actor Actor, heads []string) (Verification, error) {
	if _, err := d.may(ctx, actor, ToVerify); err != nil {
		return Verification{}, err
	}
	return d.store.Verify(ctx, heads)
}

// Backup writes a consistent copy of the database to a path that does not exist yet.
func (d *Desk) Backup(ctx context.Context, actor Actor, path string) error {
	if _, err := d.may(ctx, actor, ToCopy); err != nil {
		return err
	}
	return d.store.Backup(ctx, path, d.entries(actor, timeline.Database, say.N("copied"), timeline.Said(say.N("file"), filepath.Base(path))))
}

// Preference reads a choice that concerns only how windows look, such as column widths.
func (d *Desk) Preference(ctx context.Context, name string, value any) error {
	return d.store.Setting(ctx, "window."+name, value)
}

// SavePreference keeps one; it is no entry of the timeline, since it changes nothing but looks.
func (d *Desk) SavePreference(ctx context.Context, name string, value any) error {
	return d.store.SaveSetting(ctx, "window."+name, value, nil)
}
