package desk

import (
	"context"
	"slices"
	"strings"

	"backstop/app/say"
)

// Named is a filter that somebody gave a name.
type Named[Q any] struct {
	Name  string
	Query Q
}

// View is a named filter of incidents, for the table and for reports.
type View = Named[IncidentQuery]

// ExecutionView is a named filter of executions.
type ExecutionView = Named[ExecutionQuery]

const (
	views          = "views.incidents"
	executionViews = "views.executions"
)

// Views lists the saved views of incidents by name.
func (d *Desk) Views(ctx context.Context, actor Actor) ([]View, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return savedViews[IncidentQuery](ctx, d, views)
}

// SaveView keeps a filter of incidents under a name; one that has the name is replaced.
func (d *Desk) SaveView(ctx context.Context, actor Actor, v View) error {
	if err := d.mayChangeView(ctx, actor, v.Name); err != nil {
		return err
	}
	return saveView(ctx, d, views, v)
}

// RemoveView forgets a view. Reports that are about it say so when they are made.
func (d *Desk) RemoveView(ctx context.Context, actor Actor, name string) error {
	if err := d.mayChangeView(ctx, actor, name); err != nil {
		return err
	}
	return removeView[IncidentQuery](ctx, d, views, name)
}

func (d *Desk) mayChangeView(ctx context.Context, actor Actor, name string) error {
	name = oneSpaced(name)
	return d.mayChangeScheduled(ctx, actor, func(t Template) bool { return strings.EqualFold(t.Scope.View, name) })
}

// ExecutionViews lists the saved views of executions by name. They name what others look at, so Clients see none.
func (d *Desk) ExecutionViews(ctx context.Context, actor Actor) ([]ExecutionView, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return savedViews[ExecutionQuery](ctx, d, executionViews)
}

// SaveExecutionView keeps a filter of executions under a name; one that has the name is replaced.
func (d *Desk) SaveExecutionView(ctx context.Context, actor Actor, v ExecutionView) error {
	if _, err := d.may(ctx, actor, ToKeepViews); err != nil {
		return err
	}
	return saveView(ctx, d, executionViews, v)
}

// RemoveExecutionView forgets a view.
func (d *Desk) RemoveExecutionView(ctx context.Context, actor Actor, name string) error {
	if _, err := d.may(ctx, actor, ToKeepViews); err != nil {
		return err
	}
	return removeView[ExecutionQuery](ctx, d, executionViews, name)
}

func savedViews[Q any](ctx context.Context, d *Desk, of string) ([]Named[Q], error) {
	return kept[Named[Q]](ctx, d, of)
}

// saveView changes nothing but what is shown, so it is no entry of the timeline.
func saveView[Q any](ctx context.Context, d *Desk, of string, v Named[Q]) error {
	if v.Name = oneSpaced(v.Name); v.Name == "" {
		return say.Error("a view needs a name")
	}
	return changeKept(ctx, d, of, nil, func(list []Named[Q]) []Named[Q] {
		list = append(slices.DeleteFunc(list, func(o Named[Q]) bool { return strings.EqualFold(o.Name, v.Name) }), v)
		slices.SortFunc(list, func(a, b Named[Q]) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
		return list
	})
}

func removeView[Q any](ctx context.Context, d *Desk, of, name string) error {
	return changeKept(ctx, d, of, nil, func(list []Named[Q]) []Named[Q] {
		return slices.DeleteFunc(list, func(o Named[Q]) bool { return o.Name == name })
	})
}

func (d *Desk) view(ctx context.Context, name string) (IncidentQuery, error) {
	list, err := savedViews[IncidentQuery](ctx, d, views)
	if err != nil {
		return IncidentQuery{}, err
	}
	i := slices.IndexFunc(list, func(v View) bool { return v.Name == name })
	if i < 0 {
		return IncidentQuery{}, say.Error("there is no saved view %q any more; choose another scope", name)
	}
	return list[i].Query, nil
}
