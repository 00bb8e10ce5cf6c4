package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// StatusSeen is a status of a tool as it stands in the database.
type StatusSeen struct {
	Tool string
	backup.Ending
	Count int
	Last  time.Time // start (else end) of the newest execution with it
}

// StatusRow is a status that a tool is known to use: seen, told by a format, or both; with what it means here.
type StatusRow struct {
	StatusSeen
	Meaning string             // of the code, in our words; "" when nobody knows it
	Rule    *backup.StatusRule // a person's; nil where the format's own map speaks
	Outcome backup.Outcome     // what it means now
	Opens   bool               // an execution with it opens an incident, as far as the tool's settings go
}

// Statuses lists the statuses of all tools: those of executions in hand, and those that formats know and nobody has seen.
func (d *Desk) Statuses(ctx context.Context, actor Actor) ([]StatusRow, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	rules, err := d.store.StatusMap(ctx)
	if err != nil {
		return nil, err
	}
	tools, err := d.store.ToolSettings(ctx)
	if err != nil {
		return nil, err
	}
	seen, err := d.store.StatusesSeen(ctx, scope)
	if err != nil {
		return nil, err
	}
	known := map[StatusSeen]bool{}
	rows := make([]StatusRow, 0, len(seen))
	add := func(s StatusSeen) {
		key := StatusSeen{Tool: s.Tool, Ending: s.Ending}
		if !known[key] {
			known[key] = true
			rows = append(rows, d.statusRow(s, rules, tools[s.Tool]))
		}
	}
	for _, s := range seen {
		add(s)
	}
	for _, f := range d.formats {
		for _, s := range f.Endings {
			add(StatusSeen{Tool: f.Tool, Ending: s})
		}
	}
	slices.SortStableFunc(rows, func(a, b StatusRow) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Tool), strings.ToLower(b.Tool)), b.Count-a.Count, strings.Compare(a.Word, b.Word), compareCodes(a.Code, b.Code), cmp.Compare(a.Told, b.Told))
	})
	return rows, nil
}

// compareCodes puts numbers in their order, and other codes behind them.
func compareCodes(a, b string) int {
	x, notA := strconv.Atoi(a)
	y, notB := strconv.Atoi(b)
	switch {
	case notA == nil && notB == nil:
		return cmp.Compare(x, y)
	case notA == nil:
		return -1
	case notB == nil:
		return 1
	}
	return strings.Compare(a, b)
}

func (d *Desk) statusRow(s StatusSeen, rules backup.StatusMap, tool ToolSettings) StatusRow {
	row := StatusRow{StatusSeen: s, Meaning: d.meaningOf(s.Tool, s.Code), Outcome: s.Told}
	policy := openingPolicy(tool, RoutineSettings{})
	if r, ok := rules.Find(s.Tool, s.Ending); ok {
		row.Rule, row.Outcome, policy.Status = &r, r.Outcome, r.Opens
	}
	_, row.Opens = incident.Calls(backup.Execution{Kind: backup.Data, Outcome: row.Outcome}, policy)
	return row
}

// meaningOf asks every format of a tool for its code.
func (d *Desk) meaningOf(tool, code string) string {
	for _, f := range d.formats {
		if f.Tool != tool {
			continue
		}
		if m := d.Meaning(f.Name, code); m != "" {
			return m
		}
	}
	return ""
}

// MapStatus says what a status of a tool means from now on. Executions in hand keep the outcome they have until they are
// re-judged. It can keep an incident from opening, so it needs a reason.
func (d *Desk) MapStatus(ctx context.Context, actor Actor, rule backup.StatusRule, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	if err := checkStatusRule(rule); err != nil {
		return err
	}
	return d.changeStatusMap(ctx, actor, reason, func(m backup.StatusMap) (backup.StatusMap, []timeline.Entry, error) {
		before := rule
		before.Outcome, before.Opens = rule.Told, backup.Undecided
		if i := slices.IndexFunc(m, rule.SameSubject); i >= 0 {
			before = m[i]
		}
		if before == rule {
			return nil, nil, say.Error("that is what it means already")
		}
		return m.With(rule), d.statusEntry(actor, before, rule, reason), nil
	})
}

