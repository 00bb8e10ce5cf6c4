package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// teacher is what the mapping assistant asks of the desk.
type teacher interface {
	LookAt(ctx context.Context, actor desk.Actor, source, path string, m backup.Mapping) (backup.Sample, backup.Mapping, error)
	TryMapping(ctx context.Context, actor desk.Actor, source, path string, m backup.Mapping, progress func(backup.Progress)) (backup.Trial, error)
	Mappings(ctx context.Context, actor desk.Actor) ([]desk.MappingRow, error)
	SaveMapping(ctx context.Context, actor desk.Actor, m backup.Mapping, sources []int64, reason string) error
}

// lesson is what is to be taught: a file, and the source that it belongs to.
type lesson struct {
	path     string
	source   string
	sourceID int64
	tool     string // hint
}

// teachWizard has a person say how a file that no format knows is to be read: what its columns are, what its words mean; then
// it is tried on the whole file, and kept under a name for the source.
type teachWizard struct {
	*wizard
	desk    teacher
	lesson  lesson
	sample  backup.Sample
	mapping backup.Mapping
	touched bool // something was entered that would be lost

	file     *teachFile
	columns  *teachColumns
	statuses *teachStatuses
	trial    *teachTrial
}

// openTeach opens the assistant for a file. Taught is called once a mapping is kept.
func (u *UI) openTeach(l lesson, taught func(name string)) {
	u.openWizard("teach "+l.path, say.T("Teach %s", shortPath(l.path)), fyne.NewSize(1080, 720), func(z *wizard) {
		t := newTeachWizard(z, u.desk, l)
		z.done = func() { taught(t.mapping.Name) }
	})
}

func newTeachWizard(z *wizard, d teacher, l lesson) *teachWizard {
	t := &teachWizard{wizard: z, desk: d, lesson: l}
	t.file, t.columns, t.statuses, t.trial = newTeachFile(t), newTeachColumns(t), newTeachStatuses(t), newTeachTrial(t)
	z.steps = []step{
		{title: say.T("The file"), body: t.file.object, ready: t.file.ready, first: func() fyne.Focusable { return z.next }},
		{title: say.T("Columns"), body: t.columns.object, come: t.columns.show, ready: t.columns.ready, first: t.columns.first},
		{title: say.T("Words"), body: t.statuses.object, come: t.statuses.show, ready: t.statuses.ready, first: t.statuses.first},
		{title: say.T("Try and keep"), body: t.trial.object, come: t.trial.try, ready: t.trial.ready, first: func() fyne.Focusable { return t.trial.name }},
	}
	z.finishing = func() string { return say.T("Keep the mapping") }
	z.finish = t.keep
	z.lost = t.wouldLose
	t.look(backup.Mapping{})
	return t
}

// look reads the beginning of the file, with what m says about its shape.
func (t *teachWizard) look(m backup.Mapping) {
	type looked struct {
		sample   backup.Sample
		proposed backup.Mapping
	}
	l := t.lesson
	ask(t.ui.work, func() (looked, error) {
		s, p, err := t.desk.LookAt(t.ui.ctx, t.ui.actor, l.source, l.path, m)
		return looked{s, p}, err
	}, func(got looked, err error) {
		if err != nil {
			t.wizard.say(err)
			return
		}
		t.sample, t.mapping = got.sample, got.proposed
		t.lesson.path = got.sample.Path
		t.mapping.Constants = map[backup.Field]string{backup.FieldTool: l.tool}
		if t.mapping.Columns[backup.FieldTool] != "" {
			t.mapping.Constants = map[backup.Field]string{}
		}
		t.file.show()
		t.columns.stale = true
	})
}

// distinct are the different values of a column, as they first come.
func (t *teachWizard) distinct(column string) []string {
	var words []string
	for _, v := range t.sample.Column(column) {
		if v != "" && !slices.Contains(words, v) {
			words = append(words, v)
		}
	}
	return words
}

func (t *teachWizard) wouldLose() string {
	if !t.touched {
		return ""
	}
	return say.T("The mapping is not kept yet. What you entered would be lost.")
}

// keep saves the mapping for the source.
func (t *teachWizard) keep() (func(context.Context, desk.Progress) error, error) {
	t.mapping.Name = strings.TrimSpace(t.trial.name.Text)
	if err := t.mapping.Check(); err != nil {
		return nil, err
	}
	if t.trial.found.Executions == 0 {
		return nil, say.Error("nothing of the file is read by it yet; see the problems, and go back")
	}
	m, reason := t.mapping, strings.TrimSpace(t.trial.reason.Text)
	return func(ctx context.Context, _ desk.Progress) error {
		sources, err := t.sourcesOf(ctx, m.Name)
		if err != nil {
			return err
		}
		return t.desk.SaveMapping(ctx, t.ui.actor, m, sources, reason)
	}, nil
}

// sourcesOf are the sources that read by a mapping, with the one of this file.
func (t *teachWizard) sourcesOf(ctx context.Context, name string) ([]int64, error) {
	rows, err := t.desk.Mappings(ctx, t.ui.actor)
	if err != nil {
		return nil, err
	}
	sources := []int64{}
	if t.lesson.sourceID != 0 {
		sources = append(sources, t.lesson.sourceID)
	}
	for _, r := range rows {
		for _, id := range r.Sources {
			if r.Mapping.Name == name && !slices.Contains(sources, id) {
				sources = append(sources, id)
			}
		}
	}
	return sources, nil
}

// shapeText says how the file was understood.
func (t *teachWizard) shapeText() string {
	s := t.sample
	parts := []string{shortPath(t.lesson.path), s.Encoding}
	if s.SepLine {
		parts = append(parts, say.T("its first line names the delimiter"))
	}
	return strings.Join(append(parts, say.T("%s and %s in view", say.Many(len(s.Columns), "1 column", "%s columns"), say.Many(len(s.Rows), "1 record", "%s records"))), "  ·  ")
}
