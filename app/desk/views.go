package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// View is a filter of incidents that somebody gave a name.
type View struct {
	Name  string
	Query IncidentQuery
}

const views = "views.incidents"

// Views lists the saved views by name.
func (d *Desk) Views(ctx context.Context) ([]View, error) {
	var list []View
	err := d.store.Setting(ctx, views, &list)
	return list, err
}

// SaveView keeps a filter under a name; one that has the name is replaced. It changes nothing but what is shown, so it is no entry of
// the timeline.
func (d *Desk) SaveView(ctx context.Context, v View) error {
	if v.Name = strings.Join(strings.Fields(v.Name), " "); v.Name == "" {
		return errors.New("a view needs a name")
	}
	list, err := d.Views(ctx)
	if err != nil {
		return err
	}
	list = append(slices.DeleteFunc(list, func(o View) bool { return strings.EqualFold(o.Name, v.Name) }), v)
	slices.SortFunc(list, func(a, b View) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	if err = d.store.SaveSetting(ctx, views, list, nil); err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

// RemoveView forgets a view. Reports that are about it say so when they are made.
func (d *Desk) RemoveView(ctx context.Context, name string) error {
	list, err := d.Views(ctx)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(o View) bool { return o.Name == name })
	if err = d.store.SaveSetting(ctx, views, list, nil); err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

func (d *Desk) view(ctx context.Context, name string) (IncidentQuery, error) {
	list, err := d.Views(ctx)
	if err != nil {
		return IncidentQuery{}, err
	}
	i := slices.IndexFunc(list, func(v View) bool { return v.Name == name })
	if i < 0 {
		return IncidentQuery{}, fmt.Errorf("there is no saved view %q any more; choose another scope", name)
	}
	return list[i].Query, nil
}
