package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Suppression is something in force that keeps incidents from opening, or risks from being found, with what the record says of it.
type Suppression struct {
	Setting string // what it is: "routine disabled"
	About   string // the routine, tool, status, source or calendar
	Effect  string // what does not happen
	From    time.Time
	Until   time.Time // of a blackout; else both are zero
	Since   time.Time // when it was set; zero where nothing is on record
	By      string
	Reason  string
}

// SettledRoutine is a routine that people decided something about.
type SettledRoutine struct {
	ID                 int64
	Tool, Name, Client string
	Company, Branch    string // of the source that reported it last
	Known              bool   // its format knows it as vital
	Settings           RoutineSettings
}

// Unopened is an entry that tells which old failures opened no incident: the answer to a question, or an import with a since-date.
type Unopened struct {
	timeline.Entry
	Source, Company, Branch string
	File                    string
	Left                    int // executions without an incident because of it
}

// Suppressions lists what is in force now, as far as it is about a scope: settings of tools and routines, the status map, calendars,
// sources, and what keeps old failures closed.
func (d *Desk) Suppressions(ctx context.Context, actor Actor, p figure.Period, scope ReportScope) ([]Suppression, error) {
	sees, err := d.may(ctx, actor, ToReport)
	if err != nil {
		return nil, err
	}
	s := suppressed{d: d, ctx: ctx, actor: actor, scope: sees, period: p}
	if s.within, err = d.within(ctx, actor, scope); err != nil {
		return nil, err
	}
	if s.settings, err = d.Timeline(ctx, actor, TimelineQuery{Subject: timeline.Setting}); err != nil {
		return nil, err
	}
	for _, part := range []func() error{s.tools, s.routines, s.statuses, s.calendars, s.sources, s.ignored, s.questions, s.unopened} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return s.found, nil
}

// suppressed gathers suppressions.
type suppressed struct {
	d        *Desk
	ctx      context.Context
	actor    Actor
	scope    Scope
	period   figure.Period
	within   IncidentQuery
	settings []timeline.Entry // about settings, the newest first
	found    []Suppression
}

func (s *suppressed) add(x Suppression, why timeline.Entry) {
	x.Since, x.By, x.Reason = why.At, why.Actor, detail(why, "reason")
	s.found = append(s.found, x)
}

// detail is what an entry says under a name.
func detail(e timeline.Entry, name string) string {
	for _, d := range e.Details {
		if d.Name == name {
			return d.To
		}
	}
	return ""
}

// newest is the newest entry that changed something so named, and says this of what it is about.
func newest(entries []timeline.Entry, changed string, about ...timeline.Detail) timeline.Entry {
	for _, e := range entries {
		names := slices.ContainsFunc(e.Details, func(d timeline.Detail) bool { return d.Name == changed })
		if names && !slices.ContainsFunc(about, func(d timeline.Detail) bool { return detail(e, d.Name) != d.To }) {
			return e
		}
	}
	return timeline.Entry{}
}