// ResetStatuses gives statuses of a tool back to its formats' own map: those of the rules named, else all of the tool.
func (d *Desk) ResetStatuses(ctx context.Context, actor Actor, tool, reason string, rules ...backup.StatusRule) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	return d.changeStatusMap(ctx, actor, reason, func(m backup.StatusMap) (backup.StatusMap, []timeline.Entry, error) {
		after := m
		var entries []timeline.Entry
		for _, r := range m {
			named := len(rules) == 0 || slices.ContainsFunc(rules, r.SameSubject)
			if r.Tool != tool || !named {
				continue
			}
			builtIn := r
			builtIn.Outcome, builtIn.Opens = r.Told, backup.Undecided
			after = after.With(builtIn)
			entries = append(entries, d.statusEntry(actor, r, builtIn, reason)...)
		}
		if len(entries) == 0 {
			return nil, nil, say.Error("it has its built-in meaning already")
		}
		return after, entries, nil
	})
}

func (d *Desk) changeStatusMap(ctx context.Context, _ Actor, reason string, change func(backup.StatusMap) (backup.StatusMap, []timeline.Entry, error)) error {
	if strings.TrimSpace(reason) == "" {
		return say.Error("say why: it decides what opens an incident")
	}
	err := d.store.SaveStatusMap(ctx, change)
	if err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

func checkStatusRule(r backup.StatusRule) error {
	switch {
	case r.Tool == "":
		return say.Error("name the tool whose status it is")
	case r.Told.String() == "" || r.Outcome.String() == "":
		return say.Error("choose the outcome that it means")
	case r.AnyWord && r.AnyCode, r.AnyWord && r.Code == "", r.AnyCode && r.Word == "":
		return say.Error("name a word or a code of the tool")
	}
	return nil
}

func (d *Desk) statusEntry(actor Actor, from, to backup.StatusRule, reason string) []timeline.Entry {
	details := []timeline.Detail{timeline.Said(say.N("tool"), to.Tool), timeline.Said(say.N("status"), StatusWords(to)), timeline.Said(say.N("built-in"), to.Told.String())}
	if from.Outcome != to.Outcome {
		details = append(details, timeline.Changed(say.N("outcome"), from.Outcome.String(), to.Outcome.String()))
	}
	if from.Opens != to.Opens {
		details = append(details, timeline.Changed(say.N("opens an incident"), opensWord(from.Opens), opensWord(to.Opens)))
	}
	action := say.N("status mapped")
	if to.BuiltIn() {
		action = say.N("status reset")
	}
	return d.entries(actor, timeline.Setting, action, append(details, timeline.Said(say.N("reason"), strings.TrimSpace(reason)))...)
}

func opensWord(c backup.Choice) string {
	if c == backup.Undecided {
		return say.N("as its outcome does")
	}
	return c.String()
}

// StatusWords says in English, for the record, which statuses a rule is about.
func StatusWords(r backup.StatusRule) string { return statusWords(r, fmt.Sprintf) }

// SayStatuses says it in the chosen language.
func SayStatuses(r backup.StatusRule) string { return statusWords(r, say.T) }

func statusWords(r backup.StatusRule, tell teller) string {
	switch {
	case r.AnyWord:
		return tell(say.Recordable("code %s, whatever the word"), r.Code)
	case r.AnyCode:
		return tell(say.Recordable("%s, whatever the code"), r.Word)
	}
	return statusWord(r.Ending, tell)
}

// StatusWord is a status as the tool writes it, in English, for the record.
func StatusWord(s backup.Ending) string { return statusWord(s, fmt.Sprintf) }

// SayStatus is a status as the tool writes it, in the chosen language.
func SayStatus(s backup.Ending) string { return statusWord(s, say.T) }

// teller says a sentence with what is filled in: say.T in the chosen language, fmt.Sprintf in English.
type teller func(sentence string, filled ...any) string

func statusWord(s backup.Ending, tell teller) string {
	switch {
	case s.Word == "" && s.Code == "":
		return tell(say.Recordable("no word of its own"))
	case s.Code == "" || s.Code == s.Word:
		return s.Word
	case s.Word == "":
		return tell(say.Recordable("code %s"), s.Code)
	}
	return fmt.Sprintf("%s (%s)", s.Word, s.Code)
}
