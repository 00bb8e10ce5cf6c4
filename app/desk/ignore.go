package desk

import (
	"context"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// ignored is the setting that keeps the rules for files that are not read.
const ignored = "ignored files"

// Ignored are the rules for files that are not read where they come by themselves, the newest first: those for every source, and those
// for a source that the actor sees.
func (d *Desk) Ignored(ctx context.Context, actor Actor) ([]backup.IgnoreRule, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	rules, err := d.ignoreRules(ctx)
	if err != nil || scope.Everything() {
		return rules, err
	}
	seen, err := d.sourcesIn(ctx, scope)
	return slices.DeleteFunc(rules, func(r backup.IgnoreRule) bool {
		return r.Source != 0 && !slices.ContainsFunc(seen, func(s backup.Source) bool { return s.ID == r.Source })
	}), err
}

func (d *Desk) ignoreRules(ctx context.Context) ([]backup.IgnoreRule, error) {
	var rules []backup.IgnoreRule
	if err := d.store.Setting(ctx, ignored, &rules); err != nil {
		return nil, say.Error("rules for files to ignore: %w", err)
	}
	return rules, nil
}

// Ignored are the rules for files that are not to be read where they come by themselves.
func (t *FileIntake) Ignored(ctx context.Context) ([]backup.IgnoreRule, error) {
	return t.desk.ignoreRules(ctx)
}

// IgnoreFiles has files of certain names passed over from now on. It can keep an incident from opening, so it needs a reason.
func (d *Desk) IgnoreFiles(ctx context.Context, actor Actor, rule backup.IgnoreRule, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	rule.Pattern, rule.Reason = strings.TrimSpace(rule.Pattern), strings.TrimSpace(reason)
	if err := rule.Check(); err != nil {
		return err
	}
	if rule.Reason == "" {
		return say.Error("say why: nothing in such a file will open an incident")
	}
	rules, err := d.ignoreRules(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(rules, rule.SameFiles) {
		return say.Error("they are ignored already")
	}
	rule.At, rule.By = d.instant(), actor.Name
	return d.saveIgnored(ctx, actor, append([]backup.IgnoreRule{rule}, rules...), "files ignored", rule, rule.Reason)
}

// HeedFiles takes a rule back: what it passed over in watched folders is read. It needs a reason too.
func (d *Desk) HeedFiles(ctx context.Context, actor Actor, rule backup.IgnoreRule, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return say.Error("say why: what was passed over is read, and may open incidents")
	}
	rules, err := d.ignoreRules(ctx)
	if err != nil {
		return err
	}
	kept := slices.DeleteFunc(slices.Clone(rules), rule.SameFiles)
	if len(kept) == len(rules) {
		return say.Error("files like %s: %w; they are not ignored", rule.Pattern, ErrNotFound)
	}
	return d.saveIgnored(ctx, actor, kept, "files no longer ignored", rule, reason)
}

func (d *Desk) saveIgnored(ctx context.Context, actor Actor, rules []backup.IgnoreRule, action string, rule backup.IgnoreRule, reason string) error {
	source, err := d.sourceWords(ctx, rule.Source)
	if err != nil {
		return err
	}
	entries := d.entries(actor, timeline.Source, action, timeline.Said(say.N("files"), rule.Pattern), timeline.Said(say.N("source"), source), timeline.Said(say.N("reason"), reason))
	entries[0].SubjectID = rule.Source
	err = d.store.SaveSetting(ctx, ignored, rules, entries)
	if err == nil {
		d.publish(Event{Sources: true, Settings: true})
	}
	return err
}

// sourceWords names the sources that a rule is about.
func (d *Desk) sourceWords(ctx context.Context, id int64) (string, error) {
	if id == 0 {
		return "every source", nil
	}
	sources, err := d.store.Sources(ctx)
	for _, s := range sources {
		if s.ID == id {
			return s.Name, nil
		}
	}
	return "a source that was removed", err
}

// passedOver counts the rejected files of each source that are ignored since.
func (d *Desk) passedOver(ctx context.Context, scope Scope) (map[int64]int, error) {
	rules, err := d.ignoreRules(ctx)
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	rejected, err := d.store.RejectedPaths(ctx, scope)
	passed := map[int64]int{}
	for source, paths := range rejected {
		for _, path := range paths {
			if _, ok := backup.Ignored(rules, source, path); ok {
				passed[source]++
			}
		}
	}
	return passed, err
}

// IgnorePreview says what a rule would pass over of what is in the ledger.
type IgnorePreview struct {
	Rejected int // files that could not be read
	Read     int // files that were: their like brings executions, which is then missing
}

// PreviewIgnore counts the files of the ledger that a rule fits.
func (d *Desk) PreviewIgnore(ctx context.Context, actor Actor, rule backup.IgnoreRule) (IgnorePreview, error) {
	files, err := d.Files(ctx, actor, FileQuery{Source: rule.Source})
	if err != nil {
		return IgnorePreview{}, err
	}
	var p IgnorePreview
	seen := map[string]bool{}
	for _, f := range files {
		if seen[f.Path] || !rule.Matches(f.Source, f.Path) {
			continue
		}
		seen[f.Path] = true
		if f.Status == backup.Rejected {
			p.Rejected++
		} else {
			p.Read++
		}
	}
	return p, nil
}

// FirstLines gives the beginning of a file that could not be read, for the person who wonders what it is.
func (d *Desk) FirstLines(ctx context.Context, actor Actor, source, path string, lines int) (backup.Beginning, error) {
	scope, err := d.may(ctx, actor, ToImport)
	if err != nil {
		return backup.Beginning{}, err
	}
	src, err := d.findSource(ctx, scope, source)
	if err != nil {
		return backup.Beginning{}, err
	}
	return d.reader(d.Intake(actor, ImportRules{})).Beginning(ctx, src, path, lines)
}
