package desk

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// WentBack is on record in a database that is an earlier state of itself, from a copy or put in place by hand, until somebody has said what
// becomes of the files that were imported since.
type WentBack struct {
	To    time.Time `json:"to"`    // up to when it holds everything
	Later bool      `json:"later"` // somebody has seen the question and left it open
}

// WentBackSetting is where it stands.
const WentBackSetting = "went back"

// Before is the earlier of the two: what an older question is about is part of the newer one.
func (b WentBack) Before(older WentBack) WentBack {
	if !older.To.IsZero() && older.To.Before(b.To) {
		b.To = older.To
	}
	return b
}

// Forgotten are the imports that a database which went back does not know of, while their files are kept.
type Forgotten struct {
	To    time.Time
	Files []backup.Origin // in the order of their import
	Lost  []string        // names of their sources that are not known either; "" where nobody knows the name
	Later bool
}

// forgotten remembers what was found missing, so that the kept files are looked through once.
type forgotten struct {
	mu    sync.Mutex
	to    time.Time // that of the database it was looked for; zero: it was not yet
	files []forgottenFile
}

type forgottenFile struct {
	backup.Origin
	within [32]byte
}

// Forgotten tells what was imported and is not known any more. It is for those who see everything.
func (d *Desk) Forgotten(ctx context.Context, actor Actor) (Forgotten, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil || !scope.Everything() {
		return Forgotten{}, err
	}
	var back WentBack
	if err := d.store.Setting(ctx, WentBackSetting, &back); err != nil || back.To.IsZero() || d.kept == nil {
		return Forgotten{}, err
	}
	f := Forgotten{To: back.To, Later: back.Later}
	if f.Files, err = d.forgotten(ctx, back); err != nil || len(f.Files) == 0 {
		return f, err
	}
	sources, err := d.store.Sources(ctx)
	for _, o := range f.Files {
		if _, ok := sourceOf(sources, o); !ok && !slices.Contains(f.Lost, o.Source) {
			f.Lost = append(f.Lost, o.Source)
		}
	}
	return f, err
}

// sourceOf finds the source that an import belonged to, under its name or, where that was changed, by its folder. Those that are made when
// they are needed are always there.
func sourceOf(sources []backup.Source, o backup.Origin) (backup.Source, bool) {
	for _, same := range []func(backup.Source) bool{
		func(s backup.Source) bool { return s.Name == o.Source },
		func(s backup.Source) bool { return o.Folder != "" && s.Folder == o.Folder },
	} {
		if i := slices.IndexFunc(sources, same); i >= 0 {
			return sources[i], true
		}
	}
	return backup.Source{Name: o.Source}, o.Source == CommandLine || o.Source == ByHand
}

// forgotten lists the files, those that became known meanwhile left out. When the last of them did, nothing keeps the folders waiting.
func (d *Desk) forgotten(ctx context.Context, back WentBack) ([]backup.Origin, error) {
	before, files, err := d.stillForgotten(ctx, back)
	if err == nil && before > 0 && len(files) == 0 {
		d.publish(Event{Sources: true, Forgotten: true})
	}
	return files, err
}

func (d *Desk) stillForgotten(ctx context.Context, back WentBack) (before int, files []backup.Origin, err error) {
	d.forgot.mu.Lock()
	defer d.forgot.mu.Unlock()
	if !d.forgot.to.Equal(back.To) {
		found, err := d.findForgotten(ctx, back)
		if err != nil {
			return 0, nil, err
		}
		d.forgot.to, d.forgot.files = back.To, found
	}
	before = len(d.forgot.files)
	var still []forgottenFile
	for _, f := range d.forgot.files {
		known, err := d.knows(ctx, f)
		if err != nil {
			return before, nil, err
		}
		if !known {
			still, files = append(still, f), append(files, f.Origin)
		}
	}
	d.forgot.files = still
	return before, files, nil
}

// lookAgain lists what is left when some were read: one may have been found to be the beginning of another.
func (d *Desk) lookAgain(ctx context.Context, back WentBack) ([]backup.Origin, error) {
	d.forgot.mu.Lock()
	d.forgot.to = time.Time{}
	d.forgot.mu.Unlock()
	return d.forgotten(ctx, back)
}