// only tells whether a list of a scope lets a value pass.
func only(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

func (s *suppressed) ofSource(company, branch string) bool {
	return only(s.within.Companies, company) && only(s.within.Branches, branch)
}

func (s *suppressed) tools() error {
	tools, err := s.d.ToolSettings(s.ctx, s.actor)
	if err != nil {
		return err
	}
	for _, tool := range slices.Sorted(maps.Keys(tools)) {
		if !only(s.within.Tools, tool) {
			continue
		}
		for _, x := range openingOff(tools[tool].Partial, tools[tool].Cancelled, tools[tool].Restores) {
			s.add(Suppression{Setting: x.setting, About: say.T("all routines of %s", tool), Effect: x.effect}, newest(s.settings, x.name, timeline.Said(say.N("tool"), tool)))
		}
	}
	return nil
}

// off is a setting that is off, under the name that the record has for it.
type off struct{ name, setting, effect string }

func openingOff(partial, cancelled, restores backup.Choice) []off {
	var all []off
	for _, x := range []struct {
		is backup.Choice
		off
	}{
		{partial, off{"partial opens", say.T("partial opens none"), say.T("a partial run opens no incident")}},
		{cancelled, off{"cancelled opens", say.T("cancelled opens none"), say.T("a cancelled run opens no incident")}},
		{restores, off{"restores open", say.T("restores open none"), say.T("a failed restore opens no incident")}},
	} {
		if x.is == backup.No {
			all = append(all, x.off)
		}
	}
	return all
}

func (s *suppressed) routines() error {
	routines, err := s.d.store.SettledRoutines(s.ctx, s.scope)
	if err != nil {
		return err
	}
	for _, r := range routines {
		off := r.off(s.period.From)
		if len(off) == 0 || !s.ofSource(r.Company, r.Branch) || !only(s.within.Tools, r.Tool) || !only(s.within.Routines, r.Name) || !only(s.within.Clients, r.Client) {
			continue
		}
		entries, err := s.d.Timeline(s.ctx, s.actor, TimelineQuery{Subject: timeline.Routine, SubjectID: r.ID})
		if err != nil {
			return err
		}
		for _, x := range off {
			s.add(Suppression{Setting: x.setting, About: r.words(), Effect: x.effect}, newest(entries, x.name))
		}
	}
	return nil
}

func (r SettledRoutine) words() string {
	if r.Client == "" || r.Client == r.Name {
		return r.Name + " (" + r.Tool + ")"
	}
	return say.T("%s on %s (%s)", r.Name, r.Client, r.Tool)
}

// off are the settings of a routine that keep something from opening; what is judged only since then counts where it began after from.
func (r SettledRoutine) off(from time.Time) []off {
	s := r.Settings
	var all []off
	add := func(is bool, name, setting, effect string) {
		if is {
			all = append(all, off{name, setting, effect})
		}
	}
	add(s.Disabled, "disabled", say.T("routine disabled"), say.T("nothing is expected of it: no run of it is missed or stalled"))
	add(r.Known && s.Vital == backup.No, "vital", say.T("not vital"), say.T("its incidents do not sort first, though its format knows it as vital"))
	all = append(all, openingOff(s.Partial, s.Cancelled, s.Restores)...)
	add(s.Stalled > 0, "stalled after", say.T("stalled after %s", span(s.Stalled)), say.T("a run is not stalled before that"))
	add(s.Expectation.Learned && !s.Disabled, "expected", say.T("learned schedule confirmed"), say.T("a run is missed only by it: %s", s.Expectation.Words()))
	add(s.CoverFrom.After(from), "judged from", say.T("judged from %s", instantWords(s.CoverFrom)), say.T("what was due before is not judged as missed"))
	add(s.Calendar != "", "calendar", say.T("calendar %s", s.Calendar), say.T("nothing is expected on its holidays and in its blackouts"))
	add(s.Off != Analyses{}, "analyses off", say.T("risk analyses off"), say.T("no risk is found by: %s", s.Off.String()))
	return all
}

func (s *suppressed) statuses() error {
	rules, err := s.d.store.StatusMap(s.ctx)
	if err != nil {
		return err
	}
	rules = slices.Clone(rules)
	slices.SortStableFunc(rules, func(a, b backup.StatusRule) int {
		return cmp.Or(cmp.Compare(a.Tool, b.Tool), cmp.Compare(StatusWords(a), StatusWords(b)))
	})
	for _, r := range rules {
		if !eases(r) || !only(s.within.Tools, r.Tool) {
			continue
		}
		told, taken := say.W(r.Told.String()), say.W(r.Outcome.String())
		effect := say.T("told as %s, taken as %s", told, taken)
		if r.Opens == backup.No {
			effect = say.T("told as %s, taken as %s; it opens no incident", told, taken)
		}
		about := []timeline.Detail{timeline.Said(say.N("tool"), r.Tool), timeline.Said(say.N("built-in"), r.Told.String())}
		s.add(Suppression{Setting: say.T("status mapped"), About: SayStatuses(r) + " (" + r.Tool + ")", Effect: effect}, newest(s.settings, "status", append(about, timeline.Said(say.N("status"), StatusWords(r)))...))
	}
	return nil
}

// eases tells whether a rule of the status map has fewer incidents open than the format's own word would.
func eases(r backup.StatusRule) bool {
	opens := func(o backup.Outcome) bool {
		_, calls := incident.Calls(backup.Execution{Kind: backup.Data, Outcome: o}, incident.DefaultPolicy)
		return calls
	}
	softer := r.Told != r.Outcome && opens(r.Told) && r.Outcome != backup.Failed && r.Outcome != backup.Missed
	return r.Opens == backup.No || r.Opens == backup.Undecided && softer
}

func (s *suppressed) calendars() error {
	list, err := s.d.Calendars(s.ctx, s.actor)
	if err != nil {
		return err
	}
	for _, c := range list {
		about := say.T("routines that name it")
		if c.Everybody {
			about = say.T("all routines")
		}
		why := newest(s.settings, "calendar", timeline.Said(say.N("calendar"), c.Name))
		first := s.period.From.In(s.period.Zone).Format(time.DateOnly)
		if days := slices.DeleteFunc(slices.Clone(c.Holidays), func(day string) bool { return day < first }); len(days) > 0 {
			s.add(Suppression{Setting: say.T("holidays of %s", c.Name), About: about, Effect: say.T("nothing is expected on %s", strings.Join(days, ", "))}, why)
		}
		for _, b := range c.Blackouts {
			if b.To.After(s.period.From) {
				s.add(Suppression{Setting: say.T("blackout of %s", c.Name), About: about, Effect: say.T("nothing is expected"), From: b.From, Until: b.To}, blackedOut(why, b))
			}
		}
	}
	return nil
}

// blackedOut is the entry of a calendar with the reason that the blackout itself gives.
func blackedOut(why timeline.Entry, b expect.Blackout) timeline.Entry {
	if b.Reason != "" {
		why.Details = []timeline.Detail{timeline.Said(say.N("reason"), b.Reason)}
	}
	return why
}

func (s *suppressed) sources() error {
	sources, err := s.d.store.Sources(s.ctx)
	if err != nil {
		return err
	}
	for _, x := range sources {
		var all []off
		switch {
		case x.Folder == "": // read only by hand: nothing is expected of it
		case x.Rhythm == backup.NoRhythm:
			all = append(all, off{"rhythm", say.T("rhythm none"), say.T("neither its silence nor missed runs can be noticed")})
		case !x.Expects():
			all = append(all, off{"rhythm", say.T("rhythm not confirmed"), say.T("its silence is not noticed")})
		}
		if x.Paused {
			all = append(all, off{"paused", say.T("source paused"), say.T("nothing of it is read")})
		}
		if len(all) == 0 || !s.ofSource(x.Company, x.Branch) {
			continue
		}
		entries, err := s.d.Timeline(s.ctx, s.actor, TimelineQuery{Subject: timeline.Source, SubjectID: x.ID})
		if err != nil {
			return err
		}
		for _, o := range all {
			s.add(Suppression{Setting: o.setting, About: say.T("source %s", x.Name), Effect: o.effect}, newest(entries, o.name))
		}
	}
	return nil
}

// ignored are the files that are not read where they come by themselves.
func (s *suppressed) ignored() error {
	rules, err := s.d.ignoreRules(s.ctx)
	if err != nil || len(rules) == 0 {
		return err
	}
	sources, err := s.d.store.Sources(s.ctx)
	if err != nil {
		return err
	}
	for _, r := range rules {
		about := say.T("every source")
		if i := slices.IndexFunc(sources, func(x backup.Source) bool { return x.ID == r.Source }); i >= 0 {
			if !s.ofSource(sources[i].Company, sources[i].Branch) {
				continue
			}
			about = say.T("source %s", sources[i].Name)
		} else if r.Source != 0 {
			continue // nothing comes of a source that was removed
		}
		why := timeline.Entry{At: r.At, Actor: r.By, Details: []timeline.Detail{timeline.Said(say.N("reason"), r.Reason)}}
		s.add(Suppression{Setting: say.T("files ignored"), About: say.T("%s of %s", r.Pattern, about), Effect: say.T("files so named are not read")}, why)
	}
	return nil
}

// questions are the old failures that wait for somebody to say whether they are opened, and what a restore forgot.
func (s *suppressed) questions() error {
	gone, err := s.d.Forgotten(s.ctx, s.actor)
	if err != nil {
		return err
	}
	if n := len(gone.Files); n > 0 {
		s.add(Suppression{Setting: say.T("question not answered"), About: say.T("the database"), Effect: say.Many(n, "1 kept file, imported after the state that it went back to, waits to be read again", "%s kept files, imported after the state that it went back to, wait to be read again")},
			timeline.Entry{At: gone.To, Actor: timeline.System})
	}
	waiting, err := s.d.Questions(s.ctx, s.actor)
	if err != nil || len(waiting) == 0 {
		return err
	}
	sources, err := s.d.store.Sources(s.ctx)
	if err != nil {
		return err
	}
	for _, q := range waiting {
		i := slices.IndexFunc(sources, func(x backup.Source) bool { return x.ID == q.Source })
		if i < 0 || s.ofSource(sources[i].Company, sources[i].Branch) {
			s.add(Suppression{Setting: say.T("question not answered"), About: say.T("source %s", q.Name), Effect: say.T("%d old failures wait to be opened", q.Old)}, timeline.Entry{At: q.Asked, Actor: timeline.System})
		}
	}
	return nil
}

func (s *suppressed) unopened() error {
	all, err := s.d.store.Unopened(s.ctx, s.scope)
	if err != nil {
		return err
	}
	for _, u := range all {
		if u.Left == 0 || !s.ofSource(u.Company, u.Branch) {
			continue
		}
		setting := say.T("since-date %s", detail(u.Entry, "incidents since"))
		if u.Subject == timeline.Question {
			setting = say.T("old failures: %s", say.W(detail(u.Entry, "answer")))
		}
		s.add(Suppression{Setting: setting, About: say.T("source %s, %s", u.Source, u.File), Effect: say.T("%d old failures opened no incident", u.Left)}, u.Entry)
	}
	return nil
}
