package desk

import (
	"context"

	"backstop/app/timeline"
)

// changeKept reads a list that is kept as a setting, changes it, and keeps it with the entries that say so: one change at a time.
func changeKept[T any](ctx context.Context, d *Desk, of string, entries []timeline.Entry, change func([]T) []T) error {
	d.keeping.Lock()
	defer d.keeping.Unlock()
	list, err := kept[T](ctx, d, of)
	if err != nil {
		return err
	}
	if err = d.store.SaveSetting(ctx, of, change(list), entries); err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

func kept[T any](ctx context.Context, d *Desk, of string) ([]T, error) {
	var list []T
	err := d.store.Setting(ctx, of, &list)
	return list, err
}
