package desk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Reader reads paths for a source and hands what it finds to the intake it was made for. The watcher has the one there is:
// imports, drops and watched folders go one way.
type Reader interface {
	Read(ctx context.Context, source backup.Source, paths []string, progress func(backup.Progress)) ([]backup.FileResult, error)
	// Again opens the kept copy of a file, with what the source's settings are now. The records are read while they are asked for;
	// read is told how many bytes are. The error is fs.ErrNotExist where the copy is not kept, or no more.
	Again(ctx context.Context, source backup.Source, file backup.File, read func(int64)) (backup.File, iter.Seq2[backup.Execution, error], error)
	// Back brings a kept file in that the ledger does not know of any more, as the import that it came from.
	Back(ctx context.Context, source backup.Source, o backup.Origin, progress func(backup.Progress)) ([]backup.FileResult, error)
	Look(ctx context.Context, source backup.Source, path string, m backup.Mapping) (backup.Sample, backup.Mapping, error)
	Beginning(ctx context.Context, source backup.Source, path string, lines int) (backup.Beginning, error)
	Try(ctx context.Context, source backup.Source, path string, m backup.Mapping, progress func(backup.Progress)) (backup.Trial, error)
}

// CommandLine is the source of what is imported without one: no rhythm, no instance.
const CommandLine = "command line"

// ByHand is the source of what is dropped on the window.
const ByHand = "dropped files"

// SourceWord is the name of a source to be read: those that need no folder are named by the program, others by people.
func SourceWord(name string) string {
	switch name {
	case CommandLine:
		return say.T(CommandLine)
	case ByHand:
		return say.T(ByHand)
	}
	if branch, ours := strings.CutPrefix(name, ByHand+", "); ours {
		return say.T("dropped files, %s", branch)
	}
	return name
}

// Import reads files and folders once, and never moves or changes them. Each file is all in or not at all; after a cancel
// the files before it stay.
func (d *Desk) Import(ctx context.Context, actor Actor, r ImportRequest, progress func(backup.Progress)) ([]backup.FileResult, error) {
	scope, err := d.may(ctx, actor, ToImport)
	if err != nil {
		return nil, err
	}
	src, err := d.sourceNamed(ctx, actor, scope, r.Source, r.Branch)
	if err != nil {
		return nil, err
	}
	if r.Zone != "" {
		src.Zone, r.zone = r.Zone, r.Zone
	}
	if r.Mapping != "" {
		m, err := d.mappingNamed(ctx, r.Mapping)
		if err != nil {
			return nil, err
		}
		r.mapping = &m
	}
	read, err := d.reader(d.Intake(actor, r.ImportRules)).Read(ctx, src, r.Paths, progress)
	return read, full(err)
}

// ImportRequest says what to import and as what.
type ImportRequest struct {
	Source  string // its name; "" is the command line's own
	Branch  int64  // what is dropped by somebody who sees several branches belongs to this one of them
	Zone    string // of this import; "" is the source's
	Mapping string // the name of one to read by whatever the formats say; "" for none
	Paths   []string
	ImportRules
}

// sourceNamed finds a source among those that somebody sees. Those that need no folder are made when first needed: the command line's,
// and what takes in dropped files, of which each branch of people who see branches alone has its own.
func (d *Desk) sourceNamed(ctx context.Context, actor Actor, scope Scope, name string, branch int64) (backup.Source, error) {
	own := backup.Source{Name: name, Rhythm: backup.NoRhythm}
	if name == "" {
		own.Name = CommandLine
	}
	if name == ByHand && !scope.Everything() {
		b, err := d.dropBranch(ctx, scope, branch)
		if err != nil {
			return own, err
		}
		own.Name, own.Company, own.Branch = ByHand+", "+b.String(), b.Company, b.Name
	}
	src, err := d.findSource(ctx, scope, own.Name)
	if own.Name == name && name != CommandLine && name != ByHand || !errors.Is(err, ErrNotFound) {
		return src, err
	}
	if src, err = d.store.SaveSource(ctx, own, d.entries(actor, timeline.Source, say.N("added"), timeline.Said(say.N("name"), own.Name))); err == nil {
		return src, nil
	}
	if other, found := d.findSource(ctx, scope, own.Name); found == nil {
		return other, nil // another program made it meanwhile
	}
	return src, err
}

// DropBranches are the branches that dropped files can belong to: none, which is no branch, for those who see everything.
func (d *Desk) DropBranches(ctx context.Context, actor Actor) ([]Branch, error) {
	scope, err := d.may(ctx, actor, ToImport)
	if err != nil || scope.Everything() {
		return nil, err
	}
	return d.branchesIn(ctx, scope)
}

func (d *Desk) branchesIn(ctx context.Context, scope Scope) ([]Branch, error) {
	all, err := d.store.Branches(ctx)
	return slices.DeleteFunc(all, func(b Branch) bool {
		return !slices.ContainsFunc(scope.Windows(), func(w Window) bool { return w.Branch == b.ID })
	}), err
}

// dropBranch is the branch that is meant, or the only one that somebody sees.
func (d *Desk) dropBranch(ctx context.Context, scope Scope, id int64) (Branch, error) {
	seen, err := d.branchesIn(ctx, scope)
	if err != nil {
		return Branch{}, err
	}
	for _, b := range seen {
		if b.ID == id || id == 0 && len(seen) == 1 {
			return b, nil
		}
	}
	return Branch{}, say.Error("choose which of your branches the files belong to: %w", ErrNoRight)
}

func (d *Desk) findSource(ctx context.Context, scope Scope, name string) (backup.Source, error) {
	sources, err := d.sourcesIn(ctx, scope)
	if err != nil {
		return backup.Source{}, err
	}
	var names []string
	for _, s := range sources {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return backup.Source{}, say.Error("no source is named %q; there are: %s: %w", name, strings.Join(names, ", "), ErrNotFound)
}

// entries makes the one entry of a change that no rule makes.
func (d *Desk) entries(actor Actor, subject timeline.Subject, action string, details ...timeline.Detail) []timeline.Entry {
	return []timeline.Entry{{Subject: subject, At: d.instant(), Judged: actor.Judged, Actor: actor.Name, Action: action, Details: details}}
}

// Questions lists the openings that wait for an answer.
func (d *Desk) Questions(ctx context.Context, actor Actor) ([]Question, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.Questions(ctx, scope)
}

// AnswerQuestion opens waiting incidents: all, those of the last days, or none (0).
func (d *Desk) AnswerQuestion(ctx context.Context, actor Actor, question int64, all bool, days int) (opened int, err error) {
	scope, err := d.may(ctx, actor, ToImport)
	if err != nil {
		return 0, err
	}
	if !scope.Everything() {
		seen, err := d.store.Questions(ctx, scope)
		if err != nil {
			return 0, err
		}
		if !slices.ContainsFunc(seen, func(q Question) bool { return q.ID == question }) {
			return 0, say.Error("question %d: %w", question, ErrNotFound)
		}
	}
	now := d.instant()
	rules, err := d.intakeRules(ctx, now, d.judged(actor))
	if err != nil {
		return 0, err
	}
	a := Answer{Question: question, All: all, Actor: actor.Name, At: now, Judged: d.judged(actor), Words: say.N("none"), Rules: rules}
	switch {
	case all:
		a.Words = say.N("all")
	case days > 0:
		a.From, a.Words = now.Add(-time.Duration(days)*24*time.Hour), fmt.Sprintf(say.N("the last %d days"), days)
	}
	opened, err = d.store.Answer(ctx, a)
	if err == nil {
		d.publish(Event{Incidents: true, Sources: true})
	}
	return opened, err
}