// knows tells whether an import is known, or a later one of the same file, which holds all of it.
func (d *Desk) knows(ctx context.Context, f forgottenFile) (bool, error) {
	known, err := d.store.Knows(ctx, f.Origin)
	if err == nil && !known && f.within != [32]byte{} {
		known, err = d.store.Imported(ctx, f.within)
	}
	return known, err
}

// longImport is how long before the copy an import may have begun that ended after it.
const longImport = 24 * time.Hour

// findForgotten looks through the kept files. What none of them says of itself the database that was moved aside may know.
func (d *Desk) findForgotten(ctx context.Context, back WentBack) ([]forgottenFile, error) {
	contents, err := d.store.Contents(ctx)
	if err != nil {
		return nil, err
	}
	var found []forgottenFile
	var silent []backup.KeptCopy
	if err := d.kept.Copies(ctx, func(sum [32]byte) bool { return contents[sum] }, func(c backup.KeptCopy) error {
		for _, o := range c.Origins {
			if !o.Imported.Before(back.To.Add(-longImport)) { // else it was left at an earlier restore
				found = append(found, forgottenFile{o, c.Within})
			}
		}
		if _, imported := contents[c.SHA256]; len(c.Origins) == 0 && !imported {
			silent = append(silent, c)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if len(silent) > 0 {
		found = append(found, d.askAside(ctx, back, silent)...)
	}
	slices.SortStableFunc(found, func(a, b forgottenFile) int { return a.Imported.Compare(b.Imported) })
	return found, nil
}

// askAside asks the database that was moved aside, as far as it can be read, where files came from that do not say so themselves. What it
// does not know was never imported, where all of it can be read; else it is what was kept since.
func (d *Desk) askAside(ctx context.Context, back WentBack, silent []backup.KeptCopy) (found []forgottenFile) {
	wanted := map[[32]byte]bool{}
	for _, c := range silent {
		wanted[c.SHA256] = true
	}
	aside, whole := d.store.OriginsAside(ctx, wanted)
	for _, c := range silent {
		origins := aside[c.SHA256]
		longer := c.Within != [32]byte{} // then holds it, and nobody knows when this one was written
		if len(origins) == 0 && !whole && !longer && !c.At.Before(back.To) {
			origins = []backup.Origin{{SHA256: c.SHA256, Path: hex.EncodeToString(c.SHA256[:8]), Modified: c.At, Imported: c.At, Unknown: true}}
		}
		for _, o := range origins {
			found = append(found, forgottenFile{o, c.Within})
		}
	}
	return found
}

// FoldersWait tells whether folders are not to be looked into yet: what was imported is read again before what lies there now, so that a
// file which has grown since goes on from where it was. A question that nothing is left of is taken off the record.
func (d *Desk) FoldersWait(ctx context.Context, actor Actor) (bool, error) {
	if _, err := d.may(ctx, actor, ToSweep); err != nil {
		return false, err
	}
	f, err := d.Forgotten(ctx, actor)
	if err == nil && !f.To.IsZero() && len(f.Files) == 0 {
		err = d.store.SaveSetting(ctx, WentBackSetting, nil, nil)
	}
	return len(f.Files) > 0 && !f.Later, err
}

// LeaveForgotten puts the question off, or, with a reason, answers it: the files are not read again.
func (d *Desk) LeaveForgotten(ctx context.Context, actor Actor, forGood bool, reason string) error {
	f, err := d.mayReadForgotten(ctx, actor)
	if err != nil {
		return err
	}
	if !forGood {
		return d.tellForgotten(true, d.store.SaveSetting(ctx, WentBackSetting, WentBack{To: f.To, Later: true}, nil))
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return errNeedReason
	}
	return d.tellForgotten(true, d.store.SaveSetting(ctx, WentBackSetting, nil, d.entries(actor, timeline.Database, say.N("kept files left"),
		timeline.Said(say.N("files"), fmt.Sprint(len(f.Files))), timeline.Said(say.N("reason"), reason))))
}

// mayReadForgotten is for those who import and see everything: the files are those of all sources.
func (d *Desk) mayReadForgotten(ctx context.Context, actor Actor) (Forgotten, error) {
	scope, err := d.may(ctx, actor, ToImport)
	if err == nil && !scope.Everything() {
		err = ErrNoRight
	}
	if err != nil {
		return Forgotten{}, err
	}
	f, err := d.Forgotten(ctx, actor)
	if err == nil && len(f.Files) == 0 {
		err = say.Error("there is nothing to read again any more: %w", ErrNotFound)
	}
	return f, err
}

// tellForgotten tells everybody how the question stands now: whether it was answered or put off.
func (d *Desk) tellForgotten(answered bool, err error) error {
	if err == nil {
		d.publish(Event{Sources: true, Forgotten: answered})
	}
	return err
}

// ReadForgotten reads the files again as imports, in their order. Those of sources that are not known are read for the source that is given
// for the name, or else as dropped files. After a cancel the files before it stay, and the question stays for the others; so it does for
// what cannot be read.
func (d *Desk) ReadForgotten(ctx context.Context, actor Actor, instead map[string]string, progress func(backup.Progress)) ([]backup.FileResult, error) {
	f, err := d.mayReadForgotten(ctx, actor)
	if err != nil {
		return nil, err
	}
	var read []backup.FileResult
	for i, o := range f.Files {
		if err = ctx.Err(); err != nil {
			break
		}
		var results []backup.FileResult
		results, err = d.readForgotten(ctx, actor, o, instead, func(p backup.Progress) {
			if p.File, p.Files = i+1, len(f.Files); progress != nil {
				progress(p)
			}
		})
		if read = append(read, results...); err != nil {
			err = full(say.Error("%s: %w", o.Path, err))
			break
		}
	}
	f.Later = f.Later || err == nil // what could not be read keeps the folders from being looked into no longer
	return read, errors.Join(err, d.tellForgotten(f.Later, d.noteForgotten(context.WithoutCancel(ctx), actor, f, read)))
}

// readForgotten reads one as what it was imported as.
func (d *Desk) readForgotten(ctx context.Context, actor Actor, o backup.Origin, instead map[string]string, progress func(backup.Progress)) ([]backup.FileResult, error) {
	src, err := d.sourceAgain(ctx, actor, o, instead)
	if err != nil {
		return nil, err
	}
	how := ImportRules{zone: o.Zone}
	if o.Zone != "" {
		src.Zone = o.Zone
	}
	if o.Mapping != "" {
		if m, err := d.mappingNamed(ctx, o.Mapping); err == nil { // else it is read as the source's files are
			how.mapping = &m
		}
	}
	return d.reader(d.Intake(actor, how)).Back(ctx, src, o, progress)
}

func (d *Desk) sourceAgain(ctx context.Context, actor Actor, o backup.Origin, instead map[string]string) (backup.Source, error) {
	sources, err := d.store.Sources(ctx)
	if err != nil {
		return backup.Source{}, err
	}
	src, ok := sourceOf(sources, o)
	if ok && src.ID != 0 {
		return src, nil
	}
	name := o.Source
	if !ok {
		name = ByHand
		if given := instead[o.Source]; given != "" {
			name = given
		}
	}
	return d.sourceNamed(ctx, actor, everything, name, 0)
}

// noteForgotten puts the answer on record. The question is answered when nothing is left of it.
func (d *Desk) noteForgotten(ctx context.Context, actor Actor, asked Forgotten, read []backup.FileResult) error {
	count := map[backup.Status]int{}
	fresh, opened := 0, 0
	for _, r := range read {
		count[r.Status]++
		fresh, opened = fresh+r.New, opened+r.Incidents
	}
	back := WentBack{To: asked.To, Later: asked.Later}
	left, err := d.lookAgain(ctx, back)
	if err != nil {
		return err
	}
	var open any // nothing
	if len(left) > 0 {
		open = back
	}
	return d.store.SaveSetting(ctx, WentBackSetting, open, d.entries(actor, timeline.Database, say.N("kept files read again"),
		timeline.Said(say.N("files"), fmt.Sprint(len(asked.Files))), timeline.Said(say.N("imported"), fmt.Sprint(count[backup.Imported])),
		timeline.Said(say.N("known already"), fmt.Sprint(count[backup.Duplicate])), timeline.Said(say.N("not read"), fmt.Sprint(count[backup.Rejected])),
		timeline.Said(say.N("left"), fmt.Sprint(len(left))), timeline.Said(say.N("new"), fmt.Sprint(fresh)), timeline.Said(say.N("incidents"), fmt.Sprint(opened))))
}
